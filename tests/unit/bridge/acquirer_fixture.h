#pragma once
// The adapter over a line to a mock bank, or over answers that the test wrote. Time is the line's
// own; nothing sleeps.

#include <kiosk/bridge/acquirer.h>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "tests/unit/bridge/bank_fixture.h"

namespace kiosk::bridge::rig {

inline constexpr std::int64_t kLineTimeoutMs = 20'000;

/// What the line does to one request.
struct LineDelay {
  std::int64_t toBankMs = 1, toHostMs = 1;
};

/// Carries requests to `bank` with delays, and gives up waiting as the real transport does; what is
/// still on its way then arrives nevertheless. Answers of `canned` come first.
class BankLine final : public AcquirerTransport, public Clock {
 public:
  void request(AcquirerRequest request, Done done) override {
    sent.push_back(request);
    auto waiting = std::make_shared<Done>(std::move(done));
    const auto settle = [waiting](Result<AcquirerReply> reply) {
      if (const auto once = std::exchange(*waiting, nullptr)) once(std::move(reply));
    };
    if (!canned.empty()) {
      auto reply = std::move(canned.front());
      canned.pop_front();
      at(nowMs + 1, [settle, reply] { settle(reply); });
      return;
    }
    const auto delay = nextDelay ? nextDelay() : LineDelay{};
    at(nowMs + kLineTimeoutMs, [settle] { settle(Error{ErrorCode::Timeout, "no answer"}); });
    at(nowMs + delay.toBankMs, [this, settle, delay, request = std::move(request)] {
      KIOSK_CHECK(bank != nullptr, "a line without a bank has canned answers");
      const auto said = bank->handle({request.method, request.path, request.body}, nowMs);
      if (!said.isAnswered) return settle(Error{ErrorCode::NetworkError, "cut"});
      at(nowMs + said.delayMs + delay.toHostMs, [settle, said] {
        settle(AcquirerReply{said.status, said.body});
      });
    });
  }
  std::int64_t wallMs() const override { return nowMs; }
  /// Stands, so that each adapter logs one doubt and not thousands.
  std::int64_t monotonicUs() const override { return 0; }

  void run(std::int64_t forMs) {
    const auto end = nowMs + forMs;
    while (!events_.empty() && events_.begin()->first <= end) {
      nowMs = events_.begin()->first;
      const auto event = std::move(events_.begin()->second);
      events_.erase(events_.begin());
      event();
    }
    nowMs = end;
  }

  MockBank* bank = nullptr;
  std::int64_t nowMs = kBankStartMs;
  std::deque<Result<AcquirerReply>> canned;
  std::function<LineDelay()> nextDelay;
  std::vector<AcquirerRequest> sent;

 private:
  void at(std::int64_t timeMs, std::function<void()> event) {
    events_.emplace(timeMs, std::move(event));
  }
  std::multimap<std::int64_t, std::function<void()>> events_;
};

inline WalletCharge chargeOf(const std::string& id, std::int64_t amount,
                             const std::string& user = "anna") {
  return {id, UserId(user), "post", "ORDER-" + id, amount, "RUB"};
}

/// The adapter, its line, and a mock bank with a script at the end of it.
struct AcquirerBench {
  explicit AcquirerBench(const json& rules = json::array()) : bank(makeMockBank(rules)) {
    auto made = std::make_unique<BankLine>();
    line = made.get();
    line->bank = &bank;
    AcquirerOptions options;
    options.clock = line;
    auto acquirer = makeAcquirer(std::move(options), std::move(made));
    REQUIRE(acquirer);
    wallet = std::move(*acquirer);
  }

  /// Runs until the call is answered: four requests that all time out take 80 s.
  template <class Answer, class Start>
  Answer wait(Start start) {
    std::optional<Answer> answer;
    start([&answer](Answer said) {
      CHECK(!answer.has_value());
      answer = std::move(said);
    });
    for (int i = 0; i < 100 && !answer; ++i) line->run(1'000);
    REQUIRE(answer.has_value());
    return *answer;
  }
  ChargeAnswer charge(const std::string& id, std::int64_t amount,
                      const std::string& user = "anna") {
    return wait<ChargeAnswer>(
        [&](auto done) { wallet->charge(chargeOf(id, amount, user), std::move(done)); });
  }
  ChargeAnswer lookup(const std::string& id) {
    return wait<ChargeAnswer>([&](auto done) { wallet->lookup(id, std::move(done)); });
  }
  RefundOutcome refund(const std::string& id, const std::string& payment, std::int64_t amount) {
    return wait<RefundOutcome>([&](auto done) {
      wallet->refund({id, payment, amount, "RUB"}, std::move(done));
    });
  }
  RefundOutcome lookupRefund(const std::string& id) {
    return wait<RefundOutcome>([&](auto done) { wallet->lookupRefund(id, std::move(done)); });
  }

  MockBank bank;
  BankLine* line;
  std::unique_ptr<Acquirer> wallet;
};

}  // namespace kiosk::bridge::rig
