#include "bridge/server/bounded_pool.h"

#include "bridge/server/partner_bounds.h"

namespace kiosk::bridge::partner {

BoundedPool::BoundedPool() {
  for (std::size_t i = 0; i < kWorkers; ++i) threads_.emplace_back([this] { work(); });
}

void BoundedPool::enqueue(std::function<void()> task) {
  std::unique_lock lock(mutex_);
  room_.wait(lock, [this] { return tasks_.size() < kWaitingConnectionsMax; });
  tasks_.push_back(std::move(task));
  some_.notify_one();
}

void BoundedPool::shutdown() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  some_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void BoundedPool::work() {
  for (;;) {
    std::unique_lock lock(mutex_);
    some_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    room_.notify_one();
    task();
  }
}

}  // namespace kiosk::bridge::partner
