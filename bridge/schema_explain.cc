// What a refused value should have been, in words: the path to the first departure and what is
// allowed.

#include "bridge/formats.h"
#include "bridge/schema.h"
#include "runtime/base/encoding.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

constexpr std::size_t kNameBytesMax = 60;  // of an unknown property, in a message

std::string inQuotes(std::string_view name) { return "'" + printable(name, kNameBytesMax) + "'"; }

/// " of 1 to 128 characters", " of at most 4000 characters", or nothing.
std::string range(const json& schema, const char* min, const char* max, const std::string& unit) {
  const bool hasMin = schema.contains(min), hasMax = schema.contains(max);
  if (hasMin && hasMax) return " of " + schema[min].dump() + " to " + schema[max].dump() + unit;
  if (hasMax) return " of at most " + schema[max].dump() + unit;
  if (hasMin) return " of at least " + schema[min].dump() + unit;
  return "";
}

std::string describeObject(const json& schema) {
  std::string names;
  json required = schema.value("required", json::array());
  for (const auto& [name, property] : schema["properties"].items()) {
    names += names.empty() ? "" : ", ";
    names += name;
    for (const auto& need : required) names += need == name ? " (required)" : "";
  }
  if (names.empty()) return "an object without properties";
  return "an object" + range(schema, "minProperties", "maxProperties", "") + " with " + names;
}

std::string describeType(const json& schema, const std::string& type) {
  if (type == "object") return describeObject(schema);
  if (type == "array") return "an array" + range(schema, "minItems", "maxItems", " items");
  if (type == "integer") return "a whole number" + range(schema, "minimum", "maximum", "");
  if (type == "number") return "a number" + range(schema, "minimum", "maximum", "");
  if (type == "boolean") return "true or false";
  if (type == "null") return "null";
  std::string text = "a string" + range(schema, "minLength", "maxLength", " characters");
  if (schema.contains("format")) {
    text += " that is " + std::string(findFormat(schema["format"].get<std::string>())->allowed);
  }
  return text;
}

std::string describe(const json& schema) {
  if (schema.contains("const")) return dumpJson(schema["const"]);
  if (schema.contains("enum")) {
    std::string values;
    for (const auto& value : schema["enum"])
      values += (values.empty() ? "" : ", ") + dumpJson(value);
    return "one of " + values;
  }
  if (schema.contains("x-any")) return "any value";
  if (!schema["type"].is_array()) return describeType(schema, schema["type"]);
  std::string types;
  for (const auto& type : schema["type"]) {
    types += (types.empty() ? "" : " or ") + describeType(schema, type);
  }
  return types;
}

bool isType(const json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  return value.is_null();
}

bool typeHolds(const json& schema, const json& value) {
  if (!schema.contains("type")) return true;
  if (schema["type"].is_string()) return isType(value, schema["type"]);
  for (const auto& type : schema["type"]) {
    if (isType(value, type)) return true;
  }
  return false;
}

bool countHolds(const json& schema, const char* min, const char* max, std::size_t count) {
  return count >= schema.value(min, std::size_t{0}) && count <= schema.value(max, SIZE_MAX);
}

bool choiceHolds(const json& schema, const json& value) {
  if (schema.contains("const") && schema["const"] != value) return false;
  if (!schema.contains("enum")) return true;
  for (const auto& allowed : schema["enum"]) {
    if (allowed == value) return true;
  }
  return false;
}

bool numberHolds(const json& schema, const json& value) {
  return !(schema.contains("minimum") && value.get<double>() < schema["minimum"].get<double>()) &&
         !(schema.contains("maximum") && value.get<double>() > schema["maximum"].get<double>());
}

bool stringHolds(const json& schema, const std::string& text) {
  if (!countHolds(schema, "minLength", "maxLength", codePoints(text))) return false;
  return !schema.contains("format") || findFormat(schema["format"].get<std::string>())->check(text);
}

bool itemsUnique(const json& array) {
  for (std::size_t i = 0; i < array.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (array[i] == array[j]) return false;
    }
  }
  return true;
}

bool scalarHolds(const json& schema, const json& value) {
  if (!typeHolds(schema, value) || !choiceHolds(schema, value)) return false;
  if (value.is_number()) return numberHolds(schema, value);
  if (value.is_string()) return stringHolds(schema, value.get_ref<const std::string&>());
  if (value.is_array()) {
    return countHolds(schema, "minItems", "maxItems", value.size()) &&
           (!schema.value("uniqueItems", false) || itemsUnique(value));
  }
  return true;
}

std::string explain(const json& schema, const json& value, const std::string& path);

std::string explainObject(const json& schema, const json& value, const std::string& path) {
  for (const auto& [name, member] : value.items()) {
    if (!schema["properties"].contains(name)) {
      return path + " has no property " + inQuotes(name) + "; allowed is " + describe(schema);
    }
  }
  for (const auto& name : schema.value("required", json::array())) {
    const auto& key = name.get_ref<const std::string&>();
    if (!value.contains(key)) {
      return path + "." + key + " is missing; allowed is " + describe(schema["properties"][key]);
    }
  }
  if (!countHolds(schema, "minProperties", "maxProperties", value.size())) {
    return path + " has " + std::to_string(value.size()) + " properties; allowed is " +
           describe(schema);
  }
  for (const auto& [name, member] : value.items()) {
    auto why = explain(schema["properties"][name], member, path + "." + name);
    if (!why.empty()) return why;
  }
  return "";
}

/// The depth of recursion is the schema's own: a value without a schema is not entered.
std::string explain(const json& schema, const json& value, const std::string& path) {
  if (!scalarHolds(schema, value)) return path + " is not allowed; allowed is " + describe(schema);
  if (value.is_object() && schema.contains("properties")) return explainObject(schema, value, path);
  if (value.is_array() && schema.contains("items")) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      auto why = explain(schema["items"], value[i], path + "[" + std::to_string(i) + "]");
      if (!why.empty()) return why;
    }
  }
  return "";
}

}  // namespace

std::string explainViolation(const json& schema, const json& value, const std::string& root) {
  return explain(schema, value, root);
}

}  // namespace kiosk::bridge
