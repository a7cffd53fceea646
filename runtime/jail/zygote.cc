#include "runtime/jail/zygote.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>

#include "runtime/base/guard.h"
#include "runtime/jail/guest_child.h"
#include "runtime/jail/namespaces.h"
#include "runtime/jail/privileges.h"
#include "runtime/jail/self_check.h"
#include "runtime/jail/zygote_server.h"

namespace kiosk::jail {
namespace {

constexpr int kExitFailed = 1;
constexpr int kExitMisused = 2;

int fail(const std::string& text) {
  reportFailure(text);
  return kExitFailed;
}

bool controlSocketIsThere() {
  int type = 0;
  socklen_t length = sizeof type;
  return ::getsockopt(kControlSocket, SOL_SOCKET, SO_TYPE, &type, &length) == 0 &&
         type == SOCK_SEQPACKET;
}

/// The outer process: keeps nothing, waits for the zygote, and ends as it did.
int waitForZygote(pid_t zygote) {
  ::close_range(0, ~0U, 0);
  LayerReport ignored;
  dropPrivileges(ignored);
  int status = 0;
  while (::waitpid(zygote, &status, 0) < 0) {
    if (errno != EINTR) return kExitFailed;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Gives up everything that guests shall not have and the zygote needs no more.
void giveUp(const ZygoteOptions& options, Mounts mounts, LayerReport& report) {
  yieldToHost();
  enterEmptyRoot(mounts, report);
  KIOSK_GUARDED("jail.identity", dropPrivileges(report));
  enterLandlock(report);
  restrictSpeculation(report);
  if (options.tier == GuestTier::Jitless) {
    refuseExecGain(report);
  } else {
    report.notNeeded(Layer::NoExecGain);
  }
  if (options.dumpable) {
    setDumpable(Dumpable::Yes);
    report.notNeeded(Layer::NotDumpable);
  } else {
    KIOSK_GUARDED("jail.dumpable", report.set(Layer::NotDumpable, setDumpable(Dumpable::No)));
  }
}

int runZygote(const ZygoteOptions& options, ZygoteApp& app, Mounts mounts, LayerReport& report) {
  using Clock = std::chrono::steady_clock;
  const auto began = Clock::now();
  if (!app.warm(options)) return fail("the guest program could not be started");
  if (const std::string why = whyNotForkable(); !why.empty()) return fail(why);

  auto filter = SyscallFilter::compile(options.tier);
  if (!filter) report.failed(Layer::Seccomp, errno);
  const Fd memoryFigures(::open("/proc/self/statm", O_RDONLY | O_CLOEXEC));
  giveUp(options, mounts, report);
  // Without privileges, and after them: a change of ids would clear this signal. With an outer
  // process, its one thread is the parent; without, the host's spawning thread is, whose end means
  // nothing.
  if (report.active(Layer::PidNamespace)) ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  ::signal(SIGPIPE, SIG_IGN);
  // Guests of a template that is gone become children of this process, which reports their ends.
  ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);

  const auto floor = measureMemoryFloor();
  if (!floor) return fail("the memory that guests start with cannot be measured");
  SyscallFilter* const installed = filter ? &*filter : nullptr;
  proveJail(installed, *floor, report);
  ZygoteServer server(options,
                      GuestHeritage{
                          .app = app,
                          .filter = installed,
                          .missingLayer = options.missingLayer,
                          .floor = *floor,
                          .memoryFigures = memoryFigures.get(),
                          .recordPipe = -1,
                      },
                      report);
  if (!server.prepare()) return fail(std::string("the zygote's loop: ") + std::strerror(errno));
  const auto warm = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began);
  server.serve(static_cast<std::uint32_t>(warm.count()));
  return 0;
}

}  // namespace

int zygoteMain(const ZygoteOptions& options, ZygoteApp& app) {
  if (!controlSocketIsThere()) {
    ::dprintf(STDERR_FILENO, "the zygote is started by a host, with a control socket at 3\n");
    return kExitMisused;
  }
  ::close_range(kControlSocket + 1, ~0U, 0);
  LayerReport report;
  const Mounts mounts = enterNamespaces(report);
  if (report.active(Layer::PidNamespace)) {
    const pid_t zygote = ::fork();
    if (zygote < 0) return fail(std::string("the zygote's own process: ") + std::strerror(errno));
    if (zygote > 0) return waitForZygote(zygote);
  }
  return runZygote(options, app, mounts, report);
}

}  // namespace kiosk::jail
