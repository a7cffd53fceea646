#include "bridge/server/rate_limiter.h"

#include <algorithm>

#include "bridge/server/partner_bounds.h"

namespace kiosk::bridge::partner {
namespace {

constexpr std::int64_t kMicro = 1'000'000;
constexpr std::int64_t kFullMicro = kRequestsBurst * kMicro;
/// A bucket is full again after this; a longer pause would only overflow the product.
constexpr std::int64_t kFillUs = kFullMicro / kRequestsPerSecond;

std::int64_t refilled(std::int64_t tokensMicro, std::int64_t passedUs) {
  const std::int64_t passed = std::clamp<std::int64_t>(passedUs, 0, kFillUs);
  return std::min(kFullMicro, tokensMicro + passed * kRequestsPerSecond);
}

std::int64_t secondsFor(std::int64_t tokensMicro) {
  const std::int64_t perSecond = kRequestsPerSecond * kMicro;
  return (tokensMicro + perSecond - 1) / perSecond;
}

}  // namespace

RateVerdict RateLimiter::take(const std::string& merchantId) {
  const std::int64_t now = clock_.monotonicUs();
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= kBucketsMax && !buckets_.contains(merchantId)) dropFull(now);
  Bucket& bucket = buckets_.try_emplace(merchantId, Bucket{kFullMicro, now}).first->second;
  bucket.tokensMicro = refilled(bucket.tokensMicro, now - bucket.atUs);
  bucket.atUs = now;
  if (bucket.tokensMicro < kMicro) {
    return {false, 0, secondsFor(kMicro - bucket.tokensMicro)};
  }
  bucket.tokensMicro -= kMicro;
  return {true, bucket.tokensMicro / kMicro, secondsFor(kFullMicro - bucket.tokensMicro)};
}

void RateLimiter::dropFull(std::int64_t nowUs) {
  std::erase_if(buckets_, [nowUs](const auto& entry) {
    return refilled(entry.second.tokensMicro, nowUs - entry.second.atUs) == kFullMicro;
  });
  // Merchants are registered by the operator, so this many at once are busy ones: the first goes.
  if (buckets_.size() >= kBucketsMax) buckets_.erase(buckets_.begin());
}

}  // namespace kiosk::bridge::partner
