#include "bridge/server/webhook_url.h"

#include <algorithm>

#include "bridge/server/partner_bounds.h"

namespace kiosk::bridge::partner {
namespace {

constexpr std::size_t kHostBytesMax = 253, kLabelBytesMax = 63, kPortDigitsMax = 5;
constexpr int kPortMax = 65'535;

Error badUrl(const char* message) { return {ErrorCode::InvalidParams, message}; }

bool isHostChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/// Labels of letters, digits and hyphens; the last one is no number, so that no reader takes the
/// whole for an address.
bool isHostName(std::string_view host) {
  if (host.size() > kHostBytesMax || host.find('.') == std::string_view::npos) return false;
  if (!std::all_of(host.begin(), host.end(), isHostChar)) return false;
  std::string_view last;
  while (true) {
    const auto label = host.substr(0, host.find('.'));
    if (label.empty() || label.size() > kLabelBytesMax) return false;
    if (label.front() == '-' || label.back() == '-') return false;
    last = label;
    if (label.size() == host.size()) break;
    host.remove_prefix(label.size() + 1);
  }
  return last.front() >= 'a' && last.front() <= 'z' && last != "localhost" && last != "local" &&
         last != "internal";
}

bool isPort(std::string_view port) {
  if (port.empty() || port.size() > kPortDigitsMax) return false;
  int number = 0;
  for (const char c : port) {
    if (c < '0' || c > '9') return false;
    number = number * 10 + (c - '0');
  }
  return number >= 1 && number <= kPortMax;
}

/// Host and port of what stands between "//" and the path.
struct UrlAuthority {
  std::string_view host, port;
  bool hasPort = false;
};

UrlAuthority splitAuthority(std::string_view authority) {
  const auto bracket = authority.find(']');
  const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon == std::string_view::npos) return {authority, {}, false};
  return {authority.substr(0, colon), authority.substr(colon + 1), true};
}

}  // namespace

Result<void> checkWebhookUrl(std::string_view url, WebhookRule rule) {
  if (url.empty() || url.size() > kWebhookUrlBytesMax) return badUrl("url is not 1 to 512 bytes");
  const bool isPlain = std::all_of(url.begin(), url.end(), [](char c) {
    return c > 0x20 && c < 0x7f &&
           std::string_view("\"<>\\^`{|}#").find(c) == std::string_view::npos;
  });
  if (!isPlain) return badUrl("url holds a fragment, a blank or a character to be escaped");
  const bool isHttps = url.starts_with("https://"), isHttp = url.starts_with("http://");
  if (!isHttps && !isHttp) return badUrl("url does not begin with https://");
  const auto rest = url.substr(url.find("//") + 2);
  const auto authority = rest.substr(0, rest.find_first_of("/?"));
  if (authority.find('@') != std::string_view::npos) return badUrl("url holds a user");
  const auto [host, port, hasPort] = splitAuthority(authority);
  if (hasPort && !isPort(port)) return badUrl("url's port is not a number from 1 to 65535");
  const bool isLoopback = host == "127.0.0.1" || host == "[::1]" || host == "localhost";
  if (isLoopback && rule == WebhookRule::AlsoLoopback) return {};
  if (isHttp || isLoopback) {
    return Error{ErrorCode::PolicyRefused,
                 "events go to an https address of a public name only (a development host takes"
                 " http on loopback with --allow-insecure-webhooks)"};
  }
  if (!isHostName(host)) return badUrl("url's host is not a public name in lower case");
  return {};
}

}  // namespace kiosk::bridge::partner
