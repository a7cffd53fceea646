#include <kiosk/bridge/catalogue.h>

#include <algorithm>
#include <initializer_list>

#include "bridge/formats.h"
#include "bridge/schema.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

Error catalogueError(const std::string& where, const std::string& what) {
  return Error{ErrorCode::InvalidParams, where + ": " + what};
}

/// Reads typed fields of one JSON object and remembers the first thing that is wrong.
class Fields {
 public:
  Fields(const json& object, std::string where) : object_(object), where_(std::move(where)) {
    if (!object_.is_object()) fail("", "is an object");
  }

  /// Refuses every field that is not in `names`.
  void only(std::initializer_list<std::string_view> names) {
    if (!object_.is_object()) return;
    for (const auto& [key, value] : object_.items()) {
      if (std::find(names.begin(), names.end(), key) == names.end())
        fail(key, "is not a field here");
    }
  }
  bool has(const char* name) const { return object_.is_object() && object_.contains(name); }
  std::string text(const char* name) {
    const auto& value = get(name);
    if (value.is_string() && !value.get_ref<const std::string&>().empty()) return value;
    fail(name, "is a string, not empty");
    return "";
  }
  std::string optionalText(const char* name) { return has(name) ? text(name) : ""; }
  int number(const char* name, int min, int max) {
    const auto& value = get(name);
    if (value.is_number_integer() && value >= min && value <= max) return value;
    fail(name, "is a whole number from " + std::to_string(min) + " to " + std::to_string(max));
    return min;
  }
  bool flag(const char* name) {
    const auto& value = get(name);
    if (!value.is_boolean()) fail(name, "is true or false");
    return value == true;
  }
  bool optionalFlag(const char* name) { return has(name) && flag(name); }
  const json& array(const char* name) {
    static const json empty = json::array();
    const auto& value = get(name);
    if (value.is_array()) return value;
    fail(name, "is a list");
    return empty;
  }
  const json& get(const char* name) {
    static const json none;
    if (has(name)) return object_[name];
    fail(name, "is missing");
    return none;
  }
  ConsentClass consent(const char* name) {
    const auto value = text(name);
    for (const auto one : {ConsentClass::None, ConsentClass::Once, ConsentClass::Each}) {
      if (value == consentClassName(one)) return one;
    }
    fail(name, "is one of none, once, each");
    return ConsentClass::Each;
  }
  void fail(const std::string& name, const std::string& what) {
    if (!problem_) problem_ = catalogueError(where_ + (name.empty() ? "" : "." + name), what);
  }
  const std::optional<Error>& problem() const { return problem_; }

 private:
  const json& object_;
  std::string where_;
  std::optional<Error> problem_;
};

void readData(Fields& fields, PermissionSpec& spec) {
  for (const auto& category : fields.array("data")) {
    if (category.is_string()) {
      spec.data.push_back(category);
    } else {
      fields.fail("data", "is a list of words");
    }
  }
}

Result<std::unique_ptr<PermissionSpec>> readPermission(const json& source,
                                                       const std::string& where) {
  Fields fields(source, where);
  fields.only({"name", "consent", "privileged", "privacyPoints", "privacyKind", "data", "title",
               "titleRu", "summary"});
  auto spec = std::make_unique<PermissionSpec>();
  spec->name = fields.text("name");
  spec->consent = fields.consent("consent");
  spec->privileged = fields.optionalFlag("privileged");
  spec->privacyPoints = fields.number("privacyPoints", 0, 10);
  spec->privacyKind = fields.has("privacyKind") ? fields.text("privacyKind") : spec->name;
  if (fields.has("data")) readData(fields, *spec);
  spec->title = {fields.text("title"), fields.text("titleRu")};
  spec->summary = fields.text("summary");
  if (!findFormat("permission")->check(spec->name))
    fields.fail("name", "is dotted lower-case words");
  if (fields.problem()) return *fields.problem();
  return spec;
}

void readPrompt(Fields& fields, MethodSpec& spec, const std::string& where) {
  if (fields.has("prompt")) {
    Fields prompt(fields.get("prompt"), where + ".prompt");
    prompt.only({"title", "titleRu"});
    spec.prompt = {prompt.text("title"), prompt.optionalText("titleRu")};
    if (prompt.problem()) fields.fail("prompt", prompt.problem()->message);
  } else if (spec.permission != nullptr) {
    spec.prompt = spec.permission->title;
  }
  if (spec.consent != ConsentClass::None && spec.prompt.empty()) {
    fields.fail("prompt", "is missing: a method that asks for a consent needs the host's words");
  }
}

