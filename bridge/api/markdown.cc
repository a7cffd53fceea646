#include <algorithm>

#include "bridge/api/api.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

/// Text inside a table's cell.
std::string cell(std::string text) {
  for (auto at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) {
    text.insert(at, "\\");
  }
  return text;
}

std::string range(const json& schema, const char* min, const char* max, const std::string& unit) {
  if (schema.contains(min) && schema.contains(max)) {
    return " " + schema[min].dump() + " to " + schema[max].dump() + unit;
  }
  if (schema.contains(max)) return " up to " + schema[max].dump() + unit;
  if (schema.contains(min)) return " from " + schema[min].dump() + unit;
  return "";
}

std::string typeOf(const json& schema) {
  if (schema.contains("const")) return "`" + schema["const"].dump() + "`";
  if (schema.contains("enum")) {
    std::string text;
    for (const auto& value : schema["enum"])
      text += (text.empty() ? "`" : ", `") + value.dump() + "`";
    return text;
  }
  if (schema.contains("x-any")) return "any JSON";
  if (schema["type"].is_array()) {
    auto one = schema;
    one["type"] = schema["type"][0] == "null" ? schema["type"][1] : schema["type"][0];
    return typeOf(one) + " or null";
  }
  const std::string type = schema["type"];
  if (type == "string") {
    auto text = "string," + range(schema, "minLength", "maxLength", " characters");
    return schema.contains("format") ? text + ", " + schema["format"].get<std::string>() : text;
  }
  if (type == "integer") return "integer" + range(schema, "minimum", "maximum", "");
  if (type == "number") return "number" + range(schema, "minimum", "maximum", "");
  if (type == "array") {
    return "list," + range(schema, "minItems", "maxItems", "") + " of " + typeOf(schema["items"]);
  }
  return type;
}

void addRows(std::string& text, const json& schema, const std::string& prefix) {
  const auto required = schema.value("required", json::array());
  for (const auto& [name, property] : schema["properties"].items()) {
    const bool needed = std::find(required.begin(), required.end(), name) != required.end();
    const std::string description = property.value("description", "");
    text += "| `" + prefix + name + "` | " + cell(typeOf(property)) + " | " +
            (needed ? "required" : "") + " | " + cell(description) + " |\n";
    const auto& inner = property.contains("items") ? property["items"] : property;
    if (inner.contains("properties")) {
      addRows(text, inner, prefix + name + (property.contains("items") ? "[]." : "."));
    }
  }
}

void addTable(std::string& text, const json& schema, const std::string& title) {
  const auto& inner = schema.contains("items") ? schema["items"] : schema;
  if (!inner.contains("properties")) {
    text += title + ": " + typeOf(schema) + ".\n\n";
    return;
  }
  if (inner["properties"].empty()) {
    text += title + ": none.\n\n";
    return;
  }
  text += title + (schema.contains("items") ? ", a list of:" : ":") +
          "\n\n| name | type | | meaning |\n|---|---|---|---|\n";
  addRows(text, inner, "");
  text += "\n";
}

std::string rulesOf(const MethodSpec& method) {
  std::string text = "Since level " + std::to_string(method.since) + ".";
  if (method.permission != nullptr) text += " Permission `" + method.permission->name + "`.";
  if (method.privileged) text += " For apps that the operator lists.";
  if (method.consent == ConsentClass::Once) text += " Asks the user once.";
  if (method.consent == ConsentClass::Each) text += " Asks the user at every call.";
  if (!method.originParam.empty()) {
    text += " `" + method.originParam + "` is of an origin that the manifest lists.";
  }
  if (method.activation) text += " Needs a touch.";
  if (method.value) text += " Needs an idempotency key.";
  if (method.perMinuteMax) {
    text += " At most " + std::to_string(*method.perMinuteMax) + " calls a minute.";
  }
  return text + " Deadline " + std::to_string(method.timeoutMs / 1000) + " s.\n\n";
}

void addMethod(std::string& text, const MethodSpec& method) {
  text += "### kiosk." + method.name + "\n\n" + method.summary + "\n\n" + rulesOf(method);
  addTable(text, method.params, "Parameters");
  addTable(text, method.result, "Result");
  std::vector<std::string> names;
  for (const auto code : gateErrors(method)) names.emplace_back(errorName(code));
  for (const auto code : method.errors) names.emplace_back(errorName(code));
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  text += "Errors:";
  for (const auto& name : names) text += (name == names.front() ? " `" : ", `") + name + "`";
  text += ".\n\n";
}

void addPermissions(std::string& text, const Catalogue& catalogue) {
  text +=
      "## Permissions\n\n| name | asked | privacy points | the sheet says | gives |\n"
      "|---|---|---|---|---|\n";
  for (const auto& permission : catalogue.permissions()) {
    text += "| `" + permission->name + "` | " + std::string(consentClassName(permission->consent)) +
            (permission->privileged ? ", privileged" : "") + " | " +
            std::to_string(permission->privacyPoints) + " | " + cell(permission->title.en) + " | " +
            cell(permission->summary) + " |\n";
  }
  text += "\n";
}

void addErrors(std::string& text) {
  text += "## Errors\n\n| code | errno | worth a retry |\n|---|---|---|\n";
  const auto row = [&](std::string_view code, int number, bool retryable) {
    // Those of packages come from installing, not from calls.
    if (code.starts_with("package.")) return;
    text += "| `" + std::string(code) + "` | " + std::to_string(number) + " | " +
            (retryable ? "yes" : "") + " |\n";
  };
#define KIOSK_X(name, code, number, retryable) row(code, number, retryable);
  KIOSK_ERRORS(KIOSK_X)
#undef KIOSK_X
}

}  // namespace

std::string markdown(const Catalogue& catalogue) {
  std::string text =
      "# Bridge reference\n\n"
      "Generated by `kiosk api --markdown` from the catalogue, level " +
      std::to_string(kApiLevel) +
      "; do not edit. Every method takes one object and answers a promise; it is also reached as\n"
      "`kiosk.call(name, params, { timeoutMs, signal, idempotencyKey })`. What comes before a "
      "method's own\n"
      "work, and in which order, is in [gate.md](../gate.md).\n\n";
  for (const auto& space : catalogue.namespaces()) {
    text += "## " + space.name + "\n\n" + space.summary + "\n\n";
    for (const auto& method : catalogue.methods()) {
      if (method->nameSpace == space.name) addMethod(text, *method);
    }
  }
  addPermissions(text, catalogue);
  addErrors(text);
  return text;
}

}  // namespace kiosk::bridge
