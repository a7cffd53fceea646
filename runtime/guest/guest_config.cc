#include "runtime/guest/guest_config.h"

#include <nlohmann/json.hpp>

namespace kiosk::guest {

std::optional<GuestConfig> readGuestConfig(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  const auto app = json.find("app"), limits = json.find("limits");
  if (app == json.end() || limits == json.end() || !app->is_object() || !limits->is_object()) {
    return std::nullopt;
  }
  const auto number = [&](const char* name, std::uint64_t& value) {
    const auto found = limits->find(name);
    if (found == limits->end() || !found->is_number_unsigned()) return false;
    value = found->get<std::uint64_t>();
    return true;
  };
  const auto words = [&](const char* name, std::string& value) {
    const auto found = app->find(name);
    if (found == app->end() || !found->is_string()) return false;
    value = found->get<std::string>();
    return true;
  };
  GuestConfig config;
  std::uint64_t heap = 0, turn = 0, load = 0, grace = 0, message = 0, logs = 0;
  if (!words("id", config.appId) || !words("entry", config.entry) || !number("heapBytes", heap) ||
      !number("turnMs", turn) || !number("loadMs", load) || !number("graceMs", grace) ||
      !number("messageBytes", message) || !number("logsPerSecond", logs)) {
    return std::nullopt;
  }
  config.engine = {heap, heap};
  config.turnTimeMax = std::chrono::milliseconds(turn);
  config.loadTimeMax = std::chrono::milliseconds(load);
  config.killGraceMax = std::chrono::milliseconds(grace);
  config.messageBytesMax = message;
  config.logLinesPerSecondMax = static_cast<double>(logs);
  return config;
}

}  // namespace kiosk::guest
