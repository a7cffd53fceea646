// Goal: the record of an installed app says one thing, or is refused. Method: a good record with
// one member changed.

#include "runtime/package/app_record.h"

#include <doctest/doctest.h>

#include "runtime/base/json.h"

namespace kiosk::test {
namespace {

using nlohmann::json;

json goodRecord() {
  const json version = {{"name", "1.0"},          {"code", 3},
                        {"payloadHash", "a"},     {"fileHash", std::string(64, 'a')},
                        {"installedAtMs", 5},     {"title", "Parcel"},
                        {"rights", json::array()}};
  return {{"format", 1},      {"appId", "ru.post.parcel"}, {"name", "Parcel"},
          {"highestCode", 3}, {"developerKey", "b"},       {"activeCode", 3},
          {"pinned", false},  {"waitingCode", 0},          {"versions", json::array({version})}};
}

}  // namespace

TEST_CASE("app record: a number beyond 2^63 is refused, and does not turn negative") {
  REQUIRE(readAppRecord(goodRecord().dump()));
  auto record = goodRecord();
  record["highestCode"] = 18'446'744'073'709'551'615u;
  CHECK(!readAppRecord(record.dump()));
  record = goodRecord();
  record["versions"][0]["installedAtMs"] = std::uint64_t{1} << 63;
  CHECK(!readAppRecord(record.dump()));
}

TEST_CASE("app record: two versions of one code are refused: one would run the other's file") {
  auto record = goodRecord();
  record["versions"].push_back(record["versions"][0]);
  record["versions"][1]["fileHash"] = std::string(64, 'c');
  CHECK(!readAppRecord(record.dump()));
}

}  // namespace kiosk::test
