#pragma once
// A disk that fails when told to: this program's own write, pwrite, fsync, fdatasync, ftruncate,
// rename, link and unlink stand before libc's, for SQLite too, and count their calls while armed.

#include <cstdint>

namespace kiosk::test {

enum class Fault : std::uint8_t {
  Once,   ///< the call fails, those after it work
  Stays,  ///< the call and all after it fail; a write puts half of its bytes down first
  Crash,  ///< the process ends within the call; a write puts half of its bytes down first
};

/// What `_exit` says when a Crash came.
inline constexpr int kCrashed = 42;

/// From now on the `number`-th call (from 1) meets `fault`. Threads: any; counted in all.
void armFault(std::uint64_t number, Fault fault);
/// No more faults; how many calls there were.
std::uint64_t disarmFault();

}  // namespace kiosk::test
