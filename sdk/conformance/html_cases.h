#pragma once
// The parts of report.html that tell cases: what failed, known gaps, and all of them by family.

#include <nlohmann/json.hpp>
#include <string>

namespace kiosk::conformance {

/// Findings of one run that the page shows; report.json has all.
inline constexpr std::size_t kFindingsShownMax = 20;

/// REQUIRES, here and below: `report` was made by `reportOf` or found sound.
/// The section of cases with a failed run, with their findings; "" when there is none.
std::string failuresSection(const nlohmann::json& report);

/// The section of known gaps: owner, reason, day, findings; "" when there is none.
std::string gapsSection(const nlohmann::json& report);

/// The section of all cases, a folded list for each family.
std::string familiesSection(const nlohmann::json& report);

/// The totals of each family as rows of a table; its names lead into `familiesSection`.
std::string familyRows(const nlohmann::json& report);

/// The cells of a table row for a report's count: passed, failed, known gaps.
std::string countCells(const nlohmann::json& count);

}  // namespace kiosk::conformance
