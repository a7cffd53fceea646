// Goal: an export holds everything of one user and nothing of another; after an erasure no byte of
// any file of the data folder tells of the user, and the books still add up. Method: a canary in
// every field of every table, written, changed and deleted; the raw bytes of all files.

#include "bridge/userdata/user_data.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "bridge/default_services.h"
#include "bridge/demo_seed.h"
#include "bridge/payments/jws.h"
#include "bridge/payments/ledger.h"
#include "runtime/base/json.h"
#include "tests/unit/bridge/service_fixture.h"
#include "tests/unit/support/vectors.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

constexpr const char* kUser = "canary-user-51c3";
constexpr const char* kUserCanary = "canary-51c3";
constexpr const char* kOther = "neighbour-77d1";

/// Rows of `user` in every table, with `mark` in every text.
std::vector<std::string> rowsOf(const std::string& user, const std::string& mark) {
  const auto q = [](const std::string& text) { return "'" + text + "'"; };
  const auto u = q(user), m = q(mark);
  const auto id = [&](const std::string& kind) { return q(kind + mark.substr(0, 3)); };
  return {
      "INSERT INTO users VALUES (" + u + "," + m + "," + m + "," + m + "," + m + ",'ru'," + m + ")",
      "INSERT INTO chats VALUES (" + id("chat-") + ", 'shared')",
      "INSERT INTO chat_members VALUES (" + id("chat-") + "," + u + ")",
      "INSERT INTO chat_reads VALUES (" + id("chat-") + "," + u + ",1)",
      "INSERT INTO messages VALUES (" + id("msg-") + "," + id("chat-") + "," + u + ",'app','App'," +
          m + "," + m + "," + m + ",1)",
      "INSERT INTO grants VALUES (" + u + ",'app','p'," + id("r-") + "," + m + "," + m + ",'ru'," +
          m + ",1)",
      "INSERT INTO grants_ended VALUES (" + id("e-") + "," + u + ",'app','p',1,2)",
      "INSERT INTO receipts SELECT COUNT(*) + 1, " + id("r-") + ", 'grant', '00', 1 FROM receipts",
      "INSERT INTO receipt_tokens SELECT MAX(seq)," + u + ",'app','p'," + m + " FROM receipts",
      "INSERT INTO refusals VALUES (" + u + ",'app'," + m + ",1,1)",
      "INSERT INTO day_counts VALUES (" + u + ",'app','prompts',1,1)",
      "INSERT INTO privacy_spent VALUES (" + u + ",'app'," + m + ",1)",
      "INSERT INTO spend_days VALUES (" + u + ",'','RUB',1,1)",
      "INSERT INTO tickets VALUES (" + id("t-") + "," + u + ",'app','App'," + m + "," + m + "," +
          m + ",'open',1)",
      "INSERT INTO payments VALUES (" + id("pay-") + ",'post','o-" + mark.substr(0, 3) + "'," + u +
          ",'app','RUB',100,'ledger','captured'," + m + "," + m + "," +
          q("{\"payer\":\"" + mark + "\"}") + ",1,1)",
      "INSERT INTO orders VALUES ('post','o-" + mark.substr(0, 3) + "','h'," + u +
          ",'app','captured','RUB',100,0," + id("pay-") + ",1,1,1,1)",
      "INSERT INTO outbox_events SELECT COALESCE(MAX(seq), 0) + 1," + id("ev-") + ",'post','o-" +
          mark.substr(0, 3) + "','order.captured'," + q("{\"payer\":\"" + mark + "\"}") +
          ",'waiting',0,'',1,1,0 FROM outbox_events",
      "INSERT INTO login_codes VALUES (" + id("code-") + ",'app'," + u + ",'openid','i','c'," +
          id("r-") + "," + m + ",0,1,2)",
      "INSERT INTO login_tokens VALUES (" + id("token-") + "," + id("code-") + ",'app'," + u + "," +
          id("r-") + "," + m + ",1,2)",
      "INSERT INTO subscriptions VALUES (" + id("sub-") + ",'post','plan'," + id("n-") +
          ",'h','Plus'" + ",'Post'," + u + ",'app'," + m + "," + m +
          ",'h','RUB',100,'months',1,10000,'active'" + ",'',1,1,9,0,''," + id("r-") + "," + m +
          ",1,1,1)",
      "INSERT INTO outbox_events SELECT COALESCE(MAX(seq), 0) + 1," + id("evs-") +
          ",'post','kiosk-sub-sub-" + mark.substr(0, 3) + "','subscription.created'," +
          q("{\"payer\":\"" + mark + "\"}") + ",'waiting',0,'',1,1,0 FROM outbox_events",
      "INSERT INTO money_requests VALUES (" + id("asked-") + ",'app'," + u + ",'vera'," + m +
          ",'RUB',100," + m + ",'open',''," + "1,4102444800000,0)",
      "INSERT INTO money_requests VALUES (" + id("asked-of-") + ",'app','vera'," + u + "," + m +
          ",'RUB',100," + m + ",'open',''," + "1,4102444800000,0)",
      "INSERT INTO idempotency_keys VALUES (" + u + ",'app'," + m + ",'h'," + id("pay-") + ")",
  };
}

