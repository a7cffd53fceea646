#include "answer.h"

#include <kiosk/check.h>

namespace web_host {
namespace {

constexpr const char* kJson = "application/json; charset=utf-8";

int statusOf(kiosk::ErrorCode code) {
  using enum kiosk::ErrorCode;
  switch (code) {
    case InvalidParams:
      return 400;
    case NotFound:
      return 404;
    case NotReady:
    case Locked:
    case InsufficientFunds:
    case Declined:
    case DuplicateOrder:
    case OrderExpired:
    case Cancelled:
      return 409;
    case PermissionDenied:
    case PolicyRefused:
    case Revoked:
      return 403;
    case LimitExceeded:
    case RateLimited:
    case Busy:
      return 429;
    case Unsupported:
      return 501;
    case Timeout:
      return 503;
    default:
      return 500;
  }
}

}  // namespace

void setHeader(httplib::Response& response, const char* name, const std::string& value) {
  KIOSK_CHECK(value.find_first_of("\r\n") == std::string::npos, "a header value is one line");
  response.headers.erase(name);
  response.headers.emplace(name, value);
}

void answerJson(httplib::Response& response, const Json& body) {
  response.status = 200;
  response.set_content(dump(body), kJson);
}

void answerDone(httplib::Response& response) { response.status = 204; }

void answerRefusal(httplib::Response& response, const Refusal& refusal) {
  response.status = refusal.status;
  response.set_content(dump({{"error", {{"code", refusal.code}, {"message", refusal.message}}}}),
                       kJson);
}

void answerError(httplib::Response& response, const kiosk::Error& error) {
  answerRefusal(response,
                {statusOf(error.code), std::string(kiosk::errorName(error.code)), error.message});
}

void answerBytes(httplib::Response& response, std::string_view bytes, std::string_view type) {
  response.status = 200;
  response.set_content(bytes.data(), bytes.size(), std::string(type));
}

std::string pagePolicy() {
  return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
         "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
         "frame-ancestors 'none'; require-trusted-types-for 'script'";
}

httplib::Headers strictHeaders() {
  return {{"X-Content-Type-Options", "nosniff"},
          {"Referrer-Policy", "no-referrer"},
          {"X-Frame-Options", "DENY"},
          {"Cross-Origin-Opener-Policy", "same-origin"},
          {"Cross-Origin-Resource-Policy", "same-origin"},
          {"Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"},
          {"Cache-Control", "no-store"},
          {"Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'"}};
}

}  // namespace web_host
