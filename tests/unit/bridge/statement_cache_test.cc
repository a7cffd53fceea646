// Goal: statements that are kept between uses change nothing but the time. Method: whatever could
// tell a kept statement from a new one: an error before, another use at once, a value that was
// bound, a schema that changed, a connection that closes.

#include "bridge/store/statement_cache.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "bridge/store/dialect.h"
#include "tests/unit/support/temp_folder.h"

namespace kiosk::bridge {
namespace {

struct KeptDatabase {
  KeptDatabase() {
    dialect::open(sql, {.path = path()});
    sql << "CREATE TABLE things (id BIGINT PRIMARY KEY, name TEXT)";
  }
  std::string path() const { return (folder.path() / "kept.db").string(); }
  void add(long long id, const std::string& name) {
    sql << "INSERT INTO things (id, name) VALUES (:id, :name)", soci::use(id, "id"),
        soci::use(name, "name");
  }
  long long countThings() {
    long long count = 0;
    sql << "SELECT COUNT(*) FROM things", soci::into(count);
    return count;
  }
  std::size_t prepared() {
    std::size_t count = 0;
    sqlite_api::sqlite3_stmt* at = nullptr;
    while ((at = sqlite_api::sqlite3_next_stmt(dialect::connectionOf(sql), at)) != nullptr) ++count;
    return count;
  }

  test::TempFolder folder;
  soci::session sql;
};

TEST_CASE("kept statements: the same text is prepared once, and no more are kept than the bound") {
  KeptDatabase db;
  const std::size_t before = db.prepared();
  for (int i = 0; i < 10; ++i) db.add(i, "a");
  CHECK(db.prepared() == before + 1);
  CHECK(db.countThings() == 10);
  for (std::size_t i = 0; i < 2 * dialect::kKeptStatementsMax; ++i) {
    long long found = 0;
    db.sql << "SELECT " + std::to_string(i), soci::into(found);
    CHECK(found == static_cast<long long>(i));
  }
  CHECK(db.prepared() == dialect::kKeptStatementsMax);
}

TEST_CASE("kept statements: one that failed serves again") {
  KeptDatabase db;
  db.add(1, "a");
  CHECK_THROWS_AS(db.add(1, "b"), soci::soci_error);
  db.add(2, "c");
  CHECK(db.countThings() == 2);
}

TEST_CASE("kept statements: the same text in use twice at once is two statements") {
  KeptDatabase db;
  for (int i = 0; i < 3; ++i) db.add(i, "a");
  std::vector<long long> seen;
  const std::string text = "SELECT id FROM things ORDER BY id";
  soci::rowset<long long> outer = (db.sql.prepare << text);
  for (const long long first : outer) {
    soci::rowset<long long> inner = (db.sql.prepare << text);
    for (const long long second : inner) seen.push_back(first * 10 + second);
  }
  CHECK(seen == std::vector<long long>{0, 1, 2, 10, 11, 12, 20, 21, 22});
}

TEST_CASE("kept statements: no value of an earlier use is left") {
  KeptDatabase db;
  db.add(1, "secret");
  long long id = 2;
  std::string name;
  soci::indicator none = soci::i_null;
  db.sql << "INSERT INTO things (id, name) VALUES (:id, :name)", soci::use(id, "id"),
      soci::use(name, none, "name");
  soci::indicator found = soci::i_ok;
  db.sql << "SELECT name FROM things WHERE id = 2", soci::into(name, found);
  CHECK(found == soci::i_null);
  // Nor does a query that finds nothing answer what it found before.
  for (const long long wanted : {1LL, 9LL}) {
    db.sql << "SELECT name FROM things WHERE id = :id", soci::use(wanted, "id"), soci::into(name);
    CHECK(db.sql.got_data() == (wanted == 1));
  }
}

TEST_CASE("kept statements: a schema that another connection changed is seen") {
  KeptDatabase db;
  db.add(1, "a");
  CHECK(db.countThings() == 1);
  {
    soci::session other;
    dialect::open(other, {.path = db.path()});
    other << "DROP TABLE things";
    other << "CREATE TABLE things (name TEXT, extra TEXT, id BIGINT PRIMARY KEY)";
  }
  CHECK(db.countThings() == 0);
  db.add(7, "b");
  std::string name;
  db.sql << "SELECT name FROM things WHERE id = 7", soci::into(name);
  CHECK(name == "b");
}

TEST_CASE("kept statements: a connection that closes leaves no file of its log behind") {
  KeptDatabase db;
  db.add(1, "a");
  REQUIRE(std::filesystem::exists(db.path() + "-wal"));
  db.sql.close();
  CHECK(!std::filesystem::exists(db.path() + "-wal"));
}

}  // namespace
}  // namespace kiosk::bridge