struct UserBench {
  UserBench() {
    DefaultServicesConfig config;
    config.dataDir = (folder.path() / "data").string();
    config.picker = &picker;
    services = std::move(*makeDefaultServices(config));
    services.store->attached(loop);
    KIOSK_CHECK(seedDemo(*services.store, systemClock()).has_value(), "the demo's data is written");
    openLog();
    fill(kUser, kUserCanary);
    fill(kOther, kOther);
  }
  void openLog() {
    AuditConfig config;
    config.dir = (folder.path() / "data/audit").string();
    config.segmentBytesMax = 2000;
    config.signer = auditSigner(*services.keys);
    audit = std::move(*AuditLog::open(config));
  }
  void run(const std::string& statement) {
    const auto done =
        services.store->runNow<void>("test.fill", [&](soci::session& sql) -> Result<void> {
          sql << statement;
          return {};
        });
    REQUIRE_MESSAGE(done.has_value(), statement);
  }
  template <class T>
  void wait(std::function<void(std::function<void(Result<T>)>)> start) {
    bool came = false;
    start([&](Result<T> result) {
      CHECK(result.has_value());
      came = true;
    });
    loop.runUntil([&] { return came; });
  }
  void fill(const std::string& user, const std::string& mark) {
    for (const auto& statement : rowsOf(user, mark)) run(statement);
    const auto posted = services.store->runNow<void>("test.fund", [&](soci::session& sql) {
      const ledger::Entry entries[] = {{{ledger::OwnerKind::User, user, "RUB"}, 500},
                                       {{ledger::OwnerKind::Host, "bank", "RUB"}, -500}};
      return ledger::post(sql, {.id = "fund-" + mark.substr(0, 3), .createdAtMs = 1}, entries);
    });
    REQUIRE(posted.has_value());
    const StorageOwner owner{UserId(user), AppId("app")};
    for (auto* storage : {services.storage.get(), services.secureStorage.get()}) {
      // Written, changed and removed: the old texts stand on free pages and in the log.
      for (int i = 0; i < 20; ++i) {
        const auto value = "\"" + mark + std::string(900, 'x') + "\"";
        wait<void>([&](auto done) {
          storage->write(owner, {{mark + std::to_string(i), value}}, {1 << 20, 100}, done);
        });
      }
      for (int i = 0; i < 10; ++i) {
        wait<bool>([&](auto done) { storage->remove(owner, mark + std::to_string(i), done); });
      }
    }
    auto subject = std::make_shared<AuditSubject>();
    subject->user = user;
    subject->app = "app";
    for (int i = 0; i < 20; ++i) {
      AuditRecord record;
      record.subject = subject;
      record.params = "{\"key\":\"" + mark + "\"}";
      record.shape = "key:string";
      audit->append(std::move(record));
      audit->flush();
    }
  }
  /// Files below the data folder that hold `text`.
  std::vector<std::string> filesWith(const std::string& text) const {
    std::vector<std::string> found;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder.path() / "data")) {
      if (!entry.is_regular_file()) continue;
      const auto& path = entry.path();
      if (test::readWhole(path.string()).find(text) != std::string::npos) {
        found.push_back(path.filename().string());
      }
    }
    return found;
  }
  UserDataParts parts() {
    return {*services.store, *audit,
            *services.keys,  keysOfFile((folder.path() / "data/keys/storage.key").string()),
            systemClock(),   systemRandom()};
  }
  std::int64_t number(const std::string& query) {
    return *services.store->runNow<std::int64_t>("test.number",
                                                 [&](soci::session& sql) -> Result<std::int64_t> {
                                                   long long value = 0;
                                                   sql << query, soci::into(value);
                                                   return value;
                                                 });
  }

  test::TempFolder folder;
  test::HandPicker picker;
  test::HandLoop loop;
  DefaultServices services;
  std::unique_ptr<AuditLog> audit;
};

}  // namespace

TEST_CASE("user export: holds everything of the user, opened, and nothing of another") {
  UserBench bench;
  const auto made = exportUser(bench.parts(), UserId(kUser));
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().message));
  const auto& tables = made->data["tables"];
  for (const char* table :
       {"users", "chat_members", "chat_reads", "messages", "grants", "grants_ended",
        "receipt_tokens", "refusals", "day_counts", "privacy_spent", "storage_items", "tickets",
        "payments", "orders", "subscriptions", "money_requests", "idempotency_keys", "accounts"}) {
    CAPTURE(table);
    CHECK(tables.contains(table));
  }
  CHECK(tables["storage_items"].size() == 10);
  CHECK(tables["accounts"][0]["balance_minor"] == 500);
  // Who the other one is stays with them.
  REQUIRE(tables["money_requests"].size() == 2);
  CHECK(tables["money_requests"].dump().find("vera") == std::string::npos);
  REQUIRE(made->data["secure"].size() == 10);
  CHECK(made->data["secure"][0]["key"] == std::string(kUserCanary) + "10");
  CHECK(made->data["secure"][0]["value"].get<std::string>().rfind(kUserCanary, 0) == 0);
  CHECK(made->data.dump().find(kOther) == std::string::npos);
  const auto receipt = parseJws(made->receipt, kExportReceiptType);
  REQUIRE(receipt.has_value());
  CHECK(verifyJws(*receipt, bytesOf(bench.services.keys->signing().publicKey())));
  CHECK(receipt->payload["dataHash"] == sha256Hex(dumpJson(made->data)));
  const auto nobody = exportUser(bench.parts(), UserId("nobody"));
  CHECK(test::codeOf(nobody) == ErrorCode::NotFound);
}

