#pragma once
// The host's side of a zygote: start it, ask for guests, hear how they ended.
//
// Lives on the host's loop and never waits: watch `fd()` for `pollEvents()`, then call `poll()`. It
// touches no process-wide state: no signal handler, no waitpid(-1), no fork of the host. The zygote
// is spawned with posix_spawn, inherits standard error and one socket, and has a session of its
// own, so that a terminal's Ctrl-C reaches the host only.
//
// One request, one story:
//   fork() ──► GuestForked ──► GuestExited     (also when the zygote dies: statusKnown false)
//         │               └──► GuestOrphaned   (when its template dies; the zygote tells its end)
//         └──► ForkRefused
// A template is asked for as a guest is, by makeTemplate(), and its own process has the same story.
// Of the zygote, or template, itself:  ZygoteReady (once, first) … ZygoteGone (once, last).

#include <kiosk/host.h>
#include <kiosk/result.h>
#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "runtime/base/fd.h"
#include "runtime/jail/guest_start.h"

namespace kiosk::jail {

/// How to start a zygote.
struct ZygoteLaunch {
  /// Absolute path of the guest binary.
  std::string guestPath;
  Tier tier = Tier::Jit;
  JailPolicy jail = JailPolicy::Required;
  bool dumpable = false;
  /// 1..1'000'000.
  std::uint32_t forksMax = 1000;
  /// For the guest's own use, after `--`.
  std::vector<std::string> appArguments;
};

/// What a guest is made of. The descriptors are owned by the request and closed once sent.
struct ForkRequest {
  /// Chosen by the caller; unique among the requests of one zygote.
  std::uint64_t requestId = 0;
  /// The guest's end of the session socket (a connected socket, stream or seqpacket).
  Fd sessionSocket;
  /// memfd sealed against shrinking, growing and writing; none: an empty package.
  Fd package;
  /// JSON text for the guest; at most `kConfigBytesMax` bytes.
  std::string config;
  GuestLimits limits;
};

/// What a template is made of.
struct TemplateRequest {
  /// As a ForkRequest's.
  std::uint64_t requestId = 0;
  Fd package;
  /// As a guest's, at most `kConfigBytesMax` bytes.
  std::string config;
  /// Of the taking in. Guests may have as much memory again, and no more.
  GuestLimits limits;
  /// 1..1'000'000.
  std::uint32_t forksMax = 1000;
};

/// The zygote is warm and takes requests; `jailLayers()` is filled.
struct ZygoteReady {
  std::chrono::microseconds warmTime{0};
};

/// The guest lives. `pidfd` is readable when it has ended, and is how it is killed (`killGuest`).
struct GuestForked {
  std::uint64_t requestId = 0;
  Fd pidfd;
};

/// The guest is gone. Comes once for every GuestForked.
struct GuestExited {
  std::uint64_t requestId = 0;
  /// False when the zygote died first; then nothing below is set, and the guest may need a kill.
  bool statusKnown = false;
  /// Exit status, or -1 when a signal ended it.
  int exitCode = -1;
  /// The signal that ended it, or 0. SIGSYS: the jail refused a system call.
  int signal = 0;
  std::chrono::microseconds userTime{0};
  std::chrono::microseconds systemTime{0};
  /// Most resident memory, and the private part that the fork brought along. The difference is the
  /// guest's own, and what it touched of files (shared by all guests; of V8 about 10 MiB).
  std::uint64_t maxRssKiB = 0;
  std::uint64_t baselineRssKiB = 0;
  /// Which step of the jail failed in the guest, for people; empty when the jail stood.
  std::string jailFailure;
};

/// The guest's template is gone, and the guest is not. Its end comes as OrphanExited of the zygote.
struct GuestOrphaned {
  std::uint64_t requestId = 0;
  /// In the zygote's namespace, as the template named it.
  pid_t pid = 0;
};

/// A process has ended whose template went before it. `exit.requestId` is 0.
struct OrphanExited {
  pid_t pid = 0;  ///< in the zygote's namespace
  GuestExited exit;
};

/// There is no guest for this request, and there will be none.
struct ForkRefused {
  std::uint64_t requestId = 0;
  /// The zygote takes no more requests at all (forks used up, or told to retire).
  bool retired = false;
  std::string why;
};

/// The zygote has ended; nothing more comes. `why` is for people; empty after an orderly
/// retirement.
struct ZygoteGone {
  std::string why;
};

using ZygoteEvent = std::variant<ZygoteReady, GuestForked, GuestExited, GuestOrphaned, OrphanExited,
                                 ForkRefused, ZygoteGone>;

/// One zygote process, or one template. Threads: the loop's own.
class ZygoteProcess {
 public:
  /// Spawns the zygote and returns at once; ZygoteReady comes when it is warm. Requests may be made
  /// before.
  ///
  /// Errors:
  ///   HostError      the binary cannot be run, or descriptors ran out.
  ///   InvalidParams  `forksMax` out of range.
  static Result<std::unique_ptr<ZygoteProcess>> start(const ZygoteLaunch& launch);

