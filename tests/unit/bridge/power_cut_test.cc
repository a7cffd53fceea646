// Goal: what the host has acknowledged survives a power cut, and what it has not leaves no half.
// Method: payments, a checkpoint and a refund on a disk that fails at its Nth call, for every N
// until they come through; each time the host starts again from what the disk holds, is checked,
// and the same calls are repeated. That the method can see a missing fsync is shown by the same
// run with weaker settings of SQLite.

#include <doctest/doctest.h>

#include <filesystem>
#include <set>
#include <string>

#include "bridge/payments/refund_book.h"
#include "tests/unit/bridge/power_cut_disk.h"
#include "tests/unit/bridge/shop_fixture.h"

namespace kiosk::bridge {
namespace {

using test::Outcome;
using test::PowerCutDisk;
using test::PowerLoss;
using test::Shop;

constexpr int kCutOrders = 3;
constexpr std::uint64_t kCutPointsMax = 2000;
constexpr const char* kRefundId = "0123456789abcdef0123456789abcdef";

struct Acknowledged {
  std::set<std::string> orders;
  bool isRefunded = false;
};

/// Two payments that share a commit, a checkpoint, a refund of the first, and a payment.
Acknowledged workUntilCut(Shop& shop) {
  Acknowledged heard;
  const auto pay = [&](std::initializer_list<int> orders) {
    std::vector<std::shared_ptr<Outcome>> outcomes;
    std::vector<ContextPtr> contexts;
    for (const int i : orders) {
      auto context =
          shop.caller.context(shop.anna, {{"orderToken", shop.token(i)}}, Shop::keyOf(i));
      if (!shop.caller.prepare("payments.request", context)) return;
      contexts.push_back(std::move(context));
    }
    for (const auto& context : contexts) {
      outcomes.push_back(std::make_shared<Outcome>());
      shop.caller.start("payments.request", context, outcomes.back());
    }
    int at = 0;
    for (const int i : orders) {
      const auto& outcome = outcomes[static_cast<std::size_t>(at++)];
      shop.loop.runUntil([&] { return outcome->has_value(); });
      if (**outcome) heard.orders.insert(Shop::orderId(i));
    }
  };
  pay({0, 1});
  (void)shop.store->maintainNow("test.checkpoint", [](soci::session& sql) -> Result<void> {
    sql << "PRAGMA wal_checkpoint(TRUNCATE)";
    return {};
  });
  auto refunded = shop.store->runNow<RefundRow>("test.refund", [&](soci::session& sql) {
    return refundOrder(sql, {.merchantId = "post",
                             .orderId = Shop::orderId(0),
                             .refundId = kRefundId,
                             .amountMinor = 400,
                             .reason = "",
                             .nowMs = shop.clock.nowMs});
  });
  heard.isRefunded = refunded.has_value();
  pay({2});
  return heard;
}

/// Starts a host from what the disk held; how much of what was acknowledged it does not know.
std::int64_t lostIn(const std::string& folder, const Acknowledged& heard) {
  Shop shop(folder);
  std::int64_t lost = 0;
  for (const std::string& id : heard.orders) {
    lost += 1 - shop.count("SELECT COUNT(*) FROM orders WHERE state = 'captured' AND order_id = '" +
                           id + "'");
  }
  return lost + (heard.isRefunded ? 1 - shop.count("SELECT COUNT(*) FROM refunds") : 0);
}

/// Works on a disk that fails at `cutAt`, with `pragma` first when there is one. Leaves in `image`
/// what the disk holds then; nothing when the work came through.
std::optional<Acknowledged> cut(const std::filesystem::path& seeded, std::uint64_t cutAt,
                                PowerLoss loss, const char* pragma, const test::TempFolder& image) {
  const test::QuietErrors quiet;
  test::TempFolder folder(test::fastFolder());
  std::filesystem::copy_file(seeded / "kiosk.db", folder.path() / "kiosk.db");
  PowerCutDisk disk(loss, cutAt);
  disk.failAt(cutAt);
  std::optional<Acknowledged> heard;
  (void)Store::open({.path = (folder.path() / "kiosk.db").string()});
  if (!disk.isCut()) {
    Shop shop(folder.path().string());
    if (pragma != nullptr) {
      REQUIRE(shop.store->maintainNow("test.pragma", [&](soci::session& sql) -> Result<void> {
        sql << pragma;
        return {};
      }));
    }
    heard = workUntilCut(shop);
  }
  if (!disk.isCut()) return std::nullopt;
  disk.writeImage(image.path().string());
  return heard.value_or(Acknowledged{});
}

TEST_CASE("payments: a power cut at any call to the disk loses nothing that was acknowledged") {
  test::TempFolder seeded(test::fastFolder());
  { Shop shop(seeded.path().string()); }
  std::uint64_t cuts = 0;
  for (const PowerLoss loss : {PowerLoss::All, PowerLoss::TearLast, PowerLoss::Some}) {
    for (std::uint64_t cutAt = 1;; cutAt += test::faultStride(), ++cuts) {
      REQUIRE(cutAt < kCutPointsMax);
      CAPTURE(cutAt);
      CAPTURE(static_cast<int>(loss));
      test::TempFolder image(test::fastFolder());
      const auto heard = cut(seeded.path(), cutAt, loss, nullptr, image);
      if (!heard) break;
      CHECK(lostIn(image.path().string(), *heard) == 0);
      Shop shop(image.path().string());
      shop.checkSurvived(heard->orders);
      shop.payAgain(kCutOrders);
    }
  }
  CHECK(cuts * test::faultStride() > 500);
  MESSAGE("cut at " << cuts << " points");
}

TEST_CASE("payments: a store that did not sync each commit would be caught by the same cuts") {
  test::TempFolder seeded(test::fastFolder());
  { Shop shop(seeded.path().string()); }
  for (const char* pragma : {"PRAGMA synchronous=NORMAL", "PRAGMA synchronous=OFF"}) {
    CAPTURE(pragma);
    std::int64_t lost = 0;
    for (std::uint64_t cutAt = 1; lost == 0; ++cutAt) {
      REQUIRE(cutAt < kCutPointsMax);
      test::TempFolder image(test::fastFolder());
      const auto heard = cut(seeded.path(), cutAt, PowerLoss::All, pragma, image);
      REQUIRE(heard);
      lost = lostIn(image.path().string(), *heard);
    }
    CHECK(lost > 0);
  }
}

}  // namespace
}  // namespace kiosk::bridge
