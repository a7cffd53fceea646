#pragma once
// The host's loop as the rest of the code sees it: run something soon, run something later.

#include <chrono>
#include <cstdint>
#include <functional>

namespace kiosk {

/// One thread that runs everything of the host side: sockets, gate, view, providers' answers.
class Executor {
 public:
  using TimerId = std::uint64_t;
  virtual ~Executor() = default;

  /// Runs `task` on the loop, after what is running now. Threads: any.
  virtual void post(std::function<void()> task) = 0;

  /// Runs `task` on the loop once, `delay` from now. Threads: the loop's own.
  virtual TimerId after(std::chrono::milliseconds delay, std::function<void()> task) = 0;

  /// Forgets a timer that has not fired; unknown ids are ignored. Threads: the loop's own.
  virtual void cancelTimer(TimerId id) = 0;
};

}  // namespace kiosk
