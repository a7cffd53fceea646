#pragma once
// Known gaps: cases that are known to fail, who answers for each, and until when.
//
//   known-gaps.json, beside the cases:
//   [{"id": "PAY-003", "owner": "payments", "reason": "one sentence", "until": "2027-01-31"}]
//
// A gap that is past its day is a failure, and so is one whose case passes.

#include <kiosk/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::conformance {

inline constexpr std::string_view kKnownGapsFile = "known-gaps.json";
inline constexpr std::size_t kKnownGapsMax = 256;

struct KnownGap {
  std::string id, owner, reason;
  std::string until;  ///< the last day that it is good for, YYYY-MM-DD
};

/// Whether `text` is a day, YYYY-MM-DD. Days compare as texts.
bool isDay(std::string_view text);

/// Errors: InvalidParams   not the form above, an id twice, or too many.
Result<std::vector<KnownGap>> readKnownGaps(std::string_view text);

}  // namespace kiosk::conformance
