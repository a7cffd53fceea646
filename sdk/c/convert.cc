#include "sdk/c/convert.h"

#include <algorithm>
#include <cstring>

namespace kiosk::c {

using nlohmann::json;

kiosk_status statusOf(const Error& error) { return errorNumber(error.code); }

kiosk_status fail(const Error& error, kiosk_error* out) {
  const kiosk_status status = statusOf(error);
  kiosk_error filled{};
  if (out == nullptr || out->size < sizeof(out->size)) return status;
  filled.size = out->size;
  filled.status = status;
  filled.retry_after_ms = error.retryAfterMs.value_or(0);
  std::size_t length = std::min(error.message.size(), sizeof filled.message - 1);
  // Not within a character.
  while (length < error.message.size() && length > 0 &&
         (static_cast<unsigned char>(error.message[length]) & 0xC0) == 0x80) {
    --length;
  }
  std::memcpy(filled.message, error.message.data(), length);
  std::memcpy(out, &filled, std::min(out->size, sizeof filled));
  return status;
}

std::size_t copyOut(const std::string& text, char* buffer, std::size_t capacity) {
  if (buffer != nullptr) std::memcpy(buffer, text.data(), std::min(capacity, text.size()));
  return text.size();
}

// The depth of a view is bounded where the host applies what the app commits.
json jsonOf(const ViewNode& node) {
  json children = json::array();
  for (const auto& child : node.children) children.push_back(jsonOf(*child));
  return {{"id", node.id},         {"component", node.component},
          {"text", node.text},     {"properties", node.properties},
          {"events", node.events}, {"children", children}};
}

json jsonOf(const ConsentPrompt& prompt, const SessionInfo& session) {
  json facts = json::array();
  for (const auto& fact : prompt.facts) {
    facts.push_back({{"label", fact.label}, {"value", fact.value}});
  }
  return {{"permission", prompt.permission},
          {"title", prompt.title},
          {"appName", prompt.appName},
          {"operatorName", prompt.operatorName},
          {"reason", prompt.reason},
          {"purpose", prompt.purpose},
          {"facts", facts},
          {"everyTime", prompt.everyTime},
          {"user", session.user.value},
          {"appId", session.manifest().appId.value}};
}

json jsonOf(const SessionMetrics& metrics) {
  return {{"state", sessionStateName(metrics.state)},
          {"openForUs", metrics.openFor.count()},
          {"launchUs", metrics.launch.count()},
          {"cpuUs", metrics.cpu.count()},
          {"memoryKiB", metrics.memoryKiB},
          {"calls", metrics.calls},
          {"callsFailed", metrics.callsFailed},
          {"callsInFlight", metrics.callsInFlight},
          {"messages", metrics.messages},
          {"bytesIn", metrics.bytesIn},
          {"bytesOut", metrics.bytesOut},
          {"suspensions", metrics.suspensions}};
}

}  // namespace kiosk::c
