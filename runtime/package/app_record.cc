#include "runtime/package/app_record.h"

#include <algorithm>

#include "runtime/base/json.h"

namespace kiosk {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;

Error damaged(const std::string& what) {
  return Error{ErrorCode::HostError, "the record of an installed app is damaged: " + what};
}

/// Reads fields of one object and remembers the first that is missing or of another type.
class Fields {
 public:
  explicit Fields(const json& object) : object_(object) {}
  std::string text(const char* name) {
    const json* found = field(name, &json::is_string);
    return found != nullptr ? found->get<std::string>() : std::string();
  }
  std::int64_t number(const char* name) {
    const json* found = field(name, &json::is_number_integer);
    if (found == nullptr) return 0;
    const auto number = found->get<std::int64_t>();
    // Beyond 2^63 it would turn into a negative one.
    if (found->is_number_unsigned() && number < 0 && problem_.empty()) problem_ = name;
    return number;
  }
  bool flag(const char* name) {
    const json* found = field(name, &json::is_boolean);
    return found != nullptr && found->get<bool>();
  }
  const json& list(const char* name) {
    static const json kNone = json::array();
    const json* found = field(name, &json::is_array);
    return found != nullptr ? *found : kNone;
  }
  const std::string& problem() const { return problem_; }

 private:
  const json* field(const char* name, bool (json::*isRight)() const noexcept) {
    const auto found = object_.is_object() ? object_.find(name) : object_.end();
    if (found != object_.end() && (*found.*isRight)()) return &*found;
    if (problem_.empty()) problem_ = name;
    return nullptr;
  }
  const json& object_;
  std::string problem_;
};

Result<void> readVersion(const json& object, AppRecord& record) {
  Fields fields(object);
  AppVersion version;
  version.versionName = fields.text("name");
  version.versionCode = fields.number("code");
  version.payloadHash = fields.text("payloadHash");
  version.installedAtMs = fields.number("installedAtMs");
  for (const json& right : fields.list("rights")) {
    if (!right.is_string()) return damaged("rights");
    version.rights.push_back(right.get<std::string>());
  }
  const std::string fileHash = fields.text("fileHash");
  const std::string title = fields.text("title");
  if (!fields.problem().empty()) return damaged(fields.problem());
  // It becomes part of a path.
  if (fileHash.size() != 64 || fileHash.find_first_not_of("0123456789abcdef") != fileHash.npos) {
    return damaged("fileHash");
  }
  if (!record.fileHashes.emplace(version.versionCode, fileHash).second) {
    return damaged("two versions of one code");
  }
  record.titles[version.versionCode] = title;
  record.app.versions.push_back(std::move(version));
  return {};
}

}  // namespace

void AppRecord::activate(std::int64_t code) {
  app.activeCode = code;
  app.name = titles[code];
  if (app.waitingCode == code) app.waitingCode.reset();
}

std::vector<std::string> rightsOf(const Manifest& manifest) {
  std::vector<std::string> rights;
  for (const auto* list : {&manifest.requiredPermissions, &manifest.optionalPermissions}) {
    for (const auto& permission : *list) rights.push_back("permission " + permission.name);
  }
  for (const auto& domain : manifest.network.domains) rights.push_back("network " + domain);
  for (const auto& claim : manifest.identity.claims) rights.push_back("claim " + claim);
  if (manifest.payments) {
    rights.push_back("merchant " + manifest.payments->merchantId);
    if (manifest.payments->recurring) rights.push_back("recurring payments");
  }
  std::sort(rights.begin(), rights.end());
  rights.erase(std::unique(rights.begin(), rights.end()), rights.end());
  return rights;
}

std::vector<std::string> rightsBeyond(const std::vector<std::string>& rights,
                                      const std::vector<std::string>& before) {
  std::vector<std::string> more;
  std::set_difference(rights.begin(), rights.end(), before.begin(), before.end(),
                      std::back_inserter(more));
  return more;
}

std::string writeAppRecord(const AppRecord& record) {
  json versions = json::array();
  for (const AppVersion& version : record.app.versions) {
    versions.push_back({{"name", version.versionName},
                        {"code", version.versionCode},
                        {"payloadHash", version.payloadHash},
                        {"fileHash", record.fileHashes.at(version.versionCode)},
                        {"installedAtMs", version.installedAtMs},
                        {"title", record.titles.at(version.versionCode)},
                        {"rights", version.rights}});
  }
  return dumpJson({{"format", kFormat},
                   {"appId", record.app.id.value},
                   {"name", record.app.name},
                   {"developerKey", record.app.developerKey},
                   {"highestCode", record.highestCode},
                   {"activeCode", record.app.activeCode},
                   {"pinned", record.app.pinned},
                   {"waitingCode", record.app.waitingCode.value_or(0)},
                   {"versions", versions}}) +
         "\n";
}

Result<AppRecord> readAppRecord(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  const auto object = parseJson(text);
  if (!object) return damaged(object.error().message);
  Fields fields(*object);
  if (fields.number("format") != kFormat)
    return damaged("format; a newer Kiosk may have written it");
  AppRecord record;
  record.app.id = AppId(fields.text("appId"));
  record.app.name = fields.text("name");
  record.app.developerKey = fields.text("developerKey");
  record.highestCode = fields.number("highestCode");
  record.app.activeCode = fields.number("activeCode");
  record.app.pinned = fields.flag("pinned");
  if (const auto waiting = fields.number("waitingCode"); waiting != 0) {
    record.app.waitingCode = waiting;
  }
  const json& versions = fields.list("versions");
  if (!fields.problem().empty()) return damaged(fields.problem());
  for (const json& version : versions) {
    if (auto read = readVersion(version, record); !read) return read.error();
  }
  if (record.app.version(record.app.activeCode) == nullptr) return damaged("activeCode");
  if (record.app.waitingCode && record.app.version(*record.app.waitingCode) == nullptr) {
    return damaged("waitingCode");
  }
  return record;
}

}  // namespace kiosk
