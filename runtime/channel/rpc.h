#pragma once
// JSON-RPC 2.0 as it is spoken with a guest. The guest calls and notifies; the host answers and
// notifies. Batches are not spoken. Beside the standard's members a call may carry `kiosk:
// {idempotencyKey}`.
//
// Notifications of the wall itself begin with `$/`: from the guest `$/started`, `$/log`,
// `$/cancel`,
// `$/pong`, `$/end`; from the host `$/ping`.

#include <kiosk/result.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/base/json.h"

namespace kiosk {

constexpr std::size_t kMethodBytesMax = 64;
constexpr std::size_t kIdempotencyKeyBytesMax = 255;
/// Ids that the guest may use are 1..2^53.
constexpr std::uint64_t kCallIdMax = std::uint64_t{1} << 53;

struct Incoming {
  enum class Kind : std::uint8_t { Call, Notification };
  Kind kind = Kind::Notification;
  std::uint64_t id = 0;  ///< of a call
  std::string method;    ///< [A-Za-z0-9_.$/]+
  nlohmann::json params = nlohmann::json::object();
  std::string idempotencyKey;
};

/// Reads one frame's text.
/// Errors: PayloadTooLarge, InvalidParams   as parseJson; InvalidParams also where the message is
/// not a JSON-RPC 2.0 call or notification, or has a member that neither the standard nor we know.
Result<Incoming> readMessage(std::string_view text, const JsonBounds& bounds);

std::string resultMessage(std::uint64_t id, const nlohmann::json& result);
std::string errorMessage(std::uint64_t id, const Error& error);
std::string notificationMessage(std::string_view method, const nlohmann::json& params);

}  // namespace kiosk
