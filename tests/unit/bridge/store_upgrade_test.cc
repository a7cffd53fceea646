// Goal: a store that any released version wrote opens in this one with every row that it had, and
// has the same tables as a new one. Method: what each version added to the one before is stored in
// schemas/, one statement a line; a step that changes a released one fails here.

#include <doctest/doctest.h>

#include <map>
#include <sstream>

#include "bridge/store/dialect.h"
#include "bridge/store/schema.h"
#include "bridge/store/store.h"
#include "tests/unit/bridge/service_fixture.h"
#include "tests/unit/support/vectors.h"

namespace kiosk::bridge {
namespace {

std::string schemaFile(std::size_t version) {
  return std::string(KIOSK_SOURCE_DIR) + "/tests/unit/bridge/schemas/v" + std::to_string(version) +
         ".sql";
}

void writeOld(const std::string& path, std::size_t version) {
  soci::session sql;
  dialect::open(sql, {.path = path});
  for (std::size_t step = 1; step <= version; ++step) {
    std::istringstream lines(test::readWhole(schemaFile(step)));
    for (std::string line; std::getline(lines, line);) {
      if (!line.empty() && line.rfind("--", 0) != 0) sql << line;
    }
  }
}

/// Definitions by name.
std::map<std::string, std::string> definitions(soci::session& sql) {
  std::map<std::string, std::string> all;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL");
  for (const soci::row& row : rows) {
    auto text = row.get<std::string>(1);
    // Statements are formatted over lines; spaces are no part of what they say.
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    all[row.get<std::string>(0)] = text;
  }
  return all;
}

/// Rows by table.
std::map<std::string, long long> rowCounts(soci::session& sql) {
  std::map<std::string, long long> all;
  std::vector<std::string> tables;
  soci::rowset<std::string> rows =
      (sql.prepare << "SELECT name FROM sqlite_master WHERE type = 'table'");
  tables.assign(rows.begin(), rows.end());
  for (const auto& table : tables) {
    sql << "SELECT COUNT(*) FROM " + table, soci::into(all[table]);
  }
  all.erase("schema_version");
  return all;
}

template <class T>
T readFrom(Store& store, T (*read)(soci::session&)) {
  return *store.runNow<T>("test.read",
                          [read](soci::session& sql) -> Result<T> { return read(sql); });
}

}  // namespace

TEST_CASE("store: what every released version wrote is brought up to date with all its rows") {
  test::TempFolder newest;
  const auto fresh = std::move(*Store::open({.path = (newest.path() / "kiosk.db").string()}));
  const auto expected = readFrom(*fresh, definitions);
  std::size_t known = 0;
  while (std::filesystem::exists(schemaFile(known + 1))) ++known;
  // A new step comes with a new file: what it adds.
  REQUIRE(known == migrations().size());
  for (std::size_t version = 1; version <= known; ++version) {
    CAPTURE(version);
    test::TempFolder folder;
    const auto path = (folder.path() / "kiosk.db").string();
    writeOld(path, version);
    std::map<std::string, long long> before;
    {
      soci::session sql;
      dialect::open(sql, {.path = path});
      before = rowCounts(sql);
    }
    auto opened = Store::open({.path = path});
    REQUIRE(opened.has_value());
    CHECK(readFrom(**opened, definitions) == expected);
    const auto after = readFrom(**opened, rowCounts);
    CHECK(before.at("users") == 1);
    for (const auto& [table, rows] : before) {
      CAPTURE(table);
      CHECK(after.at(table) == rows);
    }
  }
}

TEST_CASE("store: a newer database is refused with words that say what to do, and is not touched") {
  test::TempFolder folder;
  const auto path = (folder.path() / "kiosk.db").string();
  writeOld(path, migrations().size());
  {
    soci::session sql;
    dialect::open(sql, {.path = path});
    sql << "INSERT INTO schema_version (version, name) VALUES (999, 'of tomorrow')";
    sql << "CREATE TABLE tomorrow (id TEXT)";
  }
  const auto opened = Store::open({.path = path});
  REQUIRE(!opened);
  CHECK(opened.error().code == ErrorCode::HostError);
  CHECK(opened.error().message.find("version 999") != std::string::npos);
  CHECK(opened.error().message.find("newer program") != std::string::npos);
  soci::session sql;
  dialect::open(sql, {.path = path});
  CHECK(rowCounts(sql).contains("tomorrow"));
}

}  // namespace kiosk::bridge
