// Goal: a database that fails in the middle of a subscription's first or later charge leaves either
// the whole charge or none, and the next try makes it one. Method: the SQL statements of a call and
// of a caretaker's round are failed one by one, each with a store of its own, until none is left to
// fail.

#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "tests/unit/bridge/subscriptions_fixture.h"

namespace kiosk::bridge {
namespace {

using test::planPayload;
using test::SubscriptionsBench;

constexpr std::int64_t kFaultFee = 19'900;
constexpr int kFaultsMax = 400;

/// Throws before one statement, once; `left` outlives the session.
class FailingLogger final : public soci::logger_impl {
 public:
  explicit FailingLogger(std::shared_ptr<int> left) : left_(std::move(left)) {}
  void start_query(const std::string&) override {
    if (--*left_ == 0) throw std::runtime_error("the test's fault");
  }

 private:
  soci::logger_impl* do_clone() const override { return new FailingLogger(left_); }
  std::shared_ptr<int> left_;  ///< owners: the logger's copies and the test
};

/// Lets the store's statement number `at` from now on fail; what is left of `at` tells whether it
/// did.
std::shared_ptr<int> failAt(SubscriptionsBench& bench, int at) {
  auto left = std::make_shared<int>(0);
  bench.query<int>([left](soci::session& s) {
    s.set_logger(soci::logger(new FailingLogger(left)));
    return 0;
  });
  *left = at;
  return left;
}

TEST_CASE("subscription: a first charge whose statements fail one by one is whole or not there") {
  int failed = 0;
  for (int at = 1; at < kFaultsMax; ++at) {
    CAPTURE(at);
    SubscriptionsBench bench;
    const auto left = failAt(bench, at);
    const auto first = bench.subscribe(bench.anna, planPayload("PLUS", kFaultFee));
    const bool was = *left <= 0;
    *left = 0;
    CHECK(bench.audit().sound());
    CHECK(bench.merchantBalance() == (first ? kFaultFee : 0));
    const auto again = bench.subscribe(bench.anna, planPayload("PLUS", kFaultFee));
    REQUIRE(again);
    CHECK((*again)["status"] == "active");
    CHECK(bench.merchantBalance() == kFaultFee);
    CHECK(bench.charges() == 1);
    CHECK(bench.audit().sound());
    if (!was) break;
    ++failed;
  }
  CHECK(failed > 20);
  CHECK(failed < kFaultsMax - 1);
}

TEST_CASE("subscription: a later charge whose statements fail one by one is made once") {
  int failed = 0;
  for (int at = 1; at < kFaultsMax; ++at) {
    CAPTURE(at);
    SubscriptionsBench bench;
    const std::string id = bench.subscribed(bench.anna, planPayload("PLUS", kFaultFee));
    bench.clock.nowMs = bench.find(id).nextChargeAtMs;
    const auto left = failAt(bench, at);
    bench.care();
    const bool was = *left <= 0;
    *left = 0;
    CHECK(bench.audit().sound());
    CHECK(bench.merchantBalance() == bench.charges() * kFaultFee);
    for (int round = 0; round < 2; ++round) bench.care();
    CHECK(bench.stateOf(id) == "active");
    CHECK(bench.charges() == 2);
    CHECK(bench.merchantBalance() == 2 * kFaultFee);
    CHECK(bench.audit().sound());
    if (!was) break;
    ++failed;
  }
  CHECK(failed > 20);
  CHECK(failed < kFaultsMax - 1);
}

}  // namespace
}  // namespace kiosk::bridge
