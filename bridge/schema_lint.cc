// The closed list of what a schema of the catalogue may say. Everything that it lets through costs
// a bounded time to check and bounds what it describes.

#include <array>
#include <cstdint>
#include <set>

#include "bridge/formats.h"
#include "bridge/schema.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

constexpr std::size_t kUniqueItemsMax = 256;  // uniqueItems compares each with each
constexpr int kDepthMax = 8;

struct Keyword {
  std::string_view name;
  std::string_view type;  ///< of values that it may speak of; empty: any
};

constexpr auto kKeywords = std::to_array<Keyword>({
    {"type", ""},
    {"description", ""},
    {"title", ""},
    {"default", ""},
    {"examples", ""},
    {"enum", ""},
    {"const", ""},
    {"x-any", ""},
    {"properties", "object"},
    {"required", "object"},
    {"additionalProperties", "object"},
    {"minProperties", "object"},
    {"maxProperties", "object"},
    {"items", "array"},
    {"minItems", "array"},
    {"maxItems", "array"},
    {"uniqueItems", "array"},
    {"minLength", "string"},
    {"maxLength", "string"},
    {"format", "string"},
    {"minimum", "number"},
    {"maximum", "number"},
});

Error wrong(const std::string& where, const std::string& what) {
  return Error{ErrorCode::InvalidParams, where + ": " + what};
}

Result<std::set<std::string>> typesOf(const json& schema, const std::string& where) {
  static const std::set<std::string> known = {"object", "array",   "string", "integer",
                                              "number", "boolean", "null"};
  std::set<std::string> types;
  const auto& type = schema["type"];
  for (const auto& one : type.is_array() ? type : json::array({type})) {
    if (!one.is_string() || !known.contains(one.get<std::string>())) {
      return wrong(where, "type is one of object, array, string, integer, number, boolean, null");
    }
    types.insert(one.get<std::string>());
  }
  if (type.is_array() && (types.size() != 2 || !types.contains("null"))) {
    return wrong(where, "a list of types holds exactly one type and \"null\"");
  }
  return types;
}

bool allows(const std::set<std::string>& types, std::string_view type) {
  return types.contains(std::string(type)) || (type == "number" && types.contains("integer"));
}

Result<void> lintKeywords(const json& schema, const std::set<std::string>& types,
                          const std::string& where) {
  for (const auto& [key, value] : schema.items()) {
    bool fits = false;
    for (const auto& keyword : kKeywords) {
      fits = fits || (keyword.name == key && (keyword.type.empty() || allows(types, keyword.type)));
    }
    if (!fits) return wrong(where, "'" + key + "' is not allowed here; see bridge/catalogue.h");
    const bool counts = key.starts_with("min") || key.starts_with("max");
    if (counts && key.ends_with("imum") && !value.is_number()) {
      return wrong(where, key + " is a number");
    }
    if (counts && !key.ends_with("imum") && !value.is_number_unsigned()) {
      return wrong(where, key + " is a whole number from 0");
    }
  }
  return {};
}

Result<void> lintAny(const json& schema, const std::string& where) {
  for (const auto& [key, value] : schema.items()) {
    if (key != "x-any" && key != "description") {
      return wrong(where, "beside x-any only a description may stand");
    }
  }
  if (schema["x-any"] != true) return wrong(where, "x-any is true or absent");
  return {};
}

Result<void> lintDeep(const json& schema, const std::string& where, int depth);

Result<void> lintObject(const json& schema, const std::string& where, int depth) {
  if (!schema.contains("additionalProperties") || schema["additionalProperties"] != false) {
    return wrong(where, "an object needs additionalProperties: false");
  }
  if (!schema.contains("properties") || !schema["properties"].is_object()) {
    return wrong(where, "an object needs properties");
  }
  const auto required = schema.value("required", json::array());
  if (!required.is_array()) return wrong(where, "required is a list of names");
  for (const auto& name : required) {
    if (!name.is_string() || !schema["properties"].contains(name.get<std::string>())) {
      return wrong(where, "required names a property that is not described");
    }
  }
  for (const auto& [name, property] : schema["properties"].items()) {
    if (auto done = lintDeep(property, where + "." + name, depth + 1); !done) return done;
  }
  return {};
}

Result<void> lintArray(const json& schema, const std::string& where, int depth) {
  if (!schema.contains("maxItems")) return wrong(where, "an array needs maxItems");
  if (!schema.contains("items")) return wrong(where, "an array needs items");
  const auto& unique = schema.contains("uniqueItems") ? schema["uniqueItems"] : json(false);
  if (!unique.is_boolean()) return wrong(where, "uniqueItems is true or false");
  if (unique == true && schema["maxItems"] > kUniqueItemsMax) {
    return wrong(where, "with uniqueItems, maxItems is at most " + std::to_string(kUniqueItemsMax));
  }
  return lintDeep(schema["items"], where + "[]", depth + 1);
}

Result<void> lintString(const json& schema, const std::string& where) {
  const bool chosen = schema.contains("enum") || schema.contains("const");
  if (!chosen && !schema.contains("maxLength")) return wrong(where, "a string needs maxLength");
  if (schema.contains("format")) {
    const auto& format = schema["format"];
    if (!format.is_string() || findFormat(format.get<std::string>()) == nullptr) {
      return wrong(where, "format is one of the names in bridge/formats.h");
    }
  }
  return {};
}

Result<void> lintDeep(const json& schema, const std::string& where, int depth) {
  if (!schema.is_object()) return wrong(where, "a schema is an object");
  if (depth > kDepthMax) {
    return wrong(where, "schemas nest at most " + std::to_string(kDepthMax) + " deep");
  }
  if (schema.contains("x-any")) return lintAny(schema, where);
  if (!schema.contains("type"))
    return wrong(where, "type is missing (any JSON is \"x-any\": true)");
  auto types = typesOf(schema, where);
  if (!types) return types.error();
  if (auto done = lintKeywords(schema, *types, where); !done) return done;
  if (schema.contains("enum") && (!schema["enum"].is_array() || schema["enum"].empty())) {
    return wrong(where, "enum is a list of at least one value");
  }
  if (types->contains("object")) return lintObject(schema, where, depth);
  if (types->contains("array")) return lintArray(schema, where, depth);
  if (types->contains("string")) return lintString(schema, where);
  return {};
}

}  // namespace

Result<void> lintSchema(const json& schema, const std::string& where) {
  return lintDeep(schema, where, 0);
}

}  // namespace kiosk::bridge
