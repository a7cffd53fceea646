#pragma once
// Work in processes of its own: what one piece does to its process, no other piece sees.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace kiosk::conformance {

/// Pieces at work at once, at most; and bytes that one piece may answer.
inline constexpr unsigned kJobsMax = 64;
inline constexpr std::size_t kAnswerBytesMax = 1 << 20;

/// How the pieces 0..`count`-1 are worked off, in this order.
struct IsolatedWork {
  std::size_t count = 0;
  unsigned jobs = 1;  ///< 1..kJobsMax
  int stopFd = -1;    ///< borrowed; once it is readable all work is killed. -1: never
  /// Runs in a process of its own; its answer goes to `done`.
  std::function<std::string(std::size_t)> work;
  /// Runs in the caller's process. None: the piece died, or answered too much.
  std::function<void(std::size_t, std::optional<std::string>)> done;
};

/// Returns true when all is done, false when it was stopped or no process could be made.
///
/// REQUIRES: the calling process has one thread.
bool runIsolated(const IsolatedWork& work);

}  // namespace kiosk::conformance
