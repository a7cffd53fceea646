#pragma once
// The CPU limit of a turn, kept by the kernel: a timer on the thread's CPU clock sends SIGPROF.
//
//   arm ──limit──► onSoft()  V8 is asked to stop at its next check
//        ──grace──► onHard()  V8 did not: a built-in that never checks. The process ends here.
//
// Time in which the process waits or is not scheduled does not count. The kernel checks such timers
// at its tick, so an overrun is noticed up to 4 ms late (CONFIG_HZ=250).

#include <chrono>

namespace kiosk::guest {

class TurnTimer {
 public:
  using Handler = void (*)();

  /// Makes the timer; before the system-call filter stands. False when the kernel refuses.
  /// Both handlers run in a signal handler.
  static bool prepare(Handler onSoft, Handler onHard);

  /// A turn begins.
  static void arm(std::chrono::milliseconds limit, std::chrono::milliseconds grace);
  /// A turn ended; an expiry that is still on its way does nothing.
  static void disarm();
};

}  // namespace kiosk::guest
