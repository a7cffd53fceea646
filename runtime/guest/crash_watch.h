#pragma once
// Tells a guest that ran out of memory from one that crashed. V8 and ICU have places that do not
// look whether malloc gave them anything and then write through a null pointer: measured with a
// loop of `new Intl.DateTimeFormat`, in half of the runs. Without this the session would end as
// `killed`, and its author would look for a bug that is not there.

namespace kiosk::guest {

class CrashWatch {
 public:
  using Handler = void (*)();

  /// Watches SIGSEGV and SIGBUS on a stack of its own; before the system-call filter stands. When
  /// one comes and the kernel has no more memory for this process, calls `onNoMemory`, in the
  /// signal handler; any other fault ends the process as it would have without. False when the
  /// kernel refuses.
  static bool prepare(Handler onNoMemory);
};

}  // namespace kiosk::guest
