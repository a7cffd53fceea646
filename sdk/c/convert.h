#pragma once
// Between C's text and ours.

#include <kiosk/apps.h>
#include <kiosk/providers.h>
#include <kiosk/session.h>

#include <nlohmann/json.hpp>
#include <string>

#include "sdk/c/kiosk.h"

namespace kiosk::c {

inline std::string_view viewOf(kiosk_text text) {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.length);
}
inline std::string stringOf(kiosk_text text) { return std::string(viewOf(text)); }
inline kiosk_text textOf(std::string_view text) { return {text.data(), text.size()}; }

/// Fills `out`, which may be null; the status.
kiosk_status fail(const Error& error, kiosk_error* out);
/// The number that C sees; 0 is success.
kiosk_status statusOf(const Error& error);

/// A struct of a caller that may know fewer fields than we do: what it does not know is zero.
/// False when it is null, or too short to hold even its size.
template <class Config>
bool take(const Config* given, Config& out) {
  if (given == nullptr || given->size < sizeof(given->size)) return false;
  const auto known = given->size < sizeof out ? given->size : sizeof out;
  out = Config{};
  __builtin_memcpy(&out, given, known);
  out.size = sizeof out;
  return true;
}

std::size_t copyOut(const std::string& text, char* buffer, std::size_t capacity);

nlohmann::json jsonOf(const ViewNode& node);
nlohmann::json jsonOf(const ConsentPrompt& prompt, const SessionInfo& session);
nlohmann::json jsonOf(const SessionMetrics& metrics);

}  // namespace kiosk::c
