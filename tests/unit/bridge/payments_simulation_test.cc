// Goal: whatever a network, a bank, a merchant's server and a dying host do, an order is charged at
// most once, what was acknowledged stays, merchants are told in order, and the money of all sides
// adds up. Method: the production store, books, service, caretaker, acquirer and outbox with a mock
// bank behind a network whose time is the test's; everything that goes wrong comes from one seed.
// KIOSK_SIMULATION_SEED replays one, KIOSK_SIMULATION_STEPS says how long.

#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "bridge/payments/order_book.h"
#include "bridge/payments/refund_book.h"
#include "bridge/payments/settlement.h"
#include "bridge/payments/webhook_sender.h"
#include "bridge/store/new_id.h"
#include "tests/unit/bridge/acquirer_fixture.h"
#include "tests/unit/bridge/payments_fixture.h"
#include "tests/unit/bridge/power_cut_disk.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;
using test::makePackage;
using test::makeSession;
using test::Outcome;

constexpr const char* kBuyers[] = {"anna", "boris", "vera"};
constexpr int kDrainRoundsMax = 400;
constexpr std::size_t kSheetsMax = 4;
/// A payment is about a dozen calls to the disk.
constexpr int kPaymentsAtPowerCut = 8, kCallsOfSomePayments = 60;

