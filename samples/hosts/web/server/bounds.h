#pragma once
// Every bound of this server, in one place. docs/limits.md lists them.

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace web_host {

/// Event streams at once, of all users; each holds a thread.
inline constexpr std::size_t kStreamsMax = 256;
/// Threads for everything else.
inline constexpr std::size_t kWorkers = 64;
/// Pages of one user that are open at once: less than a third of all, so that the demo's three
/// users cannot shut each other out.
inline constexpr std::size_t kPagesPerUserMax = 80;
/// How long the name is that a page gives itself.
inline constexpr std::size_t kPageIdBytesMax = 64;
/// Mini-apps of one user that run at once.
inline constexpr std::size_t kSessionsPerUserMax = 16;
/// Questions that wait for one user's answer; one more is dismissed.
inline constexpr std::size_t kPromptsPerUserMax = 16;
/// Notices that are kept of one user, in memory.
inline constexpr std::size_t kNoticesPerUserMax = 100;

inline constexpr std::size_t kBodyBytesMax = 64 * 1024;
inline constexpr int kBodyDepthMax = 4;
inline constexpr std::size_t kStaticFileBytesMax = 8 * 1024 * 1024;

/// Events that a page which lost its stream can catch up on.
inline constexpr std::size_t kRingEventsMax = 1024;
inline constexpr std::size_t kRingBytesMax = 4 * 1024 * 1024;

/// How long a request waits for the loop's answer.
inline constexpr std::chrono::seconds kLoopWaitMax{10};
/// A comment on a quiet stream, so that a page notices a host that is gone.
inline constexpr std::chrono::seconds kHeartbeat{15};
/// How often a quiet stream looks whether its page is still there.
inline constexpr std::chrono::seconds kStreamLook{1};
/// What a user without a page open leaves behind is hidden after this.
inline constexpr std::chrono::minutes kAwayMax{5};
/// A consent is taken this long after its sheet became visible, at the earliest.
inline constexpr std::chrono::milliseconds kArmAfter{500};

/// Log-ins that are kept, and how long one holds.
inline constexpr std::size_t kLoginsMax = 1000;
inline constexpr std::chrono::hours kLoginAgeMax{24 * 7};

}  // namespace web_host
