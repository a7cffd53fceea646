#pragma once
// The words of report.html in its two languages, and how they are written: numbers, plural forms.

#include <cstdint>
#include <string>
#include <string_view>

namespace kiosk::conformance {

/// A text in both languages. It is markup: what comes from a report is escaped in it already.
struct Phrase {
  std::string en, ru;
};

/// Both texts, each in an element of its language; the page's style shows one of them.
std::string both(const Phrase& phrase);

/// `count` with its digits in groups: "1,003", and in Russian "1 003" with a no-break space.
Phrase number(std::uint64_t count);

/// A text that came from a report: escaped, and of a direction of its own.
std::string shownText(std::string_view text);

/// The form of an English word that goes with `count`.
std::string_view englishForm(std::uint64_t count, std::string_view one, std::string_view many);

/// The form of a Russian word that goes with `count`: `one` for 1, 21, 101; `few` for 2 to 4, 22;
/// `many` for 0, 5 to 20, 111.
std::string_view russianForm(std::uint64_t count, std::string_view one, std::string_view few,
                             std::string_view many);

/// "496 cases", "1,003 runs", "2 known gaps".
Phrase casesText(std::uint64_t count);
Phrase runsText(std::uint64_t count);
Phrase gapsText(std::uint64_t count);

/// What a level is about. REQUIRES: 0 <= `level` <= kLevelMax.
Phrase levelName(std::size_t level);

/// The word for a verdict of report.json: "pass", "fail" or "known-gap".
Phrase verdictName(std::string_view verdict);

}  // namespace kiosk::conformance
