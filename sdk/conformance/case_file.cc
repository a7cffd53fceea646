#include "sdk/conformance/case_file.h"

#include <algorithm>
#include <array>

#include "runtime/base/crypto.h"
#include "runtime/base/guard.h"
#include "runtime/base/json.h"
#include "sdk/conformance/case_fields.h"
#include "sdk/conformance/oracle.h"

namespace kiosk::conformance {
namespace {

constexpr auto kKeys = std::to_array<std::string_view>(
    {"id",       "title",           "level",        "guards",  "refs",
     "control",  "declares",        "grants",       "budget",  "tier",
     "template", "timeout",         "steps",        "user",    "raw",
     "manifest", "manifestWithout", "manifestText", "package", "files",
     "forge",    "expect"});
constexpr auto kExpectKeys = std::to_array<std::string_view>(
    {"outcome", "error", "ended", "refused", "detail", "host", "logs", "view", "withinMs"});

bool isId(std::string_view id) {
  const auto dash = id.rfind('-');
  if (dash == std::string_view::npos || dash == 0 || id.size() - dash != 4) return false;
  const auto letter = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto at = id.begin() + static_cast<std::ptrdiff_t>(dash);
  return id.size() <= 64 && std::all_of(id.begin(), at, letter) &&
         std::all_of(at + 1, id.end(), digit);
}

/// "ok", "error CODE", "ended REASON", "refused CODE" or "refused".
bool readOutcome(std::string_view outcome, Expectation& expect) {
  using Kind = Expectation::Kind;
  if (outcome == "ok") return true;
  const auto space = outcome.find(' ');
  const auto kind = outcome.substr(0, space);
  if (kind != "error" && kind != "ended" && kind != "refused") return false;
  expect.kind = kind == "error" ? Kind::Error : kind == "ended" ? Kind::Ended : Kind::Refused;
  if (space == std::string_view::npos) return expect.kind == Kind::Refused;
  expect.what = outcome.substr(space + 1);
  return !expect.what.empty() && expect.what.find(' ') == std::string::npos;
}

/// One text or a list of them.
std::vector<std::string> oneOrMore(const nlohmann::json& value, bool& good) {
  std::vector<std::string> texts;
  for (const auto& item : value.is_array() ? value : nlohmann::json::array({value})) {
    const auto text = scalarText(item);
    good = good && text.has_value();
    texts.push_back(text.value_or(""));
  }
  return texts;
}

/// Reads the member `key` of a map under expect; false when its value is of another kind.
bool readExpectKey(const std::string& key, const nlohmann::json& value, Expectation& expect) {
  const auto text = scalarText(value);
  bool good = true;
  if (key == "outcome") return text && readOutcome(*text, expect);
  if (key == "error" || key == "ended" || key == "refused")
    return text && readOutcome(key + " " + *text, expect);
  if (key == "logs") return expect.logs = oneOrMore(value, good), good;
  if (key == "view") return expect.views = oneOrMore(value, good), good;
  if (key == "detail") return expect.detail = text, text.has_value();
  if (key == "withinMs") {
    if (!value.is_number_unsigned() && !value.is_number_integer()) return false;
    return expect.withinMs = value.get<std::int64_t>(), *expect.withinMs > 0;
  }
  expect.host = value;
  return value.is_object() && std::all_of(value.items().begin(), value.items().end(),
                                          [](const auto& item) { return isHostFact(item.key()); });
}

void readExpectation(CaseFields& fields, Expectation& expect) {
  const auto* given = fields.find("expect");
  if (given == nullptr) return fields.fail("expect", "is missing");
  if (!given->is_object()) {
    const auto text = scalarText(*given);
    if (!text || !readOutcome(*text, expect)) {
      fields.fail("expect", "is ok, error CODE, ended REASON, refused CODE or a map");
    }
    return;
  }
  for (const auto& [key, value] : given->items()) {
    if (std::find(kExpectKeys.begin(), kExpectKeys.end(), key) == kExpectKeys.end()) {
      return fields.fail("expect", "knows no \"" + key + "\"");
    }
    if (!readExpectKey(key, value, expect)) {
      return fields.fail("expect", "has a bad \"" + key + "\": " + dumpJson(value));
    }
  }
}

bool isGuard(const std::string& name) {
  return std::any_of(kGuards.begin(), kGuards.end(),
                     [&](const GuardSpec& guard) { return guard.name == name; });
}

void readIdentity(CaseFields& fields, Case& test) {
  for (const char* key : {"id", "title", "level"}) {
    if (fields.find(key) == nullptr) fields.fail(key, "is missing");
  }
  test.id = fields.text("id").value_or("");
  if (!isId(test.id))
    fields.fail("id", "is WORD-NNN: capitals, digits and dashes, then three digits");
  test.title = fields.text("title").value_or("");
  test.level = static_cast<int>(fields.integer("level", 0, kLevelMax).value_or(0));
  test.guards = fields.texts("guards").value_or(std::vector<std::string>{});
  for (const auto& name : test.guards) {
    if (!isGuard(name)) fields.fail("guards", "names " + name + ", which is no guard");
  }
  test.refs = fields.texts("refs").value_or(std::vector<std::string>{});
  const auto control = fields.text("control");
  if (control && *control != "naive") fields.fail("control", "is naive or absent");
  test.naiveControl = control.has_value();
}

void readGrants(CaseFields& fields, Case& test) {
  const auto* grants = fields.find("grants");
  if (grants == nullptr) return;
  if (!grants->is_array()) {
    test.grants = fields.text("grants").value_or("none");
    return;
  }
  const auto names = fields.texts("grants").value_or(std::vector<std::string>{});
  std::string joined;
  for (const auto& name : names) joined += (joined.empty() ? "" : ",") + name;
  test.grants = joined.empty() ? "none" : joined;
}

void readRun(CaseFields& fields, Case& test) {
  test.declares = fields.texts("declares");
  readGrants(fields, test);
  const auto tier = fields.text("tier").value_or("both");
  if (tier != "both" && tier != "jit" && tier != "jitless") {
    fields.fail("tier", "is jit, jitless or both");
  }
  test.tiers = tier == "both" ? std::vector<std::string>{"jit", "jitless"} : std::vector{tier};
  test.templated = fields.flag("template");
  const auto budget = fields.map("budget");
  for (const auto& [name, value] : budget.items()) {
    const auto text = scalarText(value);
    if (!text) fields.fail("budget", "holds names and values");
    test.budget.push_back(name + "=" + text.value_or(""));
  }
  test.timeoutSeconds =
      static_cast<int>(fields.integer("timeout", 1, kTimeoutSecondsMax).value_or(20));
  test.user = fields.text("user");
  test.raw = fields.flag("raw");
  test.manifest = fields.map("manifest");
  test.manifestWithout = fields.texts("manifestWithout").value_or(std::vector<std::string>{});
  test.manifestText = fields.text("manifestText");
  test.package = readPackageSpec(fields);
  test.files = fields.map("files");
  for (const auto& [path, value] : test.files.items()) {
    if (!value.is_string()) fields.fail("files", "holds paths and texts");
  }
  const auto* steps = fields.find("steps");
  if (steps == nullptr) return;
  if (!steps->is_array()) return fields.fail("steps", "is a list of steps");
  test.steps.emplace();
  for (const auto& step : *steps) *test.steps += dumpJson(step) + "\n";
}

/// A refusal names its code, unless many packages are refused; and it needs no second tier, for no
/// guest starts.
void readRefusal(CaseFields& fields, Case& test) {
  const bool isRefusal = test.expect.kind == Expectation::Kind::Refused;
  const bool isEvery = test.package && !test.package->every.empty();
  if (isEvery != (isRefusal && test.expect.what.empty())) {
    fields.fail("expect", "is refused CODE, and refused without one for a package with every");
  }
  if (isRefusal && fields.find("tier") == nullptr) test.tiers = {"jit"};
}

void readForged(CaseFields& fields, std::string_view body, Case& test) {
  const auto* given = fields.find("forge");
  if (given == nullptr) return;
  auto plan = readForge(*given);
  if (!plan) return fields.fail("forge", plan.error().message);
  if (test.steps || test.raw) fields.fail("forge", "goes with neither steps nor raw");
  if (test.expect.kind != Expectation::Kind::Ended) fields.fail("expect", "is ended REASON here");
  if (body.find_first_not_of(" \n") != std::string_view::npos) {
    fields.fail("forge", "stands for the app, so nothing follows the front matter");
  }
  test.forge = *std::move(plan);
}

}  // namespace

Result<Case> readCase(const std::string& file, std::string_view text) {
  auto matter = readFrontMatter(text);
  if (!matter) return matter.error();
  CaseFields fields(*matter);
  for (const auto& [key, value] : matter->keys.items()) {
    if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) {
      fields.fail(key, "is not a key of a case");
    }
  }
  Case test;
  test.file = file;
  test.digest = sha256Hex(text);
  if (const auto slash = file.find('/'); slash != std::string::npos) {
    test.family = file.substr(0, slash);
  }
  readIdentity(fields, test);
  readRun(fields, test);
  readExpectation(fields, test.expect);
  readRefusal(fields, test);
  readForged(fields, matter->body, test);
  if (fields.problem()) return *fields.problem();
  test.body = std::move(matter->body);
  return test;
}

std::vector<Way> waysOf(const Case& test) {
  std::vector<Way> ways;
  for (const auto& tier : test.tiers) ways.push_back({tier, false});
  if (test.templated) ways.push_back({test.tiers.front(), true});
  return ways;
}

}  // namespace kiosk::conformance
