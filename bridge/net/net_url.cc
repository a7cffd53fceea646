#include "bridge/net/net_url.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <memory>

namespace kiosk::bridge {
namespace {

constexpr std::size_t kNetHostBytesMax = 253;
constexpr std::size_t kNetLabelBytesMax = 63;

Error notAnAddress(const char* why) {
  return Error{ErrorCode::InvalidParams, std::string("url is not an address to call: ") + why};
}

char lowerOf(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
bool isDigitOf(char c) { return c >= '0' && c <= '9'; }
bool isNameChar(char c) { return isDigitOf(c) || (c >= 'a' && c <= 'z') || c == '-'; }

bool isNameLabel(std::string_view label) {
  return !label.empty() && label.size() <= kNetLabelBytesMax && label.front() != '-' &&
         label.back() != '-' && std::all_of(label.begin(), label.end(), isNameChar);
}

/// 0 to 255 without leading zeros: other spellings of a number mean other things to other readers.
bool isOctet(std::string_view label) {
  if (label.empty() || label.size() > 3 || (label.size() > 1 && label.front() == '0')) return false;
  int number = 0;
  const auto read = std::from_chars(label.data(), label.data() + label.size(), number);
  return read.ec == std::errc() && read.ptr == label.data() + label.size() && number <= 255;
}

/// A name whose last label no parser takes for a number, or exactly four octets.
bool isHost(std::string_view host) {
  if (host.empty() || host.size() > kNetHostBytesMax) return false;
  int labels = 0, octets = 0;
  for (;;) {
    const auto dot = host.find('.');
    const auto label = host.substr(0, dot);
    if (!isNameLabel(label)) return false;
    ++labels;
    if (isOctet(label)) ++octets;
    if (dot == host.npos) {
      const bool isName = label.front() >= 'a' && label.front() <= 'z';
      return isName || (labels == 4 && octets == 4);
    }
    host.remove_prefix(dot + 1);
  }
}

bool readPort(std::string_view text, std::uint16_t& port) {
  if (text.empty() || text.size() > 5 || text.front() == '0') return false;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

std::uint16_t usualPort(NetScheme scheme) { return scheme == NetScheme::Https ? 443 : 80; }

struct FreeCurlText {
  void operator()(char* text) const { ::curl_free(text); }
};
struct FreeCurlUrl {
  void operator()(CURLU* url) const { ::curl_url_cleanup(url); }
};

}  // namespace

std::string NetUrl::origin() const {
  std::string text = (scheme == NetScheme::Https ? "https://" : "http://") + host;
  if (port != usualPort(scheme)) text += ":" + std::to_string(port);
  return text;
}

Result<NetUrl> parseNetUrl(std::string_view text) {
  if (text.size() > kNetUrlBytesMax) return notAnAddress("it is longer than 2048 bytes");
  const bool isPlain = std::all_of(text.begin(), text.end(),
                                   [](char c) { return c > ' ' && c < 0x7f && c != '\\'; });
  if (!isPlain) {
    return notAnAddress("only ASCII without spaces and backslashes; encode the rest (%20, xn--)");
  }
  NetUrl url;
  const auto colon = text.find("://");
  std::string scheme(text.substr(0, std::min(colon, std::size_t{8})));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(), lowerOf);
  if (colon == text.npos || (scheme != "https" && scheme != "http")) {
    return notAnAddress("it begins with https://");
  }
  url.scheme = scheme == "https" ? NetScheme::Https : NetScheme::Http;
  text.remove_prefix(colon + 3);
  const auto end = std::min(text.find_first_of("/?#"), text.size());
  const auto authority = text.substr(0, end);
  if (authority.find('@') != authority.npos) return notAnAddress("it names a user");
  url.port = usualPort(url.scheme);
  const auto portAt = authority.find(':');
  if (portAt != authority.npos && !readPort(authority.substr(portAt + 1), url.port)) {
    return notAnAddress("its port is not 1 to 65535");
  }
  url.host = authority.substr(0, portAt);
  std::transform(url.host.begin(), url.host.end(), url.host.begin(), lowerOf);
  if (!isHost(url.host)) return notAnAddress("its host is not a plain name");
  url.target = text.substr(end, std::min(text.find('#'), text.size()) - end);
  if (url.target.empty() || url.target.front() != '/') url.target.insert(0, 1, '/');
  return url;
}

Result<NetUrl> resolveLocation(const NetUrl& base, std::string_view location) {
  const bool isPlain = std::all_of(location.begin(), location.end(),
                                   [](char c) { return c > ' ' && c < 0x7f && c != '\\'; });
  if (location.empty() || location.size() > kNetUrlBytesMax || !isPlain) {
    return notAnAddress("the answer leads to an address of another form");
  }
  const std::unique_ptr<CURLU, FreeCurlUrl> url(::curl_url());
  char* whole = nullptr;
  if (url == nullptr ||
      ::curl_url_set(url.get(), CURLUPART_URL, base.text().c_str(), 0) != CURLUE_OK ||
      ::curl_url_set(url.get(), CURLUPART_URL, std::string(location).c_str(), 0) != CURLUE_OK ||
      ::curl_url_get(url.get(), CURLUPART_URL, &whole, 0) != CURLUE_OK) {
    return notAnAddress("the answer leads to an address of another form");
  }
  const std::unique_ptr<char, FreeCurlText> owned(whole);
  return parseNetUrl(whole);
}

}  // namespace kiosk::bridge
