#pragma once
// The host's own diagnostics, to standard error through spdlog. Never a mini-app's data, never a
// secret.

#include <string>
#include <string_view>

namespace kiosk {

/// One line each; `text` is passed through `printable`. Threads: any.
void logDebug(std::string_view text);
void logInfo(std::string_view text);
void logWarn(std::string_view text);
void logError(std::string_view text);

}  // namespace kiosk
