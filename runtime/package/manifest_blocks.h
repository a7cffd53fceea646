#pragma once
// The blocks of the manifest, one function each; manifest.cc calls them in order.

#include "runtime/package/json_fields.h"
#include "runtime/package/manifest.h"

namespace kiosk {

/// What reading a manifest needs at every place. Borrows everything for one parseManifest.
struct ManifestReading {
  const FileMap& files;
  const ManifestRules rules;
  Mistakes& mistakes;
  std::string lang;
  bool hasReferences = false;  ///< a text was `%name%`

  /// The object at `key`; its absence is a mistake. Null then.
  const nlohmann::json* requiredObject(JsonFields& fields, const char* key);
  /// A text for people. `%name%` stands for the text called `name` in i18n/<lang>.json.
  std::string localText(JsonFields& fields, const char* key, Presence presence, TextBounds bounds);
};

void readIcons(ManifestReading& reading, JsonFields& fields, Manifest& manifest);
void readSubpackages(ManifestReading& reading, JsonFields& fields);
void readIntegrity(ManifestReading& reading, JsonFields& fields);
void readPermissions(ManifestReading& reading, JsonFields& fields, Manifest& manifest);
/// network, identity, payments, messages, bot
void readServices(ManifestReading& reading, JsonFields& fields, Manifest& manifest);
/// storage, budget, background
void readLimits(ManifestReading& reading, JsonFields& fields, Manifest& manifest);
/// window, widgets, compat, entrypoints
void readPresentation(ManifestReading& reading, JsonFields& fields, Manifest& manifest);
void readOperator(ManifestReading& reading, JsonFields& fields, Manifest& manifest);

}  // namespace kiosk
