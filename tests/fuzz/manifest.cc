// Goal: a manifest that is taken says nothing beyond its bounds and names files that are there.
// Method: an input is manifest.json, then NUL-divided texts in English and in Russian; what was
// read is held against the documented bounds, and read again with its members in another order.

#include "runtime/package/manifest.h"

#include <algorithm>

#include "runtime/base/json.h"
#include "runtime/package/names.h"
#include "runtime/package/origin.h"
#include "runtime/package/permission_names.h"
#include "tests/fuzz/fuzz.h"

namespace kiosk::fuzz {
namespace {

/// Its texts lie in files of their own.
constexpr std::string_view kLocalManifest = R"({"manifest_version":1,"app_id":"ru.post.parcel",
"name":"%name%","version":{"name":"1.2.0","code":3},"platform_version":{"min_code":1},
"icons":[{"src":"icon.png"}],"pages":["home"],"req_permissions":[{"name":"identity.basic",
"reason":"%why%","purpose":"%for%"}],"operator":{"name":"Post","address":"Moscow",
"email":"a@post.example.ru","privacy_policy_url":"https://post.example.ru/privacy",
"terms_url":"https://post.example.ru/terms","age_rating":"0+"}})";

FileMap packageOf(std::string_view input) {
  Pieces pieces(input);
  FileMap files = {{"app.js", "1"}, {"icon.png", "i"}, {"pages/home.js", "2"}, {"sub/a.js", "3"}};
  files["manifest.json"] = std::string(pieces.until('\0'));
  for (const char* name : {"i18n/en.json", "i18n/ru.json"}) {
    if (!pieces.empty()) files[name] = std::string(pieces.until('\0'));
  }
  return files;
}

void checkPermission(const DeclaredPermission& permission, const Manifest& manifest) {
  KIOSK_CHECK(manifest.declared(permission.name) != nullptr, "a declared permission is found");
  KIOSK_CHECK(codePoints(permission.reason) <= 200 && codePoints(permission.purpose) <= 80,
              "an app's reason and purpose are within their bounds");
  if (permission.name.starts_with("net:")) {
    KIOSK_CHECK(isPublicOrigin(permission.name.substr(4)), "net: names an origin");
  } else {
    KIOSK_CHECK(isPermissionName(permission.name), "a permission is one that there is");
  }
}

void checkManifest(const Manifest& manifest, const FileMap& files) {
  KIOSK_CHECK(!manifest.appId.value.empty() && manifest.appId.value.size() <= 128, "an app's id");
  KIOSK_CHECK(!manifest.name.empty() && codePoints(manifest.name) <= 45, "a name");
  KIOSK_CHECK(codePoints(manifest.shortName) <= 12, "a short name");
  KIOSK_CHECK(isUtf8(manifest.shortName), "a cut name is whole characters");
  KIOSK_CHECK(codePoints(manifest.description) <= 500, "a description");
  KIOSK_CHECK(manifest.versionCode >= 1 && manifest.platformMinCode <= kPlatformCode, "versions");
  KIOSK_CHECK(files.contains(manifest.entry), "the entry is a file");
  KIOSK_CHECK(!manifest.pages.empty(), "there is a page");
  for (const auto& page : manifest.pages) KIOSK_CHECK(checkName(page).has_value(), "a page");
  for (const auto& icon : manifest.icons) KIOSK_CHECK(files.contains(icon.path), "an icon");
  for (const auto* list : {&manifest.requiredPermissions, &manifest.optionalPermissions}) {
    for (const auto& permission : *list) checkPermission(permission, manifest);
  }
  for (const auto& domain : manifest.network.domains) {
    KIOSK_CHECK(isPublicOrigin(domain), "a domain is an origin of the internet");
  }
  if (manifest.payments) {
    KIOSK_CHECK(manifest.payments->maxAmountMinor >= 0, "no negative cap");
    KIOSK_CHECK(!manifest.payments->merchantId.empty(), "a merchant has an id");
  }
  for (const char* language : {"en", "ru", "ru-RU", ""}) {
    const auto texts = manifest.textsFor(language);
    KIOSK_CHECK(!texts.name.empty() && codePoints(texts.name) <= 45, "a name in each language");
  }
}

}  // namespace

void tryInput(std::string_view input) {
  auto files = packageOf(input);
  const auto published = parseManifest(files, ManifestRules::Published);
  const auto development = parseManifest(files, ManifestRules::Development);
  if (published) {
    KIOSK_CHECK(development.has_value(), "what may be published may be developed");
    KIOSK_CHECK(published->appOperator.has_value() && !published->icons.empty(),
                "who publishes is named");
    checkManifest(*published, files);
  }
  if (!development) {
    const auto code = development.error().code;
    KIOSK_CHECK(code == ErrorCode::PackageManifestInvalid || code == ErrorCode::VersionTooOld,
                "the codes that are declared");
    KIOSK_CHECK(isUtf8(development.error().message), "a message can be shown");
    return;
  }
  checkManifest(*development, files);
  const auto parsed = parseJson(files["manifest.json"]);
  KIOSK_CHECK(parsed.has_value(), "a manifest is JSON");
  const auto sorted = canonicalJson(*parsed);
  if (!sorted) return;
  files["manifest.json"] = *sorted;
  const auto again = parseManifest(files, ManifestRules::Development);
  KIOSK_CHECK(
      again.has_value() && again->appId == development->appId && again->name == development->name,
      "the order of members means nothing");
}

std::vector<Seed> madeSeeds() {
  const std::string nul(1, '\0');
  const std::string local = std::string(kLocalManifest) + nul;
  const std::string english = R"({"name":"Parcel","why":"To greet you","for":"delivery"})";
  const std::string russian = R"({"name":"Посылка","why":"Приветствие","for":"доставка"})";
  return {{"local", local + english + nul + russian},
          {"local-one", local + english},
          {"local-short", local + english + nul + R"({"name":"Посылка"})"},
          {"local-wrong", local + english + nul + R"({"name":1})"},
          {"local-not", local + "[]" + nul + "{"}};
}

}  // namespace kiosk::fuzz
