#pragma once
// The threads of the server. What waits for one is bounded too: the thread that accepts connections
// waits when it is full, and further clients wait in the kernel.

#include <httplib.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kiosk::bridge::partner {

class BoundedPool final : public httplib::TaskQueue {
 public:
  BoundedPool();
  /// Waits for room. Threads: the one that accepts.
  void enqueue(std::function<void()> task) override;
  /// Runs what waits, then ends the threads.
  void shutdown() override;

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable some_, room_;
  std::deque<std::function<void()>> tasks_;  ///< guarded by mutex_
  bool ending_ = false;                      ///< guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace kiosk::bridge::partner
