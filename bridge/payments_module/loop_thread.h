#pragma once
// A loop of its own thread, for hosts that have none: tasks in the order of their posts, and
// timers.

#include <kiosk/executor.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace kiosk::bridge {

/// Its queue is as long as what its users bound: the store's jobs, kPaymentsAtOnceMax calls.
class LoopThread final : public Executor {
 public:
  LoopThread();
  /// Runs what is due, stops and joins; timers and later posts are dropped.
  /// Threads: any but its own.
  ~LoopThread() override;
  LoopThread(const LoopThread&) = delete;
  LoopThread& operator=(const LoopThread&) = delete;

  void post(std::function<void()> task) override;
  TimerId after(std::chrono::milliseconds delay, std::function<void()> task) override;
  void cancelTimer(TimerId id) override;

  /// Runs `task` on the loop and waits for it. Threads: any but its own.
  void runNow(const std::function<void()>& task);

 private:
  using Time = std::chrono::steady_clock::time_point;

  void work();
  /// The next task that is due, under mutex_; waits for one. Empty: stop.
  std::function<void()> next();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> tasks_;                           ///< guarded by mutex_
  std::map<std::pair<Time, TimerId>, std::function<void()>> timers_;  ///< guarded by mutex_
  TimerId lastTimer_ = 0;                                             ///< guarded by mutex_
  bool stopping_ = false;                                             ///< guarded by mutex_
  std::thread thread_;
};

}  // namespace kiosk::bridge
