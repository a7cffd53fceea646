#pragma once
// A token bucket for each merchant: kRequestsBurst at once, kRequestsPerSecond after that.

#include <kiosk/clock.h>

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace kiosk::bridge::partner {

/// What is left of a merchant's bucket.
struct RateVerdict {
  bool allowed = false;
  std::int64_t remaining = 0;    ///< requests that may follow at once
  std::int64_t waitSeconds = 0;  ///< until one more is allowed, or until the bucket is full
};

/// Threads: any.
class RateLimiter {
 public:
  /// `clock` is borrowed; only its monotonic half is read.
  explicit RateLimiter(Clock& clock) : clock_(clock) {}

  /// Takes one token of `merchantId` when there is one.
  RateVerdict take(const std::string& merchantId);

 private:
  struct Bucket {
    std::int64_t tokensMicro = 0;  ///< millionths of a token
    std::int64_t atUs = 0;
  };
  void dropFull(std::int64_t nowUs);

  Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Bucket> buckets_;  ///< guarded by mutex_
};

}  // namespace kiosk::bridge::partner
