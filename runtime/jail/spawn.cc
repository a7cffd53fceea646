#include "runtime/jail/spawn.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "runtime/jail/protocol.h"

namespace kiosk::jail {
namespace {

/// Below this number the spawned process arranges its own descriptors.
constexpr int kFirstFreeDescriptor = 10;

/// The host's environment may hold secrets, so a zygote gets these variables and no other.
constexpr auto kEnvironmentKept = std::to_array<std::string_view>({
    "TZ",
    "TZDIR",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
#ifdef KIOSK_MUTATION
    "KIOSK_GUARD_OFF",
#endif
});

Error systemError(std::string_view what, int error) {
  return {ErrorCode::HostError, std::string(what) + ": " + std::strerror(error)};
}

/// posix_spawn's settings, released together.
struct SpawnSettings {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;

  SpawnSettings() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
};

/// Signals as after login, whatever the host ignores or blocks; a session of its own.
void setAttributes(posix_spawnattr_t& attributes) {
  sigset_t all;
  sigset_t none;
  ::sigfillset(&all);
  ::sigemptyset(&none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
}

/// 0 and 1 to /dev/null, 2 as the host's if it has one, the control socket at 3, nothing else.
void setDescriptors(posix_spawn_file_actions_t& actions, int control) {
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (::fcntl(STDERR_FILENO, F_GETFD) < 0) {
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  } else {
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDERR_FILENO);  // clears FD_CLOEXEC
  }
  posix_spawn_file_actions_adddup2(&actions, control, kControlSocket);
  posix_spawn_file_actions_addclosefrom_np(&actions, kControlSocket + 1);
}

std::vector<std::string> argumentsOf(const ZygoteLaunch& launch) {
  std::vector<std::string> arguments = {launch.guestPath, "--zygote",
                                        launch.tier == Tier::Jit ? "--tier=jit" : "--tier=jitless",
                                        "--forks-max=" + std::to_string(launch.forksMax)};
  if (launch.dumpable) arguments.emplace_back("--dumpable");
  if (launch.jail == JailPolicy::Disposable) arguments.emplace_back("--accept-missing-layer");
  if (!launch.appArguments.empty()) arguments.emplace_back("--");
  arguments.insert(arguments.end(), launch.appArguments.begin(), launch.appArguments.end());
  return arguments;
}

std::vector<std::string> environment() {
  std::vector<std::string> kept;
  for (const std::string_view name : kEnvironmentKept) {
    if (const char* value = std::getenv(name.data()))
      kept.push_back(std::string(name) + "=" + value);
  }
  return kept;
}

std::vector<char*> pointersTo(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// A pidfd of our living child `pid`. Between the spawn and this call the embedder may have reaped
/// it and its number may have passed on, so it is asked whether this is a child of ours.
Fd pidfdOfChild(pid_t pid) {
  Fd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  siginfo_t info = {};
  const auto id = static_cast<id_t>(pidfd.get());
  if (!pidfd || ::waitid(P_PIDFD, id, &info, WEXITED | WNOHANG | WNOWAIT) != 0) return Fd();
  return pidfd;
}

}  // namespace

Result<std::pair<Fd, Fd>> controlSockets() {
  int ends[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return systemError("the control socket", errno);
  }
  const Fd low(ends[1]);
  Fd ours(ends[0]);
  Fd theirs(::fcntl(low.get(), F_DUPFD_CLOEXEC, kFirstFreeDescriptor));
  if (!theirs || ::fcntl(ours.get(), F_SETFL, O_NONBLOCK) != 0) {
    return systemError("the control socket", errno);
  }
  return std::pair<Fd, Fd>(std::move(ours), std::move(theirs));
}

Result<SpawnedZygote> spawnZygote(const ZygoteLaunch& launch) {
  auto sockets = controlSockets();
  if (!sockets) return sockets.error();
  SpawnSettings settings;
  setAttributes(settings.attributes);
  setDescriptors(settings.actions, sockets->second.get());
  std::vector<std::string> arguments = argumentsOf(launch);
  std::vector<std::string> variables = environment();
  SpawnedZygote spawned;
  const int error =
      ::posix_spawn(&spawned.pid, launch.guestPath.c_str(), &settings.actions, &settings.attributes,
                    pointersTo(arguments).data(), pointersTo(variables).data());
  if (error != 0) return systemError("cannot run " + launch.guestPath, error);
  spawned.pidfd = pidfdOfChild(spawned.pid);
  spawned.control = std::move(sockets->first);
  if (!spawned.pidfd) return systemError("the zygote ended at once: " + launch.guestPath, errno);
  return spawned;
}

void killFamily(const SpawnedZygote& zygote) {
  // Its number is its own, and that of its group, until it is reaped, which the embedder may have
  // done.
  siginfo_t info = {};
  const auto id = static_cast<id_t>(zygote.pidfd.get());
  if (::waitid(P_PIDFD, id, &info, WEXITED | WNOHANG | WNOWAIT) == 0) {
    ::kill(-zygote.pid, SIGKILL);
  }
  killGuest(zygote.pidfd.get());
}

void reapZygote(const Fd& pidfd) {
  siginfo_t info = {};
  while (::waitid(P_PIDFD, static_cast<id_t>(pidfd.get()), &info, WEXITED) != 0 && errno == EINTR) {
    continue;
  }
}

}  // namespace kiosk::jail
