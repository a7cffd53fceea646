#pragma once
// A rate: so many a second, with room for a burst.

#include <algorithm>
#include <cstdint>

namespace kiosk {

class TokenBucket {
 public:
  TokenBucket(double perSecond, double burst, std::int64_t nowUs)
      : perSecond_(perSecond), burst_(burst), tokens_(burst), refilledUs_(nowUs) {}

  /// Takes `count`; may go into debt, so that what has happened already is paid for later.
  /// Microseconds until the debt is paid; 0 when there is none.
  std::int64_t spend(double count, std::int64_t nowUs) {
    refill(nowUs);
    tokens_ -= count;
    return tokens_ >= 0 ? 0 : static_cast<std::int64_t>(-tokens_ / perSecond_ * 1e6) + 1;
  }

  /// Takes `count` if they are there.
  bool take(double count, std::int64_t nowUs) {
    refill(nowUs);
    if (tokens_ < count) return false;
    tokens_ -= count;
    return true;
  }

 private:
  void refill(std::int64_t nowUs) {
    tokens_ =
        std::min(burst_, tokens_ + static_cast<double>(nowUs - refilledUs_) / 1e6 * perSecond_);
    refilledUs_ = nowUs;
  }
  double perSecond_, burst_, tokens_;
  std::int64_t refilledUs_;
};

}  // namespace kiosk
