#include "bridge/schema.h"

#include <exception>
#include <utility>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#include <vector>

#include "bridge/formats.h"
#include "runtime/base/log.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

struct FormatProperty;

/// The strings below a schema that have a format; empty where there are none.
struct FormatNode {
  const Format* format = nullptr;
  std::vector<FormatProperty> properties;
  std::vector<FormatNode> items;  ///< none or one

  bool empty() const { return format == nullptr && properties.empty() && items.empty(); }
};

struct FormatProperty {
  std::string name;
  FormatNode node;
};

FormatNode formatsOf(const json& schema) {
  FormatNode node;
  if (schema.contains("format")) node.format = findFormat(schema["format"].get<std::string>());
  if (schema.contains("properties")) {
    for (const auto& [name, property] : schema["properties"].items()) {
      auto child = formatsOf(property);
      if (!child.empty()) node.properties.push_back({name, std::move(child)});
    }
  }
  if (schema.contains("items")) {
    auto child = formatsOf(schema["items"]);
    if (!child.empty()) node.items.push_back(std::move(child));
  }
  return node;
}

bool formatsHold(const FormatNode& node, const json& value) {
  if (node.format != nullptr && value.is_string()) {
    return node.format->check(value.get_ref<const std::string&>());
  }
  if (value.is_object()) {
    for (const auto& [name, child] : node.properties) {
      const auto found = value.find(name);
      if (found != value.end() && !formatsHold(child, *found)) return false;
    }
  }
  if (value.is_array() && !node.items.empty()) {
    for (const auto& item : value) {
      if (!formatsHold(node.items.front(), item)) return false;
    }
  }
  return true;
}

/// `schema` without what valijson must not or need not see.
json structureOf(const json& schema) {
  json structure = json::object();
  for (const auto& [key, value] : schema.items()) {
    if (key == "properties") {
      structure[key] = json::object();
      for (const auto& [name, property] : value.items())
        structure[key][name] = structureOf(property);
    } else if (key == "items") {
      structure[key] = structureOf(value);
    } else if (key != "format" && key != "x-any" && key != "description" && key != "title" &&
               key != "default" && key != "examples") {
      structure[key] = value;
    }
  }
  return structure;
}

}  // namespace

struct CompiledSchema::State {
  json source;
  json structure;  ///< valijson's constraints may refer into it
  FormatNode formats;
  valijson::Schema compiled;
};

CompiledSchema::CompiledSchema(std::unique_ptr<State> state) : state_(std::move(state)) {}
CompiledSchema::~CompiledSchema() = default;

Result<std::shared_ptr<const CompiledSchema>> CompiledSchema::compile(const json& schema) {
  auto state = std::make_unique<State>();
  state->source = schema;
  state->structure = structureOf(schema);
  state->formats = formatsOf(schema);
  try {
    valijson::SchemaParser parser;
    const valijson::adapters::NlohmannJsonAdapter adapter(state->structure);
    parser.populateSchema(adapter, state->compiled);
  } catch (const std::exception& problem) {
    return Error{ErrorCode::Internal, std::string("schema does not compile: ") + problem.what()};
  }
  return std::shared_ptr<const CompiledSchema>(new CompiledSchema(std::move(state)));
}

Result<void> CompiledSchema::check(const json& value, std::string_view root) const {
  try {
    valijson::Validator validator;
    const valijson::adapters::NlohmannJsonAdapter adapter(value);
    if (validator.validate(state_->compiled, adapter, nullptr) &&
        formatsHold(state_->formats, value)) {
      return {};
    }
  } catch (const std::exception& problem) {
    logError(std::string("validating failed: ") + problem.what());
    return Error{ErrorCode::InvalidParams, std::string(root) + " cannot be validated"};
  }
  auto why = explainViolation(state_->source, value, std::string(root));
  if (why.empty()) why = std::string(root) + " does not match the method's schema";
  return Error{ErrorCode::InvalidParams, std::move(why)};
}

}  // namespace kiosk::bridge
