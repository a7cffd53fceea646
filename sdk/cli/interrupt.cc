#include "sdk/cli/interrupt.h"

#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace kiosk::cli {

Interrupt::Interrupt() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, &before_);
  fd_ = Fd(signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

Interrupt::~Interrupt() {
  // Taken here, so that restoring the mask does not deliver what was answered already.
  take();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

bool Interrupt::take() {
  signalfd_siginfo info;
  bool came = false;
  while (read(fd_.get(), &info, sizeof info) > 0) came = true;
  return came;
}

}  // namespace kiosk::cli