void readErrors(Fields& fields, MethodSpec& spec) {
  for (const auto& error : fields.array("errors")) {
    const auto code = error.is_string() ? errorFromName(error.get<std::string>()) : std::nullopt;
    if (code) {
      spec.errors.push_back(*code);
    } else {
      fields.fail("errors", "holds " + dumpJson(error) + ", which is no code of kiosk/error.h");
    }
  }
}

Result<void> readSchemas(Fields& fields, MethodSpec& spec, const std::string& where) {
  spec.params = fields.get("params");
  spec.result = fields.get("result");
  if (fields.problem()) return *fields.problem();
  if (auto done = lintSchema(spec.params, where + ".params"); !done) return done;
  if (auto done = lintSchema(spec.result, where + ".result"); !done) return done;
  if (spec.params["type"] != "object")
    return catalogueError(where + ".params", "is a schema of type object");
  auto params = CompiledSchema::compile(spec.params);
  if (!params) return catalogueError(where + ".params", params.error().message);
  auto result = CompiledSchema::compile(spec.result);
  if (!result) return catalogueError(where + ".result", result.error().message);
  spec.paramsSchema = *std::move(params);
  spec.resultSchema = *std::move(result);
  return {};
}

/// Whether the gate finds an address in `name` of every call that passed its schema.
bool isRequiredUrl(const json& params, const std::string& name) {
  const auto required = params.value("required", json::array());
  const auto properties = params.value("properties", json::object());
  return std::find(required.begin(), required.end(), json(name)) != required.end() &&
         properties.contains(name) && properties[name].value("format", "") == "url";
}

Result<std::unique_ptr<MethodSpec>> readMethod(const json& source, const std::string& nameSpace,
                                               const Catalogue& catalogue,
                                               const std::string& where) {
  Fields fields(source, where);
  fields.only({"name", "summary", "since", "permission", "consent", "activation", "privileged",
               "value", "origin", "rate", "dayBudget", "timeoutMs", "prompt", "params", "result",
               "errors"});
  auto spec = std::make_unique<MethodSpec>();
  spec->nameSpace = nameSpace;
  spec->name = nameSpace + "." + fields.text("name");
  spec->summary = fields.text("summary");
  spec->since = fields.number("since", 1, kApiLevel);
  spec->consent = fields.consent("consent");
  spec->activation = fields.flag("activation");
  spec->privileged = fields.optionalFlag("privileged");
  spec->value = fields.optionalFlag("value");
  spec->timeoutMs = fields.number("timeoutMs", 100, 600'000);
  if (!findFormat("method")->check(spec->name)) fields.fail("name", "is camelCase words");
  if (!fields.get("permission").is_null()) {
    spec->permission = catalogue.permission(fields.text("permission"));
    if (spec->permission == nullptr)
      fields.fail("permission", "is a name in bridge/permissions.json");
  }
  if (spec->permission != nullptr && spec->permission->privileged) spec->privileged = true;
  if (spec->permission != nullptr && spec->permission->consent == ConsentClass::Each &&
      spec->consent == ConsentClass::Once) {
    fields.fail("consent", "is not once, for the permission is asked for each time");
  }
  if (spec->privileged && spec->permission == nullptr) {
    fields.fail("privileged", "needs a permission, for the operator lists apps by it");
  }
  if (fields.has("rate")) {
    Fields rate(fields.get("rate"), where + ".rate");
    rate.only({"perMinute"});
    spec->perMinuteMax = rate.number("perMinute", 1, 6000);
    if (rate.problem()) fields.fail("rate", rate.problem()->message);
  }
  if (fields.has("dayBudget")) {
    const auto name = fields.text("dayBudget");
    for (const auto budget : {DayBudget::Notifications, DayBudget::Badges}) {
      if (name == dayBudgetName(budget)) spec->dayBudget = budget;
    }
    if (!spec->dayBudget) fields.fail("dayBudget", "is one of notifications, badges");
  }
  if (fields.has("origin")) spec->originParam = fields.text("origin");
  readPrompt(fields, *spec, where);
  readErrors(fields, *spec);
  if (fields.problem()) return *fields.problem();
  if (auto done = readSchemas(fields, *spec, where); !done) return done.error();
  if (!spec->originParam.empty() && !isRequiredUrl(spec->params, spec->originParam)) {
    return catalogueError(where + ".origin", "names a required parameter of format url");
  }
  return spec;
}

/// "messages" of "messages/messages.api.json"; empty when the name is of another form.
std::string namespaceOfFile(std::string_view file) {
  const auto slash = file.find('/');
  if (slash == std::string_view::npos) return "";
  const auto name = std::string(file.substr(0, slash));
  return file.substr(slash + 1) == name + ".api.json" ? name : "";
}

}  // namespace

std::string_view consentClassName(ConsentClass consent) {
  switch (consent) {
    case ConsentClass::None:
      return "none";
    case ConsentClass::Once:
      return "once";
    case ConsentClass::Each:
      return "each";
  }
  return "";
}

