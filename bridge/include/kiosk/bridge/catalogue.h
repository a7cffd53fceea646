#pragma once
// The catalogue: every method of the bridge, as bridge/<namespace>/<namespace>.api.json describes
// it.
//
// The files are compiled into the binary. Their form is bridge/catalogue.schema.json; each is
// linted when the bridge starts, and a violation refuses to start. What the JSON Schemas of
// `params` and `result` may say is a closed list, so that validating costs a bounded time and every
// string has a bound:
//
//   type              object array string integer number boolean null, or [one of these, "null"]
//   object            properties, required, minProperties, maxProperties,
//                     additionalProperties: false (mandatory)
//   array             items, maxItems (both mandatory), minItems, uniqueItems (maxItems <= 256)
//   string            maxLength (mandatory without enum or const; code points), minLength, format
//   integer, number   minimum, maximum
//   any type          enum, const, description, title, default, examples
//   "x-any": true     alone or with a description: any JSON that its frame could carry
//
// `pattern`, `patternProperties`, `$ref`, `oneOf` and all else is refused. The formats are those of
// bridge/formats.h.

#include <kiosk/error.h>
#include <kiosk/result.h>

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::bridge {

class CompiledSchema;

/// The level of the API that this catalogue describes; `platform_version.min_code` of a manifest.
inline constexpr int kApiLevel = 1;

/// How often the user is asked.
enum class ConsentClass : std::uint8_t {
  None,  ///< declared in the manifest is enough
  Once,  ///< asked once, remembered until revoked
  Each,  ///< asked at every call
};
std::string_view consentClassName(ConsentClass consent);

/// The host's words, per language.
struct HostWords {
  std::string en, ru;
  /// Russian for "ru" and "ru-…", else English.
  const std::string& in(std::string_view language) const;
  bool empty() const { return en.empty(); }
};

/// One row of bridge/permissions.json.
struct PermissionSpec {
  std::string name;  ///< "identity.basic"
  ConsentClass consent = ConsentClass::Once;
  bool privileged = false;  ///< only for apps that the operator lists
  int privacyPoints = 0;    ///< what it costs of a mini-app's privacy budget
  /// What is learnt, whatever the precision: permissions of one kind cost as much as the dearest.
  std::string privacyKind;
  std::vector<std::string> data;  ///< categories of data that it discloses, for receipts
  HostWords title;                ///< what a consent sheet asks
  std::string summary;            ///< for the reference page
};

/// What one app may do to one user in a day (UTC).
enum class DayBudget : std::uint8_t { Prompts, Notifications, Badges };
inline constexpr std::size_t kDayBudgets = 3;
/// "prompts", "notifications", "badges".
std::string_view dayBudgetName(DayBudget budget);

/// One method. Borrowed from the catalogue wherever it is passed.
struct MethodSpec {
  std::string name;  ///< with its namespace: "messages.share"
  std::string nameSpace;
  std::string summary;
  int since = 1;
  const PermissionSpec* permission = nullptr;  ///< null: none needed
  ConsentClass consent = ConsentClass::None;
  bool activation = false;
  bool privileged = false;
  bool value = false;
  /// The parameter with the address that the call goes to; its origin must be one that the manifest
  /// declares. Empty: it goes nowhere.
  std::string originParam;
  std::optional<int> perMinuteMax;
  /// Of which each call takes one; not Prompts, those the gate takes itself.
  std::optional<DayBudget> dayBudget;
  int timeoutMs = 10'000;
  HostWords prompt;  ///< never empty when consent is not None
  nlohmann::json params, result;
  std::vector<ErrorCode> errors;  ///< beyond those of the gate
  std::shared_ptr<const CompiledSchema> paramsSchema,
      resultSchema;  ///< shared by copies of the catalogue

  /// The name under which a consent is stored: the permission's, or the method's own without one.
  const std::string& grantName() const { return permission ? permission->name : name; }
};

struct NamespaceSpec {
  std::string name;
  std::string summary;
};

/// One file that was compiled in.
struct CatalogueFile {
  std::string_view name;  ///< "messages/messages.api.json"
  std::string_view text;
};

/// All of bridge/*/*.api.json, sorted by name; and bridge/permissions.json.
std::span<const CatalogueFile> embeddedCatalogue();
std::string_view embeddedPermissions();

class Catalogue {
 public:
  /// Reads and lints what was compiled in, and `more` namespaces of the host app's own (borrowed
  /// for the call), which no mini-app of another host knows. Errors: as `load`.
  static Result<Catalogue> embedded(std::span<const CatalogueFile> more = {});
  /// Reads and lints `files` against `permissions`.
  /// Errors: InvalidParams   the message names file and place, what is wrong and what is allowed.
  static Result<Catalogue> load(std::span<const CatalogueFile> files, std::string_view permissions);

  /// The method called `name`; null when there is none. Borrowed from the catalogue.
  const MethodSpec* find(std::string_view name) const;
  const PermissionSpec* permission(std::string_view name) const;
  /// Whether `name`, a method, knows the parameter `param`.
  bool supports(std::string_view name, std::string_view param) const;

  /// Sorted by name.
  const std::vector<std::unique_ptr<MethodSpec>>& methods() const { return methods_; }
  const std::vector<std::unique_ptr<PermissionSpec>>& permissions() const { return permissions_; }
  const std::vector<NamespaceSpec>& namespaces() const { return namespaces_; }

 private:
  Result<void> addFile(const CatalogueFile& file);

  std::vector<std::unique_ptr<MethodSpec>> methods_;
  std::vector<std::unique_ptr<PermissionSpec>> permissions_;
  std::vector<NamespaceSpec> namespaces_;
  std::map<std::string, const MethodSpec*, std::less<>> byName_;
  std::map<std::string, const PermissionSpec*, std::less<>> permissionByName_;
};

/// Codes that any method may answer because the gate gives them, by what the method asks for.
std::vector<ErrorCode> gateErrors(const MethodSpec& method);

}  // namespace kiosk::bridge
