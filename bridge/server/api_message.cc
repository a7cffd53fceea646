#include "bridge/server/api_message.h"

#include <kiosk/check.h>

#include <algorithm>

#include "runtime/base/json.h"

namespace kiosk::bridge::partner {
namespace {

constexpr std::int64_t kMsPerSecond = 1000;

}  // namespace

std::string_view ApiRequest::path() const {
  return std::string_view(target).substr(0, target.find('?'));
}

std::optional<std::string_view> ApiRequest::query() const {
  const auto mark = target.find('?');
  if (mark == std::string::npos) return std::nullopt;
  return std::string_view(target).substr(mark + 1);
}

std::size_t ApiRequest::countOf(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(
      headers.begin(), headers.end(), [name](const auto& header) { return header.first == name; }));
}

const std::string* ApiRequest::only(std::string_view name) const {
  const std::string* found = nullptr;
  for (const auto& [key, value] : headers) {
    if (key != name) continue;
    if (found != nullptr) return nullptr;
    found = &value;
  }
  return found;
}

void ApiAnswer::add(std::string name, std::string value) {
  const bool isLine =
      std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
  KIOSK_CHECK(isLine, "a header's value is one line of ASCII");
  headers.emplace_back(std::move(name), std::move(value));
}

int statusOf(ErrorCode code) {
  using enum ErrorCode;
  switch (code) {
    case InvalidParams:
      return 400;
    case PolicyRefused:
    case PermissionDenied:
    case MerchantUnknown:
      return 403;
    case NotFound:
      return 404;
    case DuplicateOrder:
    case KeyInvalid:
    case Locked:
      return 409;
    case PayloadTooLarge:
      return 413;
    case OrderInvalid:
    case OrderExpired:
    case SignatureInvalid:
    case AmountMismatch:
    case InsufficientFunds:
    case LimitExceeded:
    case Declined:
      return 422;
    case RateLimited:
    case QuotaExceeded:
      return 429;
    case Busy:
    case StorageFull:
    case HostError:
      return 503;
    default:
      return 500;
  }
}

std::string_view phraseOf(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    default:
      return "Internal Server Error";
  }
}

ApiAnswer problemAnswer(const Refusal& refusal, const std::string& requestId) {
  ApiAnswer answer;
  answer.status = refusal.status;
  answer.type = kProblemType;
  answer.body = dumpJson({{"type", "about:blank"},
                          {"title", phraseOf(refusal.status)},
                          {"status", refusal.status},
                          {"detail", refusal.error.message},
                          {"instance", "urn:uuid:" + requestId},
                          {"code", errorName(refusal.error.code)},
                          {"requestId", requestId}});
  if (refusal.error.retryAfterMs) {
    const auto seconds = (*refusal.error.retryAfterMs + kMsPerSecond - 1) / kMsPerSecond;
    answer.add("Retry-After", std::to_string(std::max<std::int64_t>(seconds, 1)));
  }
  return answer;
}

bool isWord(std::string_view text, std::size_t bytesMax) {
  return !text.empty() && text.size() <= bytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '_' || c == '-';
         });
}

}  // namespace kiosk::bridge::partner
