#pragma once
// The process table, as /proc shows it.

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

namespace kiosk::conformance {

/// Processes left behind that one run names at most.
inline constexpr std::size_t kLeftBehindMax = 16;

struct ProcessRow {
  pid_t pid = 0;
  std::string name;  ///< 15 bytes at most; its own choice, so nothing to trust
};

/// The children of `parent` that are no zombies, in the order of their numbers.
std::vector<ProcessRow> childrenOf(pid_t parent);

}  // namespace kiosk::conformance
