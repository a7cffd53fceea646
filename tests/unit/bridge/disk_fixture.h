#pragma once
// Disks that have no room: a limit on the size of files, which the kernel enforces in the middle of
// a write, and a small tmpfs.

#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>
#include <string>

#include "tests/unit/support/temp_folder.h"

namespace kiosk::test {

/// While it lives no file of this process grows past `bytes`.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    auto now = before_;
    now.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

/// A file system of `size`, e.g. "128k"; not there when this process may not mount one.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& size)
      : mounted_(::mount("kiosk-test", path().c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0) {
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }
  std::string path() const { return folder_.path().string(); }

 private:
  TempFolder folder_;
  bool mounted_;
};

}  // namespace kiosk::test
