#include "runtime/package/manifest.h"

#include <algorithm>

#include "runtime/base/encoding.h"
#include "runtime/base/json.h"
#include "runtime/package/manifest_blocks.h"
#include "runtime/package/manifest_rules.h"

namespace kiosk {
namespace {

using nlohmann::json;

constexpr std::string_view kManifestFile = "manifest.json";
constexpr JsonBounds kManifestBounds{256 << 10, 16, 8192};
constexpr std::size_t kPagesMax = 256;
constexpr std::size_t kTranslationsMax = 31;
constexpr std::int64_t kVersionCodeMax = 2'147'483'647;

Error invalid(std::string message) {
  return {ErrorCode::PackageManifestInvalid, std::string(kManifestFile) + " " + std::move(message)};
}

/// The first `charactersMax` characters of `text`.
std::string cut(std::string_view text, std::size_t charactersMax) {
  std::size_t end = text.size();
  while (codePoints(text.substr(0, end)) > charactersMax) {
    do --end;
    while (end > 0 && (static_cast<std::uint8_t>(text[end]) & 0xc0) == 0x80);
  }
  return std::string(text.substr(0, end));
}

void readNames(ManifestReading& reading, JsonFields& fields, Manifest& manifest) {
  fields.integer("manifest_version", Presence::Required, 1, 1);
  manifest.appId = AppId(fields.text("app_id", Presence::Required, rules::kAppId));
  manifest.name = reading.localText(fields, "name", Presence::Required, {1, 45});
  manifest.shortName = reading.localText(fields, "short_name", Presence::Optional, {1, 12});
  if (manifest.shortName.empty()) manifest.shortName = cut(manifest.name, 12);
  manifest.description = reading.localText(fields, "description", Presence::Optional, {0, 500});
  fields.oneOf("dir", {"ltr", "rtl", "auto"}, "auto");
  fields.oneOf("color_scheme", {"auto", "light", "dark"}, "auto");
  fields.texts("device_type", Presence::Optional, 6, rules::kDeviceType);
}

void readVersions(ManifestReading& reading, JsonFields& fields, Manifest& manifest) {
  if (const json* value = reading.requiredObject(fields, "version")) {
    JsonFields version(*value, fields.pathOf("version"), reading.mistakes);
    manifest.versionName = version.text("name", Presence::Required, {1, 32});
    manifest.versionCode =
        version.integer("code", Presence::Required, 1, kVersionCodeMax).value_or(0);
    version.refuseOthers();
  }
  if (const json* value = reading.requiredObject(fields, "platform_version")) {
    JsonFields platform(*value, fields.pathOf("platform_version"), reading.mistakes);
    manifest.platformMinCode =
        platform.integer("min_code", Presence::Required, 1, kVersionCodeMax).value_or(1);
    platform.integer("target_code", Presence::Optional, manifest.platformMinCode, kVersionCodeMax);
    platform.refuseOthers();
  }
}

void readFiles(ManifestReading& reading, JsonFields& fields, Manifest& manifest) {
  const std::string entry = fields.text("entry", Presence::Optional, rules::kPath);
  if (!entry.empty()) manifest.entry = entry;
  if (!reading.files.contains(manifest.entry)) {
    fields.mistake("entry", "the package has no file '" + printable(manifest.entry, 120) +
                                "'; name the ES module that starts the app (app.js by default)");
  }
  manifest.pages = fields.texts("pages", Presence::Required, kPagesMax, rules::kPath);
  readSubpackages(reading, fields);
  readIcons(reading, fields, manifest);
  readIntegrity(reading, fields);
}

/// Blocks that demand one another.
void checkTogether(JsonFields& fields, const Manifest& manifest) {
  const auto declares = [&](std::string_view name) { return manifest.declared(name) != nullptr; };
  if (!manifest.payments && (declares("payments.charge") || declares("payments.recurring"))) {
    fields.mistake("payments",
                   "is missing; an app that declares payments.charge or "
                   "payments.recurring names its merchant, methods and currencies here");
  }
  if (manifest.identity.claims.empty() && declares("identity.claims")) {
    fields.mistake("identity",
                   "names no claims; an app that declares identity.claims lists them in "
                   "identity.claims");
  }
  for (const auto* list : {&manifest.requiredPermissions, &manifest.optionalPermissions}) {
    for (const auto& permission : *list) {
      if (!permission.name.starts_with("net:")) continue;
      const auto& domains = manifest.network.domains;
      const std::string origin = permission.name.substr(4);
      if (std::find(domains.begin(), domains.end(), origin) == domains.end()) {
        fields.mistake("network", "does not list " + origin + " in domains; the permission '" +
                                      permission.name + "' asks for it");
      }
    }
  }
}

/// Reads the texts once more for each other language that the package has, all of them or none.
Result<void> readTranslations(const ManifestReading& own, const json& source, Manifest& manifest) {
  constexpr std::string_view kFolder = "i18n/", kEnding = ".json";
  for (auto file = own.files.lower_bound(kFolder); file != own.files.end(); ++file) {
    const std::string_view path = file->first;
    if (!path.starts_with(kFolder)) break;
    if (!path.ends_with(kEnding)) continue;
    const std::string tag(
        path.substr(kFolder.size(), path.size() - kFolder.size() - kEnding.size()));
    if (tag == own.lang || tag.find('/') != tag.npos) continue;
    if (manifest.translations.size() == kTranslationsMax) {
      return invalid("has texts in more than " + std::to_string(kTranslationsMax + 1) +
                     " languages");
    }
    Mistakes mistakes;
    ManifestReading reading{own.files, own.rules, mistakes, tag};
    JsonFields fields(source, "", mistakes);
    Manifest read;
    read.lang = tag;
    readNames(reading, fields, read);
    readPermissions(reading, fields, read);
    if (!mistakes.none()) return invalid("with " + std::string(path) + ": " + mistakes.text());
    manifest.translations.emplace(tag, read.textsFor(tag));
  }
  return {};
}

}  // namespace

Result<Manifest> parseManifest(const FileMap& files, ManifestRules rules) {
  const auto file = files.find(kManifestFile);
  if (file == files.end()) return invalid("is missing: it must lie at the root of the package");
  const auto parsed = parseJson(file->second, kManifestBounds);
  if (!parsed) return invalid("cannot be read: " + parsed.error().message);

  Manifest manifest;
  Mistakes mistakes;
  ManifestReading reading{files, rules, mistakes, "en"};
  JsonFields fields(*parsed, "", mistakes);
  const std::string lang = fields.text("lang", Presence::Optional, rules::kLanguage);
  if (!lang.empty()) manifest.lang = reading.lang = lang;
  readNames(reading, fields, manifest);
  readVersions(reading, fields, manifest);
  readFiles(reading, fields, manifest);
  readPermissions(reading, fields, manifest);
  readServices(reading, fields, manifest);
  readLimits(reading, fields, manifest);
  readPresentation(reading, fields, manifest);
  readOperator(reading, fields, manifest);
  checkTogether(fields, manifest);
  fields.refuseOthers(JsonFields::Extensions::Allowed);

  if (!mistakes.none()) return invalid(mistakes.text());
  if (reading.hasReferences) {
    if (auto read = readTranslations(reading, *parsed, manifest); !read) return read.error();
  }
  if (manifest.platformMinCode > kPlatformCode) {
    return Error{ErrorCode::VersionTooOld,
                 "manifest.json /platform_version/min_code: the app needs API level " +
                     std::to_string(manifest.platformMinCode) + " and this host has level " +
                     std::to_string(kPlatformCode) + "; update the host"};
  }
  return manifest;
}

}  // namespace kiosk
