#include "bridge/net/origin_rule.h"

#include <algorithm>
#include <string>
#include <vector>

namespace kiosk::bridge {
namespace {

bool anyCovers(const std::vector<std::string>& declared, const NetUrl& url) {
  return std::any_of(declared.begin(), declared.end(),
                     [&url](const std::string& one) { return coversOrigin(one, url); });
}

bool isForDevelopment(const Package& package, const NetUrl& url) {
  return package.provenance == Provenance::Development &&
         anyCovers(package.manifest.network.devDomains, url);
}

}  // namespace

bool coversOrigin(std::string_view declared, const NetUrl& url) {
  const bool isSecure = declared.starts_with("https://");
  if (!isSecure && !declared.starts_with("http://")) return false;
  if (isSecure != (url.scheme == NetScheme::Https)) return false;
  std::string_view rest = declared.substr(isSecure ? 8 : 7);
  std::string port = isSecure ? "443" : "80";
  if (const auto colon = rest.find(':'); colon != rest.npos) {
    port = rest.substr(colon + 1);
    rest = rest.substr(0, colon);
  }
  if (port != std::to_string(url.port)) return false;
  if (!rest.starts_with("*.")) return rest == url.host;
  const auto dot = url.host.find('.');
  return dot != url.host.npos && std::string_view(url.host).substr(dot) == rest.substr(1);
}

Result<void> checkDeclaredOrigin(const Package& package, const NetUrl& url) {
  if (isForDevelopment(package, url)) return {};
  if (url.scheme != NetScheme::Https) {
    return Error{ErrorCode::InsecureScheme,
                 url.origin() +
                     " is not https; an app in development may list it in the manifest's "
                     "network.dev_domains"};
  }
  if (anyCovers(package.manifest.network.domains, url)) return {};
  return Error{ErrorCode::DomainNotAllowed,
               "the manifest does not list " + url.origin() + "; add it to network.domains"};
}

NetworkReach reachOf(const Package& package, const NetUrl& url) {
  return isForDevelopment(package, url) ? NetworkReach::AlsoLoopback : NetworkReach::Public;
}

}  // namespace kiosk::bridge
