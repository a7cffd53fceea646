#pragma once
// Deliveries over HTTP(S): one connection each, no redirects, the address that was checked.

#include <cstddef>

#include "bridge/net/public_address.h"
#include "bridge/payments/webhook_sender.h"

namespace kiosk::bridge {

/// To reach the endpoint, and to wait for its next byte, in seconds.
inline constexpr int kWebhookConnectSecondsMax = 5, kWebhookReadSecondsMax = 10;
/// What is read of an answer's body; only the status counts.
inline constexpr std::size_t kWebhookAnswerBytesMax = 4096;

/// Threads: any.
class WebhookPost final : public WebhookTransport {
 public:
  explicit WebhookPost(CallableAddresses callable) : callable_(callable) {}

  /// http to this machine only, and only where loopback is callable.
  Result<int> post(const std::string& url, const std::string& token) override;

 private:
  const CallableAddresses callable_;
};

}  // namespace kiosk::bridge
