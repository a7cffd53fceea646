#pragma once
// Ctrl-C and SIGTERM as a descriptor.

#include <csignal>

#include "runtime/base/fd.h"

namespace kiosk::cli {

/// Blocks SIGINT and SIGTERM for as long as it lives, in this thread and in those it starts. Made
/// before any other thread: one that does not block them would end the process.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// Readable when a signal came.
  int fd() const { return fd_.get(); }
  /// Forgets the signals that came; true when there was one.
  bool take();

 private:
  Fd fd_;
  sigset_t before_{};
};

}  // namespace kiosk::cli
