#pragma once
// Every bound of the partner API, in one place. docs/partner-api.md tells partners of them.

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kiosk::bridge::partner {

/// Requests that are answered at once; each holds a thread.
inline constexpr std::size_t kWorkers = 32;
/// Connections that wait for a thread; the next ones wait in the kernel.
inline constexpr std::size_t kWaitingConnectionsMax = 64;
/// Connections that wait in the kernel.
inline constexpr int kListenBacklog = 128;
/// A request's head: the request line and all headers, as they came.
inline constexpr std::size_t kHeadBytesMax = 16 * 1024;
inline constexpr std::size_t kHeadersMax = 64;
/// Path and query.
inline constexpr std::size_t kTargetBytesMax = 512;
inline constexpr std::size_t kBodyBytesMax = 64 * 1024;
inline constexpr std::uint32_t kBodyDepthMax = 4;
inline constexpr std::uint32_t kBodyValuesMax = 64;
/// One read or write of a connection.
inline constexpr std::chrono::seconds kPauseMax{5};
/// A whole request, from its first byte to the last of its answer.
inline constexpr std::chrono::seconds kRequestTimeMax{20};

/// How far `created` of a signature may be from the host's clock, either way.
inline constexpr std::chrono::seconds kSignatureAgeMax{300};
/// How long a nonce is remembered: longer than a signature holds, for a clock that is set back.
inline constexpr std::chrono::seconds kNonceKeptFor{900};
static_assert(kNonceKeptFor > 2 * kSignatureAgeMax);
inline constexpr std::size_t kNonceBytesMin = 16, kNonceBytesMax = 64;
/// What the rate lets through while nonces are remembered, and some more.
inline constexpr std::int64_t kNoncesPerMerchantMax = 25'000;
/// Components that one signature covers, and signatures of one request.
inline constexpr std::size_t kComponentsMax = 16, kSignaturesMax = 4;

/// Requests of one merchant at once, and each second after that.
inline constexpr std::int64_t kRequestsBurst = 100, kRequestsPerSecond = 20;
/// Merchants whose buckets are kept; full ones are dropped first.
inline constexpr std::size_t kBucketsMax = 10'000;

inline constexpr std::size_t kKeyBytesMax = 128;
/// How long the first answer under an idempotency key is replayed.
inline constexpr std::chrono::hours kAnswerKeptFor{24 * 30};
/// When a client is told to ask again for what is in flight, or when the store is busy.
inline constexpr std::chrono::seconds kRetryAfter{1};

/// How long the host's public keys are used before they are read again.
inline constexpr std::chrono::seconds kKeysReadEvery{10};
/// Keys that launch data is checked with; it does not say which one signed it.
inline constexpr std::size_t kKeysTriedMax = 64;
inline constexpr std::size_t kAppIdBytesMax = 128;

inline constexpr std::int64_t kPageDefault = 20, kPageMax = 100;
inline constexpr std::size_t kWordBytesMax = 64;
inline constexpr std::size_t kReasonBytesMax = 200;
inline constexpr std::size_t kWebhookUrlBytesMax = 512;
/// Keys of one merchant that sign, and all that it ever had.
inline constexpr std::int64_t kActiveKeysMax = 8, kKeysMax = 200;

}  // namespace kiosk::bridge::partner
