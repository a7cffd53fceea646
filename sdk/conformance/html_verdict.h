#pragma once
// What report.html says first: the level passed, what came of the runs, and what was not tried.

#include <nlohmann/json.hpp>
#include <vector>

#include "sdk/conformance/html_texts.h"

namespace kiosk::conformance {

struct Verdict {
  std::string tone;  ///< class of the page's style: "pass", "gap" (nothing failed, not all tried
                     ///< or kept) or "fail"
  Phrase headline;   ///< the level passed, in words
  std::vector<Phrase> sentences;  ///< what came of the runs
  std::vector<Phrase> notTried;   ///< a filter, a level limit, levels and cases left out; or empty
};

/// REQUIRES, here and below: `report` was made by `reportOf` or found sound.
Verdict verdictOf(const nlohmann::json& report);

/// How many cases the runs of `report` are of.
std::uint64_t casesOf(const nlohmann::json& report);

/// The state of a level in words, with its class: "pass", "fail", "gap" or "none".
struct LevelState {
  std::string tone;
  Phrase words;
};
LevelState levelStateOf(const nlohmann::json& report, std::size_t level);

}  // namespace kiosk::conformance
