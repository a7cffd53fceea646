#include "guard.h"

#include <algorithm>

#include "secrets.h"

namespace web_host {
namespace {

constexpr const char* kCookieName = "kiosk_user";

bool startsWith(const std::string& text, std::string_view start) {
  return text.compare(0, start.size(), start) == 0;
}

/// What the page is made of: the same for everybody, so it needs no log-in.
bool isPublic(const std::string& path) {
  return path.find('/', 1) == std::string::npos || path == "/api/login";
}

bool changes(const httplib::Request& request) {
  return request.method == "POST" || request.method == "DELETE";
}

bool hasBody(const httplib::Request& request) {
  return request.has_header("Transfer-Encoding") ||
         (request.has_header("Content-Length") &&
          request.get_header_value("Content-Length") != "0");
}

}  // namespace

void Guard::listensOn(int port) {
  const std::string suffix = ":" + std::to_string(port);
  hosts_ = {"127.0.0.1" + suffix, "localhost" + suffix, "[::1]" + suffix};
}

bool Guard::isOwnHost(const httplib::Request& request) const {
  return request.get_header_value_count("Host") == 1 &&
         std::find(hosts_.begin(), hosts_.end(), request.get_header_value("Host")) != hosts_.end();
}

bool Guard::isOwnOrigin(const httplib::Request& request) const {
  return request.get_header_value_count("Origin") == 1 &&
         request.get_header_value("Origin") == "http://" + request.get_header_value("Host");
}

std::string Guard::cookieOf(const httplib::Request& request) {
  if (request.get_header_value_count("Cookie") != 1) return {};
  const std::string all = request.get_header_value("Cookie");
  std::string found;
  std::size_t times = 0;
  for (std::size_t at = 0; at < all.size();) {
    const auto end = std::min(all.find(';', at), all.size());
    auto start = all.find_first_not_of(' ', at);
    if (start > end) start = end;
    const std::string pair = all.substr(start, end - start);
    const auto equals = pair.find('=');
    if (equals != std::string::npos && pair.substr(0, equals) == kCookieName) {
      found = pair.substr(equals + 1);
      ++times;
    }
    at = end + 1;
  }
  return times == 1 ? found : std::string();
}

std::optional<Login> Guard::loginOf(const httplib::Request& request) const {
  const auto cookie = cookieOf(request);
  return cookie.empty() ? std::nullopt : logins_.find(cookie);
}

std::optional<Refusal> Guard::check(const httplib::Request& request) const {
  if (!isOwnHost(request)) {
    return Refusal{421, "wrong_host", "This server answers under its own address only."};
  }
  if (request.method != "GET" && !changes(request)) {
    return Refusal{405, "method_not_allowed", "Only GET, POST and DELETE are understood."};
  }
  if (request.has_header("Transfer-Encoding") ||
      request.get_header_value_count("Content-Length") > 1) {
    return Refusal{400, "invalid_params", "A body comes in one piece, with one length."};
  }
  if (request.has_header("Origin") && !isOwnOrigin(request)) {
    return Refusal{403, "wrong_origin", "Another site may not call this server."};
  }
  const std::string site = request.get_header_value("Sec-Fetch-Site");
  const bool isForeign = !site.empty() && site != "same-origin" && site != "none";
  const bool isLink = request.method == "GET" && request.path == "/" &&
                      request.get_header_value("Sec-Fetch-Mode") == "navigate" &&
                      request.get_header_value("Sec-Fetch-Dest") == "document";
  if (isForeign && !isLink) {
    return Refusal{403, "wrong_origin", "Another site may not call this server."};
  }
  if (changes(request) && !isOwnOrigin(request)) {
    return Refusal{403, "wrong_origin", "A change must say which page it comes from."};
  }
  if (changes(request) && hasBody(request) &&
      !startsWith(request.get_header_value("Content-Type"), "application/json")) {
    return Refusal{415, "invalid_params", "A body is JSON, and says so."};
  }
  if (isPublic(request.path)) return std::nullopt;
  const auto login = loginOf(request);
  if (!login) return Refusal{401, "not_logged_in", "Choose who you are first."};
  if (changes(request) && !sameSecret(request.get_header_value("X-Kiosk-Csrf"), login->csrf)) {
    return Refusal{403, "wrong_csrf", "The page is out of date: reload it."};
  }
  return std::nullopt;
}

}  // namespace web_host
