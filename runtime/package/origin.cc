#include "runtime/package/origin.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "runtime/package/ascii.h"

namespace kiosk {
namespace {

constexpr std::size_t kHostBytesMax = 253;
constexpr std::size_t kLabelBytesMax = 63;
constexpr std::size_t kUrlBytesMax = 2048;

bool isLabel(std::string_view label) {
  return !label.empty() && label.size() <= kLabelBytesMax && label.front() != '-' &&
         label.back() != '-' && std::all_of(label.begin(), label.end(), [](char c) {
           return isDigit(c) || isLower(c) || c == '-';
         });
}

/// Names of at least two labels, the last of which no address parser takes for a number.
bool isRegisteredName(std::string_view host) {
  if (host.size() > kHostBytesMax) return false;
  int labels = 0;
  for (;;) {
    const std::size_t dot = host.find('.');
    const std::string_view label = host.substr(0, dot);
    if (!isLabel(label)) return false;
    ++labels;
    if (dot == host.npos) return labels >= 2 && isLower(label.front());
    host.remove_prefix(dot + 1);
  }
}

bool isIpv4(std::string_view host) {
  int octets = 0;
  while (octets < 4) {
    const std::size_t dot = std::min(host.find('.'), host.size());
    const std::string_view octet = host.substr(0, dot);
    if (octet.empty() || octet.size() > 3 || !std::all_of(octet.begin(), octet.end(), isDigit)) {
      return false;
    }
    ++octets;
    if (dot == host.size()) return octets == 4;
    host.remove_prefix(dot + 1);
  }
  return false;
}

/// Takes `:port` (1..65535, no leading zero) off the end of `rest`; false when it is broken.
bool dropPort(std::string_view& rest) {
  const std::size_t colon = rest.find(':');
  if (colon == rest.npos) return true;
  const std::string_view port = rest.substr(colon + 1);
  if (port.empty() || port.size() > 5 || port.front() == '0') return false;
  std::uint32_t number = 0;
  for (const char c : port) {
    if (!isDigit(c)) return false;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  rest = rest.substr(0, colon);
  return number <= 65535;
}

/// Takes one of `schemes` off the front of `rest`.
template <std::size_t n>
bool dropScheme(std::string_view& rest, const std::array<std::string_view, n>& schemes) {
  for (const std::string_view scheme : schemes) {
    if (rest.starts_with(scheme)) {
      rest.remove_prefix(scheme.size());
      return true;
    }
  }
  return false;
}

constexpr std::array<std::string_view, 2> kSecure = {"https://", "wss://"};
constexpr std::array<std::string_view, 2> kPlain = {"http://", "ws://"};

}  // namespace

bool isPublicOrigin(std::string_view origin) {
  std::string_view host = origin;
  if (!dropScheme(host, kSecure) || !dropPort(host)) return false;
  if (host.starts_with("*.")) host.remove_prefix(2);
  return isRegisteredName(host) && !host.ends_with(".localhost");
}

bool isDevelopmentOrigin(std::string_view origin) {
  if (isPublicOrigin(origin)) return true;
  std::string_view host = origin;
  if ((!dropScheme(host, kSecure) && !dropScheme(host, kPlain)) || !dropPort(host)) return false;
  return host == "localhost" || isIpv4(host) || isRegisteredName(host);
}

bool isHttpsUrl(std::string_view url) {
  if (url.size() > kUrlBytesMax || !url.starts_with("https://")) return false;
  const bool plain =
      std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7f && c != '\\'; });
  std::string_view host = url.substr(8);
  host = host.substr(0, host.find_first_of("/?#"));
  return plain && dropPort(host) && isRegisteredName(host);
}

}  // namespace kiosk
