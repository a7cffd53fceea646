#pragma once
// Threads that deliver what is due, until they are told to stop.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "bridge/payments/webhook_sender.h"

namespace kiosk::bridge {

/// Deliveries at once.
inline constexpr int kWebhookWorkers = 8;
/// How long an idle worker waits before it looks again.
inline constexpr std::chrono::milliseconds kWebhookPause{500};

class WebhookWorkers {
 public:
  /// `sender` is borrowed.
  explicit WebhookWorkers(WebhookSender& sender);
  /// Waits for the deliveries that are under way.
  ~WebhookWorkers();
  WebhookWorkers(const WebhookWorkers&) = delete;
  WebhookWorkers& operator=(const WebhookWorkers&) = delete;

 private:
  void work();
  /// False when it is time to stop.
  bool pause();

  WebhookSender& sender_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  ///< guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace kiosk::bridge
