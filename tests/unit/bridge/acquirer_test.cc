// The adapter to a bank: what each answer of the bank becomes, and that Declined is said only when
// no money is with the bank and none will be. Answers are written by hand, or come from a mock bank
// that does wrong by script; the last case lets everything go wrong at random.

#include <doctest/doctest.h>
#include <kiosk/bridge/acquirer.h>

#include <map>
#include <random>
#include <set>

#include "bridge/acquirer/bank_answer.h"
#include "tests/unit/bridge/acquirer_fixture.h"
#include "tests/unit/support/stride.h"

namespace kiosk::bridge {
namespace {

using rig::AcquirerBench;
using rig::json;

json operationSays(const char* state, json more = json::object()) {
  const wire::ChargeTerms terms{300, "RUB", "post", "ORDER-one"};
  json answer{{"id", "one"},
              {"state", state},
              {"amountMinor", 300},
              {"currency", "RUB"},
              {"merchantId", "post"},
              {"orderId", "ORDER-one"},
              {"reference", wire::referenceOf("one", terms)}};
  answer.update(more);
  return answer;
}

json refundSays(const char* state, json more = json::object()) {
  const wire::RefundTerms terms{"one", 100, "RUB"};
  json answer{{"id", "r1"},           {"state", state},
              {"operationId", "one"}, {"amountMinor", 100},
              {"currency", "RUB"},    {"reference", wire::referenceOf("r1", terms)}};
  answer.update(more);
  return answer;
}

/// The bench whose line gives these answers, in this order.
AcquirerBench& answering(AcquirerBench& bench, const std::vector<json>& answers) {
  bench.line->canned.clear();
  for (const auto& answer : answers) {
    bench.line->canned.push_back(AcquirerReply{200, answer.dump()});
  }
  return bench;
}

json firstRule(const char* operation, const char* fault, json more = json::object()) {
  more["match"] = {{"operation", operation}, {"nth", 1}};
  more["fault"] = fault;
  return more;
}

TEST_CASE("acquirer: each state of an operation has its outcome, in a charge and in a look-up") {
  AcquirerBench bench;
  using enum ChargeOutcome;
  const std::vector<std::pair<json, ChargeOutcome>> table{
      {operationSays("created"), Pending},
      {operationSays("accepted"), Pending},
      {operationSays("confirmed"), Paid},
      {operationSays("rejected", {{"reason", "refused"}}), Declined},
      {operationSays("rejected"), Declined},
      {operationSays("rejected", {{"reason", "insufficient_funds"}}), InsufficientFunds},
      {operationSays("deadline_expired"), Declined},
      {json{{"id", "one"}, {"state", "rejected"}, {"reason", "cancelled"}}, Declined},
  };
  for (const auto& [answer, outcome] : table) {
    CAPTURE(answer.dump());
    CHECK(answering(bench, {answer, answer}).charge("one", 300).outcome == outcome);
    CHECK(answering(bench, {answer, answer}).lookup("one").outcome == outcome);
  }
}

TEST_CASE("acquirer: each state of a refund has its outcome") {
  AcquirerBench bench;
  const std::vector<std::pair<json, RefundOutcome>> table{
      {refundSays("pending"), RefundOutcome::Pending},
      {refundSays("succeeded"), RefundOutcome::Succeeded},
      {refundSays("failed"), RefundOutcome::Failed},
      {refundSays("failed", {{"reason", "insufficient_funds"}}), RefundOutcome::Failed},
      {refundSays("failed", {{"id", "r2"}}), RefundOutcome::Unknown},
      {refundSays("failed", {{"amountMinor", 99}}), RefundOutcome::Unknown},
      {refundSays("failed", {{"operationId", "two"}}), RefundOutcome::Unknown},
      {refundSays("rejected"), RefundOutcome::Unknown},
  };
  for (const auto& [answer, outcome] : table) {
    CAPTURE(answer.dump());
    CHECK(answering(bench, {answer, answer}).refund("r1", "one", 100) == outcome);
    CHECK(answering(bench, {answer, answer}).lookupRefund("r1") == outcome);
  }
}

TEST_CASE("acquirer: an answer with other terms than were asked is Unknown, whatever its state") {
  AcquirerBench bench;
  const std::vector<json> changes{
      {{"id", "two"}},           {{"amountMinor", 301}},   {{"currency", "USD"}},
      {{"merchantId", "other"}}, {{"orderId", "ORDER"}},   {{"reference", "x"}},
      {{"reference", nullptr}},  {{"amountMinor", "300"}}, {{"amountMinor", 300.0}},
  };
  for (const char* state : {"confirmed", "rejected", "created"}) {
    for (const auto& change : changes) {
      const auto answer = operationSays(state, change);
      CAPTURE(answer.dump());
      CHECK(answering(bench, {answer, answer}).charge("one", 300) == ChargeOutcome::Unknown);
      CHECK(answering(bench, {answer, answer}).lookup("one") == ChargeOutcome::Unknown);
    }
  }
  // A bank that forges the reference too is caught where the terms are known: in the charge.
  const wire::ChargeTerms less{1, "RUB", "post", "ORDER-one"};
  const auto forged = operationSays(
      "confirmed", {{"amountMinor", 1}, {"reference", wire::referenceOf("one", less)}});
  CHECK(answering(bench, {forged, forged}).charge("one", 300) == ChargeOutcome::Unknown);
}

TEST_CASE("acquirer: no answer, garbage and any status but the bank's own are Unknown") {
  AcquirerBench bench;
  const auto said = operationSays("rejected").dump();
  std::vector<Result<AcquirerReply>> replies{
      Error{ErrorCode::Timeout, ""},
      Error{ErrorCode::NetworkError, ""},
      Error{ErrorCode::Busy, ""},
      AcquirerReply{200, ""},
      AcquirerReply{200, "<html>"},
      AcquirerReply{200, "[]"},
      AcquirerReply{200, said + said},
      AcquirerReply{200, R"({"id":"one","state":"rejected"})"},
      AcquirerReply{200, R"({"id":"one","state":"gone","reason":"cancelled"})"},
      AcquirerReply{200, R"({"id":"one","id":"one","state":"rejected","reason":"cancelled"})"},
      AcquirerReply{200, std::string(kAcquirerBodyBytesMax + 1, ' ')},
      AcquirerReply{404, "not found"},
      AcquirerReply{404, R"({"error":"not_found","id":"one"})"},
      AcquirerReply{404, R"({"error":"operation_unknown","id":"two"})"},
      AcquirerReply{404, said},
  };
  for (const int status : {201, 204, 301, 400, 401, 403, 409, 500, 502, 503}) {
    replies.push_back(AcquirerReply{status, said});
  }
  for (const auto& reply : replies) {
    CAPTURE(reply ? std::to_string(reply->status) + reply->body.substr(0, 80) : "no reply");
    bench.line->canned = {reply, reply};
    CHECK(bench.charge("one", 300) == ChargeOutcome::Unknown);
    bench.line->canned = {reply, reply};
    const auto before = bench.line->sent.size();
    CHECK(bench.lookup("one") == ChargeOutcome::Unknown);
    CHECK(bench.line->sent.size() == before + 1);  // nothing is cancelled on such a word
    bench.line->canned.clear();
  }
}

TEST_CASE("acquirer: what is final is asked twice, and two answers that differ are Unknown") {
  AcquirerBench bench;
  const auto paid = operationSays("confirmed");
  const auto refused = operationSays("rejected");
  const auto poor = operationSays("rejected", {{"reason", "insufficient_funds"}});
  const std::vector<std::pair<json, json>> pairs{{refused, paid},
                                                 {paid, refused},
                                                 {poor, refused},
                                                 {refused, operationSays("accepted")},
                                                 {paid, json::object()}};
  for (const auto& [first, second] : pairs) {
    CHECK(answering(bench, {first, second}).charge("one", 300) == ChargeOutcome::Unknown);
    CHECK(answering(bench, {first, second}).lookup("one") == ChargeOutcome::Unknown);
  }
  bench.line->canned = {AcquirerReply{200, refused.dump()}, Error{ErrorCode::Timeout, ""}};
  CHECK(bench.charge("one", 300) == ChargeOutcome::Unknown);
}

TEST_CASE("acquirer: a link is handed on while the operation is open, if it may be opened") {
  AcquirerBench bench;
  const auto linkOf = [&](const json& link) {
    return answering(bench, {operationSays("created", {{"link", link}})}).charge("one", 300);
  };
  CHECK(linkOf("https://qr.nspk.example/AS1000").link == "https://qr.nspk.example/AS1000");
  CHECK(linkOf("00020101021226").link == "00020101021226");
  for (const json& link : std::vector<json>{
           "http://bank.example/1", "javascript:alert(1)", "https://", "https://bank@evil.example/",
           "https://bank.example/a b", "https://bank.example/\n", "https:///path", 5,
           "https://bank.example/" + std::string(1024, 'a')}) {
    CAPTURE(link.dump());
    const auto answer = linkOf(link);
    CHECK(answer.outcome == ChargeOutcome::Unknown);
    CHECK(answer.link.empty());
  }
  const auto paid = operationSays("confirmed", {{"link", "https://bank.example/1"}});
  CHECK(answering(bench, {paid, paid}).charge("one", 300).link.empty());
}

TEST_CASE("acquirer: a charge says its terms, the payer and a deadline of 72 hours to the bank") {
  AcquirerBench bench;
  CHECK(bench.charge("one", 300) == ChargeOutcome::Paid);
  REQUIRE(bench.line->sent.size() == 2);
  CHECK(bench.line->sent[0].method == "PUT");
  CHECK(bench.line->sent[0].path == "/v1/operations/one");
  CHECK(json::parse(bench.line->sent[0].body) == rig::chargeBody("one", 300));
  CHECK(bench.line->sent[1].method == "GET");
  CHECK(bench.line->sent[1].body.empty());
  CHECK(bench.wallet->methods() == std::vector<std::string>{"sbp"});
}

TEST_CASE("acquirer: ids and terms that cannot stand in a request are not sent") {
  AcquirerBench bench;
  for (const char* id : {"", "..", "a/b", "a\r\nb", "a?b", "a b"}) {
    CHECK(bench.charge(id, 300) == ChargeOutcome::Unknown);
    CHECK(bench.lookup(id) == ChargeOutcome::Unknown);
    CHECK(bench.refund(id, "one", 1) == RefundOutcome::Unknown);
    CHECK(bench.refund("r1", id, 1) == RefundOutcome::Unknown);
    CHECK(bench.lookupRefund(id) == RefundOutcome::Unknown);
    CHECK(bench.charge("one", 300, id) == ChargeOutcome::Unknown);
  }
  for (const std::int64_t amount : {std::int64_t{0}, std::int64_t{-1}, INT64_MAX}) {
    CHECK(bench.charge("one", amount) == ChargeOutcome::Unknown);
    CHECK(bench.refund("r1", "one", amount) == RefundOutcome::Unknown);
  }
  CHECK(bench.line->sent.empty());
}

TEST_CASE("acquirer: a charge that never arrived is cancelled before it is called declined") {
  AcquirerBench bench(json::array({firstRule("charge", "dropped")}));
  CHECK(bench.charge("one", 300) == ChargeOutcome::Unknown);
  CHECK(bench.lookup("one") == ChargeOutcome::Declined);
  CHECK(bench.bank.operationState("one") == OperationState::Rejected);
  // The same charge, late: the bank keeps to what it said.
  CHECK(bench.charge("one", 300) == ChargeOutcome::Declined);
  CHECK(bench.bank.userBalance("anna") == 1'000'000);
}

TEST_CASE("acquirer: a create that arrives after the look-up's cancel is refused") {
  AcquirerBench bench;
  bench.line->nextDelay = [] { return rig::LineDelay{.toBankMs = 45'000, .toHostMs = 1}; };
  CHECK(bench.charge("one", 300) == ChargeOutcome::Unknown);  // given up after 20 s
  bench.line->nextDelay = nullptr;
  CHECK(bench.lookup("one") == ChargeOutcome::Declined);
  bench.line->run(60'000);
  CHECK(bench.bank.operationState("one") == OperationState::Rejected);
  CHECK(bench.bank.merchantBalance("post") == 0);
}

TEST_CASE(
    "acquirer: a create that arrives between the look-up and its cancel is paid, and so said") {
  AcquirerBench bench;
  int request = 0;
  bench.line->nextDelay = [&request] {
    switch (request++) {
      case 0:  // the create arrives at 30'000
        return rig::LineDelay{.toBankMs = 30'000, .toHostMs = 1};
      case 2:  // the cancel is slower than that
        return rig::LineDelay{.toBankMs = 15'000, .toHostMs = 1};
      default:
        return rig::LineDelay{};
    }
  };
  CHECK(bench.charge("one", 300) == ChargeOutcome::Unknown);
  CHECK(bench.lookup("one") == ChargeOutcome::Paid);
  CHECK(bench.bank.merchantBalance("post") == 300);
}

TEST_CASE("acquirer: a cancel without an answer settles nothing") {
  for (const char* fault : {"lost", "dropped"}) {
    AcquirerBench bench(json::array({firstRule("cancel", fault)}));
    CHECK(bench.lookup("one") == ChargeOutcome::Unknown);
    CHECK(bench.lookup("one") == ChargeOutcome::Declined);
  }
  AcquirerBench down(json::array({firstRule("cancel", "down", {{"ms", 10'000}})}));
  CHECK(down.lookup("one") == ChargeOutcome::Unknown);
}

TEST_CASE("acquirer: a look-up does not cancel the charge that is on its way from here") {
  AcquirerBench bench;
  bench.line->nextDelay = [] { return rig::LineDelay{.toBankMs = 5'000, .toHostMs = 1}; };
  std::optional<ChargeAnswer> charged;
  bench.wallet->charge(rig::chargeOf("one", 300), [&](ChargeAnswer said) { charged = said; });
  CHECK(bench.lookup("one") == ChargeOutcome::Unknown);
  CHECK(bench.line->sent.size() == 1);
  bench.line->run(60'000);
  REQUIRE(charged.has_value());
  CHECK(charged->outcome == ChargeOutcome::Paid);
}

TEST_CASE("acquirer: refunds go the same ways: part of the amount, once, cancelled when absent") {
  AcquirerBench bench(json::array({firstRule("refund", "dropped")}));
  REQUIRE(bench.charge("one", 300) == ChargeOutcome::Paid);
  CHECK(bench.refund("r0", "one", 100) == RefundOutcome::Unknown);
  CHECK(bench.lookupRefund("r0") == RefundOutcome::Failed);
  CHECK(bench.refund("r0", "one", 100) == RefundOutcome::Failed);
  CHECK(bench.refund("r1", "one", 100) == RefundOutcome::Succeeded);
  CHECK(bench.refund("r1", "one", 100) == RefundOutcome::Succeeded);
  CHECK(bench.lookupRefund("r1") == RefundOutcome::Succeeded);
  CHECK(bench.refund("r2", "one", 201) == RefundOutcome::Failed);
  CHECK(bench.bank.merchantBalance("post") == 200);
}

TEST_CASE("acquirer: whatever the bank does wrong once, a look-up later tells the truth") {
  struct Expected {
    json rule;
    ChargeOutcome first, later;
  };
  using enum ChargeOutcome;
  const std::vector<Expected> table{
      {firstRule("charge", "late", {{"ms", 5'000}}), Paid, Paid},
      {firstRule("charge", "late", {{"ms", 30'000}}), Unknown, Paid},
      {firstRule("charge", "lost"), Unknown, Paid},
      {firstRule("charge", "dropped"), Unknown, Declined},
      {firstRule("charge", "doubled"), Paid, Paid},
      {firstRule("charge", "contradictory"), Unknown, Paid},
      {firstRule("lookup", "contradictory"), Unknown, Paid},
      {firstRule("charge", "contradictory", {{"says", "amount"}}), Unknown, Paid},
      {firstRule("lookup", "contradictory", {{"says", "amount"}}), Unknown, Paid},
      {firstRule("charge", "down", {{"ms", 1'500}}), Unknown, Declined},
      {firstRule("lookup", "down", {{"ms", 1'500}}), Unknown, Paid},
      {firstRule("charge", "pending", {{"lookups", 1}}), Pending, Paid},
      {firstRule("charge", "pending", {{"ms", 1'500}}), Pending, Paid},
      {firstRule("charge", "reject"), Declined, Declined},
      {firstRule("charge", "reject", {{"reason", "insufficient_funds"}}), InsufficientFunds,
       InsufficientFunds},
  };
  for (const auto& [rule, first, later] : table) {
    CAPTURE(rule.dump());
    AcquirerBench bench(json::array({rule}));
    CHECK(bench.charge("one", 300).outcome == first);
    bench.line->run(60'000);
    CHECK(bench.lookup("one").outcome == later);
    CHECK(bench.bank.conserved());
    CHECK(bench.bank.merchantBalance("post") == (later == Paid ? 300 : 0));
  }
}

TEST_CASE("acquirer: what nobody pays within 72 hours is declined, and pending until then") {
  AcquirerBench bench(json::array({firstRule("charge", "pending")}));
  const auto opened = bench.charge("one", 300);
  CHECK(opened.outcome == ChargeOutcome::Pending);
  CHECK(opened.link == "https://pay.bank.example/one");
  bench.line->run(3 * rig::kBankDayMs - 60'000);
  CHECK(bench.lookup("one").link == opened.link);
  bench.line->run(60'000);
  CHECK(bench.lookup("one") == ChargeOutcome::Declined);
}

/// Does what a host might, at random, over a line and a bank where everything goes wrong, and holds
/// every final word of the adapter against the bank's books.
class RandomHost {
 public:
  explicit RandomHost(unsigned seed) : bench_(faults(seed)), random_(seed) {
    bench_.line->nextDelay = [this] {
      // One request in ten is on its way for longer than the adapter waits.
      return rig::LineDelay{.toBankMs = below(10) == 0 ? below(60'000) : below(50),
                            .toHostMs = below(20) == 0 ? below(60'000) : below(50)};
    };
  }

  void step() {
    const auto id = "p" + std::to_string(below(1 + charges_));
    const auto refundId = "r" + std::to_string(below(1 + refunds_));
    switch (below(8)) {
      case 0:
      case 1:
        return charge("p" + std::to_string(++charges_));
      case 2:
        return charge(id);
      case 3:
      case 4:
        return bench_.wallet->lookup(id, [this, id](ChargeAnswer said) { judge(id, said); });
      case 5:
        return refund("r" + std::to_string(++refunds_), id);
      case 6:
        return bench_.wallet->lookupRefund(
            refundId, [this, refundId](RefundOutcome said) { judge(refundId, said); });
      default:
        return bench_.line->run(below(5'000));
    }
  }

  /// Nothing that was said to be final is otherwise in the books, now or since.
  void audit() {
    CHECK(bench_.bank.conserved());
    for (const auto& id : declined_) {
      CHECK(bench_.bank.operationState(id) != OperationState::Confirmed);
    }
    for (const auto& id : failed_) CHECK(bench_.bank.refundState(id) != BankRefundState::Succeeded);
  }
  void finish() {
    bench_.line->run(300'000);
    audit();
    for (const char* what : {"paid", "declined", "pending", "unknown", "succeeded", "failed"}) {
      CHECK(counts_[what] > 20);
    }
  }

 private:
  static json faults(unsigned seed) {
    const auto rule = [&seed](const char* operation, double probability, const char* fault,
                              json more = json::object()) {
      more["match"] = {{"operation", operation}, {"probability", probability}, {"seed", seed++}};
      more["fault"] = fault;
      return more;
    };
    return json::array({rule("any", 0.05, "lost"), rule("any", 0.05, "dropped"),
                        rule("any", 0.05, "late", {{"ms", 25'000}}), rule("any", 0.05, "doubled"),
                        rule("any", 0.08, "contradictory"),
                        rule("any", 0.04, "contradictory", {{"says", "amount"}}),
                        rule("any", 0.002, "down", {{"ms", 3'000}}),
                        rule("charge", 0.15, "pending", {{"lookups", 3}}),
                        rule("charge", 0.15, "pending", {{"ms", 20'000}}),
                        rule("refund", 0.2, "pending", {{"ms", 20'000}}),
                        rule("charge", 0.1, "reject"), rule("refund", 0.1, "reject")});
  }

  std::int64_t below(std::int64_t limit) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(limit));
  }

  void charge(const std::string& id) {
    const auto user = id.back() == '7' ? "boris" : "anna";
    bench_.wallet->charge(rig::chargeOf(id, 10, user),
                          [this, id](ChargeAnswer said) { judge(id, said); });
  }
  void refund(const std::string& id, const std::string& payment) {
    bench_.wallet->refund({id, payment, 1 + below(6), "RUB"},
                          [this, id](RefundOutcome said) { judge(id, said); });
  }

  void judge(const std::string& id, const ChargeAnswer& said) {
    const auto state = bench_.bank.operationState(id);
    switch (said.outcome) {
      case ChargeOutcome::Paid:
        ++counts_["paid"];
        CHECK(state == OperationState::Confirmed);
        break;
      case ChargeOutcome::Declined:
      case ChargeOutcome::InsufficientFunds:
        ++counts_["declined"];
        declined_.insert(id);
        CHECK((state == OperationState::Rejected || state == OperationState::DeadlineExpired));
        break;
      case ChargeOutcome::Pending:
        ++counts_["pending"];
        break;
      case ChargeOutcome::Unknown:
        ++counts_["unknown"];
    }
  }
  void judge(const std::string& id, RefundOutcome said) {
    const auto state = bench_.bank.refundState(id);
    if (said == RefundOutcome::Succeeded) {
      ++counts_["succeeded"];
      CHECK(state == BankRefundState::Succeeded);
    }
    if (said == RefundOutcome::Failed) {
      ++counts_["failed"];
      failed_.insert(id);
      CHECK(state == BankRefundState::Failed);
    }
  }

  AcquirerBench bench_;
  std::mt19937_64 random_;
  std::int64_t charges_ = 0, refunds_ = 0;
  std::set<std::string> declined_, failed_;
  std::map<std::string, int> counts_;
};

TEST_CASE("acquirer: in random steps nothing declined is with the bank, nothing paid is not") {
  RandomHost host(20'261);
  const int steps = 20'000 / static_cast<int>(test::faultStride());
  for (int step = 1; step <= steps; ++step) {
    host.step();
    if (step % 1'000 == 0) host.audit();
  }
  host.finish();
}

TEST_CASE("acquirer: options out of their range are refused, and the message names them") {
  const auto problem = [](auto change) {
    AcquirerOptions options;
    change(options);
    const auto made = makeAcquirer(std::move(options), std::make_unique<rig::BankLine>());
    return made ? std::string() : made.error().message;
  };
  CHECK(problem([](auto&) {}).empty());
  CHECK(problem([](auto& o) { o.linkValidity = std::chrono::minutes(0); }).find("linkValidity") !=
        std::string::npos);
  CHECK(problem([](auto& o) {
          o.linkValidity = std::chrono::hours(24 * 31);
        }).find("linkValidity") != std::string::npos);
  CHECK(problem([](auto& o) { o.methods = {}; }).find("methods") != std::string::npos);
  CHECK(problem([](auto& o) { o.methods = {"cash"}; }).find("methods") != std::string::npos);
}

/// A wallet of before links and refunds.
class PlainWallet final : public Wallet {
 public:
  std::vector<std::string> methods() const override { return {"wallet"}; }
  void charge(const WalletCharge&, std::function<void(ChargeAnswer)> done) override {
    done(ChargeOutcome::Paid);
  }
  void lookup(const std::string&, std::function<void(ChargeAnswer)> done) override {
    done(ChargeOutcome::Paid);
  }
};

TEST_CASE("wallet: one that knows no refunds fails each, and answers a charge without a link") {
  PlainWallet wallet;
  std::optional<RefundOutcome> refunded, found;
  wallet.refund({"r1", "one", 1, "RUB"}, [&](RefundOutcome said) { refunded = said; });
  wallet.lookupRefund("r1", [&](RefundOutcome said) { found = said; });
  CHECK(refunded == RefundOutcome::Failed);
  CHECK(found == RefundOutcome::Failed);
  wallet.charge(rig::chargeOf("one", 1), [](ChargeAnswer said) {
    CHECK(said.outcome == ChargeOutcome::Paid);
    CHECK(said.link.empty());
  });
}

}  // namespace
}  // namespace kiosk::bridge
