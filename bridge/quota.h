#pragma once
// How much a session may ask for.

#include <kiosk/bridge/gate_limits.h>

#include <cstdint>

namespace kiosk::bridge {

/// Tokens that refill steadily up to a capacity. Times are of `Clock::monotonicUs`.
class TokenBucket {
 public:
  /// Full at first. `perMinute` tokens come back each minute.
  TokenBucket(double capacity, double perMinute, std::int64_t nowUs)
      : capacity_(capacity), perUs_(perMinute / 60e6), tokens_(capacity), atUs_(nowUs) {}

  /// Takes one token; false, and nothing is taken, when there is none.
  bool take(std::int64_t nowUs) {
    refill(nowUs);
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }
  bool empty(std::int64_t nowUs) {
    refill(nowUs);
    return tokens_ < 1;
  }
  /// Milliseconds until the next token, at least 1.
  std::int64_t retryAfterMs() const {
    const double missing = tokens_ < 1 ? 1 - tokens_ : 0;
    return static_cast<std::int64_t>(missing / perUs_ / 1000) + 1;
  }
  std::uint32_t used(std::int64_t nowUs) {
    refill(nowUs);
    return static_cast<std::uint32_t>(capacity_ - tokens_ + 0.5);
  }
  std::uint32_t capacity() const { return static_cast<std::uint32_t>(capacity_); }

 private:
  void refill(std::int64_t nowUs) {
    if (nowUs <= atUs_) return;
    tokens_ += static_cast<double>(nowUs - atUs_) * perUs_;
    if (tokens_ > capacity_) tokens_ = capacity_;
    atUs_ = nowUs;
  }

  double capacity_, perUs_, tokens_;
  std::int64_t atUs_;
};

/// What `host.quota` tells.
struct QuotaSnapshot {
  std::uint32_t callsUsed = 0, callsMax = 0;
  std::uint32_t promptsUsed = 0, promptsMax = 0;
};

}  // namespace kiosk::bridge
