// Goal: a request of money is paid by whom it asks, in full, once and in time, or not at all; the
// books say so. Method: payments raced, stepped over by the clock, and failed statement by
// statement, each with a store of its own; the ledger's audit afterwards.

#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "tests/unit/bridge/money_fixture.h"

namespace kiosk::bridge {
namespace {

using test::codeOf;
using test::MoneyBench;

constexpr std::int64_t kLunchMinor = 45'000;
constexpr int kMoneyFaultsMax = 200;

/// Throws before one statement, once; `left` outlives the session.
class MoneyFaultLogger final : public soci::logger_impl {
 public:
  explicit MoneyFaultLogger(std::shared_ptr<int> left) : left_(std::move(left)) {}
  void start_query(const std::string&) override {
    if (--*left_ == 0) throw std::runtime_error("the test's fault");
  }

 private:
  soci::logger_impl* do_clone() const override { return new MoneyFaultLogger(left_); }
  std::shared_ptr<int> left_;  ///< owners: the logger's copies and the test
};

/// Lets the store's statement number `at` from now on fail; what is left of `at` tells whether it
/// did.
std::shared_ptr<int> failMoneyAt(MoneyBench& bench, int at) {
  auto left = std::make_shared<int>(0);
  bench.query<int>([left](soci::session& s) {
    s.set_logger(soci::logger(new MoneyFaultLogger(left)));
    return 0;
  });
  *left = at;
  return left;
}

TEST_CASE("money: the asked user pays exactly what was asked for, once") {
  MoneyBench bench;
  const std::string id = bench.sent();
  const auto anna = bench.balance("anna"), boris = bench.balance("boris");
  CHECK(bench.pay("boris", id).has_value());
  CHECK(bench.pay("boris", id).has_value());
  CHECK(bench.balance("anna") == anna + kLunchMinor);
  CHECK(bench.balance("boris") == boris - kLunchMinor);
  CHECK(bench.transfers() == 1);
  CHECK(bench.statusOf(bench.anna, id) == "paid");
  CHECK(codeOf(bench.decline("boris", id)) == ErrorCode::DuplicateOrder);
  CHECK(bench.audit().sound());
}

TEST_CASE("money: nobody else pays or declines a request, the asking user neither") {
  MoneyBench bench;
  const std::string id = bench.sent();
  for (const char* user : {"anna", "vera", "nobody", ""}) {
    CAPTURE(user);
    CHECK(codeOf(bench.pay(user, id)) == ErrorCode::NotFound);
    CHECK(codeOf(bench.decline(user, id)) == ErrorCode::NotFound);
  }
  CHECK(codeOf(bench.pay("boris", "no-such-request")) == ErrorCode::NotFound);
  CHECK(bench.storedState(id) == "open");
  CHECK(bench.transfers() == 0);
}

TEST_CASE("money: two payments of one request that race move its amount once") {
  MoneyBench bench;
  const std::string id = bench.sent();
  const auto before = bench.balance("boris");
  int answers = 0;
  for (int i = 0; i < 2; ++i) {
    bench.store->run<void>(
        "test.race",
        [id, now = bench.clock.nowMs](soci::session& s) {
          return payMoneyRequest(s, UserId("boris"), id, now);
        },
        [&answers](const Result<void>& paid) { answers += paid.has_value() ? 1 : 0; });
  }
  // Another process over the same file.
  auto other = Store::open({.path = (bench.folder.path() / "kiosk.db").string()});
  REQUIRE(other.has_value());
  CHECK((*other)
            ->runNow<void>("test.race",
                           [id, now = bench.clock.nowMs](soci::session& s) {
                             return payMoneyRequest(s, UserId("boris"), id, now);
                           })
            .has_value());
  bench.loop.runUntil([&answers] { return answers == 2; });
  CHECK(bench.balance("boris") == before - kLunchMinor);
  CHECK(bench.transfers() == 1);
  CHECK(bench.audit().sound());
}

TEST_CASE("money: a declined request is not paid, and says so to the app") {
  MoneyBench bench;
  const std::string id = bench.sent();
  CHECK(bench.decline("boris", id).has_value());
  CHECK(bench.decline("boris", id).has_value());
  CHECK(codeOf(bench.pay("boris", id)) == ErrorCode::Declined);
  CHECK(bench.statusOf(bench.anna, id) == "declined");
  CHECK(bench.transfers() == 0);
}

TEST_CASE("money: without the money, or over the day's limit, the request stays open") {
  MoneyBench bench;
  const std::string much = bench.sent(MoneyBench::lunch(100'001));
  CHECK(codeOf(bench.pay("boris", much)) == ErrorCode::InsufficientFunds);
  CHECK(bench.statusOf(bench.anna, much) == "open");
  const std::string id = bench.sent();
  CHECK(codeOf(bench.pay("boris", id, {.userDayMinorMax = kLunchMinor - 1})) ==
        ErrorCode::LimitExceeded);
  CHECK(bench.balance("boris") == 100'000);
  // What was refused counts for nothing.
  CHECK(bench.pay("boris", id, {.userDayMinorMax = kLunchMinor}).has_value());
  bench.fund("boris", 100'000);
  CHECK(codeOf(bench.pay("boris", much, {.userDayMinorMax = kLunchMinor + 100'000})) ==
        ErrorCode::LimitExceeded);
  CHECK(bench.pay("boris", much).has_value());
  CHECK(bench.audit().sound());
}

TEST_CASE("money: a request ends after seven days, before the caretaker comes by and for good") {
  MoneyBench bench;
  const std::string id = bench.sent();
  bench.clock.nowMs += kMoneyRequestOpenMs - 1;
  bench.care();
  CHECK(bench.statusOf(bench.anna, id) == "open");
  bench.clock.nowMs += 1;
  CHECK(bench.statusOf(bench.anna, id) == "expired");
  CHECK(codeOf(bench.pay("boris", id)) == ErrorCode::OrderExpired);
  CHECK(codeOf(bench.decline("boris", id)) == ErrorCode::OrderExpired);
  CHECK(bench.storedState(id) == "open");
  bench.care();
  CHECK(bench.storedState(id) == "expired");
  // A clock that is set back brings nothing to life.
  bench.clock.nowMs -= 2 * kMoneyRequestOpenMs;
  CHECK(codeOf(bench.pay("boris", id)) == ErrorCode::OrderExpired);
  CHECK(bench.transfers() == 0);
}

TEST_CASE("money: a clock that is set back leaves an open request payable, and expires none") {
  MoneyBench bench;
  const std::string id = bench.sent();
  bench.clock.nowMs -= 10 * kMoneyRequestOpenMs;
  bench.care();
  CHECK(bench.statusOf(bench.anna, id) == "open");
  CHECK(bench.pay("boris", id).has_value());
  bench.clock.nowMs += 30 * kMoneyRequestOpenMs;
  bench.care();
  CHECK(bench.statusOf(bench.anna, id) == "paid");
  CHECK(bench.audit().sound());
}

TEST_CASE("money: a request whose statements fail one by one is whole or not there") {
  int failed = 0;
  for (int at = 1; at < kMoneyFaultsMax; ++at) {
    CAPTURE(at);
    MoneyBench bench;
    const auto left = failMoneyAt(bench, at);
    const auto first = bench.ask(bench.anna, MoneyBench::lunchAs("R-1"));
    const bool was = *left <= 0;
    *left = 0;
    CHECK(bench.requests() == (first ? 1 : 0));
    CHECK(bench.messages() == bench.requests());
    CHECK(bench.sent(MoneyBench::lunchAs("R-1")) == "R-1");
    CHECK(bench.requests() == 1);
    CHECK(bench.messages() == 1);
    if (!was) break;
    ++failed;
  }
  CHECK(failed > 10);
  CHECK(failed < kMoneyFaultsMax - 2);
}

TEST_CASE("money: a payment whose statements fail one by one is whole or not there") {
  int failed = 0;
  for (int at = 1; at < kMoneyFaultsMax; ++at) {
    CAPTURE(at);
    MoneyBench bench;
    const std::string id = bench.sent();
    const auto before = bench.balance("boris");
    const auto left = failMoneyAt(bench, at);
    const auto first = bench.pay("boris", id);
    const bool was = *left <= 0;
    *left = 0;
    CHECK(bench.audit().sound());
    CHECK(bench.balance("boris") == before - (first ? kLunchMinor : 0));
    CHECK(bench.pay("boris", id).has_value());
    CHECK(bench.balance("boris") == before - kLunchMinor);
    CHECK(bench.audit().sound());
    if (!was) break;
    ++failed;
  }
  CHECK(failed > 7);
  CHECK(failed < kMoneyFaultsMax - 2);
}

TEST_CASE("money: the ledger's audit tells of a transfer that is not what was asked for") {
  const char* const wrongs[] = {
      "UPDATE money_requests SET amount_minor = 1",
      "UPDATE money_requests SET payer_id = 'vera'",
      "UPDATE money_requests SET requester_id = 'vera'",
      "UPDATE money_requests SET currency = 'EUR'",
      "UPDATE money_requests SET state = 'open'",
      "DELETE FROM money_requests",
      "INSERT INTO money_requests SELECT 'more', app_id, requester_id, payer_id, 'more', currency,"
      " amount_minor, note, state, consent_id, 1, 1, 1 FROM money_requests"};
  for (const char* wrong : wrongs) {
    CAPTURE(wrong);
    MoneyBench bench;
    CHECK(bench.pay("boris", bench.sent()).has_value());
    CHECK(bench.audit().wrongTransfers == 0);
    bench.sql(wrong);
    CHECK(bench.audit().wrongTransfers > 0);
    CHECK(!bench.audit().sound());
  }
}

TEST_CASE(
    "money: what is open is taken back with the app's end, or its user's, and not another's") {
  MoneyBench bench;
  const std::string id = bench.sent(), other = bench.sent(MoneyBench::lunch(), &bench.boris);
  CHECK(bench.query<std::int64_t>([](soci::session& s) {
    return cancelMoneyRequests(s, UserId("anna"), AppId("ru.post.parcel"), 1) +
           cancelMoneyRequests(s, UserId("boris"), AppId("org.example.other"), 1);
  }) == 1);
  CHECK(codeOf(bench.pay("boris", id)) == ErrorCode::Cancelled);
  CHECK(bench.storedState(other) == "open");
  bench.query<int>([](soci::session& s) {
    cancelMoneyRequestsOf(s, UserId("anna"), 1);
    return 0;
  });
  CHECK(codeOf(bench.pay("anna", other)) == ErrorCode::Cancelled);
}

}  // namespace
}  // namespace kiosk::bridge
