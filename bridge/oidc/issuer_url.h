#pragma once
// The issuer: the URL that clients know the provider by.

#include <kiosk/result.h>

#include <string>
#include <string_view>

namespace kiosk::bridge::oidc {

/// Whether `url` may be an issuer: https, or http on this machine for development; a host, perhaps
/// with a port, in lower case; nothing after it, not even a slash.
/// Errors: InvalidParams   the message says what is wrong.
Result<void> checkIssuer(std::string_view url);

/// Its host and port, as a Host header names them.
std::string authorityOfIssuer(std::string_view url);

}  // namespace kiosk::bridge::oidc
