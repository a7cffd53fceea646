#include <kiosk/check.h>

#include <cstdio>
#include <cstdlib>

namespace kiosk {

void checkFailed(const char* file, int line, const char* condition, const char* why) {
  std::fprintf(stderr, "kiosk: bug at %s:%d: %s (%s)\n", file, line, why, condition);
  std::abort();
}

}  // namespace kiosk
