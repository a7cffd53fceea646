#include "sdk/conformance/tried.h"

namespace kiosk::conformance {

nlohmann::json triedJson(const Tried& tried) {
  return {{"count", tried.count}, {"asPromised", tried.asPromised}};
}

std::optional<Tried> readTried(const nlohmann::json& value) {
  if (!value.is_object() || value.size() != 2) return std::nullopt;
  const auto count = value.find("count"), asPromised = value.find("asPromised");
  if (count == value.end() || asPromised == value.end()) return std::nullopt;
  if (!count->is_number_unsigned() || !asPromised->is_number_unsigned()) return std::nullopt;
  const Tried tried{count->get<std::size_t>(), asPromised->get<std::size_t>()};
  if (tried.asPromised > tried.count) return std::nullopt;
  return tried;
}

bool mayPass(const Tried& tried) { return tried.count > 0 && tried.asPromised == tried.count; }

}  // namespace kiosk::conformance
