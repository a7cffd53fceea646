#pragma once
// Deliveries over HTTP(S): one connection each, no redirects, and the address is judged that is
// connected to.

#include <kiosk/bridge/network_provider.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "bridge/payments/webhook_sender.h"

namespace kiosk::bridge {

/// For all of a delivery.
inline constexpr std::chrono::milliseconds kWebhookTimeMax{15'000};
/// What is read of an answer's body; only the status counts. A longer one is no answer.
inline constexpr std::size_t kWebhookAnswerBytesMax = 4096;

/// Threads: any.
class WebhookPost final : public WebhookTransport {
 public:
  /// `hosts` as in CurlNetworkOptions.
  explicit WebhookPost(NetworkReach reach, std::vector<std::string> hosts = {})
      : reach_(reach), hosts_(std::move(hosts)) {}

  /// http to this machine only, and only where loopback is reached.
  Result<int> post(const std::string& url, const std::string& token) override;

 private:
  const NetworkReach reach_;
  const std::vector<std::string> hosts_;
};

}  // namespace kiosk::bridge
