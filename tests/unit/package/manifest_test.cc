// Goal: a manifest says what it says or is refused with the field, what is wrong and what is
// allowed. Method: one good manifest, changed in one place each by an RFC 6902 patch; the path and
// the words of each mistake are part of the promise.
#include "runtime/package/manifest.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "runtime/package/origin.h"
#include "runtime/package/permission_names.h"
#include "tests/unit/package/sample_package.h"
#include "tests/unit/support/vectors.h"

using namespace kiosk;
using namespace kiosk::test;
using nlohmann::json;

namespace {

Result<Manifest> parse(const json& manifest, ManifestRules rules = ManifestRules::Published) {
  FileMap files = sampleFiles();
  files["manifest.json"] = manifest.dump();
  return parseManifest(files, rules);
}

/// The sample with `value` at the JSON pointer `path`.
json with(const std::string& path, const json& value) {
  json manifest = sampleManifest();
  manifest[json::json_pointer(path)] = value;
  return manifest;
}

json without(const std::string& path) {
  return sampleManifest().patch(json::array({{{"op", "remove"}, {"path", path}}}));
}

/// That `manifest` is refused and the message names `path` and says `words`.
void checkMistake(const json& manifest, const std::string& path, const std::string& words) {
  CAPTURE(path);
  const auto parsed = parse(manifest);
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().code == ErrorCode::PackageManifestInvalid);
  const std::string& message = parsed.error().message;
  CHECK_MESSAGE(message.find(path + ": ") != std::string::npos, message);
  CHECK_MESSAGE(message.find(words) != std::string::npos, message);
}

void checkFine(const json& manifest) {
  const auto parsed = parse(manifest);
  CHECK_MESSAGE(parsed.has_value(), (parsed ? "" : parsed.error().message));
}

}  // namespace

