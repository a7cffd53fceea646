#include "sdk/conformance/change_fields.h"

#include "runtime/base/encoding.h"
#include "sdk/conformance/case_fields.h"
#include "sdk/conformance/package_changes.h"

namespace kiosk::conformance {

void ChangeFields::fail(const std::string& what) {
  if (!problem_) problem_ = Error{ErrorCode::InvalidParams, "a change: " + what};
}

std::string ChangeFields::text(const char* key, const std::string& fallback) {
  const auto found = members_.find(key);
  if (found == members_.end()) return fallback;
  const auto text = scalarText(*found);
  if (!text) fail(std::string(key) + " is a text");
  return text.value_or(fallback);
}

std::optional<std::uint64_t> ChangeFields::number(const char* key, std::uint64_t max) {
  const auto found = members_.find(key);
  if (found == members_.end()) return std::nullopt;
  if (found->is_number_integer() && *found >= 0 && found->get<std::uint64_t>() <= max) {
    return found->get<std::uint64_t>();
  }
  fail(std::string(key) + " is a whole number, 0 to " + std::to_string(max));
  return std::nullopt;
}

bool ChangeFields::flag(const char* key) {
  const auto found = members_.find(key);
  if (found != members_.end() && !found->is_boolean()) fail(std::string(key) + " is true or false");
  return found != members_.end() && *found == true;
}

nlohmann::json ChangeFields::map(const char* key) {
  const auto found = members_.find(key);
  if (found == members_.end()) return nlohmann::json::object();
  if (found->is_object()) return *found;
  fail(std::string(key) + " is a map");
  return nlohmann::json::object();
}

std::string ChangeFields::bytes() {
  if (has("hex")) {
    auto bytes = fromHex(text("hex"));
    if (!bytes) fail("hex is pairs of hex digits");
    return bytes.value_or("");
  }
  const auto zeros = number("zeros", kDraftBytesMax);
  return zeros ? std::string(*zeros, '\0') : text("text");
}

}  // namespace kiosk::conformance