TEST_CASE("user erase: no file tells of the user afterwards, free pages and logs included") {
  UserBench bench;
  // The search finds what is there: in the tables, and in the log that was not emptied yet.
  const auto before = bench.filesWith(kUserCanary);
  CHECK(std::find(before.begin(), before.end(), "kiosk.db-wal") != before.end());
  const auto made = eraseUser(bench.parts(), UserId(kUser));
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().message));
  CHECK(made->counts["storage_items"] == 10);
  CHECK(made->counts["secure_items"] == 10);
  CHECK(made->counts["users"] == 1);
  CHECK(made->counts["grants"] == 1);
  bench.audit->flush();
  for (const std::string text : {kUserCanary, kUser}) {
    const auto after = bench.filesWith(text);
    CHECK_MESSAGE(after.empty(), (after.empty() ? "" : after.front()));
  }
  CHECK(std::filesystem::file_size(bench.folder.path() / "data/kiosk.db-wal") == 0);
  // The neighbour has everything.
  const auto other = exportUser(bench.parts(), UserId(kOther));
  REQUIRE(other.has_value());
  CHECK(other->data["tables"]["storage_items"].size() == 10);
  CHECK(other->data["secure"].size() == 10);
  CHECK(test::codeOf(exportUser(bench.parts(), UserId(kUser))) == ErrorCode::NotFound);
}

TEST_CASE("user erase: the books go on under a pseudonym, add up, and stay append-only") {
  UserBench bench;
  const auto made = eraseUser(bench.parts(), UserId(kUser));
  REQUIRE(made.has_value());
  const auto where = " WHERE user_id = '" + made->pseudonym + "'";
  CHECK(bench.number("SELECT COUNT(*) FROM payments" + where) == 1);
  CHECK(bench.number("SELECT COUNT(*) FROM orders" + where) == 1);
  CHECK(bench.number("SELECT COUNT(*) FROM money_requests WHERE note = '' AND state = 'cancelled'"
                     " AND '" +
                     made->pseudonym + "' IN (requester_id, payer_id)") == 2);
  CHECK(made->counts["money_requests"] == 2);
  CHECK(bench.number("SELECT balance_minor FROM accounts WHERE owner_id = '" + made->pseudonym +
                     "'") == 500);
  CHECK(bench.number("SELECT SUM(amount_minor) FROM ledger_entries WHERE account_id ="
                     " 'user:RUB:" +
                     made->pseudonym + "'") == 500);
  CHECK(bench.number("SELECT SUM(balance_minor) FROM accounts") == 0);
  CHECK(bench.number("SELECT COUNT(*) FROM pragma_foreign_key_check") == 0);
  const auto changed =
      bench.services.store->runNow<void>("test.change", [](soci::session& sql) -> Result<void> {
        sql << "UPDATE ledger_entries SET amount_minor = 1";
        return {};
      });
  CHECK_FALSE(changed.has_value());
}

TEST_CASE("user erase: is on record with its receipt, which the host's public key verifies") {
  UserBench bench;
  const auto made = eraseUser(bench.parts(), UserId(kUser));
  REQUIRE(made.has_value());
  const auto receipt = parseJws(made->receipt, kErasureReceiptType);
  REQUIRE(receipt.has_value());
  CHECK(verifyJws(*receipt, bytesOf(bench.services.keys->signing().publicKey())));
  CHECK(receipt->payload["rows"] == made->counts);
  CHECK(made->receipt.find(kUser) == std::string::npos);
  bench.audit.reset();
  const auto dir = (bench.folder.path() / "data/audit").string();
  std::vector<std::string> kinds;
  CHECK(readAudit(dir, {.user = kUser}, [&](std::string_view line) {
          const auto record = json::parse(line);
          if (record.value("receipt", "") == made->receiptId) kinds.push_back(record["kind"]);
        }).has_value());
  CHECK(kinds == std::vector<std::string>{"intent", "erased"});
  const auto report =
      *verifyAudit(dir, {*HostKeys::publicKeys((bench.folder.path() / "data/keys").string())});
  CHECK_MESSAGE(report.sound, report.why);
  // Again: harmless, and finishes what a crash may have cut short.
  bench.openLog();
  const auto again = eraseUser(bench.parts(), UserId(kUser));
  REQUIRE(again.has_value());
  CHECK(again->counts.empty());
  CHECK(again->pseudonym == made->pseudonym);
}

}  // namespace kiosk::bridge
