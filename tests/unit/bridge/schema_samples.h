#pragma once
// Values made from schemas of the catalogue: one that is allowed, and many that depart in one place
// each.

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace kiosk::bridge::rig {

inline nlohmann::json sampleOf(const nlohmann::json& schema);

inline std::string sampleText(const nlohmann::json& schema) {
  static const std::map<std::string, std::string> byFormat = {
      {"identifier", "a-1"},
      {"key", "k"},
      {"line", "a line"},
      {"lines", "a\nb"},
      {"text", "a text"},
      {"base64url", "YQ"},
      {"hex", "0a"},
      {"uri-https", "https://post.example/a"},
      {"url", "https://api.example.ru/a"},
      {"currency", "RUB"},
      {"phone", "+79001234567"},
      {"method", "host.info"},
      {"permission", "identity.basic"},
      {"jws-compact", "YQ.YQ.YQ"},
      {"date-time", "2026-01-31T12:00:00Z"},
      {"uuid", "01234567-89ab-cdef-0123-456789abcdef"}};
  if (schema.contains("format")) return byFormat.at(schema["format"]);
  return std::string(schema.value("minLength", std::size_t{1}), 'a');
}

inline nlohmann::json sampleObject(const nlohmann::json& schema) {
  auto value = nlohmann::json::object();
  const auto required = schema.value("required", nlohmann::json::array());
  for (const auto& name : required) {
    value[name.get<std::string>()] = sampleOf(schema["properties"][name.get<std::string>()]);
  }
  const auto max = schema.value("maxProperties", schema["properties"].size());
  for (const auto& [name, property] : schema["properties"].items()) {
    if (value.size() < max) value[name] = sampleOf(property);
  }
  return value;
}

/// A value that `schema`, which passed the lint, allows.
inline nlohmann::json sampleOf(const nlohmann::json& schema) {
  if (schema.contains("const")) return schema["const"];
  if (schema.contains("enum")) return schema["enum"][0];
  if (schema.contains("x-any")) return {{"any", {1, "two", nullptr}}};
  const std::string type = schema["type"].is_array() ? schema["type"][0] : schema["type"];
  if (type == "object") return sampleObject(schema);
  if (type == "array") return nlohmann::json::array({sampleOf(schema["items"])});
  if (type == "string") return sampleText(schema);
  if (type == "integer" || type == "number") return schema.value("minimum", 0);
  if (type == "boolean") return true;
  return nullptr;
}

/// A value of another type than `schema` allows; none when it allows all.
inline std::vector<nlohmann::json> wrongTypes(const nlohmann::json& schema) {
  if (schema.contains("x-any")) return {};
  std::vector<nlohmann::json> wrong;
  const auto types =
      schema["type"].is_array() ? schema["type"] : nlohmann::json::array({schema["type"]});
  const std::map<std::string, nlohmann::json> ofType = {
      {"object", {{"zzz", 1}}}, {"array", nlohmann::json::array({1, 2})},
      {"string", "text"},       {"number", 1.5},
      {"boolean", false},       {"null", nullptr}};
  for (const auto& [type, value] : ofType) {
    bool allowed = false;
    for (const auto& one : types) allowed = allowed || one == type;
    if (!allowed) wrong.push_back(value);
  }
  return wrong;
}

/// `schema`'s sample with one departure each, to any depth.
inline std::vector<nlohmann::json> departures(const nlohmann::json& schema) {
  auto wrong = wrongTypes(schema);
  if (schema.contains("enum")) wrong.push_back("not-one-of-them");
  if (schema.contains("x-any") || schema.contains("const") || schema.contains("enum")) return wrong;
  const auto sample = sampleOf(schema);
  if (schema.contains("maxLength")) {
    wrong.push_back(std::string(schema["maxLength"].get<std::size_t>() + 1, 'a'));
  }
  if (schema.value("minLength", 0) > 0) wrong.push_back("");
  if (schema.contains("format")) wrong.push_back("\x01");
  if (schema.contains("minimum")) wrong.push_back(schema["minimum"].get<std::int64_t>() - 1);
  if (schema.contains("maximum")) wrong.push_back(schema["maximum"].get<std::int64_t>() + 1);
  if (sample.is_object()) {
    auto extra = sample;
    extra["notInTheCatalogue"] = 1;
    wrong.push_back(extra);
    for (const auto& name : schema.value("required", nlohmann::json::array())) {
      auto without = sample;
      without.erase(name.get<std::string>());
      wrong.push_back(without);
    }
    if (schema.value("minProperties", 0) > 0) wrong.push_back(nlohmann::json::object());
    for (const auto& [name, property] : schema["properties"].items()) {
      for (const auto& bad : departures(property)) {
        auto changed = sample;
        changed[name] = bad;
        wrong.push_back(changed);
      }
    }
  }
  if (sample.is_array()) {
    auto many = nlohmann::json::array();
    for (std::size_t i = 0; i <= schema["maxItems"].get<std::size_t>(); ++i)
      many.push_back(sample[0]);
    wrong.push_back(many);
    if (schema.value("minItems", 0) > 0) wrong.push_back(nlohmann::json::array());
    if (schema.value("uniqueItems", false)) wrong.push_back({sample[0], sample[0]});
    for (const auto& bad : departures(schema["items"]))
      wrong.push_back(nlohmann::json::array({bad}));
  }
  return wrong;
}

}  // namespace kiosk::bridge::rig
