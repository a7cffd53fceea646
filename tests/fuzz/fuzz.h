#pragma once
// What each fuzz target is made of. A target is one file that defines the two functions below;
// entry.cc joins them to libFuzzer. What must hold of an input is said by KIOSK_CHECK, whose
// failure libFuzzer reports with the input. docs/fuzzing.md tells how to run them.
//
// Where a signature or a checksum stands in front of what is to be reached, the target reads its
// input in two ways: as the bytes themselves, and as what is signed first with `fixedKey`.

#include <kiosk/check.h>
#include <kiosk/clock.h>

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/crypto.h"

namespace kiosk::fuzz {

/// An input that the target's own writers make, since it is not text or is signed.
struct Seed {
  std::string name;  ///< of its file
  std::string bytes;
};

/// Gives `input` to the code under test and checks what must hold. Defined by each target.
void tryInput(std::string_view input);

/// Inputs to begin with, beside the files of tests/fuzz/seeds/NAME. Defined by each target.
std::vector<Seed> madeSeeds();

/// The key of the seed `first`, 0, 0, …: the same in every run, so that an input means one thing.
Ed25519Key fixedKey(std::uint8_t first = 1);

/// A clock that stands still.
class StoppedClock final : public Clock {
 public:
  std::int64_t wallMs() const override { return 1'770'000'000'000; }
  std::int64_t monotonicUs() const override { return 0; }
};

/// Takes pieces off an input's front. Past its end there are zeros and empty texts.
class Pieces {
 public:
  /// `rest` is borrowed.
  explicit Pieces(std::string_view rest) : rest_(rest) {}

  bool empty() const { return rest_.empty(); }
  std::uint8_t byte();
  /// Two bytes, little-endian.
  std::uint16_t number();
  /// What stands before the next `end`, which is taken too; all the rest where there is none.
  std::string_view until(char end);
  /// At most `bytes` bytes.
  std::string_view take(std::size_t bytes);
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace kiosk::fuzz
