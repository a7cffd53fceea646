#include <kiosk/check.h>
#include <kiosk/clock.h>
#include <sys/random.h>

#include <cerrno>
#include <chrono>

namespace kiosk {
namespace {

class SystemClock final : public Clock {
 public:
  std::int64_t wallMs() const override {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
  }
  std::int64_t monotonicUs() const override {
    using namespace std::chrono;
    return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
  }
};

class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    while (!out.empty()) {
      const ssize_t got = ::getrandom(out.data(), out.size(), 0);
      if (got < 0) {
        KIOSK_CHECK(errno == EINTR, "getrandom answers on every kernel we run on");
        continue;
      }
      out = out.subspan(static_cast<std::size_t>(got));
    }
  }
};

}  // namespace

Clock& systemClock() {
  static SystemClock clock;
  return clock;
}

Random& systemRandom() {
  static SystemRandom random;
  return random;
}

}  // namespace kiosk
