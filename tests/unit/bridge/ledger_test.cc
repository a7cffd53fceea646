// Goal: money is neither made nor lost. Method: a property test over seeded random movements
// against a plain model, and direct attempts to break the books through SQL.

#include "bridge/payments/ledger.h"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/unit/bridge/service_fixture.h"

namespace kiosk::bridge {
namespace {

using ledger::Account;
using ledger::Entry;
using ledger::OwnerKind;
using test::codeOf;
using test::TempFolder;

std::unique_ptr<Store> openStore(const TempFolder& folder) {
  auto store = Store::open({.path = (folder.path() / "kiosk.db").string()});
  REQUIRE(store);
  return std::move(*store);
}

Result<void> post(Store& store, const std::string& id, std::vector<Entry> entries) {
  return store.runNow<void>("test.post", [id, entries](soci::session& sql) {
    return ledger::post(sql, {.id = id, .createdAtMs = 1}, entries);
  });
}

std::int64_t balance(Store& store, const Account& account) {
  auto minor = store.runNow<std::int64_t>("test.balance", [account](soci::session& sql) {
    return Result<std::int64_t>(ledger::balance(sql, account));
  });
  REQUIRE(minor);
  return *minor;
}

ledger::Audit audit(Store& store) {
  auto found = store.runNow<ledger::Audit>(
      "test.audit", [](soci::session& sql) { return Result<ledger::Audit>(ledger::audit(sql)); });
  REQUIRE(found);
  return *found;
}

std::optional<ErrorCode> sqlRefuses(Store& store, const std::string& statement) {
  return codeOf(store.runNow<void>("test.sql", [statement](soci::session& sql) -> Result<void> {
    sql << statement;
    return {};
  }));
}

const Account kFunding{OwnerKind::Host, "funding", "RUB"};

TEST_CASE(
    "ledger: after any seeded run of movements the books equal a plain model and sum to zero") {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    CAPTURE(seed);
    TempFolder folder;
    auto store = openStore(folder);
    test::SeededRandom random(seed);
    std::vector<Account> accounts = {kFunding};
    for (int i = 0; i < 5; ++i) {
      accounts.push_back({OwnerKind::User, "u" + std::to_string(i), "RUB"});
      accounts.push_back({OwnerKind::Merchant, "m" + std::to_string(i), "RUB"});
    }
    std::vector<std::int64_t> model(accounts.size(), 0);
    auto done = store->runNow<void>("test.movements", [&](soci::session& sql) -> Result<void> {
      for (int step = 0; step < 600; ++step) {
        const auto from = random.below(accounts.size()), to = random.below(accounts.size());
        const auto amount = static_cast<std::int64_t>(1 + random.below(1'000'000));
        if (from == to) continue;
        const bool allowed = from == 0 || model[from] >= amount;
        sql << "SAVEPOINT step";
        const Entry entries[] = {{accounts[from], -amount}, {accounts[to], amount}};
        auto posted = ledger::post(sql, {.id = std::to_string(step), .createdAtMs = 1}, entries);
        CHECK(posted.has_value() == allowed);
        if (!posted) {
          CHECK(posted.error().code == ErrorCode::InsufficientFunds);
          sql << "ROLLBACK TO SAVEPOINT step";
        } else {
          model[from] -= amount;
          model[to] += amount;
        }
        sql << "RELEASE SAVEPOINT step";
      }
      return {};
    });
    REQUIRE(done.has_value());
    for (std::size_t i = 0; i < accounts.size(); ++i)
      CHECK(balance(*store, accounts[i]) == model[i]);
    const auto found = audit(*store);
    CHECK(found.sound());
    CHECK(found.transactions > 100);
  }
}

TEST_CASE("ledger: a movement over several accounts splits without a lost unit") {
  TempFolder folder;
  auto store = openStore(folder);
  const Account user{OwnerKind::User, "anna", "RUB"}, shop{OwnerKind::Merchant, "shop", "RUB"};
  const Account fee{OwnerKind::Merchant, "fee", "RUB"};
  REQUIRE(post(*store, "fund", {{kFunding, -1000}, {user, 1000}}).has_value());
  REQUIRE(post(*store, "split", {{user, -1000}, {shop, 667}, {fee, 333}}).has_value());
  CHECK(balance(*store, user) == 0);
  CHECK(balance(*store, shop) == 667);
  CHECK(balance(*store, fee) == 333);
  CHECK(audit(*store).sound());
}

TEST_CASE("ledger: the last unit can be spent, one more cannot, and the refusal books nothing") {
  TempFolder folder;
  auto store = openStore(folder);
  const Account user{OwnerKind::User, "anna", "RUB"}, shop{OwnerKind::Merchant, "shop", "RUB"};
  REQUIRE(post(*store, "fund", {{kFunding, -1}, {user, 1}}).has_value());
  CHECK(codeOf(post(*store, "two", {{user, -2}, {shop, 2}})) == ErrorCode::InsufficientFunds);
  CHECK(post(*store, "one", {{user, -1}, {shop, 1}}).has_value());
  CHECK(codeOf(post(*store, "again", {{user, -1}, {shop, 1}})) == ErrorCode::InsufficientFunds);
  CHECK(audit(*store).transactions == 2);
}

TEST_CASE("ledger: currencies of one owner are accounts of their own") {
  TempFolder folder;
  auto store = openStore(folder);
  const Account rub{OwnerKind::User, "anna", "RUB"}, jpy{OwnerKind::User, "anna", "JPY"};
  REQUIRE(post(*store, "fund", {{kFunding, -500}, {rub, 500}}).has_value());
  CHECK(balance(*store, jpy) == 0);
  CHECK(codeOf(post(*store, "spend", {{jpy, -1}, {{OwnerKind::Merchant, "s", "JPY"}, 1}})) ==
        ErrorCode::InsufficientFunds);
}

TEST_CASE("ledger: the database itself refuses to rewrite the books") {
  TempFolder folder;
  auto store = openStore(folder);
  const Account user{OwnerKind::User, "anna", "RUB"};
  REQUIRE(post(*store, "fund", {{kFunding, -5}, {user, 5}}).has_value());
  for (const char* statement :
       {"UPDATE ledger_entries SET amount_minor = amount_minor + 1",
        "UPDATE ledger_entries SET account_id = account_id", "DELETE FROM ledger_entries",
        "UPDATE ledger_transactions SET kind = 'payment'", "DELETE FROM ledger_transactions",
        "INSERT INTO ledger_entries VALUES ('fund', 3, 'user:RUB:anna', 0)",
        "INSERT INTO ledger_entries VALUES ('fund', 3, 'user:RUB:anna', 1000000000001)",
        "INSERT INTO ledger_entries VALUES ('fund', 3, 'user:RUB:nobody', 1)",
        "INSERT INTO ledger_entries VALUES ('nothing', 1, 'user:RUB:anna', 1)",
        "INSERT INTO ledger_entries VALUES ('fund', 1, 'user:RUB:anna', 1)",
        "UPDATE accounts SET balance_minor = -1 WHERE id = 'user:RUB:anna'",
        "UPDATE accounts SET balance_minor = 9000000000000000000", "DELETE FROM accounts"}) {
    CAPTURE(statement);
    CHECK(sqlRefuses(*store, statement) == ErrorCode::HostError);
  }
  CHECK(audit(*store).sound());
}

TEST_CASE("ledger: the audit sees a lone entry, a wrong balance and a payment without a booking") {
  const std::pair<const char*, std::int64_t ledger::Audit::*> breaks[] = {
      {"INSERT INTO ledger_entries VALUES ('fund', 3, 'user:RUB:anna', 1)",
       &ledger::Audit::unbalanced},
      {"UPDATE accounts SET balance_minor = balance_minor + 1 WHERE id = 'user:RUB:anna'",
       &ledger::Audit::wrongBalances},
      {"INSERT INTO payments VALUES ('p', 'm', 'o', 'u', 'a', 'RUB', 1, 'ledger', 'captured', '',"
       " '', '{}', 1, 1)",
       &ledger::Audit::paidWithoutBooking},
      {"INSERT INTO ledger_transactions VALUES ('t', 'payment', 'nothing', 1)",
       &ledger::Audit::bookedWithoutPayment},
  };
  for (const auto& [statement, member] : breaks) {
    CAPTURE(statement);
    TempFolder folder;
    auto store = openStore(folder);
    REQUIRE(
        post(*store, "fund", {{kFunding, -5}, {{OwnerKind::User, "anna", "RUB"}, 5}}).has_value());
    REQUIRE(!sqlRefuses(*store, statement));
    const auto found = audit(*store);
    CHECK(found.*member == 1);
    CHECK(!found.sound());
  }
}

}  // namespace
}  // namespace kiosk::bridge
