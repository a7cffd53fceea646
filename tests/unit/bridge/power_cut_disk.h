#pragma once
// A disk under SQLite whose power fails: what was written and not yet synced may be gone then, or
// be there in part. A kill of the process cannot show that, since the kernel keeps what it took.
//
// It is SQLite's own seam for this, a VFS in front of the system's: it passes each call on, keeps
// what the platters would hold beside it, and at the chosen call takes that picture and answers
// every later one with an I/O error.

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tests/unit/bridge/service_fixture.h"

namespace kiosk::test {

/// What becomes of writes that were not synced.
enum class PowerLoss : std::uint8_t {
  All,       ///< none of them reached the disk
  TearLast,  ///< all did, and of the last one a part
  Some,      ///< any of them did, whatever their order, each whole or in part
};

/// While it lives every database that is opened lies on it. One at a time in a process; a database
/// opened on it is closed before it goes.
class PowerCutDisk {
 public:
  PowerCutDisk(PowerLoss loss, std::uint64_t seed);
  ~PowerCutDisk();
  PowerCutDisk(const PowerCutDisk&) = delete;
  PowerCutDisk& operator=(const PowerCutDisk&) = delete;

  /// The power fails at the `calls`th write, truncation, sync or deletion from now, from 1.
  void failAt(std::uint64_t calls);
  bool isCut() const;
  /// Writes the files as the disk holds them after the failure into `folder`.
  void writeImage(const std::string& folder) const;

  // For the VFS; threads: any.

  /// A file that was opened: what it holds now was there before.
  void opened(const std::string& path);
  /// One call that changes the disk. False: the power is gone, it fails.
  bool wrote(const std::string& path, std::int64_t offset, std::string_view bytes);
  bool truncated(const std::string& path, std::int64_t size);
  bool synced(const std::string& path);

 private:
  struct Change {
    std::int64_t offset = 0;  ///< or the new size
    std::string bytes;
    bool isTruncation = false;
  };
  struct File {
    std::string durable;
    std::vector<Change> pending;
  };

  bool reached();
  static void apply(std::string& content, const Change& change);
  std::string lose(const File& file);

  const PowerLoss loss_;
  SeededRandom random_;
  mutable std::mutex mutex_;
  std::map<std::string, File> files_;         ///< by path; guarded by mutex_
  std::map<std::string, std::string> image_;  ///< contents by path after the cut
  std::uint64_t callsLeft_ = 0;               ///< 0: the power holds; guarded by mutex_
  bool isCut_ = false;                        ///< guarded by mutex_
};

/// Keeps what the store rightly says of its failing disk off the terminal, while it lives.
class QuietErrors {
 public:
  QuietErrors() : kept_(::dup(STDERR_FILENO)) {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(nowhere, STDERR_FILENO);
    ::close(nowhere);
  }
  ~QuietErrors() {
    ::dup2(kept_, STDERR_FILENO);
    ::close(kept_);
  }
  QuietErrors(const QuietErrors&) = delete;
  QuietErrors& operator=(const QuietErrors&) = delete;

 private:
  const int kept_;
};

}  // namespace kiosk::test
