// The mock bank by its requests: what it answers, what it moves, and that each fault of a script is
// exactly that fault. After every request the books add up (BankCounter::send).

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/unit/bridge/bank_fixture.h"

namespace kiosk::bridge {
namespace {

using rig::BankCounter;
using rig::json;

json faultRule(const char* operation, const char* fault, json more = json::object()) {
  more["match"] = {{"operation", operation}, {"nth", 1}};
  more["fault"] = fault;
  return json::array({std::move(more)});
}

std::string scriptProblem(const json& rule) {
  const auto script = FaultScript::parse({{"rules", json::array({rule})}});
  return script ? "" : script.error().message;
}

TEST_CASE("mock bank: a charge moves its amount from payer to merchant, once for each id") {
  BankCounter counter;
  const auto first = counter.charge("one", 300);
  CHECK(first["state"] == "confirmed");
  CHECK(first["amountMinor"] == 300);
  CHECK(counter.charge("one", 300) == first);
  CHECK(counter.lookup("one") == first);
  CHECK(counter.bank.userBalance("anna") == 999'700);
  CHECK(counter.bank.merchantBalance("post") == 300);
}

TEST_CASE("mock bank: an id that comes again with other terms is refused and moves nothing") {
  BankCounter counter;
  counter.charge("one", 300);
  CHECK(counter.charge("one", 301)["error"] == "differs");
  CHECK(counter.last.status == 409);
  CHECK(counter.charge("one", 300, "boris")["error"] == "differs");
  CHECK(counter.bank.merchantBalance("post") == 300);
}

TEST_CASE("mock bank: who has not enough is rejected for good, also when money comes later") {
  BankCounter counter;
  CHECK(counter.charge("one", 1'001, "boris")["reason"] == "insufficient_funds");
  counter.charge("two", 400, "boris");
  counter.refund("back", "two", 400);
  CHECK(counter.lookup("one")["state"] == "rejected");
  CHECK(counter.charge("one", 1'001, "boris")["state"] == "rejected");
  CHECK(counter.charge("none", 1, "vera")["reason"] == "insufficient_funds");
  CHECK(counter.charge("who", 1, "nobody")["reason"] == "insufficient_funds");
}

TEST_CASE("mock bank: a cancelled id that never came stays refused when its charge comes late") {
  BankCounter counter;
  CHECK(counter.lookup("one")["error"] == "operation_unknown");
  CHECK(counter.last.status == 404);
  const json tombstone{{"id", "one"}, {"state", "rejected"}, {"reason", "cancelled"}};
  CHECK(counter.cancel("one") == tombstone);
  CHECK(counter.charge("one", 300) == tombstone);
  CHECK(counter.bank.userBalance("anna") == 1'000'000);
}

TEST_CASE("mock bank: a cancel ends what is open and leaves what is final") {
  BankCounter counter(faultRule("charge", "pending"));
  CHECK(counter.charge("open", 300)["state"] == "created");
  CHECK(counter.cancel("open")["reason"] == "cancelled");
  CHECK(counter.charge("paid", 300)["state"] == "confirmed");
  CHECK(counter.cancel("paid")["state"] == "confirmed");
  CHECK(counter.bank.merchantBalance("post") == 300);
}

TEST_CASE("mock bank: what nobody pays expires at its deadline, and not a millisecond sooner") {
  BankCounter counter(faultRule("charge", "pending"));
  const auto opened = counter.charge("one", 300);
  CHECK(opened["link"] == "https://pay.bank.example/one");
  counter.nowMs += 3 * rig::kBankDayMs - 1;
  CHECK(counter.lookup("one")["state"] == "accepted");
  counter.nowMs += 1;
  const auto expired = counter.lookup("one");
  CHECK(expired["state"] == "deadline_expired");
  CHECK(!expired.contains("link"));
  CHECK(counter.cancel("one")["state"] == "deadline_expired");
}

TEST_CASE("mock bank: refunds add up to what was paid and no more") {
  BankCounter counter;
  counter.charge("one", 300);
  CHECK(counter.refund("r1", "one", 100)["state"] == "succeeded");
  CHECK(counter.refund("r1", "one", 100)["state"] == "succeeded");
  CHECK(counter.refund("r2", "one", 201)["reason"] == "amount_exceeded");
  CHECK(counter.refund("r3", "one", 200)["state"] == "succeeded");
  CHECK(counter.refund("r4", "one", 1)["reason"] == "amount_exceeded");
  CHECK(counter.refund("r5", "none", 1)["reason"] == "operation_unknown");
  CHECK(counter.refund("r1", "one", 99)["error"] == "differs");
  CHECK(counter.lookup("one")["refundedMinor"] == 300);
  CHECK(counter.bank.userBalance("anna") == 1'000'000);
}

TEST_CASE("mock bank: refunds that wait count against the amount, and free it when cancelled") {
  BankCounter counter(faultRule("refund", "pending", {{"ms", 1'000}}));
  counter.charge("one", 300);
  CHECK(counter.refund("r1", "one", 200)["state"] == "pending");
  CHECK(counter.refund("r2", "one", 101)["reason"] == "amount_exceeded");
  CHECK(counter.ask("PUT", "/v1/refunds/r1", {{"cancel", true}})["state"] == "failed");
  counter.nowMs += 2'000;
  CHECK(counter.lookupRefund("r1")["state"] == "failed");
  CHECK(counter.refund("r3", "one", 300)["state"] == "succeeded");
  CHECK(counter.ask("PUT", "/v1/refunds/r9", {{"cancel", true}})["reason"] == "cancelled");
  CHECK(counter.refund("r9", "one", 1)["reason"] == "cancelled");
}

TEST_CASE("mock bank: late is carried out at once and answered later") {
  BankCounter counter(faultRule("charge", "late", {{"ms", 2'500}}));
  counter.charge("one", 300);
  CHECK(counter.last.delayMs == 2'500);
  CHECK(counter.last.isAnswered);
  CHECK(counter.bank.merchantBalance("post") == 300);
}

TEST_CASE("mock bank: lost is carried out, dropped is not, and neither is answered") {
  BankCounter lost(faultRule("charge", "lost"));
  CHECK(lost.charge("one", 300).is_null());
  CHECK(lost.bank.merchantBalance("post") == 300);
  CHECK(lost.charge("one", 300)["state"] == "confirmed");
  CHECK(lost.bank.merchantBalance("post") == 300);
  BankCounter dropped(faultRule("charge", "dropped"));
  CHECK(dropped.charge("one", 300).is_null());
  CHECK(!dropped.bank.operationState("one"));
  CHECK(dropped.bank.merchantBalance("post") == 0);
}

TEST_CASE("mock bank: a request that arrives twice moves money once") {
  BankCounter charge(faultRule("charge", "doubled"));
  CHECK(charge.charge("one", 300)["state"] == "confirmed");
  CHECK(charge.bank.merchantBalance("post") == 300);
  BankCounter refund(faultRule("refund", "doubled"));
  refund.charge("one", 300);
  CHECK(refund.refund("r1", "one", 100)["state"] == "succeeded");
  CHECK(refund.bank.merchantBalance("post") == 200);
}

TEST_CASE("mock bank: contradictory says the opposite or another amount once, then the truth") {
  BankCounter state(
      json::array({{{"match", {{"operation", "any"}, {"every", 1}}}, {"fault", "contradictory"}}}));
  CHECK(state.charge("one", 300)["state"] == "rejected");
  CHECK(state.lookup("one")["state"] == "confirmed");
  CHECK(state.charge("two", 9'999, "boris")["state"] == "confirmed");
  CHECK(state.lookup("two")["state"] == "rejected");
  CHECK(state.refund("r1", "one", 300)["state"] == "failed");
  CHECK(state.lookupRefund("r1")["state"] == "succeeded");
  BankCounter amount(faultRule("charge", "contradictory", {{"says", "amount"}}));
  CHECK(amount.charge("one", 300)["amountMinor"] == 301);
  CHECK(amount.lookup("one")["amountMinor"] == 300);
}

TEST_CASE("mock bank: down refuses this request and all that come within its time") {
  BankCounter counter(faultRule("lookup", "down", {{"ms", 5'000}}));
  counter.lookup("one");
  CHECK(counter.last.status == 503);
  counter.nowMs += 4'999;
  counter.charge("one", 300);
  CHECK(counter.last.status == 503);
  CHECK(counter.bank.merchantBalance("post") == 0);
  counter.nowMs += 1;
  CHECK(counter.charge("one", 300)["state"] == "confirmed");
}

TEST_CASE("mock bank: pending is confirmed after its time, or after so many look-ups") {
  BankCounter timed(faultRule("charge", "pending", {{"ms", 1'000}}));
  CHECK(timed.charge("one", 300)["state"] == "created");
  CHECK(timed.lookup("one")["state"] == "accepted");
  CHECK(timed.bank.merchantBalance("post") == 0);
  timed.nowMs += 1'000;
  CHECK(timed.lookup("one")["state"] == "confirmed");
  BankCounter asked(faultRule("charge", "pending", {{"lookups", 2}}));
  asked.charge("one", 300);
  CHECK(asked.lookup("one")["state"] == "accepted");
  CHECK(asked.lookup("one")["state"] == "confirmed");
  CHECK(asked.bank.merchantBalance("post") == 300);
}

TEST_CASE("mock bank: reject refuses with the script's reason") {
  BankCounter counter(faultRule("charge", "reject", {{"reason", "limit"}}));
  CHECK(counter.charge("one", 300)["reason"] == "limit");
  CHECK(counter.charge("one", 300)["state"] == "rejected");
  BankCounter refund(faultRule("refund", "reject"));
  refund.charge("one", 300);
  CHECK(refund.refund("r1", "one", 300)["reason"] == "refused");
  CHECK(refund.bank.merchantBalance("post") == 300);
}

TEST_CASE("mock bank: the same seed gives the same faults, about as often as it says") {
  const auto run = [](int seed) {
    BankCounter counter(
        json::array({{{"match", {{"operation", "charge"}, {"probability", 0.25}, {"seed", seed}}},
                      {"fault", "lost"}}}));
    std::string pattern;
    for (int i = 0; i < 400; ++i) {
      pattern += counter.charge("id-" + std::to_string(i), 1).is_null() ? 'x' : '.';
    }
    return pattern;
  };
  const auto first = run(7);
  CHECK(first == run(7));
  CHECK(first != run(8));
  const auto faults = std::count(first.begin(), first.end(), 'x');
  CHECK(faults > 60);
  CHECK(faults < 140);
}

TEST_CASE("mock bank: a script that is wrong is refused, and the message names rule and member") {
  const json match{{"operation", "charge"}, {"nth", 1}};
  CHECK(scriptProblem({{"match", match}, {"fault", "lost"}}) == "");
  CHECK(scriptProblem({{"match", match}, {"fault", "late"}}) == "rule 1 needs ms, 1 to 600000");
  CHECK(scriptProblem({{"match", match}, {"fault", "lost"}, {"ms", 5}}) ==
        "rule 1 may have ms, 1 to 600000, for late, down and pending only");
  CHECK(scriptProblem({{"match", match}, {"fault", "gone"}}).find("one of late, lost") !=
        std::string::npos);
  CHECK(scriptProblem({{"match", {{"operation", "pay"}, {"nth", 1}}}, {"fault", "lost"}})
            .find("match.operation, one of any, charge") != std::string::npos);
  CHECK(scriptProblem({{"match", {{"operation", "any"}}}, {"fault", "lost"}})
            .find("one of match.nth") != std::string::npos);
  CHECK(scriptProblem({{"match", {{"operation", "any"}, {"probability", 0.5}}}, {"fault", "lost"}})
            .find("match.seed") != std::string::npos);
  CHECK(scriptProblem({{"match", {{"operation", "any"}, {"probability", 1.5}, {"seed", 1}}},
                       {"fault", "lost"}})
            .find("0 to 1") != std::string::npos);
  CHECK(scriptProblem({{"match", match}, {"fault", "lost"}, {"often", 1}})
            .find("means nothing here: often") != std::string::npos);
  CHECK(scriptProblem({{"match", {{"operation", "lookup"}, {"nth", 1}}}, {"fault", "reject"}})
            .find("charge and refund only") != std::string::npos);
  CHECK(!FaultScript::parse(json::array()));
  CHECK(!FaultScript::parse({{"rules", json::array()}, {"more", 1}}));
  const auto many = FaultScript::parse({{"rules", json(65, {{"match", match}})}});
  REQUIRE(!many);
  CHECK(many.error().message == "a script may have 64 rules");
}

TEST_CASE("mock bank: requests that are not of the protocol change nothing and say what to send") {
  BankCounter counter;
  auto body = rig::chargeBody("one", 300);
  const auto status = [&](const std::string& method, const std::string& target,
                          const json& sent = {}) {
    return counter.send(method, target, sent).status;
  };
  CHECK(status("GET", "/") == 404);
  CHECK(status("POST", "/v1/operations/one", body) == 400);
  CHECK(status("PUT", "/v1/operations/..", body) == 400);
  CHECK(status("PUT", "/v1/operations/a%2fb", body) == 400);
  CHECK(status("PUT", "/v1/operations/two", body) == 400);  // the reference is another id's
  CHECK(status("PUT", "/v1/operations/one", json::array()) == 400);
  for (const auto& [member, value] : std::map<std::string, json>{{"amountMinor", 0},
                                                                 {"amountMinor", 1.5},
                                                                 {"currency", "rub"},
                                                                 {"payer", "a b"},
                                                                 {"deadlineMs", "soon"},
                                                                 {"reference", "x"}}) {
    auto bad = body;
    bad[member] = value;
    CHECK(status("PUT", "/v1/operations/one", bad) == 400);
    bad.erase(member);
    CHECK(status("PUT", "/v1/operations/one", bad) == 400);
  }
  body["extra"] = 1;
  CHECK(status("PUT", "/v1/operations/one", body) == 400);
  CHECK(counter.bank.handle({"PUT", "/v1/operations/one", "{"}, counter.nowMs).status == 400);
  CHECK(counter.bank.operations() == 0);
  auto foreign = rig::chargeBody("usd", 300);
  foreign["currency"] = "USD";
  foreign["reference"] = wire::referenceOf("usd", {300, "USD", "post", "ORDER-usd"});
  CHECK(counter.ask("PUT", "/v1/operations/usd", foreign)["reason"] == "currency_unsupported");
}

TEST_CASE("mock bank: the report gives every operation once, page by page, and its totals") {
  BankCounter counter;
  for (int i = 0; i < 25; ++i) counter.charge("op-" + std::to_string(100 + i), 10 + i);
  counter.cancel("tomb");
  counter.refund("r1", "op-100", 4);
  std::set<std::string> seen;
  json after;
  int pages = 0;
  do {
    const auto page = counter.ask(
        "GET", "/v1/report?limit=10" + (after.is_null() ? "" : "&after=" + std::string(after)));
    CHECK(page["operations"].size() <= 10);
    for (const auto& row : page["operations"]) seen.insert(std::string(row["id"]));
    CHECK(page["totals"]["operations"]["confirmed"] == json{{"count", 25}, {"amountMinor", 550}});
    CHECK(page["totals"]["refunds"]["succeeded"]["amountMinor"] == 4);
    CHECK(page["conserved"] == true);
    after = page["next"];
  } while (!after.is_null() && ++pages < 10);
  CHECK(seen.size() == 26);
  for (const char* query : {"?limit=0", "?limit=101", "?limit=x", "?after=", "?page=2"}) {
    CHECK(counter.send("GET", std::string("/v1/report") + query).status == 400);
  }
}

TEST_CASE("mock bank: a configuration out of its range is refused") {
  const auto opens = [](auto change) {
    MockBankConfig config;
    change(config);
    return static_cast<bool>(MockBank::create(std::move(config)));
  };
  CHECK(opens([](auto&) {}));
  CHECK(!opens([](auto& config) { config.currency = "rub"; }));
  CHECK(!opens([](auto& config) { config.balances = {{"a b", 1}}; }));
  CHECK(!opens([](auto& config) { config.balances = {{"anna", -1}}; }));
  CHECK(!opens([](auto& config) { config.balances = {{"anna", 1}, {"anna", 2}}; }));
  CHECK(!opens([](auto& config) { config.linkBase = "javascript:alert(1)//"; }));
}

}  // namespace
}  // namespace kiosk::bridge
