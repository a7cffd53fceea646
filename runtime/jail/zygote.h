#pragma once
// The zygote: the process that is warm once and forks every guest of its tier.
//
//   kiosk-guest --zygote            outer process: makes namespaces, forks, waits, ends likewise
//     └─ zygote (pid 1 of its own)  warm() → checks → empty root → no privileges → serves forks
//          ├─ guest                 prepareGuest() → rlimits → descriptors → filter → runGuest()
//          └─ template              rlimits → descriptors → filter → takePackageIn() → serves forks
//               └─ guest            as above, of that package
//
// Where the kernel refuses a PID namespace there is no outer process. The zygote has one thread for
// life. This library needs libc and libseccomp only, and is never built with sanitizers.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/jail/guest_start.h"

namespace kiosk::jail {

/// How guests may make machine code.
enum class GuestTier : std::uint8_t {
  Jit,      ///< executable pages may be made
  Jitless,  ///< PROT_EXEC in mmap or mprotect kills the guest
};

/// What the zygote does where a required layer of the jail is missing.
enum class MissingLayer : std::uint8_t {
  Refuse,  ///< every fork is refused
  Accept,  ///< development only: guests run without the layer
};

/// What the host wrote on the command line.
struct ZygoteOptions {
  GuestTier tier = GuestTier::Jit;
  MissingLayer missingLayer = MissingLayer::Refuse;
  /// Leaves zygote and guests readable to processes of the same user. For measurements only.
  bool dumpable = false;
  /// Forks after which the zygote retires by itself; 1..1'000'000.
  std::uint32_t forksMax = 1000;
  /// Arguments after `--`, for the app.
  std::vector<std::string> appArguments;
};

/// The program that the zygote carries. Called on the only thread.
class ZygoteApp {
 public:
  virtual ~ZygoteApp() = default;

  /// Starts all that guests shall inherit. Files are still readable, privileges are still those of
  /// the host. Must leave one thread and no mapping marked MADV_DONTFORK: both are checked.
  /// False stops the zygote; the reason goes to standard error.
  virtual bool warm(const ZygoteOptions& options) = 0;

  /// In the guest, before descriptors are closed and the filter stands: what the filter forbids
  /// later and fork does not inherit, i.e. timer_create. Must not look at the package or the
  /// config. False ends the guest with `kExitJailFailed`.
  virtual bool prepareGuest(const GuestStart& start) = 0;

  /// In a template, jailed: takes in what guests of one app shall share. Must run nothing of the
  /// app's. `start.sessionSocket` is -1. False with `why` ends the template.
  virtual bool takePackageIn(const GuestStart& start, std::string& why) = 0;

  /// In the guest, jailed. Ends by exit_group.
  [[noreturn]] virtual void runGuest(const GuestStart& start) = 0;
};

/// Reads the arguments that a host writes; none if they are not exactly these:
///   --zygote --tier=jit|jitless [--dumpable] [--accept-missing-layer] [--forks-max=N] [-- app…]
std::optional<ZygoteOptions> parseZygoteArguments(int argc, const char* const* argv);

/// Runs the zygote on the control socket at descriptor 3 until it has retired or lost its host, and
/// its last guest is gone. Returns the exit status of the process. When the host is gone, guests
/// that are left are killed.
int zygoteMain(const ZygoteOptions& options, ZygoteApp& app);

}  // namespace kiosk::jail
