#pragma once
// The body of a token request: application/x-www-form-urlencoded.

#include <kiosk/result.h>

#include <map>
#include <string>
#include <string_view>

namespace kiosk::bridge::oidc {

/// Decoded fields by name.
using TokenForm = std::map<std::string, std::string, std::less<>>;

/// Reads `body`. A field without a value counts as left out (RFC 6749, section 3.2).
/// Errors: InvalidParams   a name stands twice, an escape is broken, a value is not visible ASCII
///                         or spaces, or there are over kFormFieldsMax.
Result<TokenForm> parseForm(std::string_view body);

/// The value of `name`; empty when it is not there.
std::string fieldOf(const TokenForm& form, std::string_view name);

}  // namespace kiosk::bridge::oidc
