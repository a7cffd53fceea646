#pragma once
// Which addresses a merchant may name for its events.

#include <kiosk/result.h>

#include <cstdint>
#include <string_view>

namespace kiosk::bridge::partner {

enum class WebhookRule : std::uint8_t {
  HttpsOnly,
  AlsoLoopback,  ///< http to this machine too, for development
};

/// Whether `url` is an absolute https address with a name of at least two labels for a host: no
/// address in numbers, no user, no fragment. What the name leads to is for the sender to check,
/// for it may lead elsewhere tomorrow.
/// Errors: InvalidParams   not of that form.
///         PolicyRefused   http, or a host that is this machine.
Result<void> checkWebhookUrl(std::string_view url, WebhookRule rule);

}  // namespace kiosk::bridge::partner
