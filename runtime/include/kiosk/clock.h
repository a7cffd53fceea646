#pragma once
// Time and chance come in through these two seams, so that tests and replays can hold them still.

#include <cstdint>
#include <span>

namespace kiosk {

class Clock {
 public:
  virtual ~Clock() = default;
  /// Milliseconds since 1970-01-01T00:00:00Z. May step back; never used to measure a duration.
  virtual std::int64_t wallMs() const = 0;
  /// Microseconds of a clock that never steps back.
  virtual std::int64_t monotonicUs() const = 0;
};

class Random {
 public:
  virtual ~Random() = default;
  /// Fills `out` with bytes nobody can guess.
  virtual void fill(std::span<std::uint8_t> out) = 0;
};

/// The real ones, for as long as the process lives.
Clock& systemClock();
Random& systemRandom();

}  // namespace kiosk
