#include "runtime/jail/guest_child.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>

#include "runtime/base/guard.h"
#include "runtime/jail/syscall_table.h"

namespace kiosk::jail {
namespace {

/// Private resident memory of the zygote, which its fork has whole: the pages of files are left
/// behind, to be found again when they are touched. Where /proc was not readable, and in guests of
/// a template, what is resident.
std::uint64_t inheritedKiB(int memoryFigures) {
  char text[128] = {};
  unsigned long pages = 0, resident = 0, files = 0;
  if (memoryFigures >= 0 && ::pread(memoryFigures, text, sizeof text - 1, 0) > 0 &&
      std::sscanf(text, "%lu %lu %lu", &pages, &resident, &files) == 3 && resident > files) {
    return (resident - files) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / 1024;
  }
  rusage usage = {};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss);
}

void leaveRecord(int pipe, GuestRecord record) {
  record.pid = ::getpid();
  // A full pipe costs the figures of one guest, nothing else.
  if (::write(pipe, &record, sizeof record) < 0) return;
}

[[noreturn]] void giveUp(int pipe, GuestRecord record, JailStep step, int error) {
  record.failedStep = step;
  record.error = static_cast<std::uint16_t>(error);
  leaveRecord(pipe, record);
  ::_exit(kExitJailFailed);
}

[[noreturn]] void dieOfMissingFilter() {
  ::kill(::getpid(), kFilterFailedSignal);
  ::_exit(kExitJailFailed);
}

/// What the child of proveJail has to say when no SIGSYS ends it.
enum class Proof : int { LimitsFailed = 1, FilterFailed = 2, FilterIdle = 3 };

[[noreturn]] void proveInChild(SyscallFilter* filter, const MemoryFloor& floor) {
  if (limitResources(floor, GuestLimits{}) != 0) ::_exit(static_cast<int>(Proof::LimitsFailed));
  if (filter == nullptr || filter->install() != 0) {
    ::_exit(static_cast<int>(Proof::FilterFailed));
  }
  ::syscall(SYS_getppid);
  ::_exit(static_cast<int>(Proof::FilterIdle));
}

}  // namespace

int mapPackage(int package, std::span<const std::byte>& bytes) {
  struct stat status = {};
  if (::fstat(package, &status) != 0) return errno;
  if (status.st_size == 0) return 0;
  const auto length = static_cast<std::size_t>(status.st_size);
  void* start = ::mmap(nullptr, length, PROT_READ, MAP_PRIVATE, package, 0);
  if (start == MAP_FAILED) return errno;
  bytes = {static_cast<const std::byte*>(start), length};
  return 0;
}

pid_t forkWithPidfd(Fd& pidfd) {
  int handle = -1;
  const auto pid =
      static_cast<pid_t>(::syscall(SYS_clone, kForkFlags, nullptr, &handle, nullptr, nullptr));
  if (pid > 0) pidfd.reset(handle);
  return pid;
}

void becomeGuest(const GuestHeritage& heritage, GuestStart start, Fd sessionSocket, Fd package) {
  const int pipe = heritage.recordPipe;
  GuestRecord record;
  record.baselineRssKiB = inheritedKiB(heritage.memoryFigures);
  if (heritage.parent == Parent::Zygote) ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);

  start.sessionSocket = sessionSocket.get();
  start.package = heritage.package;
  if (package) {
    if (const int error = mapPackage(package.get(), start.package)) {
      giveUp(pipe, record, JailStep::Package, error);
    }
  }
  if (!heritage.app.prepareGuest(start)) giveUp(pipe, record, JailStep::Prepare, 0);
  if (const int error = limitResources(heritage.floor, start.limits)) {
    giveUp(pipe, record, JailStep::ResourceLimits, error);
  }
  leaveRecord(pipe, record);
  if (keepOnlySocket(sessionSocket.release()) != 0) ::_exit(kExitJailFailed);
  static_cast<void>(package.release());  // closed with the rest
  start.sessionSocket = kSessionSocket;
  const bool filtered =
      KIOSK_GUARD("jail.filter", heritage.filter != nullptr && heritage.filter->install() == 0);
  if (!filtered && heritage.missingLayer == MissingLayer::Refuse) dieOfMissingFilter();
  heritage.app.runGuest(start);
  ::_exit(kExitJailFailed);  // the compiler does not believe a virtual function's [[noreturn]]
}

void proveJail(SyscallFilter* filter, const MemoryFloor& floor, LayerReport& report) {
  const pid_t child = ::fork();
  if (child == 0) proveInChild(filter, floor);
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child) {
    report.failed(Layer::Seccomp, errno);
    report.failed(Layer::ResourceLimits, errno);
    return;
  }
  const bool limitsFailed =
      WIFEXITED(status) && WEXITSTATUS(status) == static_cast<int>(Proof::LimitsFailed);
  const bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
  report.set(Layer::ResourceLimits, limitsFailed ? EPERM : 0);
  if (filter != nullptr) report.set(Layer::Seccomp, killed ? 0 : ENOSYS);
}

}  // namespace kiosk::jail
