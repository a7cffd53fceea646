#pragma once
// A tour by steps: what a person would do, one JSON object a line.
//
//   {"tap":"Pay"}                                   the mini-app's element with that label
//   {"type":"RA123456785RU","into":"Track number"}  into the mini-app's control with that label
//   {"expect":"text in the view"}
//   {"consent":"grant"}  {"consent":"deny"}         the host's own sheet
//   {"pick":"Family"}                               the host's own picker
//
// Empty lines and lines that begin with # are skipped. tap and type reach the mini-app only,
// consent and pick the host only.

#include <kiosk/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::cli {

constexpr std::size_t kStepsMax = 10'000;

struct Step {
  enum class Kind : std::uint8_t { Tap, Type, Expect, Consent, Pick };
  Kind kind = Kind::Expect;
  std::string label;   ///< what to tap, type into, expect or pick
  std::string text;    ///< what to type
  bool grant = false;  ///< for Consent
  int line = 0;        ///< in the file, from 1

  /// For people: `tap "Pay"`.
  std::string describe() const;
};

/// Errors: InvalidParams   a line is not a step; the message names the line and what is allowed.
///         NotFound        the file cannot be read.
Result<std::vector<Step>> readSteps(const std::string& path);

}  // namespace kiosk::cli