  /// Kills the zygote and what guests it has left, and reaps it. A template only loses its socket,
  /// and goes for that; its guests live on.
  virtual ~ZygoteProcess() = default;

  /// To watch for `pollEvents()`. Stays the same for life.
  virtual int fd() const = 0;
  /// POLLIN, and POLLOUT while requests wait to be sent.
  virtual short pollEvents() const = 0;
  /// Sends what waits and returns what came. Never blocks.
  virtual std::vector<ZygoteEvent> poll() = 0;

  /// Asks for a guest. `request` is left as it was when that fails.
  ///
  /// Errors:
  ///   NotReady         retired, or gone: ask another zygote.
  ///   LimitExceeded    `kForksPendingMax` requests wait to be sent.
  ///   PayloadTooLarge  `config` is longer than `kConfigBytesMax`.
  ///   InvalidParams    no session socket, or a `requestId` that is in use.
  virtual Result<void> fork(ForkRequest&& request) = 0;

  /// Asks for a template; what is returned speaks to it, and takes requests at once. They must
  /// bring no package. This zygote tells GuestForked and GuestExited, or ForkRefused, of the
  /// template's process.
  ///
  /// Errors: as fork(), and
  ///   HostError   no descriptor is left.
  virtual Result<std::unique_ptr<ZygoteProcess>> makeTemplate(TemplateRequest request) = 0;

  /// No more requests; those made before are still served. The zygote ends when its last guest has.
  virtual void retire() = 0;

  virtual bool ready() const = 0;
  virtual bool retired() const = 0;
  /// Requests without an end so far.
  virtual std::size_t guestCount() const = 0;
  /// The zygote's process id (of the outer process where there is one); 0 of a template.
  virtual pid_t pid() const = 0;
  /// What protects guests of this zygote; empty before ZygoteReady.
  virtual const std::vector<JailLayer>& jailLayers() const = 0;
};

/// Longest `ForkRequest::config`.
inline constexpr std::size_t kConfigBytesMax = 64 * 1024;
/// Requests that may wait for room in the control socket.
inline constexpr std::size_t kForksPendingMax = 1024;

/// SIGKILL to the process behind `pidfd`. Harmless when it has ended.
void killGuest(int pidfd);

/// Takes the process off the CPU until `continueGuest`, whatever it is doing. It can be killed, and
/// dies with its zygote, all the same.
void stopGuest(int pidfd);
void continueGuest(int pidfd);

/// Process id behind `pidfd` in the caller's namespace; 0 when it has ended or /proc is not
/// readable.
pid_t pidOf(int pidfd);

/// Whether `fd` is the handle of a process, living or not.
bool isPidfd(int fd);

/// A memfd with `bytes`, sealed against shrinking, growing and writing, as `ForkRequest` wants it.
/// Errors: HostError   no descriptor or no memory left.
Result<Fd> makeSealedMemory(std::span<const std::byte> bytes);

/// The layers whose absence forbids guests under JailPolicy::Required, joined by ", "; empty when
/// all stand.
std::string missingRequiredLayers(const std::vector<JailLayer>& layers);

}  // namespace kiosk::jail
