#pragma once
// Bodies between mini-apps and their servers, as JSON carries them.

#include <kiosk/result.h>

#include <nlohmann/json.hpp>
#include <string>

namespace kiosk::bridge {

/// One body, in bytes. In base64 it is a third longer, and a message between host and guest has
/// 1 MiB.
inline constexpr std::size_t kNetBodyBytesMax = 512u << 10;

/// The bytes of `body` or `bodyBase64` of a call's parameters; empty when there is neither.
/// Errors: InvalidParams     both, or not base64; PayloadTooLarge   over kNetBodyBytesMax.
Result<std::string> readBody(const nlohmann::json& params);

/// Puts `body` into `result`: as `body` when it is UTF-8 that JSON carries in less room than base64
/// takes, else as `bodyBase64`; nothing when it is empty.
void writeBody(std::string body, nlohmann::json& result);

}  // namespace kiosk::bridge
