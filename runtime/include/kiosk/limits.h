#pragma once
// What one mini-app may consume, and how a session ends when it consumed more.

#include <kiosk/result.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace kiosk {

/// Limits of one session. The host enforces every one; the app enforces none.
/// The name that `kiosk run --limit NAME=VALUE` takes stands in brackets.
struct Limits {
  /// [heap] JavaScript heap, in bytes; 4 MiB..1 GiB. Over it the session ends `heap`.
  std::uint64_t heapBytesMax = std::uint64_t{64} << 20;
  /// [memory] All memory the guest adds to what it was forked with, in bytes; 16 MiB..4 GiB.
  /// Over it the session ends `memory`.
  std::uint64_t memoryBytesMax = std::uint64_t{192} << 20;
  /// [turn] CPU time of one turn of the app's event loop; 1..10'000 ms. Over it the session ends
  /// `cpu`.
  std::chrono::milliseconds turnTimeMax{250};
  /// [load] CPU time of the app's module evaluation; 1..60'000 ms. Over it the session ends `cpu`.
  std::chrono::milliseconds loadTimeMax{1000};
  /// CPU time between the soft stop (JavaScript is terminated, its stack reported) and the kill;
  /// 1..1000 ms.
  std::chrono::milliseconds killGraceMax{50};
  /// [message] One frame either way, in bytes; 1 KiB..1 MiB.
  std::uint32_t messageBytesMax = 1u << 20;
  /// [depth] Nesting of one frame's JSON; 4..32.
  std::uint32_t messageDepthMax = 32;
  /// Number of JSON values in one frame; 16..1'000'000.
  std::uint32_t messageValuesMax = 16'384;
  /// [calls] Calls in flight; 1..1024. One more is refused with `busy`.
  std::uint32_t callsInFlightMax = 64;
  /// [timers] Pending timers; 1..10'000. One more throws QuotaExceededError in the app.
  std::uint32_t timersMax = 1000;
  /// [nodes] Nodes of the view; 1..100'000. Over it the session ends `protocol`.
  std::uint32_t viewNodesMax = 10'000;
  /// [logs] Log lines per second; 1..10'000. The rest is counted and reported as dropped.
  std::uint32_t logLinesPerSecondMax = 100;
  /// Bytes that the guest may send per second, over a bucket of four times as many; 64 KiB..1 TiB.
  /// More is not read until the bucket refills, so a flooding guest waits.
  std::uint64_t bytesPerSecondMax = std::uint64_t{8} << 20;
};

/// Sets the limit called `name` from `text`: sizes take K, M, G (powers of 1024), times take ms or
/// s. Errors: InvalidParams   unknown name, unreadable value, or out of the range given above; the
/// message
///                         names what is allowed.
Result<void> setLimit(Limits& limits, std::string_view name, std::string_view text);

/// Whether every limit is inside its range.
/// Errors: InvalidParams   one is not; the message names it and what is allowed.
Result<void> checkLimits(const Limits& limits);

/// Why a session ended.
enum class EndReason : std::uint8_t {
  Closed,    ///< by the host or the app, or nothing was left to do
  Error,     ///< an uncaught exception or an unhandled rejection while loading
  Cpu,       ///< a turn or the load took too much CPU time
  Heap,      ///< the JavaScript heap limit
  Memory,    ///< the total memory limit, or an allocation that V8 cannot survive
  Syscall,   ///< the jail refused a system call
  Protocol,  ///< the guest broke the rules of the socket
  Timeout,   ///< the caller's own deadline
  Killed,    ///< ended from outside or died of a signal that none of the above explains
  Evicted,   ///< by the host, while hidden: for want of room or memory, or hidden for too long
};

/// "closed", "error", …: the spelling in events, audit and docs.
std::string_view endReasonName(EndReason reason);

/// How a session ended.
struct SessionEnd {
  EndReason reason = EndReason::Closed;
  /// For people: the exception with its stack, the limit that was passed. Comes from the guest in
  /// part, so it is escaped before it is shown; at most 4 KiB.
  std::string detail;
  std::uint64_t cpuMs = 0;
  /// The guest's own growth over the state it was forked with, in KiB. Linux keeps the peak with
  /// the pages of files in it; what those were is sampled, so that it is right within 4 MiB.
  std::uint64_t peakKiB = 0;
};

}  // namespace kiosk
