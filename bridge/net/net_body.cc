#include "bridge/net/net_body.h"

#include <algorithm>

#include "runtime/base/encoding.h"

namespace kiosk::bridge {
namespace {

/// RFC 4648 section 4, with padding.
std::string toBase64(std::string_view bytes) {
  std::string text = toBase64Url(bytesOf(bytes));
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::optional<std::string> fromBase64(std::string text) {
  if (text.size() % 4 != 0 || text.find_first_of("-_") != text.npos) return std::nullopt;
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.pop_back();
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return fromBase64Url(text);
}

/// What `text` takes between the quotes of a JSON string.
std::size_t jsonBytes(std::string_view text) {
  std::size_t bytes = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool isShort = c == '"' || c == '\\' || (byte >= 8 && byte <= 13 && byte != 11);
    bytes += isShort ? 2 : byte < 0x20 ? 6 : 1;
  }
  return bytes;
}

}  // namespace

Result<std::string> readBody(const nlohmann::json& params) {
  const auto text = params.find("body"), base64 = params.find("bodyBase64");
  std::string body;
  if (base64 != params.end()) {
    if (text != params.end()) {
      return Error{ErrorCode::InvalidParams, "body and bodyBase64 are two bodies; give one"};
    }
    auto bytes = fromBase64(base64->get<std::string>());
    if (!bytes) return Error{ErrorCode::InvalidParams, "bodyBase64 is not base64 with padding"};
    body = *std::move(bytes);
  } else if (text != params.end()) {
    body = text->get<std::string>();
  }
  if (body.size() > kNetBodyBytesMax) {
    return Error{ErrorCode::PayloadTooLarge, "a body has at most 512 KiB"};
  }
  return body;
}

void writeBody(std::string body, nlohmann::json& result) {
  if (body.empty()) return;
  if (isUtf8(body) && jsonBytes(body) <= (body.size() + 2) / 3 * 4) {
    result["body"] = std::move(body);
  } else {
    result["bodyBase64"] = toBase64(body);
  }
}

}  // namespace kiosk::bridge
