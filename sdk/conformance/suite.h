#pragma once
// The suite: the cases of one or more folders, what they share, and a digest of all of it.

#include <kiosk/result.h>

#include <cstdint>
#include <string>
#include <vector>

#include "sdk/conformance/case_file.h"
#include "sdk/conformance/known_gaps.h"

namespace kiosk::conformance {

inline constexpr std::size_t kCasesMax = 10'000;

struct Suite {
  std::vector<Case> cases;  ///< sorted by id
  std::string harness;      ///< harness.js
  std::vector<KnownGap> gaps;
  /// SHA-256, hex, of the sorted lines "DIGEST  FILE\n" of every case, of harness.js and of
  /// known-gaps.json; a file is named by its path below its folder of cases.
  std::string digest;
};

/// The suite's own folder: share/kiosk/conformance beside the folder of the program.
/// Errors: NotFound   there is none; the message says where it was sought.
Result<std::string> ownSuiteFolder();

/// Reads the suite in `folder` (harness.js and cases/) and the cases in the folders `more`.
///
/// Errors:
///   NotFound        a folder or harness.js is not there.
///   InvalidParams   cases that are not well-formed, an id twice, or a gap of no case. The message
///                   has a line for each, "FILE:LINE: WHAT".
Result<Suite> loadSuite(const std::string& folder, const std::vector<std::string>& more);

/// The numbers 0..`count`-1 in the order that `seed` stands for, on every machine the same: a
/// Fisher-Yates shuffle from the last place down, with SplitMix64 for the draws; a draw that would
/// favour some places is drawn again.
std::vector<std::size_t> shuffledOrder(std::size_t count, std::uint64_t seed);

}  // namespace kiosk::conformance
