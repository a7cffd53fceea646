// Goal: whatever the wallet answers, whenever the host dies and wherever the clock steps, no period
// of a subscription is charged twice, none above its mandate, none before it began by the clock of
// that moment, and none after the user's word. Method: the services over a real store with a wallet
// that outlives the host and keeps its own books; all faults come from one seed.
// KIOSK_SIMULATION_SEED replays one, KIOSK_SIMULATION_STEPS says how long.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "tests/unit/bridge/subscriptions_fixture.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;
using test::kOneDayMs;
using test::Outcome;

std::uint64_t settingOf(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// A bank that keeps its word by payment, and loses questions and answers.
class LossyBank final : public Wallet {
 public:
  explicit LossyBank(test::SeededRandom& random) : random_(random) {}
  std::vector<std::string> methods() const override { return {"sbp"}; }
  bool canRecur() const override { return true; }

  void charge(const WalletCharge& charge, std::function<void(ChargeAnswer)> done) override {
    const auto luck = isCalm ? 9 : random_.below(10);
    if (luck == 0) return done(ChargeOutcome::Unknown);  // it never arrived
    if (luck == 1) {
      decided_[charge.paymentId] = ChargeOutcome::Declined;
    } else {
      take(charge);
    }
    if (luck == 2) return done(ChargeOutcome::Unknown);  // the answer was lost
    if (luck == 3) return;                               // and so was the host
    if (luck == 4) return done(ChargeOutcome::Pending);
    done(decided_[charge.paymentId]);
  }
  /// What never arrived never will: `lookup` closes it.
  void lookup(const std::string& paymentId, std::function<void(ChargeAnswer)> done) override {
    if (!isCalm && random_.below(3) == 0) return done(ChargeOutcome::Unknown);
    done(decided_.emplace(paymentId, ChargeOutcome::Declined).first->second);
  }

  std::map<std::string, std::int64_t> taken;  ///< money by order
  std::set<std::string> doubled;              ///< orders that were paid for twice
  bool isCalm = false;

 private:
  void take(const WalletCharge& charge) {
    const auto [known, isNew] = decided_.emplace(charge.paymentId, ChargeOutcome::Paid);
    if (!isNew) return;
    if (!taken.emplace(charge.orderId, charge.amountMinor).second) doubled.insert(charge.orderId);
  }

  test::SeededRandom& random_;
  std::map<std::string, ChargeOutcome> decided_;
};

/// One life of the host over files and a bank that outlive it.
struct MandateLife {
  MandateLife(const std::string& path, const HostKeys& hostKeys, Wallet* wallet, Clock& clock,
              Random& random)
      : store(*Store::open({.path = path})),
        receipts(ed25519Signer(hostKeys.signing(), hostKeys.signingKeyId()), {}),
        payments(*store, wallet, hostKeys, receipts, clock, random),
        service(*store, wallet, hostKeys, receipts, clock, random),
        caller(service, loop) {
    store->attached(loop);
  }
  test::HandLoop loop;
  std::unique_ptr<Store> store;
  ReceiptBook receipts;
  PaymentsService payments;
  SubscriptionsService service;
  test::ServiceCaller caller;
};

class MandateWorld {
 public:
  MandateWorld(std::uint64_t seed, bool byBank)
      : random_(seed),
        keys_(std::string(32, 'k'), Ed25519Key::generate(random_)),
        bank_(random_),
        byBank_(byBank) {
    path_ = (folder_.path() / "kiosk.db").string();
    { auto seeded = test::openSeeded(path_, clock_); }
    begin();
    for (const char* name : {"anna", "boris", "vera"}) {
      sessions_.push_back(test::makeSession(test::makeRecurringPackage("ru.post.parcel"), name));
    }
  }

  void step() {
    switch (random_.below(10)) {
      case 0:
        subscribe();
        break;
      case 1:
        if (random_.below(4) == 0) cancel();
        break;
      case 2:
        if (random_.below(3) == 0) begin();
        break;
      case 3:
        leap();
        break;
      default:
        clock_.nowMs += static_cast<std::int64_t>(random_.below(3 * kOneDayMs));
        care();
    }
    settle();
    watch();
  }

  void finish() {
    bank_.isCalm = true;
    for (int round = 0; round < 40; ++round) {
      clock_.nowMs += kCareRoundMsMax + kCareAfterMs;
      care();
      settle();
    }
    watch();
    CHECK(number("SELECT COUNT(*) FROM subscriptions WHERE open_payment <> ''") == 0);
    CHECK(bank_.doubled.empty());
    if (byBank_) {
      CHECK(number("SELECT COUNT(*) FROM subscription_charges") ==
            static_cast<std::int64_t>(bank_.taken.size()));
    }
    CHECK(number("SELECT COUNT(*) FROM payments WHERE state = 'captured'") ==
          number("SELECT COUNT(*) FROM subscription_charges"));
    CHECK(number("SELECT COUNT(*) FROM subscription_charges") > 0);
  }

 private:
  void begin() {
    outcomes_.clear();
    life_.reset();
    life_ =
        std::make_unique<MandateLife>(path_, keys_, byBank_ ? &bank_ : nullptr, clock_, random_);
  }

  void subscribe() {
    json plan = test::planPayload("P", 100 + static_cast<std::int64_t>(random_.below(900)),
                                  "plan-nonce-" + std::to_string(100'000 + ++plans_));
    const char* const units[] = {"days", "weeks", "months"};
    plan["period"] = {{"unit", units[random_.below(3)]}, {"count", 1 + random_.below(3)}};
    if (random_.below(3) == 0) plan["trialDays"] = 1 + random_.below(20);
    if (random_.below(3) == 0) plan["maxCharges"] = 1 + random_.below(6);
    const auto& session = sessions_[random_.below(sessions_.size())];
    const auto context = life_->caller.context(session, {{"planToken", test::signPlan(plan)}},
                                               "key-" + std::to_string(plans_));
    if (!life_->caller.prepare("payments.subscribe", context)) return;
    outcomes_.push_back(std::make_shared<Outcome>());
    life_->caller.start("payments.subscribe", context, outcomes_.back());
  }

  void cancel() {
    const auto& session = sessions_[random_.below(sessions_.size())];
    const std::string user = session.user.value;
    std::string id;
    job([&](soci::session& sql) {
      const auto all = subscriptionsOf(sql, session.user, AppId());
      if (!all.empty()) id = all[random_.below(all.size())].id;
    });
    if (id.empty()) return;
    outcomes_.push_back(std::make_shared<Outcome>());
    life_->caller.start("payments.cancelSubscription",
                        life_->caller.context(session, {{"subscriptionId", id}}), outcomes_.back());
  }

  /// A clock that is set: months ahead, or back.
  void leap() {
    const auto days = static_cast<std::int64_t>(random_.below(120)) - 40;
    clock_.nowMs += days * kOneDayMs;
  }

  void care() {
    life_->payments.caretaker().round([] {});
  }

  void settle() {
    for (int quiet = 0; quiet < 2;) {
      job([](soci::session&) {});
      quiet = life_->loop.runReady() == 0 ? quiet + 1 : 0;
    }
  }

  /// What must hold at every moment.
  void watch() {
    job([&](soci::session& sql) { CHECK(ledger::audit(sql).sound()); });
    CHECK(number("SELECT COUNT(*) FROM subscriptions WHERE next_charge_at_ms < anchor_ms") == 0);
    // Nobody pays more than one period for each that the clock has ever shown.
    latestMs_ = std::max(latestMs_, clock_.nowMs);
    CHECK(number("SELECT COUNT(*) FROM subscription_charges WHERE due_at_ms > " +
                 std::to_string(latestMs_)) == 0);
  }

  template <class Work>
  void job(Work work) {
    auto done = life_->store->runNow<void>("sim", [&](soci::session& sql) -> Result<void> {
      work(sql);
      return {};
    });
    REQUIRE(done);
  }
  std::int64_t number(const std::string& query) {
    long long value = 0;
    job([&](soci::session& sql) { sql << query, soci::into(value); });
    return value;
  }

  test::SeededRandom random_;
  test::HandClock clock_;
  test::TempFolder folder_;
  std::string path_;
  HostKeys keys_;
  LossyBank bank_;
  const bool byBank_;
  std::unique_ptr<MandateLife> life_;
  std::vector<SessionInfo> sessions_;
  std::vector<std::shared_ptr<Outcome>> outcomes_;
  std::uint64_t plans_ = 0;
  std::int64_t latestMs_ = 0;
};

void simulateMandates(bool byBank, std::uint64_t firstSeed, std::uint64_t worlds) {
  const std::uint64_t seed = settingOf("KIOSK_SIMULATION_SEED", firstSeed);
  const std::uint64_t steps = settingOf("KIOSK_SIMULATION_STEPS", 250);
  for (std::uint64_t at = seed; at < seed + worlds; ++at) {
    CAPTURE(at);
    MandateWorld world(at, byBank);
    for (std::uint64_t step = 0; step < steps; ++step) world.step();
    world.finish();
  }
}

TEST_CASE("simulation: subscriptions by a bank that loses answers, a host that dies, clock steps") {
  simulateMandates(true, 40'270, 2);
}

TEST_CASE("simulation: subscriptions by the embedded ledger, a host that dies, clock steps") {
  simulateMandates(false, 50'270, 2);
}

}  // namespace
}  // namespace kiosk::bridge
