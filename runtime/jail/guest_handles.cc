// What a host does with a guest's pidfd, and with the report on its jail.

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>

#include "runtime/jail/zygote_client.h"

namespace kiosk::jail {

void killGuest(int pidfd) { ::syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, nullptr, 0); }

void stopGuest(int pidfd) { ::syscall(SYS_pidfd_send_signal, pidfd, SIGSTOP, nullptr, 0); }

void continueGuest(int pidfd) { ::syscall(SYS_pidfd_send_signal, pidfd, SIGCONT, nullptr, 0); }

pid_t pidOf(int pidfd) {
  std::ifstream info("/proc/self/fdinfo/" + std::to_string(pidfd));
  for (std::string key; info >> key;) {
    pid_t pid = 0;
    if (key == "Pid:") return info >> pid && pid > 0 ? pid : 0;
  }
  return 0;
}

bool isPidfd(int fd) {
  // Signal 0 asks; EPERM and ESRCH come of the process behind it.
  return ::syscall(SYS_pidfd_send_signal, fd, 0, nullptr, 0) == 0 || errno != EBADF;
}

Result<Fd> makeSealedMemory(std::span<const std::byte> bytes) {
  const auto failure = [](const char* what) {
    return Error{ErrorCode::HostError, std::string(what) + ": " + std::strerror(errno)};
  };
  Fd memory(::memfd_create("kiosk-package", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory) return failure("memory for the package");
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t wrote = ::write(memory.get(), bytes.data() + done, bytes.size() - done);
    if (wrote < 0 && errno != EINTR) return failure("memory for the package");
    if (wrote > 0) done += static_cast<std::size_t>(wrote);
  }
  constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
  if (::fcntl(memory.get(), F_ADD_SEALS, kSeals) != 0) return failure("sealing the package");
  return memory;
}

std::string missingRequiredLayers(const std::vector<JailLayer>& layers) {
  std::string missing;
  for (const JailLayer& layer : layers) {
    if (!layer.required || layer.active) continue;
    if (!missing.empty()) missing += ", ";
    missing += layer.name;
  }
  return missing;
}

}  // namespace kiosk::jail
