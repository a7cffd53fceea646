#pragma once
// What an operator wrote about the bank, checked before anything is sent.

#include <kiosk/bridge/acquirer.h>

#include <string>

namespace kiosk::bridge {

/// `options.baseUrl` without a slash at its end.
/// Errors: InvalidParams   it is not http(s)://HOST[:PORT]
///         PolicyRefused   plain http to another machine
Result<std::string> checkBaseUrl(const AcquirerOptions& options);

/// What counts for every transport.
/// Errors: InvalidParams   the message says which option, and its range.
Result<void> checkOptions(const AcquirerOptions& options);

/// Times and workers.
/// Errors: InvalidParams   the message says which option, and its range.
Result<void> checkHttpOptions(const AcquirerOptions& options);

/// The only line of `path`. Messages never hold what the file does.
/// Errors: NotFound        it cannot be opened
///         PolicyRefused   it is no plain file, or its mode lets others read it
///         InvalidParams   it is not one line of 16 to 4096 bytes of A-Za-z0-9._~+/=-
Result<std::string> readTokenFile(const std::string& path);

}  // namespace kiosk::bridge
