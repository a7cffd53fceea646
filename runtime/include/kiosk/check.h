#pragma once
// KIOSK_CHECK(cond, why): for bugs of ours, always compiled in, never for input.

namespace kiosk {

/// Writes where and why to standard error and aborts.
[[noreturn]] void checkFailed(const char* file, int line, const char* condition, const char* why);

}  // namespace kiosk

#define KIOSK_CHECK(condition, why)                                              \
  do {                                                                           \
    if (!(condition)) ::kiosk::checkFailed(__FILE__, __LINE__, #condition, why); \
  } while (false)