TEST_CASE("manifest: every block is read into its fields") {
  json manifest = sampleManifest();
  manifest.merge_patch(json::parse(R"({
    "short_name": "Box", "description": "Tracks", "lang": "ru", "dir": "ltr",
    "color_scheme": "dark", "device_type": ["phone", "tablet"],
    "platform_version": {"min_code": 1, "target_code": 2},
    "subpackages": [{"root": "extra", "name": "extra", "pages": ["extra/a"], "independent": true}],
    "window": {"fullscreen": true}, "widgets": [{"name": "w"}],
    "opt_permissions": [
      {"name": "payments.charge", "reason": "Customs fee", "purpose": "delivery",
       "retention_days": 30},
      {"name": "identity.claims", "reason": "Age", "purpose": "delivery"},
      {"name": "net:https://api.post.example.ru", "reason": "Tracking", "purpose": "delivery"}],
    "network": {"domains": ["https://api.post.example.ru", "wss://*.post.example.ru:8443"],
      "dev_domains": ["http://localhost:3000"], "reason": "Tracking"},
    "identity": {"claims": ["birthdate"], "assurance": "verified"},
    "payments": {"merchant_id": "post-1", "methods": ["sbp", "card"], "currencies": ["RUB"],
      "max_amount": 500000, "recurring": true},
    "messages": {"templates": ["parcel.arrived"], "write_access": true},
    "bot": {"username": "postbot", "commands": [{"name": "track", "description": "Track"}],
      "start_button": "open"},
    "storage": {"local_kb": 100, "secure_keys": 4, "cloud": true},
    "budget": {"cpu_ms_per_turn": 50, "heap_mb": 32, "calls_per_min": 60, "privacy_points": 10,
      "prompts_per_day": 3, "notifications_per_day": 5},
    "background": {"grace_ms": 1000, "tasks": ["sync"]},
    "compat": ["telegram-webapp@9"], "entrypoints": {"chat": "pages/home"},
    "x-partner": {"anything": 1}
  })"));
  const auto parsed = parse(manifest);
  REQUIRE_MESSAGE(parsed.has_value(), (parsed ? "" : parsed.error().message));
  const Manifest& read = *parsed;
  CHECK(read.shortName == "Box");
  CHECK(read.description == "Tracks");
  CHECK(read.lang == "ru");
  CHECK(read.versionName == "1.2.0");
  CHECK(read.icons.at(0).path == "icon.png");
  CHECK(read.icons.at(0).sizes == "48x48");
  CHECK(read.pages == std::vector<std::string>{"pages/home"});
  CHECK(read.requiredPermissions.size() == 1);
  REQUIRE(read.declared("payments.charge") != nullptr);
  CHECK(read.declared("payments.charge")->reason == "Customs fee");
  CHECK(read.declared("payments.charge")->purpose == "delivery");
  CHECK(read.declared("payments.charge")->retentionDays == 30);
  CHECK(read.declared("device.camera") == nullptr);
  CHECK(read.network.domains.size() == 2);
  CHECK(read.network.devDomains.size() == 1);
  CHECK(read.identity.claims == std::vector<std::string>{"birthdate"});
  CHECK(read.identity.assurance == "verified");
  REQUIRE(read.payments.has_value());
  CHECK(read.payments->merchantId == "post-1");
  CHECK(read.payments->methods == std::vector<std::string>{"sbp", "card"});
  CHECK(read.payments->maxAmountMinor == 500'000);
  CHECK(read.payments->recurring);
  CHECK(read.messages.templates == std::vector<std::string>{"parcel.arrived"});
  CHECK(read.messages.writeAccess);
  CHECK(read.storageLocalKiB == 100);
  CHECK(read.storageSecureKeys == 4);
  CHECK(read.storageCloud);
  CHECK(read.budget.heapMiB == 32);
  CHECK(read.budget.notificationsPerDay == 5);
  CHECK(read.compat == std::vector<std::string>{"telegram-webapp@9"});
  REQUIRE(read.appOperator.has_value());
  CHECK(read.appOperator->email == "a@post.example.ru");
  CHECK(read.appOperator->ageRating == "0+");
}

TEST_CASE("manifest: what is absent gets its documented default") {
  const auto parsed = parse(without("/entry"));
  REQUIRE(parsed.has_value());
  CHECK(parsed->entry == "app.js");
  CHECK(parsed->lang == "en");
  CHECK(parsed->shortName == "Parcel");
  CHECK(parsed->storageLocalKiB == 10'240);
  CHECK_FALSE(parsed->payments.has_value());
  CHECK(parsed->network.domains.empty());
  CHECK_FALSE(parsed->budget.cpuMsPerTurn.has_value());
  const auto longName = parse(with("/name",
                                   "\u041e\u0447\u0435\u043d\u044c \u0434\u043b\u0438\u043d"
                                   "\u043d\u043e\u0435 \u0438\u043c\u044f"));
  REQUIRE(longName.has_value());
  CHECK(longName->shortName ==
        "\u041e\u0447\u0435\u043d\u044c \u0434\u043b\u0438\u043d\u043d\u043e");
}

TEST_CASE("manifest: each required field is missed by name, and only two of them in development") {
  for (const char* field : {"manifest_version", "app_id", "name", "version", "platform_version",
                            "icons", "pages", "operator"}) {
    const std::string path = "/" + std::string(field);
    checkMistake(without(path), path, "is missing");
    const bool mayMiss = path == "/icons" || path == "/operator";
    CHECK(parse(without(path), ManifestRules::Development).has_value() == mayMiss);
  }
  for (const char* path :
       {"/version/name", "/version/code", "/platform_version/min_code", "/icons/0/src",
        "/req_permissions/0/name", "/req_permissions/0/reason", "/req_permissions/0/purpose",
        "/operator/name", "/operator/address", "/operator/email", "/operator/privacy_policy_url",
        "/operator/terms_url", "/operator/age_rating"}) {
    checkMistake(without(path), path, "is missing");
    CHECK_FALSE(parse(without(path), ManifestRules::Development).has_value());
  }
}

TEST_CASE("manifest: unknown fields are mistakes at every level, but x-… at the top") {
  checkMistake(with("/permissions", json::array()), "/permissions", "there is no such field");
  checkMistake(with("/permissions", json::array()), "/permissions", "req_permissions");
  checkMistake(with("/version/build", 1), "/version/build", "there is no such field");
  checkMistake(with("/req_permissions/0/x-note", 1), "/req_permissions/0/x-note", "no such field");
  checkMistake(with("/operator/fax", "1"), "/operator/fax", "no such field");
  checkMistake(with("/a~1b~0c", 1), "/a~1b~0c", "no such field");
  checkFine(with("/x-anything", json::array({1, "two"})));
}

TEST_CASE("manifest: a wrong value is refused with what is allowed") {
  struct Case {
    std::string path;
    json value;
    std::string words;
  };
  const std::vector<Case> cases = {
      {"/manifest_version", 2, "a whole number from 1 to 1"},
      {"/manifest_version", "1", "a whole number"},
      {"/manifest_version", 1.5, "a whole number"},
      {"/app_id", "Parcel", "reverse domain name"},
      {"/app_id", "parcel", "reverse domain name"},
      {"/app_id", "ru.", "reverse domain name"},
      {"/app_id", "ru.Post", "reverse domain name"},
      {"/app_id", "1ru.post", "reverse domain name"},
      {"/app_id", "ru." + std::string(128, 'a'), "at most 128 bytes"},
      {"/name", "", "1 to 45 characters"},
      {"/name", std::string(46, 'x'), "1 to 45 characters"},
      {"/name", "two\nlines", "without control characters"},
      {"/name", "\u202egpj", "without control characters"},
      {"/short_name", std::string(13, 'x'), "1 to 12 characters"},
      {"/description", std::string(501, 'x'), "0 to 500 characters"},
      {"/description", 5, "a text"},
      {"/lang", "russian language", "language tag"},
      {"/dir", "up", "one of: ltr, rtl, auto"},
      {"/color_scheme", "pink", "one of: auto, light, dark"},
      {"/device_type", json::array({"fridge"}), "one of: phone"},
      {"/version", "1.0", "is not an object"},
      {"/version/code", 0, "a whole number from 1"},
      {"/version/code", -1, "a whole number from 1"},
      {"/version/code", 2'147'483'648, "to 2147483647"},
      {"/version/code", UINT64_MAX, "to 2147483647"},
      {"/version/name", std::string(33, '1'), "1 to 32 characters"},
      {"/platform_version/target_code", 0, "a whole number from 1"},
      {"/entry", "main.js", "the package has no file 'main.js'"},
      {"/entry", "../app.js", "a relative path"},
      {"/pages", json::array(), "1 to 256 elements"},
      {"/pages", "pages/home", "an array"},
      {"/pages/0", "/home", "a relative path"},
      {"/icons/0/src", "missing.png", "the package has no file 'missing.png'"},
      {"/icons/0/src", "https://example.ru/icon.png", "a relative path"},
      {"/icons/0/src", "../icon.png", "a relative path"},
      {"/req_permissions/0/name", "camera", "the names are: device.biometrics"},
      {"/req_permissions/0/name", "net:https://10.0.0.1", "net:<origin>"},
      {"/req_permissions/0/reason", std::string(201, 'x'), "1 to 200 characters"},
      {"/req_permissions/0/retention_days", -1, "0 to 3650"},
      {"/req_permissions/0/retention_days", true, "a whole number"},
      {"/opt_permissions", json::object(), "an array"},
      {"/identity", json{{"claims", {"shoe_size"}}}, "one of: fullname"},
      {"/identity", json{{"assurance", "high"}}, "one of: basic, verified, gov"},
      {"/payments", json{{"methods", {"cash"}}}, "one of: sbp, card, wallet"},
      {"/payments", json{{"currencies", {"rub"}}}, "ISO 4217"},
      {"/payments", json{{"max_amount", 0}}, "a whole number from 1"},
      {"/payments", json{{"merchant_id", "a b"}}, "1 to 64 of"},
      {"/messages", json{{"templates", {"Parcel Arrived"}}}, "1 to 64 of"},
      {"/messages", json{{"write_access", 1}}, "true or false"},
      {"/network", json::object(), "[] for none"},
      {"/network", json{{"domains", {"https://a.example.ru"}}}, "a text of 1 to 200"},
      {"/storage", json{{"local_kb", 10'241}}, "0 to 10240"},
      {"/storage", json{{"secure_keys", 33}}, "0 to 32"},
      {"/storage", json{{"cloud", "yes"}}, "true or false"},
      {"/budget", json{{"heap_mb", 2}}, "4 to 1024"},
      {"/budget", json{{"cpu_ms_per_turn", 0}}, "1 to 10000"},
      {"/background", json{{"grace_ms", 5001}}, "0 to 5000"},
      {"/window", json::array(), "is not an object"},
      {"/widgets", json::array({1}), "is not an object"},
      {"/compat", json::array({"wx@max"}), "one of: max-webapp@26"},
      {"/entrypoints", json{{"chat", "pages/none"}}, "not one of the app's pages"},
      {"/bot", json{{"username", "b"}, {"start_button", "press"}},
       "one of: open, start, play, none"},
      {"/bot", json{{"username", "b"}, {"commands", json::array({1})}}, "is not an object"},
      {"/subpackages", json::array({{{"root", "/abs"}}}), "a relative path"},
      {"/integrity", json{{"none.js", "00"}}, "does not have: 'none.js'"},
      {"/integrity", json{{"app.js", "00"}}, "the SHA-256 of 'app.js' is"},
      {"/operator/email", "post", "an e-mail address"},
      {"/operator/privacy_policy_url", "http://post.example.ru", "starts with https://"},
      {"/operator/privacy_policy_url", "https://127.0.0.1/x", "starts with https://"},
      {"/operator/age_rating", "21+", "one of: 0+, 6+, 12+, 16+, 18+"},
      {"/operator/inn", "123", "10 or 12 digits"},
      {"/operator/ogrn", "123", "13 or 15 digits"},
  };
  for (const auto& [path, value, words] : cases) {
    CAPTURE(path);
    CAPTURE(value.dump());
    const auto parsed = parse(with(path, value));
    REQUIRE_FALSE(parsed.has_value());
    const std::string& message = parsed.error().message;
    CHECK_MESSAGE(message.find("manifest.json " + path) != std::string::npos, message);
    CHECK_MESSAGE(message.find(words) != std::string::npos, message);
  }
}

TEST_CASE("manifest: the same thing twice is a mistake") {
  json manifest = sampleManifest();
  manifest["opt_permissions"] = manifest["req_permissions"];
  checkMistake(manifest, "/opt_permissions/0/name", "declared twice");
  checkMistake(with("/pages", json::array({"a", "a"})), "/pages/1", "stands twice");
}

TEST_CASE("manifest: blocks that demand one another are held together") {
  const json charge = {{"name", "payments.charge"}, {"reason", "r"}, {"purpose", "p"}};
  checkMistake(with("/opt_permissions", json::array({charge})), "/payments", "is missing");
  const json claims = {{"name", "identity.claims"}, {"reason", "r"}, {"purpose", "p"}};
  checkMistake(with("/opt_permissions", json::array({claims})), "/identity", "names no claims");
  const json net = {{"name", "net:https://a.example.ru"}, {"reason", "r"}, {"purpose", "p"}};
  checkMistake(with("/opt_permissions", json::array({net})), "/network", "does not list");
}

TEST_CASE("manifest: all mistakes are named at once, and no more than ten at length") {
  json manifest = sampleManifest();
  manifest["name"] = "";
  manifest["lang"] = 1;
  manifest.erase("pages");
  checkMistake(manifest, "/name", "1 to 45");
  checkMistake(manifest, "/lang", "language tag");
  checkMistake(manifest, "/pages", "is missing");
  for (int i = 0; i < 30; ++i) manifest["unknown" + std::to_string(i)] = 1;
  checkMistake(manifest, "/name", "23 more");
  CHECK(parse(manifest).error().message.size() < 10'000);
}

TEST_CASE("manifest: texts in %…% come from the package's language file") {
  json manifest = with("/name", "%title%");
  manifest["lang"] = "ru";
  const auto parsed = parse(manifest);
  REQUIRE_MESSAGE(parsed.has_value(), (parsed ? "" : parsed.error().message));
  CHECK(parsed->name == "\u041f\u043e\u0441\u044b\u043b\u043a\u0430");
  manifest["name"] = "%other%";
  checkMistake(manifest, "/name", "i18n/ru.json of the package does not have");
  manifest["name"] = "%title%";
  manifest["lang"] = "fr";
  checkMistake(manifest, "/name", "i18n/fr.json");
  FileMap files = sampleFiles();
  files["manifest.json"] = with("/name", "%title%").dump();
  files["i18n/en.json"] = json{{"title", std::string(46, 'x')}}.dump();
  const auto tooLong = parseManifest(files, ManifestRules::Published);
  REQUIRE_FALSE(tooLong.has_value());
  CHECK(tooLong.error().message.find("/name: ") != std::string::npos);
}

TEST_CASE("manifest: a reader gets the texts of their language, else the manifest's own") {
  FileMap files = sampleFiles();
  json manifest = with("/name", "%title%");
  manifest["opt_permissions"] =
      json::array({{{"name", "identity.phone"}, {"reason", "%why%"}, {"purpose", "delivery"}}});
  files["manifest.json"] = manifest.dump();
  files["i18n/en.json"] = json{{"title", "Parcel"}, {"why", "To call you"}}.dump();
  files["i18n/ru.json"] = json{{"title", "Посылка"}, {"why", "Чтобы позвонить"}}.dump();
  const auto parsed = parseManifest(files, ManifestRules::Published);
  REQUIRE_MESSAGE(parsed.has_value(), (parsed ? "" : parsed.error().message));
  CHECK(parsed->name == "Parcel");
  for (const char* tag : {"en", "en-GB", "de", ""}) {
    CHECK(parsed->textsFor(tag).name == "Parcel");
    CHECK(parsed->textsFor(tag).permissions.at("identity.phone").reason == "To call you");
  }
  for (const char* tag : {"ru", "ru-RU"}) {
    CHECK(parsed->textsFor(tag).name == "Посылка");
    CHECK(parsed->textsFor(tag).permissions.at("identity.phone").reason == "Чтобы позвонить");
    CHECK(parsed->textsFor(tag).permissions.at("identity.phone").purpose == "delivery");
  }
}

TEST_CASE("manifest: a language that lacks a text, or has one that is too long, is refused") {
  FileMap files = sampleFiles();
  files["manifest.json"] = with("/name", "%title%").dump();
  files["i18n/en.json"] = json{{"title", "Parcel"}}.dump();
  const auto messageWith = [&](const json& texts) {
    files["i18n/ru.json"] = texts.dump();
    const auto parsed = parseManifest(files, ManifestRules::Published);
    REQUIRE_FALSE(parsed.has_value());
    return parsed.error().message;
  };
  CHECK(messageWith({{"other", "x"}}).find("with i18n/ru.json: /name") != std::string::npos);
  CHECK(messageWith({{"title", std::string(46, 'x')}}).find("/name: ") != std::string::npos);
  files["i18n/ru.json"] = json{{"title", "x"}}.dump();
  for (int i = 0; i < 31; ++i) {
    files["i18n/x" + std::to_string(i) + ".json"] = json{{"title", "x"}}.dump();
  }
  const auto tooMany = parseManifest(files, ManifestRules::Published);
  REQUIRE_FALSE(tooMany.has_value());
  CHECK(tooMany.error().message.find("more than 32 languages") != std::string::npos);
}

TEST_CASE("manifest: a file that is missing, no JSON, or nested without end is refused") {
  FileMap files = sampleFiles();
  const auto messageOf = [&](const std::string& text) {
    files["manifest.json"] = text;
    const auto parsed = parseManifest(files, ManifestRules::Published);
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().code == ErrorCode::PackageManifestInvalid);
    return parsed.error().message;
  };
  CHECK(messageOf("{").find("cannot be read") != std::string::npos);
  CHECK(messageOf("[]").find("is not an object") != std::string::npos);
  CHECK(messageOf("\xef\xbb\xbf{}").find("byte order mark") != std::string::npos);
  CHECK(messageOf(R"({"app_id":"a.b","app_id":"a.c"})").find("stands twice") != std::string::npos);
  CHECK(messageOf(std::string(100'000, '[')).find("nested deeper than 16") != std::string::npos);
  CHECK(messageOf(std::string(300'000, ' ')).find("more than 262144 bytes") != std::string::npos);
  files.erase("manifest.json");
  CHECK(parseManifest(files, ManifestRules::Published).error().message.find("is missing") !=
        std::string::npos);
}

TEST_CASE("manifest: an app for a newer host is told so") {
  const auto parsed = parse(with("/platform_version/min_code", kPlatformCode + 1));
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().code == ErrorCode::VersionTooOld);
  CHECK(parsed.error().message.find("update the host") != std::string::npos);
}

TEST_CASE("manifest: generated integrity hashes that are right are accepted") {
  checkFine(with("/integrity", json{{"app.js", sha256Hex(sampleFiles().at("app.js"))}}));
}

TEST_CASE("manifest: a message carries nothing of the manifest that could fake a line") {
  const auto parsed = parse(with("/bad\n\x1b[2J\u202e", 1));
  REQUIRE_FALSE(parsed.has_value());
  CHECK(printable(parsed.error().message, 100'000) == parsed.error().message);
}

TEST_CASE("permissions: the names here are the rows of the bridge's table") {
  const auto table =
      parseJson(readWhole(std::string(KIOSK_SOURCE_DIR) + "/bridge/permissions.json"));
  REQUIRE(table.has_value());
  std::set<std::string> rows;
  for (const auto& row : (*table)["permissions"]) rows.insert(row["name"].get<std::string>());
  std::set<std::string> names;
  for (const auto name : permissionNames()) names.insert(std::string(name));
  CHECK(rows == names);
  CHECK(isPermissionName("identity.basic"));
  CHECK_FALSE(isPermissionName("identity"));
  CHECK_FALSE(isPermissionName(""));
}

TEST_CASE("origins: registered names over TLS only, and a developer's own machine besides") {
  for (const char* origin :
       {"https://example.ru", "wss://a.b.example.ru:8443", "https://*.example.ru",
        "https://xn--e1afmkfd.xn--p1ai", "https://a-b.example"}) {
    CHECK_MESSAGE(isPublicOrigin(origin), origin);
  }
  for (const char* origin : {"http://example.ru",
                             "https://",
                             "https://ru",
                             "https://localhost",
                             "https://a.localhost",
                             "https://127.0.0.1",
                             "https://0x7f.0.0.1",
                             "https://127.1",
                             "https://2130706433",
                             "https://[::1]",
                             "https://example.ru/",
                             "https://example.ru/path",
                             "https://user@example.ru",
                             "https://EXAMPLE.ru",
                             "https://*.ru",
                             "https://*",
                             "https://*.*.example.ru",
                             "https://a.*.example.ru",
                             "https://-a.example.ru",
                             "https://a-.example.ru",
                             "https://example.ru:",
                             "https://example.ru:0",
                             "https://example.ru:65536",
                             "https://example.ru:08",
                             "https://example..ru",
                             "https://example.ru.",
                             " https://example.ru",
                             "https://example.ru\n",
                             "ftp://example.ru",
                             "https://\u043f\u043e\u0447\u0442\u0430.\u0440\u0444"}) {
    CHECK_MESSAGE(!isPublicOrigin(origin), origin);
  }
  for (const char* origin : {"http://localhost:3000", "ws://127.0.0.1:1", "http://10.0.0.5",
                             "https://example.ru", "http://dev.example.ru"}) {
    CHECK_MESSAGE(isDevelopmentOrigin(origin), origin);
  }
  for (const char* origin :
       {"localhost", "http://1.2.3", "http://1.2.3.4.5", "file:///etc", "http://localhost/x"}) {
    CHECK_MESSAGE(!isDevelopmentOrigin(origin), origin);
  }
}
