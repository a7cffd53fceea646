#pragma once
// The count of a run that tries one thing in many variants: the member `tried` of a run in a
// report.

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>

namespace kiosk::conformance {

struct Tried {
  std::size_t count = 0;       ///< variants that were tried
  std::size_t asPromised = 0;  ///< of these, how many went as the case promises
};

/// {"asPromised","count"}.
nlohmann::json triedJson(const Tried& tried);

/// What `triedJson` made; none for anything else, and for more kept promises than tries.
std::optional<Tried> readTried(const nlohmann::json& value);

/// Whether a run that counted so may pass: it tried something, and all of it went as promised.
bool mayPass(const Tried& tried);

}  // namespace kiosk::conformance
