// Goal: what a merchant is told arrives in its order, by one sender at a time, and is not lost by a
// sender that dies. Method: the outbox over a real store, with a clock that the test moves.

#include "bridge/payments/outbox.h"

#include <doctest/doctest.h>

#include <string>

#include "runtime/base/encoding.h"
#include "tests/unit/bridge/payments_fixture.h"

namespace kiosk::bridge {
namespace {

using test::codeOf;
using test::PaymentsBench;

constexpr std::int64_t kLease = 30'000;

struct OutboxBench : PaymentsBench {
  OutboxBench() { endpoint("https://post.example/kiosk"); }
  void endpoint(const std::string& url) {
    query<int>([&](soci::session& s) {
      putWebhook(s, {.merchantId = "post", .url = url, .updatedAtMs = clock.nowMs});
      return 0;
    });
  }
  void append(const std::string& subject, int number) {
    query<int>([&](soci::session& s) {
      appendEvent(s,
                  {.merchantId = "post",
                   .subject = subject,
                   .type = "order.captured",
                   .number = number,
                   .data = {{"orderId", subject}}},
                  clock.nowMs);
      return 0;
    });
  }
  std::vector<ClaimedEvent> claim(std::int64_t most = 10) {
    return query<std::vector<ClaimedEvent>>(
        [&](soci::session& s) { return claimEvents(s, clock.nowMs, kLease, most); });
  }
  std::string claimed() {
    std::string names;
    for (const auto& one : claim()) {
      names += one.event.subject + std::to_string(one.event.seq) + " ";
    }
    return names;
  }
  void failed(std::int64_t seq) {
    query<int>([&](soci::session& s) {
      eventFailed(s, seq, "HTTP 500", clock.nowMs + 1000);
      return 0;
    });
  }
  void delivered(std::int64_t seq) {
    query<int>([&](soci::session& s) {
      eventDelivered(s, seq, clock.nowMs);
      return 0;
    });
  }
  std::vector<EventRow> list(std::optional<EventState> state) {
    return query<std::vector<EventRow>>(
        [&](soci::session& s) { return listEvents(s, "post", state, 0, 100); });
  }
};

TEST_CASE("outbox: events of one order go out one after the other, of two orders side by side") {
  OutboxBench bench;
  bench.append("A", 1);
  bench.append("A", 2);
  bench.append("B", 1);
  CHECK(bench.claimed() == "A1 B3 ");
  CHECK(bench.claimed().empty());
  bench.delivered(1);
  CHECK(bench.claimed() == "A2 ");
}

TEST_CASE("outbox: what a sender took and never settled is taken again when its lease is over") {
  OutboxBench bench;
  bench.append("A", 1);
  CHECK(bench.claimed() == "A1 ");
  bench.clock.nowMs += kLease - 1;
  CHECK(bench.claimed().empty());
  bench.clock.nowMs += 1;
  CHECK(bench.claim().at(0).event.attempts == 2);
}

TEST_CASE("outbox: a clock that is set back by days holds no event up") {
  OutboxBench bench;
  bench.append("A", 1);
  CHECK(bench.claimed() == "A1 ");
  bench.failed(1);
  bench.clock.nowMs -= 40 * kEventRetryMsMax;
  CHECK(bench.claimed() == "A1 ");
  CHECK(bench.claimed().empty());  // by the new clock it has a sender
}

TEST_CASE("outbox: a failed delivery waits, and after the last attempt it is a dead letter") {
  OutboxBench bench;
  bench.append("A", 1);
  bench.append("A", 2);
  for (int attempt = 1; attempt <= kEventAttemptsMax; ++attempt) {
    CHECK(bench.claim().at(0).event.seq == 1);
    bench.failed(1);
    if (attempt < kEventAttemptsMax) CHECK(bench.claim().empty());
    bench.clock.nowMs += 1000;
  }
  const auto dead = bench.list(EventState::Dead);
  REQUIRE(dead.size() == 1);
  CHECK(dead[0].lastError == "HTTP 500");
  CHECK(bench.claimed() == "A2 ");  // a dead letter holds nothing up
  bench.delivered(2);
  const auto again = bench.store->runNow<EventRow>("test.replay", [&](soci::session& s) {
    return replayEvent(s, "post", dead[0].id, bench.clock.nowMs);
  });
  REQUIRE(again);
  CHECK(again->attempts == 0);
  CHECK(bench.claimed() == "A1 ");
  CHECK(codeOf(bench.store->runNow<EventRow>("test.replay", [&](soci::session& s) {
          return replayEvent(s, "shop", dead[0].id, bench.clock.nowMs);
        })) == ErrorCode::NotFound);
}

TEST_CASE("outbox: without an endpoint events are kept, and go out when there is one") {
  OutboxBench bench;
  bench.endpoint("");
  bench.append("A", 1);
  CHECK(bench.claimed().empty());
  bench.endpoint("https://post.example/new");
  CHECK(bench.claim().at(0).url == "https://post.example/new");
}

TEST_CASE("outbox: the same event twice is refused; old deliveries go, but for the newest number") {
  OutboxBench bench;
  bench.append("A", 1);
  CHECK(!bench.store->runNow<void>("test.twice", [&](soci::session& s) -> Result<void> {
    appendEvent(s, {.merchantId = "post", .subject = "A", .type = "x", .number = 1, .data = {}}, 1);
    return {};
  }));
  bench.append("A", 2);
  bench.delivered(1);
  bench.delivered(2);
  const auto purged = bench.query<std::int64_t>(
      [&](soci::session& s) { return purgeEvents(s, bench.clock.nowMs + 1, 10); });
  CHECK(purged == 1);
  CHECK(bench.list(std::nullopt).at(0).seq == 2);
}

TEST_CASE("outbox: an error text is cut between characters") {
  OutboxBench bench;
  bench.append("A", 1);
  bench.claim();
  bench.query<int>([&](soci::session& s) {
    std::string text = "x";
    while (text.size() < kEventErrorBytesMax + 10) text += "ж";
    eventFailed(s, 1, text, 0);
    return 0;
  });
  const std::string kept = bench.list(std::nullopt).at(0).lastError;
  CHECK(kept.size() == kEventErrorBytesMax - 1);
  CHECK(isUtf8(kept));
}

}  // namespace
}  // namespace kiosk::bridge
