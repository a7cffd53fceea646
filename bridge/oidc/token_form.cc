#include "bridge/oidc/token_form.h"

#include <algorithm>

#include "bridge/oidc/login_bounds.h"
#include "runtime/base/encoding.h"

namespace kiosk::bridge::oidc {
namespace {

Error notAForm(const char* message) { return {ErrorCode::InvalidParams, message}; }

bool isPrintable(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

}  // namespace

Result<TokenForm> parseForm(std::string_view body) {
  TokenForm form;
  std::size_t fields = 0;
  while (!body.empty()) {
    const auto pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), pair.size() + 1));
    if (++fields > kFormFieldsMax) return notAForm("the form has over 16 fields");
    const auto equals = pair.find('=');
    const auto name = percentDecode(pair.substr(0, equals));
    const auto value = equals == std::string_view::npos ? std::optional<std::string>("")
                                                        : percentDecode(pair.substr(equals + 1));
    if (!name || !value || name->empty() || !isPrintable(*name) || !isPrintable(*value)) {
      return notAForm("a field of the form is not name=value of printable ASCII");
    }
    if (value->empty()) continue;
    if (!form.emplace(*name, *value).second) return notAForm("a field stands twice in the form");
  }
  return form;
}

std::string fieldOf(const TokenForm& form, std::string_view name) {
  const auto found = form.find(name);
  return found == form.end() ? std::string() : found->second;
}

}  // namespace kiosk::bridge::oidc
