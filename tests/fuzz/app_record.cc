// Goal: the record of an installed app that is taken is whole, and is written as it was read.
// Method: what was read is written and read again.

#include "runtime/package/app_record.h"

#include <algorithm>

#include "runtime/base/json.h"
#include "tests/fuzz/fuzz.h"

namespace kiosk::fuzz {
namespace {

/// A number that changes on the way in is another when it is written.
void checkNumbers(std::string_view text, const AppRecord& record) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  const auto source = parseJson(text);
  const auto written = parseJson(writeAppRecord(record));
  KIOSK_CHECK(source.has_value() && written.has_value(), "a record is JSON");
  for (const char* name : {"highestCode", "activeCode", "waitingCode"}) {
    KIOSK_CHECK((*source)[name].dump() == (*written)[name].dump(), "a number stays what it was");
  }
  const auto& before = (*source)["versions"];
  const auto& after = (*written)["versions"];
  KIOSK_CHECK(before.size() == after.size(), "each version is read");
  for (std::size_t i = 0; i < before.size(); ++i) {
    for (const char* name : {"code", "installedAtMs", "fileHash", "title"}) {
      KIOSK_CHECK(before[i][name].dump() == after[i][name].dump(), "a version stays what it was");
    }
  }
}

}  // namespace

void tryInput(std::string_view input) {
  const auto record = readAppRecord(input);
  if (!record) {
    KIOSK_CHECK(record.error().code == ErrorCode::HostError, "the code that is declared");
    return;
  }
  const auto& app = record->app;
  KIOSK_CHECK(app.version(app.activeCode) != nullptr, "the version that runs is there");
  KIOSK_CHECK(!app.waitingCode || app.version(*app.waitingCode) != nullptr,
              "the version that waits is there");
  for (const auto& version : app.versions) {
    const auto hash = record->fileHashes.find(version.versionCode);
    KIOSK_CHECK(hash != record->fileHashes.end() && hash->second.size() == 64 &&
                    hash->second.find_first_not_of("0123456789abcdef") == std::string::npos,
                "the name of a version's file is hex");
    auto rights = version.rights;
    std::sort(rights.begin(), rights.end());
    KIOSK_CHECK(rightsBeyond(rights, rights).empty(), "no right is beyond itself");
  }
  checkNumbers(input, *record);
  const auto written = writeAppRecord(*record);
  const auto again = readAppRecord(written);
  KIOSK_CHECK(again.has_value() && writeAppRecord(*again) == written, "what is written is read");
  AppRecord active = *record;
  active.activate(app.versions.back().versionCode);
  KIOSK_CHECK(readAppRecord(writeAppRecord(active)).has_value(), "another version may run");
}

std::vector<Seed> madeSeeds() {
  Manifest manifest;
  manifest.requiredPermissions = {{"identity.basic", "to greet you", "delivery", 30}};
  manifest.network.domains = {"https://api.example.ru"};
  manifest.payments = PaymentsDeclaration{.merchantId = "post",
                                          .methods = {},
                                          .currencies = {},
                                          .maxAmountMinor = 0,
                                          .recurring = true};
  AppRecord record;
  record.app.id = AppId("ru.post.parcel");
  record.app.developerKey = std::string(64, 'c');
  record.app.versions = {{.versionName = "1",
                          .versionCode = 3,
                          .payloadHash = "a",
                          .installedAtMs = 5,
                          .rights = rightsOf(manifest)}};
  record.fileHashes[3] = std::string(64, 'd');
  record.titles[3] = "Parcel";
  record.highestCode = 3;
  record.activate(3);
  return {{"one-version", writeAppRecord(record)}};
}

}  // namespace kiosk::fuzz