std::string_view dayBudgetName(DayBudget budget) {
  static constexpr std::string_view kNames[kDayBudgets] = {"prompts", "notifications", "badges"};
  return kNames[static_cast<std::size_t>(budget)];
}

const std::string& HostWords::in(std::string_view language) const {
  const bool russian = language == "ru" || language.starts_with("ru-");
  return russian && !ru.empty() ? ru : en;
}

Result<Catalogue> Catalogue::embedded(std::span<const CatalogueFile> more) {
  const auto own = embeddedCatalogue();
  std::vector<CatalogueFile> files(own.begin(), own.end());
  files.insert(files.end(), more.begin(), more.end());
  return load(files, embeddedPermissions());
}

Result<Catalogue> Catalogue::load(std::span<const CatalogueFile> files,
                                  std::string_view permissions) {
  Catalogue catalogue;
  auto table = parseJson(permissions);
  if (!table) return catalogueError("permissions.json", table.error().message);
  Fields top(*table, "permissions.json");
  top.only({"permissions"});
  for (const auto& source : top.array("permissions")) {
    auto spec = readPermission(source, "permissions.json");
    if (!spec) return spec.error();
    if (!catalogue.permissionByName_.emplace((*spec)->name, spec->get()).second) {
      return catalogueError("permissions.json", (*spec)->name + " stands twice");
    }
    catalogue.permissions_.push_back(*std::move(spec));
  }
  if (top.problem()) return *top.problem();
  for (const auto& file : files) {
    if (auto done = catalogue.addFile(file); !done) return done.error();
  }
  std::sort(catalogue.methods_.begin(), catalogue.methods_.end(),
            [](const auto& a, const auto& b) { return a->name < b->name; });
  std::sort(catalogue.namespaces_.begin(), catalogue.namespaces_.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return catalogue;
}

Result<void> Catalogue::addFile(const CatalogueFile& file) {
  const std::string where(file.name);
  auto source = parseJson(file.text);
  if (!source) return catalogueError(where, source.error().message);
  Fields fields(*source, where);
  fields.only({"namespace", "summary", "methods"});
  const auto name = fields.text("namespace");
  if (name != namespaceOfFile(file.name)) {
    fields.fail("namespace", "is the name of the folder and of the file");
  }
  namespaces_.push_back({name, fields.text("summary")});
  for (const auto& method : fields.array("methods")) {
    const auto at = method.is_object() && method.contains("name") ? dumpJson(method["name"]) : "?";
    auto spec = readMethod(method, name, *this, where + " " + at);
    if (!spec) return spec.error();
    if (!byName_.emplace((*spec)->name, spec->get()).second) {
      return catalogueError(where, (*spec)->name + " stands twice");
    }
    methods_.push_back(*std::move(spec));
  }
  if (fields.problem()) return *fields.problem();
  return {};
}

const MethodSpec* Catalogue::find(std::string_view name) const {
  const auto found = byName_.find(name);
  return found == byName_.end() ? nullptr : found->second;
}

const PermissionSpec* Catalogue::permission(std::string_view name) const {
  const auto found = permissionByName_.find(name);
  return found == permissionByName_.end() ? nullptr : found->second;
}

bool Catalogue::supports(std::string_view name, std::string_view param) const {
  const auto* method = find(name);
  return method != nullptr && method->params["properties"].contains(std::string(param));
}

std::vector<ErrorCode> gateErrors(const MethodSpec& method) {
  using enum ErrorCode;
  std::vector<ErrorCode> codes = {InvalidParams, Timeout,  Cancelled, Busy,
                                  RateLimited,   Internal, Revoked,   PolicyRefused};
  if (method.permission != nullptr) codes.push_back(NotDeclared);
  if (!method.originParam.empty()) {
    codes.push_back(DomainNotAllowed);
    codes.push_back(InsecureScheme);
  }
  if (method.activation) codes.push_back(ActivationRequired);
  if (method.privileged || method.consent != ConsentClass::None) codes.push_back(PermissionDenied);
  if (method.consent != ConsentClass::None) {
    codes.push_back(UserRefused);
    codes.push_back(PermissionBlocked);
  } else if (method.dayBudget) {
    codes.push_back(PermissionBlocked);
  }
  if (method.permission != nullptr && method.permission->privacyPoints > 0) {
    codes.push_back(QuotaExceeded);
  }
  if (method.consent != ConsentClass::None || method.value || method.dayBudget) {
    codes.push_back(HostError);
  }
  if (method.consent != ConsentClass::None || method.activation || method.value) {
    codes.push_back(BackgroundForbidden);
  }
  return codes;
}

}  // namespace kiosk::bridge
