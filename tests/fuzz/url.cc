// Goal: an address that is taken has one host, whoever reads it. Method: held against libcurl's
// reader and one after the WHATWG's rules, written here; read again from its own text. An input is
// an address, and behind a line break what a redirect from it says, and an origin of a manifest.

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "bridge/net/net_url.h"
#include "bridge/net/origin_rule.h"
#include "runtime/package/origin.h"
#include "tests/fuzz/fuzz.h"

namespace kiosk::bridge {
namespace {

char lowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

struct SeenUrl {
  std::string scheme, host, port;
  bool operator==(const SeenUrl&) const = default;
};

/// What a browser sees in an address of a special scheme: line breaks and tabs are dropped, '\' is
/// '/', any number of slashes divides, what stands before the last '@' is a user, escapes in the
/// host are decoded. None where the rules refuse, or where the host would not be plain ASCII.
std::optional<SeenUrl> seenByBrowser(std::string_view text) {
  std::string clean;
  for (const char c : text) {
    if (c != '\t' && c != '\n' && c != '\r') clean += c == '\\' ? '/' : c;
  }
  const auto colon = clean.find(':');
  if (colon == clean.npos) return std::nullopt;
  SeenUrl seen;
  seen.scheme = clean.substr(0, colon);
  std::transform(seen.scheme.begin(), seen.scheme.end(), seen.scheme.begin(), lowerAscii);
  if (seen.scheme != "http" && seen.scheme != "https") return std::nullopt;
  const auto from = clean.find_first_not_of('/', colon + 1);
  if (from == clean.npos) return std::nullopt;
  std::string authority = clean.substr(from, clean.find_first_of("/?#", from) - from);
  if (const auto at = authority.rfind('@'); at != authority.npos) authority.erase(0, at + 1);
  if (const auto port = authority.rfind(':'); port != authority.npos) {
    seen.port = authority.substr(port + 1);
    authority.resize(port);
  }
  const auto host = percentDecode(authority);
  if (!host || host->empty() || !std::all_of(host->begin(), host->end(), [](char c) {
        return c > ' ' && c < 0x7f && c != '%' && c != ':';
      })) {
    return std::nullopt;
  }
  seen.host = *host;
  std::transform(seen.host.begin(), seen.host.end(), seen.host.begin(), lowerAscii);
  if (seen.port == (seen.scheme == "https" ? "443" : "80")) seen.port.clear();
  return seen;
}

std::string curlPart(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (::curl_url_get(url, part, &text, 0) != CURLUE_OK) return "";
  const std::unique_ptr<char, decltype(&::curl_free)> owned(text, &::curl_free);
  return text;
}

std::optional<SeenUrl> seenByCurl(const std::string& text) {
  const std::unique_ptr<CURLU, decltype(&::curl_url_cleanup)> url(::curl_url(),
                                                                  &::curl_url_cleanup);
  if (::curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return std::nullopt;
  SeenUrl seen{curlPart(url.get(), CURLUPART_SCHEME), curlPart(url.get(), CURLUPART_HOST),
               curlPart(url.get(), CURLUPART_PORT)};
  std::transform(seen.host.begin(), seen.host.end(), seen.host.begin(), lowerAscii);
  if (seen.port == (seen.scheme == "https" ? "443" : "80")) seen.port.clear();
  return seen;
}

SeenUrl seenByUs(const NetUrl& url) {
  const bool isSecure = url.scheme == NetScheme::Https;
  const bool isUsual = url.port == (isSecure ? 443 : 80);
  return {isSecure ? "https" : "http", url.host, isUsual ? "" : std::to_string(url.port)};
}

void checkUrl(std::string_view text, const NetUrl& url) {
  KIOSK_CHECK(!url.host.empty() && url.host.size() <= 253 && url.port != 0, "a host and a port");
  KIOSK_CHECK(url.target.starts_with('/') && url.target.find('#') == url.target.npos, "a target");
  for (const auto& form : {std::string(text), url.text()}) {
    KIOSK_CHECK(seenByBrowser(form) == seenByUs(url), "a browser goes to the same host");
    KIOSK_CHECK(seenByCurl(form) == seenByUs(url), "what calls out goes to the same host");
  }
  const auto again = parseNetUrl(url.text());
  // A path that got its slash may pass the bound by that byte.
  KIOSK_CHECK(again.has_value() || url.text().size() > kNetUrlBytesMax, "its own text is read");
  if (again) KIOSK_CHECK(again->text() == url.text(), "its own text is one spelling");
  KIOSK_CHECK(coversOrigin(url.origin(), url), "an origin covers itself");
}

void checkRedirect(const NetUrl& base, std::string_view location) {
  const auto to = resolveLocation(base, location);
  if (!to) return;
  checkUrl(to->text(), *to);
  const bool isPath = location.starts_with('/') && !location.starts_with("//");
  if (isPath || location.starts_with('?')) {
    KIOSK_CHECK(to->origin() == base.origin(), "a path stays where it is");
  }
}

void checkDeclared(std::string_view declared, const NetUrl& url) {
  const bool isPublic = isPublicOrigin(declared);
  KIOSK_CHECK(!isPublic || isDevelopmentOrigin(declared), "what is public may be developed");
  if (!isDevelopmentOrigin(declared)) return;
  Package package;
  package.manifest.network.domains = {std::string(declared)};
  const bool isCovered = coversOrigin(declared, url);
  KIOSK_CHECK(checkDeclaredOrigin(package, url).has_value() ==
                  (isCovered && url.scheme == NetScheme::Https),
              "a published app reaches what it declares, by https");
  KIOSK_CHECK(reachOf(package, url) == NetworkReach::Public, "and the internet only");
  package.manifest.network.devDomains = package.manifest.network.domains;
  package.provenance = Provenance::Development;
  KIOSK_CHECK((reachOf(package, url) == NetworkReach::AlsoLoopback) == isCovered,
              "an app in development reaches what it lists");
  const bool isWild = declared.find("*.") != declared.npos;
  if (!isWild && isCovered) KIOSK_CHECK(parseNetUrl(declared)->origin() == url.origin(), "itself");
  if (const auto own = parseNetUrl(declared); own) {
    KIOSK_CHECK(coversOrigin(declared, *own), "an origin that is declared covers itself");
  }
}

}  // namespace
}  // namespace kiosk::bridge

namespace kiosk::fuzz {

void tryInput(std::string_view input) {
  using namespace bridge;
  Pieces pieces(input);
  const auto text = pieces.until('\n');
  isHttpsUrl(text);
  const auto url = parseNetUrl(text);
  if (!url) {
    KIOSK_CHECK(url.error().code == ErrorCode::InvalidParams, "the code that is declared");
    return;
  }
  checkUrl(text, *url);
  checkRedirect(*url, pieces.until('\n'));
  checkDeclared(pieces.until('\n'), *url);
}

std::vector<Seed> madeSeeds() { return {}; }

}  // namespace kiosk::fuzz
