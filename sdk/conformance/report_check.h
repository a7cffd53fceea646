#pragma once
// Checks a report without running anything: its form, its sums, its signature.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::conformance {

struct ReportCheck {
  std::vector<std::string> held;  ///< what was checked and holds, in order; for people
  std::string problem;            ///< the first thing that does not hold; empty: sound
  nlohmann::json report;          ///< the report, when it is sound
  std::string signer;             ///< id of the key that signed it; empty: it has no signature

  bool sound() const { return problem.empty(); }
};

/// Checks the bytes of a report, and of its signature when there is one. `publicKey` (32 raw bytes)
/// is who must have signed it; without it a signature is held against the key that it names itself,
/// which says that the report is whole and not whose it is.
ReportCheck checkReport(std::string_view report, const std::optional<std::string>& signature,
                        const std::optional<std::string>& publicKey);

}  // namespace kiosk::conformance
