#include "bridge/payments_module/loop_thread.h"

#include <kiosk/check.h>

#include <future>

#include "runtime/base/quiet_thread.h"

namespace kiosk::bridge {

LoopThread::LoopThread() : thread_(quietThread([this] { work(); })) {}

LoopThread::~LoopThread() {
  KIOSK_CHECK(std::this_thread::get_id() != thread_.get_id(), "a loop does not end itself");
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void LoopThread::post(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    tasks_.push_back(std::move(task));
  }
  wake_.notify_one();
}

Executor::TimerId LoopThread::after(std::chrono::milliseconds delay, std::function<void()> task) {
  const std::lock_guard lock(mutex_);
  const TimerId id = ++lastTimer_;
  timers_.emplace(std::pair(std::chrono::steady_clock::now() + delay, id), std::move(task));
  return id;
}

void LoopThread::cancelTimer(TimerId id) {
  const std::lock_guard lock(mutex_);
  std::erase_if(timers_, [id](const auto& timer) { return timer.first.second == id; });
}

void LoopThread::runNow(const std::function<void()>& task) {
  std::promise<void> done;
  post([&task, &done] {
    task();
    done.set_value();
  });
  done.get_future().wait();
}

std::function<void()> LoopThread::next() {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (!timers_.empty() && timers_.begin()->first.first <= std::chrono::steady_clock::now()) {
      auto due = timers_.extract(timers_.begin());
      return std::move(due.mapped());
    }
    if (!tasks_.empty()) {
      auto task = std::move(tasks_.front());
      tasks_.pop_front();
      return task;
    }
    if (stopping_) return {};
    if (timers_.empty()) {
      wake_.wait(lock);
    } else {
      wake_.wait_until(lock, timers_.begin()->first.first);
    }
  }
}

void LoopThread::work() {
  while (const auto task = next()) task();
}

}  // namespace kiosk::bridge
