#include "runtime/package/manifest_blocks.h"

#include <algorithm>

#include "runtime/base/crypto.h"
#include "runtime/base/json.h"
#include "runtime/package/manifest_rules.h"

namespace kiosk {
namespace {

using nlohmann::json;

constexpr JsonBounds kTextsBounds{256 << 10, 4, 16'384};
constexpr std::size_t kIconsMax = 16;
constexpr std::size_t kSubpackagesMax = 64;
constexpr std::size_t kPermissionsMax = 32;
constexpr TextBounds kReasonBounds{1, 200};
constexpr TextBounds kPurposeBounds{1, 80};
constexpr std::int64_t kRetentionDaysMax = 3650;

/// The text called `name` in the language file, as a value; null when there is none.
const json* findText(const json& texts, const std::string& name) {
  const auto found = texts.is_object() ? texts.find(name) : texts.end();
  return !texts.is_object() || found == texts.end() ? nullptr : &*found;
}

}  // namespace

const json* ManifestReading::requiredObject(JsonFields& fields, const char* key) {
  const json* value = fields.find(key);
  if (value == nullptr) fields.mistake(key, "is missing; give an object {…}");
  return value;
}

std::string ManifestReading::localText(JsonFields& fields, const char* key, Presence presence,
                                       TextBounds bounds) {
  const json* value = fields.find(key);
  const bool isReference = value != nullptr && value->is_string() &&
                           value->get_ref<const std::string&>().size() > 2 &&
                           value->get_ref<const std::string&>().front() == '%' &&
                           value->get_ref<const std::string&>().back() == '%';
  if (!isReference) return fields.text(key, presence, bounds);

  hasReferences = true;
  const auto& reference = value->get_ref<const std::string&>();
  const std::string fileName = "i18n/" + lang + ".json";
  const auto file = files.find(fileName);
  const auto texts =
      file == files.end() ? Result<json>(json()) : parseJson(file->second, kTextsBounds);
  const json* text = texts ? findText(*texts, reference.substr(1, reference.size() - 2)) : nullptr;
  if (text == nullptr) {
    fields.mistake(key, "names a text that " + fileName + " of the package does not have");
    return {};
  }
  const json resolved = {{key, *text}};
  const std::string path = fields.pathOf(key);
  const std::string parent = path.substr(0, path.rfind('/'));
  return JsonFields(resolved, parent, mistakes).text(key, presence, bounds);
}

void readIcons(ManifestReading& reading, JsonFields& fields, Manifest& manifest) {
  const auto presence =
      reading.rules == ManifestRules::Published ? Presence::Required : Presence::Optional;
  fields.array("icons", presence, kIconsMax, [&](const json& element, const std::string& path) {
    JsonFields icon(element, path, reading.mistakes);
    Icon read;
    read.path = icon.text("src", Presence::Required, rules::kPath);
    read.sizes = icon.text("sizes", Presence::Optional, {1, 64});
    read.label = reading.localText(icon, "label", Presence::Optional, {1, 45});
    icon.refuseOthers();
    if (!read.path.empty() && !reading.files.contains(read.path)) {
      icon.mistake("src", "the package has no file '" + read.path + "'");
    }
    manifest.icons.push_back(std::move(read));
  });
}

void readSubpackages(ManifestReading& reading, JsonFields& fields) {
  fields.array("subpackages", Presence::Optional, kSubpackagesMax,
               [&](const json& element, const std::string& path) {
                 JsonFields part(element, path, reading.mistakes);
                 part.text("root", Presence::Required, rules::kPath);
                 part.text("name", Presence::Required, rules::kToken);
                 part.texts("pages", Presence::Required, 256, rules::kPath);
                 part.boolean("independent");
                 part.refuseOthers();
               });
}

void readIntegrity(ManifestReading& reading, JsonFields& fields) {
  const json* hashes = fields.find("integrity");
  if (hashes == nullptr) return;
  if (!hashes->is_object()) {
    fields.mistake("integrity", "is not an object of path: SHA-256 in hex");
    return;
  }
  for (const auto& [name, hash] : hashes->items()) {
    const auto file = reading.files.find(name);
    if (file == reading.files.end()) {
      fields.mistake("integrity",
                     "names a file that the package does not have: '" + printable(name, 120) + "'");
    } else if (!hash.is_string() || hash.get<std::string>() != sha256Hex(file->second)) {
      fields.mistake("integrity", "the SHA-256 of '" + printable(name, 120) + "' is " +
                                      sha256Hex(file->second) + ", not what stands here");
    }
  }
}

void readPermissions(ManifestReading& reading, JsonFields& fields, Manifest& manifest) {
  const auto readList = [&](const char* key, std::vector<DeclaredPermission>& list) {
    fields.array(
        key, Presence::Optional, kPermissionsMax,
        [&](const json& element, const std::string& path) {
          JsonFields entry(element, path, reading.mistakes);
          DeclaredPermission read;
          read.name = entry.text("name", Presence::Required, rules::kPermission);
          read.reason = reading.localText(entry, "reason", Presence::Required, kReasonBounds);
          read.purpose = reading.localText(entry, "purpose", Presence::Required, kPurposeBounds);
          if (const auto days =
                  entry.integer("retention_days", Presence::Optional, 0, kRetentionDaysMax)) {
            read.retentionDays = static_cast<int>(*days);
          }
          entry.refuseOthers();
          if (!read.name.empty() && manifest.declared(read.name) != nullptr) {
            entry.mistake("name", "'" + read.name +
                                      "' is declared twice; declare it once, "
                                      "required or optional");
          }
          list.push_back(std::move(read));
        });
  };
  readList("req_permissions", manifest.requiredPermissions);
  readList("opt_permissions", manifest.optionalPermissions);
}

void readOperator(ManifestReading& reading, JsonFields& fields, Manifest& manifest) {
  if (reading.rules == ManifestRules::Development && !fields.has("operator")) {
    fields.find("operator");
    return;
  }
  const json* value = reading.requiredObject(fields, "operator");
  if (value == nullptr) return;
  JsonFields entry(*value, fields.pathOf("operator"), reading.mistakes);
  Operator read;
  read.name = entry.text("name", Presence::Required, {1, 200});
  read.inn = entry.text("inn", Presence::Optional, rules::kInn);
  read.ogrn = entry.text("ogrn", Presence::Optional, rules::kOgrn);
  read.address = entry.text("address", Presence::Required, {1, 300});
  read.email = entry.text("email", Presence::Required, rules::kEmail);
  read.phone = entry.text("phone", Presence::Optional, rules::kPhone);
  read.privacyPolicyUrl = entry.text("privacy_policy_url", Presence::Required, rules::kHttpsUrl);
  read.termsUrl = entry.text("terms_url", Presence::Required, rules::kHttpsUrl);
  read.ageRating = entry.oneOf("age_rating", {"0+", "6+", "12+", "16+", "18+"}, "");
  if (!entry.has("age_rating")) {
    entry.mistake("age_rating", "is missing; give one of: 0+, 6+, 12+, 16+, 18+");
  }
  entry.refuseOthers();
  manifest.appOperator = std::move(read);
}

}  // namespace kiosk
