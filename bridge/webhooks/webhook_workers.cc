#include "bridge/webhooks/webhook_workers.h"

#include "runtime/base/log.h"
#include "runtime/base/quiet_thread.h"

namespace kiosk::bridge {

WebhookWorkers::WebhookWorkers(WebhookSender& sender) : sender_(sender) {
  for (int i = 0; i < kWebhookWorkers; ++i) {
    threads_.push_back(quietThread([this] { work(); }));
  }
}

WebhookWorkers::~WebhookWorkers() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WebhookWorkers::pause() {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, kWebhookPause, [this] { return stopping_; });
}

void WebhookWorkers::work() {
  for (;;) {
    // One at a time: a lease is for one delivery.
    const auto taken = sender_.deliverDue(1);
    if (!taken) logWarn("events: " + taken.error().message);
    const bool isIdle = !taken || *taken == 0;
    if (isIdle && !pause()) return;
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
  }
}

}  // namespace kiosk::bridge
