#include "runtime/guest/turn_timer.h"

#include <csignal>
#include <ctime>

namespace kiosk::guest {
namespace {

timer_t timer{};
volatile std::sig_atomic_t inTurn = 0;
volatile std::sig_atomic_t expiries = 0;
TurnTimer::Handler softHandler = nullptr;
TurnTimer::Handler hardHandler = nullptr;

void expired(int) {
  if (!inTurn) return;
  expiries = expiries + 1;
  if (expiries == 1) {
    softHandler();
  } else {
    hardHandler();
  }
}

timespec toTimespec(std::chrono::milliseconds time) {
  return {time.count() / 1000, time.count() % 1000 * 1'000'000};
}

}  // namespace

bool TurnTimer::prepare(Handler onSoft, Handler onHard) {
  softHandler = onSoft;
  hardHandler = onHard;
  struct sigaction action {};
  action.sa_handler = expired;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  if (sigaction(SIGPROF, &action, nullptr) != 0) return false;
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGPROF;
  return timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &timer) == 0;
}

void TurnTimer::arm(std::chrono::milliseconds limit, std::chrono::milliseconds grace) {
  expiries = 0;
  inTurn = 1;
  const itimerspec when{toTimespec(grace), toTimespec(limit)};
  timer_settime(timer, 0, &when, nullptr);
}

void TurnTimer::disarm() { inTurn = 0; }

}  // namespace kiosk::guest
