#pragma once
// libuv behind the Executor interface. One UvLoop is one thread's loop; nothing else in the tree
// names libuv's types but this folder.

#include <kiosk/executor.h>
#include <kiosk/result.h>
#include <uv.h>

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "runtime/base/fd.h"

namespace kiosk {

class UvLoop final : public Executor {
 public:
  UvLoop();
  ~UvLoop() override;

  void post(std::function<void()> task) override;
  TimerId after(std::chrono::milliseconds delay, std::function<void()> task) override;
  void cancelTimer(TimerId id) override;

  /// Not from within a task or callback of this loop, nor are the next one and the destructor.
  void run();
  /// Ends `run` after the task that calls it. Threads: any.
  void stop();
  /// Runs what is due, waiting at most `wait` for something to be. False when `stop` was called.
  bool runOnce(std::chrono::milliseconds wait);
  /// Readable when a descriptor, a posted task or a timer is due.
  int pollFd();
  /// Whether one of the two above is on the stack.
  bool turning() const { return turning_; }

 private:
  friend class FdWatch;
  struct Timer;
  /// Takes those of the numbers 0 to 2 that an embedder has closed. A session's socket would else
  /// be somebody's standard error, and libuv ends the process when it is to close one of these.
  class StandardNumbers {
   public:
    StandardNumbers();

   private:
    std::array<Fd, 3> taken_;
  };
  void turn(uv_run_mode mode);
  /// A guest that has its answer often calls again within microseconds, sooner than a sleeping
  /// thread is awake: after a quick exchange, looks for more for a moment. True when more came.
  bool lookAgain();
  void drain();
  void rearmPollTimer();
  /// libuv learns of new descriptors and timers in its next turn only; this brings one about.
  void noteChange();

  StandardNumbers standardNumbers_;
  uv_loop_t loop_{};
  uv_timer_t waitLimit_{};  // of runOnce
  uv_async_t wake_{};
  std::mutex mutex_;
  std::deque<std::function<void()>> posted_;  // guarded by mutex_
  bool stopped_ = false;                      // guarded by mutex_
  bool turning_ = false;
  std::uint64_t happened_ = 0;    ///< descriptors that were ready, wakes by `post`
  std::int64_t lastQuietNs_ = 0;  ///< when the latest turn with such ended
  bool quick_ = false;            ///< whether that turn began shortly after the one before it
  std::map<TimerId, Timer*> timers_;
  TimerId nextTimer_ = 1;
  Fd pollFd_, pollTimer_;
};

/// Watches one descriptor, which it does not own, until it is destroyed. Must be destroyed before
/// the descriptor is closed; may be destroyed from within its callback. Threads: the loop's own.
class FdWatch {
 public:
  FdWatch(UvLoop& loop, int fd, std::function<void()> onReady);
  ~FdWatch();
  FdWatch(const FdWatch&) = delete;
  FdWatch& operator=(const FdWatch&) = delete;
  /// `events` as poll(2): POLLIN, POLLOUT; with POLLIN the peer's end is told too. 0: nothing is.
  void setEvents(short events);

 private:
  struct Handle;
  Handle* handle_;
};

}  // namespace kiosk
