#pragma once
// What a guest used, as seen from outside: CPU time while it runs, and memory of its own.
//
// The kernel keeps one high-water mark of a process: all resident memory. After a fork that holds
// the zygote's private pages, and then grows by the pages of libraries that the guest touches,
// though all guests share them (about 10 MiB for V8). So:
//
//   own growth = the larger of   private memory as sampled        less what the fork brought
//                                high-water mark − files sampled  less what the fork brought
//
// The second misses no peak between two samples. Copies that a guest makes of the zygote's pages
// by writing to them count as the zygote's.

#include <cstdint>
#include <optional>

#include "runtime/jail/zygote_client.h"

namespace kiosk {

/// Resident memory of a process.
struct ResidentMemory {
  std::uint64_t privateKiB = 0;  ///< anonymous: heaps, stacks, what was written to
  std::uint64_t filesKiB = 0;    ///< programs, libraries and packages, shared with others
};

/// What is taken for the files of a guest of which no sample came in time, until another was
/// sampled: what V8's libraries have in memory when a small app has started.
constexpr std::uint64_t kFilesKiBAssumed = 8 * 1024;

/// Threads: the loop's own.
class GuestMeter {
 public:
  /// `pidfd` is borrowed and must outlive the meter; `pid` is its process, or 0.
  void begin(int pidfd, int pid);

  /// CPU time so far, in microseconds; nothing when the guest is gone.
  std::optional<std::int64_t> cpuUs() const;
  bool hasEnded() const;
  /// Takes a sample, unless the guest did not run since the last one.
  void sample();
  /// The last sample.
  const std::optional<ResidentMemory>& last() const { return last_; }
  /// Peak of the guest's own growth. `filesKiBUsual` stands in where no sample was taken.
  std::uint64_t peakKiB(const jail::GuestExited& exit, std::uint64_t filesKiBUsual) const;

 private:
  int pidfd_ = -1;
  int pid_ = 0;
  std::int64_t sampledAtUs_ = -1;
  std::optional<ResidentMemory> last_;
  std::uint64_t privateKiBMost_ = 0;
};

}  // namespace kiosk
