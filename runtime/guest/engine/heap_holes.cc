#include "runtime/guest/engine/heap_holes.h"

#include <malloc.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace kiosk::guest {
namespace {

constexpr std::size_t kLargestHole = 64 * 1024;
constexpr std::size_t kSmallestHole = 16;
/// Blocks up to this size are cached when they are freed (glibc's tcache).
constexpr std::size_t kCachedMax = 1032;
/// Far more than a warm zygote has; a bound all the same.
constexpr int kHolesMax = 200'000;

}  // namespace

void plugHeapHoles() {
  malloc_trim(0);
  int plugged = 0;
  for (std::size_t size = kLargestHole; size >= kSmallestHole; size -= size > 1024 ? 1024 : 16) {
    for (;;) {
      // What lies in the rest behind the last allocation was no hole.
      const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0));
      const std::uintptr_t top = end - mallinfo2().keepcost;
      void* taken = std::malloc(size);
      const auto at = reinterpret_cast<std::uintptr_t>(taken);
      if (at >= top || at < end - (std::uintptr_t{1} << 30) || ++plugged > kHolesMax) {
        // A small block would not go back behind the end but into a cache, a hole of its own.
        if (size > kCachedMax) std::free(taken);
        break;
      }
    }
  }
}

}  // namespace kiosk::guest
