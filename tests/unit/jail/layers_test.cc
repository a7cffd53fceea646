// Single layers without the filter above them. Goal: each wall holds when it stands alone. Method:
// a child process puts up one layer and tries to pass it.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string>

#include "runtime/jail/guest_jail.h"
#include "runtime/jail/namespaces.h"
#include "runtime/jail/privileges.h"
#include "runtime/jail/syscall_filter.h"

namespace kiosk::jail {
namespace {

constexpr int kSkipped = 77;

template <class Child>
int inChild(Child child) {
  const pid_t pid = ::fork();
  if (pid == 0) ::_exit(child());
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// The errno of opening `path`, or 0.
int openError(const char* path) {
  const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return errno;
  ::close(fd);
  return 0;
}

void checkOrSkip(int result, const std::string& layer) {
  if (result == kSkipped) {
    MESSAGE("not given by this system: " << layer);
  } else {
    CHECK(result == 0);
  }
}

}  // namespace

TEST_CASE("layers: landlock alone refuses files that anyone may read") {
  checkOrSkip(inChild([] {
                if (openError("/etc/passwd") != 0) return 1;
                LayerReport report;
                ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
                enterLandlock(report);
                if (!report.active(Layer::Landlock)) return kSkipped;
                return openError("/etc/passwd") == EACCES && openError("/") == EACCES ? 0 : 2;
              }),
              "landlock");
}

TEST_CASE("layers: the empty root alone holds no file and takes none") {
  checkOrSkip(inChild([] {
                LayerReport report;
                enterEmptyRoot(enterNamespaces(report), report);
                dropPrivileges(report);
                if (!report.active(Layer::EmptyRoot)) return kSkipped;
                if (openError("/etc/passwd") != ENOENT || openError("..") != 0) return 1;
                if (openError("../../etc") != ENOENT || openError("/proc/self") != ENOENT) return 2;
                return ::mkdir("/x", 0700) != 0 && ::chroot("/") != 0 && errno == EPERM ? 0 : 3;
              }),
              "empty-root");
}

TEST_CASE("layers: the network namespace alone leaves no way out") {
  checkOrSkip(inChild([] {
                LayerReport report;
                enterNamespaces(report);
                if (!report.active(Layer::NetworkNamespace)) return kSkipped;
                const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
                sockaddr target = {AF_INET, {0, 53, 8, 8, 8, 8}};
                return ::connect(fd, &target, sizeof target) < 0 && errno == ENETUNREACH ? 0 : 1;
              }),
              "network-namespace");
}

TEST_CASE("layers: dropped privileges do not come back") {
  CHECK(inChild([] {
          LayerReport report;
          dropPrivileges(report);
          if (!report.active(Layer::Unprivileged)) return 1;
          if (!report.active(Layer::NoNewPrivileges)) return 2;
          return ::setuid(0) != 0 && ::geteuid() != 0 && openError("/etc/shadow") == EACCES ? 0 : 3;
        }) == 0);
}

TEST_CASE("layers: the resource limits alone forbid descriptors and processes") {
  CHECK(inChild([] {
          LayerReport report;
          dropPrivileges(report);
          const auto floor = measureMemoryFloor();
          if (!floor || floor->dataBytes == 0 || floor->addressBytes < floor->dataBytes) return 1;
          if (limitResources(*floor, GuestLimits{}) != 0) return 2;
          if (::dup(0) >= 0 || errno != EMFILE) return 3;
          const pid_t pid = ::fork();
          if (pid == 0) ::_exit(0);
          return pid < 0 && errno == EAGAIN ? 0 : 4;
        }) == 0);
}

TEST_CASE("layers: keepOnlySocket leaves one descriptor, whatever numbers were taken") {
  CHECK(inChild([] {
          int ends[2];
          if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 1;
          if (keepOnlySocket(ends[1]) != 0) return 2;
          for (int fd = 1; fd < 1024; ++fd) {
            if (::fcntl(fd, F_GETFD) >= 0) return 3;
          }
          return ::fcntl(kSessionSocket, F_GETFD) >= 0 ? 0 : 4;
        }) == 0);
}

TEST_CASE("layers: the filter is small, and stands without any other layer") {
  auto filter = SyscallFilter::compile(GuestTier::Jit);
  REQUIRE(filter.has_value());
  CHECK(filter->instructionCount() < 400);
  MESSAGE("instructions: " << filter->instructionCount());
  CHECK(inChild([&filter] {
          ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
          if (filter->install() != 0) return 1;
          ::getppid();
          return 2;
        }) == -SIGSYS);
}

}  // namespace kiosk::jail
