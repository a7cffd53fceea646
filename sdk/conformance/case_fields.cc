#include "sdk/conformance/case_fields.h"

namespace kiosk::conformance {

std::optional<std::string> scalarText(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number()) return value.dump();
  return std::nullopt;
}

const nlohmann::json* CaseFields::find(const std::string& key) const {
  const auto found = matter_.keys.find(key);
  return found == matter_.keys.end() ? nullptr : &*found;
}

void CaseFields::fail(const std::string& key, const std::string& what) {
  const auto line = matter_.lines.find(key);
  if (!problem_) {
    problem_ = lineError(line == matter_.lines.end() ? 1 : line->second, "\"" + key + "\" " + what);
  }
}

std::optional<std::string> CaseFields::text(const std::string& key) {
  const auto* value = find(key);
  if (value == nullptr) return std::nullopt;
  auto text = scalarText(*value);
  if (!text || text->empty()) fail(key, "is a text");
  return text;
}

std::optional<std::int64_t> CaseFields::integer(const std::string& key, std::int64_t min,
                                                std::int64_t max) {
  const auto* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_number_integer()) {
    const auto number = value->get<std::int64_t>();
    if (number >= min && number <= max) return number;
  }
  fail(key, "is a whole number, " + std::to_string(min) + " to " + std::to_string(max));
  return std::nullopt;
}

bool CaseFields::flag(const std::string& key) {
  const auto* value = find(key);
  if (value != nullptr && !value->is_boolean()) fail(key, "is true or false");
  return value != nullptr && *value == true;
}

std::optional<std::vector<std::string>> CaseFields::texts(const std::string& key) {
  const auto* value = find(key);
  if (value == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& item : value->is_array() ? *value : nlohmann::json::array({nullptr})) {
    if (const auto text = scalarText(item)) {
      texts.push_back(*text);
    } else {
      fail(key, "is a list of texts");
    }
  }
  return texts;
}

nlohmann::json CaseFields::map(const std::string& key) {
  const auto* value = find(key);
  if (value == nullptr) return nlohmann::json::object();
  if (!value->is_object()) fail(key, "is a map");
  return *value;
}

}  // namespace kiosk::conformance
