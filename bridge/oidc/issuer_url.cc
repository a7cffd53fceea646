#include "bridge/oidc/issuer_url.h"

#include <algorithm>

#include "bridge/oidc/login_bounds.h"

namespace kiosk::bridge::oidc {
namespace {

constexpr std::string_view kSecure = "https://", kPlain = "http://";

Error noIssuer(const char* message) { return {ErrorCode::InvalidParams, message}; }

bool isAuthority(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view(".-:[]").find(c) != std::string_view::npos;
  });
}

bool isThisMachine(std::string_view authority) {
  for (const std::string_view name : {"127.0.0.1", "localhost", "[::1]"}) {
    if (authority == name || authority.starts_with(std::string(name) + ":")) return true;
  }
  return false;
}

}  // namespace

std::string authorityOfIssuer(std::string_view url) {
  const auto scheme = url.find("://");
  return std::string(scheme == std::string_view::npos ? url : url.substr(scheme + 3));
}

Result<void> checkIssuer(std::string_view url) {
  const std::string authority = authorityOfIssuer(url);
  const bool isPlain = url.starts_with(kPlain);
  if ((!url.starts_with(kSecure) && !isPlain) || url.size() > kIssuerBytesMax) {
    return noIssuer("an issuer is an https:// URL of at most 256 bytes");
  }
  if (!isAuthority(authority)) {
    return noIssuer("an issuer is a scheme and a host in lower case, without path or slash");
  }
  if (isPlain && !isThisMachine(authority)) {
    return noIssuer("an issuer over http is on this machine: elsewhere it is https");
  }
  return {};
}

}  // namespace kiosk::bridge::oidc
