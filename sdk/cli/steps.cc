#include "sdk/cli/steps.h"

#include <fstream>

#include "runtime/base/json.h"

namespace kiosk::cli {
namespace {

using nlohmann::json;

Error wrong(int line, const std::string& why) {
  return {ErrorCode::InvalidParams,
          "steps, line " + std::to_string(line) + ": " + why +
              R"(; a step is {"tap":…}, {"type":…,"into":…}, {"expect":…}, )"
              R"({"consent":"grant"|"deny"} or {"pick":…})"};
}

Result<Step> readStep(std::string_view text, int line) {
  const auto parsed = parseJson(text);
  if (!parsed) return wrong(line, parsed.error().message);
  const json& object = *parsed;
  if (!object.is_object()) return wrong(line, "not an object");
  for (const auto& [key, value] : object.items()) {
    if (!value.is_string()) return wrong(line, "'" + key + "' is not a text");
  }
  Step step;
  step.line = line;
  const auto has = [&](const char* key) { return object.contains(key); };
  const auto get = [&](const char* key) { return object[key].get<std::string>(); };
  if (object.size() == 2 && has("type") && has("into")) {
    step.kind = Step::Kind::Type;
    step.text = get("type");
    step.label = get("into");
  } else if (object.size() != 1) {
    return wrong(line, "not one of the steps");
  } else if (has("tap")) {
    step.kind = Step::Kind::Tap;
    step.label = get("tap");
  } else if (has("expect")) {
    step.kind = Step::Kind::Expect;
    step.label = get("expect");
  } else if (has("pick")) {
    step.kind = Step::Kind::Pick;
    step.label = get("pick");
  } else if (has("consent") && (get("consent") == "grant" || get("consent") == "deny")) {
    step.kind = Step::Kind::Consent;
    step.grant = get("consent") == "grant";
  } else {
    return wrong(line, "not one of the steps");
  }
  if (step.label.empty() && step.kind != Step::Kind::Consent)
    return wrong(line, "the text is empty");
  return step;
}

}  // namespace

std::string Step::describe() const {
  switch (kind) {
    case Kind::Tap:
      return "tap \"" + label + "\"";
    case Kind::Type:
      return "type \"" + text + "\" into \"" + label + "\"";
    case Kind::Expect:
      return "expect \"" + label + "\"";
    case Kind::Consent:
      return grant ? "consent: grant" : "consent: deny";
    case Kind::Pick:
      return "pick \"" + label + "\"";
  }
  return "";
}

Result<std::vector<Step>> readSteps(const std::string& path) {
  std::ifstream file(path);
  if (!file) return Error{ErrorCode::NotFound, "cannot read the steps file " + path};
  std::vector<Step> steps;
  std::string text;
  for (int line = 1; std::getline(file, text); ++line) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string::npos || text[first] == '#') continue;
    auto step = readStep(text, line);
    if (!step) return std::move(step).error();
    if (steps.size() == kStepsMax) return wrong(line, "there are more than 10000 steps");
    steps.push_back(std::move(*step));
  }
  return steps;
}

}  // namespace kiosk::cli
