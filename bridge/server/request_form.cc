#include "bridge/server/request_form.h"

#include <algorithm>

#include "bridge/oidc/login_bounds.h"
#include "bridge/server/partner_bounds.h"
#include "runtime/base/json.h"

namespace kiosk::bridge::partner {
namespace {

constexpr JsonBounds kBodyBounds{
    .bytesMax = kBodyBytesMax, .depthMax = kBodyDepthMax, .valuesMax = kBodyValuesMax};

/// The one address that takes a form (RFC 6749); all others take JSON.
constexpr std::string_view kFormPath = "/oauth2/token";
constexpr std::size_t kLengthDigitsMax = 15;

Refusal invalidForm(std::string message, int status = 400) {
  return {status, {ErrorCode::InvalidParams, std::move(message)}};
}

bool isVisible(char c) { return c > 0x20 && c < 0x7f; }

bool isName(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return isVisible(c) && (c < 'A' || c > 'Z') &&
           std::string_view("\"(),/:;<=>?@[\\]{}").find(c) == std::string_view::npos;
  });
}

/// No line break and no other control character: what is signed is one line a header.
bool isHeaderValue(const std::string& value) {
  return std::all_of(value.begin(), value.end(), [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  });
}

std::optional<Refusal> checkHead(const ApiRequest& request) {
  const std::string& target = request.target;
  if (target.size() > kTargetBytesMax) {
    return invalidForm("the address is over 512 bytes", 414);
  }
  if (!target.starts_with('/') || !std::all_of(target.begin(), target.end(), isVisible) ||
      target.find('#') != std::string::npos) {
    return invalidForm("the request's target is not a path and a query");
  }
  std::size_t bytes = 0;
  for (const auto& [name, value] : request.headers) {
    bytes += name.size() + value.size();
    if (!isName(name) || !isHeaderValue(value)) {
      return invalidForm("a header is not of the characters that HTTP allows");
    }
  }
  if (request.headers.size() > kHeadersMax || bytes > kHeadBytesMax) {
    return invalidForm("the headers are over 64, or over 16 KiB", 431);
  }
  return std::nullopt;
}

/// The declared length of the body; none when it is not a number.
std::optional<std::size_t> declaredBytes(const ApiRequest& request) {
  if (request.countOf("content-length") == 0) return request.body.size();
  const std::string* text = request.only("content-length");
  if (text == nullptr || text->empty() || text->size() > kLengthDigitsMax) return std::nullopt;
  std::size_t bytes = 0;
  for (const char c : *text) {
    if (c < '0' || c > '9') return std::nullopt;
    bytes = bytes * 10 + static_cast<std::size_t>(c - '0');
  }
  return bytes;
}

/// Public OAuth libraries write the charset, or not, and in either case.
bool isFormType(std::string type) {
  std::transform(type.begin(), type.end(), type.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return type == "application/x-www-form-urlencoded" ||
         type == "application/x-www-form-urlencoded;charset=utf-8" ||
         type == "application/x-www-form-urlencoded; charset=utf-8";
}

/// One length, no coding: what was digested is what we parse. Looks at what is declared, so that
/// it can refuse a body that has not come yet.
std::optional<Refusal> checkBody(const ApiRequest& request) {
  if (request.countOf("content-encoding") > 0 || request.countOf("transfer-encoding") > 0) {
    return Refusal{415, {ErrorCode::Unsupported, "send the body plain, with its Content-Length"}};
  }
  const auto declared = declaredBytes(request);
  if (!declared) return invalidForm("Content-Length is not one number");
  const std::size_t bytes = std::max(*declared, request.body.size());
  if (bytes == 0) return std::nullopt;
  if (request.method != "POST" && request.method != "PUT") {
    return invalidForm("a " + request.method + " has no body");
  }
  if (bytes > kBodyBytesMax) {
    return Refusal{413, {ErrorCode::PayloadTooLarge, "the body is over 64 KiB"}};
  }
  const std::string* type = request.only("content-type");
  if (request.path() == kFormPath) {
    if (bytes > oidc::kFormBytesMax) {
      return Refusal{413, {ErrorCode::PayloadTooLarge, "the form is over 8 KiB"}};
    }
    if (type == nullptr || !isFormType(*type)) {
      return Refusal{415, {ErrorCode::Unsupported, "send application/x-www-form-urlencoded"}};
    }
    return std::nullopt;
  }
  if (type == nullptr || (*type != kJsonType && *type != "application/json; charset=utf-8")) {
    return Refusal{415, {ErrorCode::Unsupported, "send Content-Type: application/json"}};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> checkForm(const ApiRequest& request,
                                 const std::vector<std::string>& authorities) {
  if (auto head = checkHead(request)) return head;
  const std::string* host = request.only("host");
  const bool isOurs =
      host != nullptr && std::any_of(authorities.begin(), authorities.end(),
                                     [host](const std::string& own) { return own == *host; });
  if (!isOurs) {
    return Refusal{421,
                   {ErrorCode::PolicyRefused,
                    "the Host header is not a name of this server (see --authority)"}};
  }
  return checkBody(request);
}

Result<nlohmann::json> parseBody(const ApiRequest& request) {
  if (request.body.empty()) return nlohmann::json::object();
  auto body = parseJson(request.body, kBodyBounds);
  if (!body) return Error{body.error().code, "the body: " + body.error().message};
  if (!body->is_object()) {
    return Error{ErrorCode::InvalidParams, "the body is not a JSON object"};
  }
  return body;
}

Result<std::string> idempotencyKey(const ApiRequest& request) {
  const std::string* key = request.only("idempotency-key");
  if (key == nullptr || key->empty() || key->size() > kKeyBytesMax ||
      !std::all_of(key->begin(), key->end(), isVisible)) {
    return Error{ErrorCode::InvalidParams,
                 "a POST has one Idempotency-Key of 1 to 128 visible ASCII characters: make a"
                 " random one for each act, and send it again when you retry"};
  }
  return *key;
}

}  // namespace kiosk::bridge::partner
