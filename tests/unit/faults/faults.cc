#include "tests/unit/faults/faults.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>

namespace kiosk::test {
namespace {

std::atomic<bool> armed{false};
std::atomic<std::uint64_t> calls{0}, target{0};
std::atomic<Fault> kind{Fault::Once};

enum class Fate : std::uint8_t { Works, Fails, Dies };

/// What becomes of this call.
Fate next() {
  if (!armed.load()) return Fate::Works;
  const auto number = ++calls;
  if (number < target) return Fate::Works;
  if (kind.load() == Fault::Crash) return Fate::Dies;
  return number == target || kind.load() == Fault::Stays ? Fate::Fails : Fate::Works;
}

/// A call without bytes: it does nothing and fails, or nothing is left that could see it.
bool fails() {
  const auto fate = next();
  if (fate == Fate::Dies) ::_exit(kCrashed);
  if (fate == Fate::Fails) errno = EIO;
  return fate == Fate::Fails;
}

/// A call with bytes: `put` writes the first so many of them.
template <class Put>
ssize_t faultyWrite(std::size_t count, Put put) {
  const auto fate = next();
  if (fate == Fate::Works) return put(count);
  if (fate == Fate::Dies || kind.load() == Fault::Stays) (void)put(count / 2);
  if (fate == Fate::Dies) ::_exit(kCrashed);
  errno = ENOSPC;
  return -1;
}

}  // namespace

void armFault(std::uint64_t number, Fault fault) {
  calls = 0;
  target = number;
  kind = fault;
  armed = true;
}

std::uint64_t disarmFault() {
  armed = false;
  return calls;
}

}  // namespace kiosk::test

// The loader takes these before libc's, because the program exports its symbols.
extern "C" {

using kiosk::test::fails;
using kiosk::test::faultyWrite;

ssize_t write(int fd, const void* bytes, size_t count) {
  return faultyWrite(count, [&](size_t some) { return ::syscall(SYS_write, fd, bytes, some); });
}
ssize_t pwrite(int fd, const void* bytes, size_t count, off_t at) {
  return faultyWrite(count,
                     [&](size_t some) { return ::syscall(SYS_pwrite64, fd, bytes, some, at); });
}
ssize_t pwrite64(int fd, const void* bytes, size_t count, off64_t at) {
  return pwrite(fd, bytes, count, at);
}
int fsync(int fd) { return fails() ? -1 : static_cast<int>(::syscall(SYS_fsync, fd)); }
int fdatasync(int fd) { return fails() ? -1 : static_cast<int>(::syscall(SYS_fdatasync, fd)); }
int ftruncate(int fd, off_t size) noexcept {
  return fails() ? -1 : static_cast<int>(::syscall(SYS_ftruncate, fd, size));
}
int ftruncate64(int fd, off64_t size) noexcept { return ftruncate(fd, size); }
int rename(const char* from, const char* to) noexcept {
  return fails() ? -1 : static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}
int link(const char* from, const char* to) noexcept {
  return fails() ? -1 : static_cast<int>(::syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
}
int unlink(const char* path) noexcept {
  return fails() ? -1 : static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

}  // extern "C"