std::uint64_t numberOf(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// The host's end of the line to the bank. What comes after the host died finds nobody.
class HostEnd final : public AcquirerTransport {
 public:
  HostEnd(rig::BankLine& line, std::uint64_t& faults) : line_(line), faults_(faults) {}
  void request(AcquirerRequest request, Done done) override {
    line_.request(std::move(request), [alive = std::weak_ptr<int>(alive_), &faults = faults_,
                                       done = std::move(done)](Result<AcquirerReply> reply) {
      if (!reply || reply->status >= 500) ++faults;
      if (!alive.expired()) done(std::move(reply));
    });
  }

 private:
  rig::BankLine& line_;
  std::uint64_t& faults_;  ///< requests that the bank did not answer, or answered late
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

/// A merchant's server that is sometimes away, and sometimes takes an event without saying so.
class FlakyMerchant final : public WebhookTransport {
 public:
  explicit FlakyMerchant(test::SeededRandom& random) : random_(random) {}
  Result<int> post(const std::string&, const std::string& token) override {
    const auto luck = isCalm ? 9 : random_.below(10);
    if (luck < 2) return lose(Error{ErrorCode::Timeout, "no answer"});
    if (luck < 3) return lose(503);
    const auto jws = parseJws(token, kEventTokenType);
    REQUIRE(jws);
    take(jws->payload);
    if (luck < 4) return lose(Error{ErrorCode::NetworkError, "the answer was lost"});
    return 202;
  }

  std::map<std::string, std::vector<std::string>> told;  ///< types by order, without repeats
  std::uint64_t faults = 0;
  bool isCalm = false;

 private:
  Result<int> lose(Result<int> answer) {
    ++faults;
    return answer;
  }
  void take(const json& payload) {
    if (!seen_.insert(payload.at("jti").get<std::string>()).second) return;
    told[payload.at("sub").get<std::string>()].push_back(payload.at("events").begin().key());
  }

  test::SeededRandom& random_;
  std::set<std::string> seen_;
};

/// One life of the host process, over files and a bank that outlive it.
struct HostLife {
  HostLife(const std::string& path, const HostKeys& hostKeys, rig::BankLine& line, bool byBank,
           Random& random, std::uint64_t& faults)
      : store(*Store::open({.path = path})),
        keys(hostKeys),
        receipts(ed25519Signer(keys.signing(), keys.signingKeyId()), {}) {
    if (byBank) {
      AcquirerOptions options;
      options.clock = &line;
      wallet = *makeAcquirer(std::move(options), std::make_unique<HostEnd>(line, faults));
    }
    service = std::make_unique<PaymentsService>(*store, wallet.get(), keys, receipts, line, random);
    caller = std::make_unique<test::ServiceCaller>(*service, loop);
    store->attached(loop);
  }

  test::HandLoop loop;
  std::unique_ptr<Store> store;
  const HostKeys& keys;
  ReceiptBook receipts;
  std::unique_ptr<Acquirer> wallet;
  std::unique_ptr<PaymentsService> service;
  std::unique_ptr<test::ServiceCaller> caller;
};

class World {
 public:
  World(std::uint64_t seed, bool byBank)
      : byBank_(byBank),
        random_(seed),
        keys_(std::string(32, 'k'), Ed25519Key::generate(random_)),
        merchant_(random_),
        bank_(rig::makeMockBank(rules(seed))) {
    line_.bank = &bank_;
    line_.nextDelay = [this] { return delay(); };
    { auto seeded = test::openSeeded(path(), line_); }
    plugIn();
    begin();
    job([](soci::session& sql) {
      putWebhook(sql, {.merchantId = "post", .url = "https://post.example/kiosk"});
    });
    for (const char* name : kBuyers) {
      sessions_.push_back(makeSession(makePackage("ru.post.parcel"), name));
    }
  }

  void step() {
    switch (random_.below(12)) {
      case 0:
      case 1:
      case 2:
      case 3:
        pay();
        break;
      case 4:
        job([&](soci::session& sql) { (void)cancelOrder(sql, "post", someOrder(), now()); });
        break;
      case 5:
        job([&](soci::session& sql) { (void)registerOrder(sql, tokenOf(newOrder()), now()); });
        break;
      case 6:
        refund();
        break;
      case 7:
        ask();
        break;
      case 8:
        care();
        break;
      case 9:
        deliver();
        break;
      case 10:
        switch (random_.below(4)) {
          case 0:
            die();
            break;
          case 1:
            losePower();
        }
        break;
      default:
        line_.run(static_cast<std::int64_t>(random_.below(30'000)));
    }
    settle();
  }

  /// Lets everything come to its end, and compares all sides.
  void finish() {
    merchant_.isCalm = true;
    line_.nextDelay = nullptr;
    for (int round = 0; round < kDrainRoundsMax && (hasOpen() || round < 3); ++round) {
      line_.run(kCareAfterMs + 1);
      care();
      for (int i = 0; i < 6; ++i) {
        line_.run(20'000);
        settle();
      }
    }
    CHECK(!hasOpen());
    for (int round = 0; round < kDrainRoundsMax && hasEvents(); ++round) {
      line_.run(kEventRetryMsMax);
      deliver();
    }
    compare();
  }

  std::uint64_t faults() const { return faults_ + merchant_.faults; }
  int paid() const { return static_cast<int>(acknowledged_.size()); }

 private:
  static json rules(std::uint64_t seed) {
    json all = json::array();
    all.push_back({{"match", {{"operation", "refund"}, {"probability", 0.2}, {"seed", seed}}},
                   {"fault", "reject"}});
    for (const char* fault : {"lost", "dropped", "doubled", "contradictory", "reject", "pending"}) {
      json rule = {{"match", {{"operation", "any"}, {"probability", 0.04}, {"seed", seed++}}},
                   {"fault", fault}};
      const std::string name = fault;
      if (name == "pending") rule["lookups"] = 2;
      if (name == "contradictory") rule["says"] = "state";
      if (name == "reject" || name == "pending") rule["match"]["operation"] = "charge";
      all.push_back(std::move(rule));
    }
    return all;
  }

  rig::LineDelay delay() {
    rig::LineDelay delay;
    if (random_.below(3) == 0) return delay;
    ++faults_;
    delay.toBankMs = static_cast<std::int64_t>(random_.below(40'000));
    delay.toHostMs = static_cast<std::int64_t>(random_.below(40'000));
    return delay;
  }

  std::int64_t now() const { return line_.nowMs; }
  std::string newOrder() { return "O" + std::to_string(++orders_); }
  std::string someOrder() {
    const std::uint64_t last = std::max<std::uint64_t>(orders_, 1);
    const std::uint64_t span = std::min<std::uint64_t>(last, 12);
    return "O" + std::to_string(last - random_.below(span));
  }
  std::int64_t amountOf(const std::string& id) const {
    return 1 + static_cast<std::int64_t>(std::stoull(id.substr(1)) % 7);
  }
  std::string signedOrder(const std::string& id) const {
    return test::signOrder(test::orderPayload(id, amountOf(id)));
  }
  OrderToken tokenOf(const std::string& id) const { return *parseOrderToken(signedOrder(id)); }

  void pay() {
    const std::string id = random_.below(3) == 0 ? newOrder() : someOrder();
    const auto& session = sessions_[random_.below(sessions_.size())];
    const std::string key = id + "/" + std::to_string(random_.below(2));
    const auto context = life_->caller->context(session, {{"orderToken", signedOrder(id)}}, key);
    const auto prepared = life_->caller->prepare("payments.request", context);
    if (!prepared) return;
    if (prepared->replay) return heard(id, *prepared->replay);
    sheets_.emplace_back(id, context);
    while (!sheets_.empty() && (sheets_.size() > kSheetsMax || random_.below(6) > 0)) confirm();
  }

  /// The user says yes to one of the sheets that are up; what was paid meanwhile is not paid again.
  void confirm() {
    const auto at = sheets_.begin() + static_cast<std::ptrdiff_t>(random_.below(sheets_.size()));
    auto outcome = std::make_shared<Outcome>();
    life_->caller->start("payments.request", at->second, outcome);
    waiting_.emplace_back(at->first, outcome);
    sheets_.erase(at);
  }

  void ask() {
    if (orders_ == 0) return;
    const auto& session = sessions_[random_.below(sessions_.size())];
    const std::string id = someOrder();
    auto outcome = std::make_shared<Outcome>();
    life_->caller->start("payments.status", life_->caller->context(session, {{"orderId", id}}),
                         outcome);
    waiting_.emplace_back(id, outcome);
  }

  void refund() {
    const std::string id = someOrder();
    job([&](soci::session& sql) {
      (void)refundOrder(sql, {.merchantId = "post",
                              .orderId = id,
                              .refundId = newId(random_),
                              .amountMinor = static_cast<std::int64_t>(random_.below(4)),
                              .reason = "",
                              .nowMs = now()});
    });
  }

  void care() {
    life_->service->caretaker().round([] {});
  }

  void deliver() {
    WebhookSender sender(*life_->store, {keys_, "sim"}, merchant_, line_, random_);
    REQUIRE(sender.deliverDue(8));
  }

  /// The process is gone in the middle of whatever it did.
  void die(const std::function<void()>& between = [] {}) {
    ++faults_;
    waiting_.clear();
    sheets_.clear();
    life_.reset();
    between();
    begin();
  }
  /// The machine is gone in the middle of payments: what it had not synced with it.
  void losePower() {
    ++faults_;
    const test::QuietErrors quiet;
    disk_->failAt(1 + random_.below(kCallsOfSomePayments));
    for (int i = 0; i < kPaymentsAtPowerCut && !disk_->isCut(); ++i) {
      pay();
      settle();
    }
    if (!disk_->isCut()) return disk_->failAt(0);
    die([this] {
      auto after = std::make_unique<test::TempFolder>(test::fastFolder());
      disk_->writeImage(after->path().string());
      folder_ = std::move(after);
      plugIn();
    });
  }
  std::string path() const { return (folder_->path() / "kiosk.db").string(); }
  void plugIn() {
    constexpr test::PowerLoss kLosses[] = {test::PowerLoss::All, test::PowerLoss::TearLast,
                                           test::PowerLoss::Some};
    disk_.reset();
    disk_ = std::make_unique<test::PowerCutDisk>(kLosses[random_.below(3)], random_.next());
  }
  void begin() {
    life_ = std::make_unique<HostLife>(path(), keys_, line_, byBank_, random_, faults_);
  }

  /// Runs what the store and the bank have answered, and notes what the apps heard.
  void settle() {
    for (int quiet = 0; quiet < 2;) {
      job([](soci::session&) {});
      quiet = life_->loop.runReady() == 0 ? quiet + 1 : 0;
    }
    std::erase_if(waiting_, [this](const auto& one) {
      if (!*one.second) return false;
      if (**one.second) {
        heard(one.first, ***one.second);
      } else {
        refused((*one.second)->error());
      }
      return true;
    });
  }

  /// Whatever is repeated has an answer: the books are never asked to write what they hold already.
  void refused(const Error& error) {
    CAPTURE(error.message);
    CHECK((disk_->isCut() || error.code != ErrorCode::Internal));
    CHECK((disk_->isCut() || error.code != ErrorCode::HostError));
  }

  /// What was said to be paid once is so for ever, by the same payment.
  void heard(const std::string& id, const json& result) {
    if (result.at("status") != "paid") return;
    const auto payment = result.at("paymentId").get<std::string>();
    const auto [known, isNew] = acknowledged_.emplace(id, payment);
    CHECK(known->second == payment);
  }

  template <class Work>
  void job(Work work) {
    auto done = life_->store->runNow<void>("sim", [&](soci::session& sql) -> Result<void> {
      work(sql);
      return {};
    });
    REQUIRE((done || disk_->isCut()));
  }
  std::int64_t number(const std::string& query) {
    long long value = 0;
    job([&](soci::session& sql) { sql << query, soci::into(value); });
    return value;
  }
  bool hasOpen() {
    return number(
               "SELECT (SELECT COUNT(*) FROM payments WHERE state IN ('authorised', 'pending',"
               " 'unknown')) + (SELECT COUNT(*) FROM refunds WHERE state IN ('pending',"
               " 'unknown'))") != 0;
  }

  bool hasEvents() {
    return number("SELECT COUNT(*) FROM outbox_events WHERE state = 'waiting'") != 0;
  }

  void compare() {
    job([&](soci::session& sql) { CHECK(ledger::audit(sql).sound()); });
    const std::int64_t kept = number(
        "SELECT COALESCE(SUM(amount_minor - refunded_minor), 0) FROM orders"
        " WHERE state = 'captured'");
    if (byBank_) {
      CHECK(bank_.conserved());
      CHECK(bank_.merchantBalance("post") == kept);
    } else {
      CHECK(number("SELECT COALESCE(SUM(balance_minor), 0) FROM accounts"
                   " WHERE owner_kind = 'merchant'") == kept);
    }
    for (const auto& [id, payment] : acknowledged_) {
      job([&](soci::session& sql) {
        const auto order = findOrder(sql, "post", id);
        REQUIRE(order);
        CHECK(order->state == OrderState::Captured);
        CHECK(order->paymentId == payment);
        CHECK(findReceipt(sql, payment).has_value());
      });
    }
    CHECK(number("SELECT COUNT(*) FROM payments WHERE state = 'captured'") ==
          number("SELECT COUNT(*) FROM receipts WHERE kind = 'payment'"));
    compareTold();
  }

  /// Every event that was written has arrived, in the order in which it was written.
  void compareTold() {
    std::map<std::string, std::vector<std::string>> written;
    job([&](soci::session& sql) {
      for (std::int64_t after = 0;;) {
        const auto page = listEvents(sql, "post", std::nullopt, after, kEventsPageMax);
        if (page.empty()) return;
        for (const EventRow& event : page) {
          CHECK(event.state == EventState::Delivered);
          written[event.subject].push_back("urn:kiosk:event:" + event.type);
        }
        after = page.back().seq;
      }
    });
    CHECK(written == merchant_.told);
  }

  const bool byBank_;
  test::SeededRandom random_;
  std::unique_ptr<test::TempFolder> folder_ =
      std::make_unique<test::TempFolder>(test::fastFolder());
  std::unique_ptr<test::PowerCutDisk> disk_;
  HostKeys keys_;
  rig::BankLine line_;
  FlakyMerchant merchant_;
  MockBank bank_;
  std::unique_ptr<HostLife> life_;
  std::vector<SessionInfo> sessions_;
  std::vector<std::pair<std::string, std::shared_ptr<Outcome>>> waiting_;
  std::vector<std::pair<std::string, ContextPtr>> sheets_;  ///< that users look at, by order
  std::map<std::string, std::string> acknowledged_;         ///< payment by order
  std::uint64_t orders_ = 0;
  std::uint64_t faults_ = 0;
};

void simulate(bool byBank, std::uint64_t firstSeed, std::uint64_t worlds) {
  const std::uint64_t seed = numberOf("KIOSK_SIMULATION_SEED", firstSeed);
  const std::uint64_t steps = numberOf("KIOSK_SIMULATION_STEPS", 1'000);
  const auto start = std::chrono::steady_clock::now();
  std::uint64_t faults = 0;
  for (std::uint64_t at = seed; at < seed + worlds; ++at) {
    CAPTURE(at);
    World world(at, byBank);
    for (std::uint64_t step = 0; step < steps; ++step) world.step();
    world.finish();
    CHECK(world.paid() > 0);
    faults += world.faults();
  }
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  MESSAGE(faults << " faults in " << seconds << " s");
}

TEST_CASE("simulation: payments by a bank that errs, a network that loses and a host that dies") {
  simulate(true, 20'270, 3);
}

TEST_CASE("simulation: payments by the embedded ledger, with a host that dies") {
  simulate(false, 30'270, 2);
}

}  // namespace
}  // namespace kiosk::bridge
