#include "tests/bench/payments_bench.h"

#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "bridge/demo_seed.h"
#include "bridge/payments/demo_merchant.h"
#include "bridge/payments/ledger.h"
#include "bridge/payments/settlement.h"
#include "bridge/receipts/signature_suite.h"
#include "bridge/store/dialect.h"
#include "bridge/store/new_id.h"
#include "tests/bench/bench_host.h"
#include "tests/bench/figures.h"

namespace kiosk::bench {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int kPaymentRounds = 5, kCommits = 2'000, kPayments = 2'000;

double sinceMs(Steady::time_point start) {
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

/// Runs what the store answers, on the thread that waits.
class StoreLoop final : public Executor {
 public:
  void post(std::function<void()> task) override {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
    posted_.notify_one();
  }
  TimerId after(std::chrono::milliseconds, std::function<void()>) override { return 0; }
  void cancelTimer(TimerId) override {}
  void runSome() {
    std::vector<std::function<void()>> tasks;
    {
      std::unique_lock lock(mutex_);
      posted_.wait(lock, [&] { return !tasks_.empty(); });
      tasks.swap(tasks_);
    }
    for (const auto& task : tasks) task();
  }

 private:
  std::mutex mutex_;
  std::condition_variable posted_;
  std::vector<std::function<void()>> tasks_;
};

struct BenchFolder {
  BenchFolder() { std::filesystem::create_directories(path); }
  ~BenchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  const std::string path =
      (std::filesystem::temp_directory_path() / ("kiosk-bench-pay-" + std::to_string(getpid())))
          .string();
};

/// Commits of one small row each, one after the other, in a second.
double rawCommits() {
  const BenchFolder folder;
  soci::session sql;
  bridge::dialect::open(sql, {.path = folder.path + "/raw.db"});
  sql << "CREATE TABLE one (id BIGINT PRIMARY KEY, text TEXT NOT NULL)";
  const auto start = Steady::now();
  for (long long i = 0; i < kCommits; ++i) {
    bridge::dialect::beginWrite(sql);
    sql << "INSERT INTO one VALUES (:id, 'a row as small as a row is')", soci::use(i, "id");
    sql << "COMMIT";
  }
  const double perSecond = kCommits / sinceMs(start) * 1000;
  long long rows = 0;
  sql << "SELECT COUNT(*) FROM one", soci::into(rows);
  if (rows != kCommits) giveUp("a commit was lost");
  return perSecond;
}

/// A seeded ledger with the host's keys.
struct PaymentsHost {
  PaymentsHost()
      : store(*bridge::Store::open({.path = folder.path + "/kiosk.db"})),
        keys(std::string(32, 'k'), Ed25519Key::generate(systemRandom())),
        receipts(bridge::ed25519Signer(keys.signing(), keys.signingKeyId()), {}) {
    store->attached(loop);
    if (!bridge::seedDemo(*store, systemClock())) giveUp("the store cannot be seeded");
  }

  bridge::PaymentCall call(int number) const {
    bridge::PaymentCall call;
    call.user = UserId("anna");
    call.app = AppId("ru.post.parcel");
    call.idempotencyKey = std::to_string(number);
    call.order.merchantId = "post";
    call.order.orderId = "O" + std::to_string(number);
    call.order.amountMinor = 1;
    call.order.currency = "RUB";
    call.order.expSeconds = 4'102'444'800;
    call.kid = bridge::kDemoMerchantKid;
    call.tokenHash = call.order.orderId;
    call.payee = "Post";
    call.payer = "payer";
    call.paymentId = bridge::newId(systemRandom());
    call.consentId = "consent";
    call.nowMs = systemClock().wallMs();
    return call;
  }

  void check() const {
    const auto audit = store->runNow<bridge::ledger::Audit>("bench.audit", [](soci::session& sql) {
      return Result<bridge::ledger::Audit>(bridge::ledger::audit(sql));
    });
    if (!audit || !audit->sound()) giveUp("the books do not hold");
    const auto paid = store->runNow<std::int64_t>("bench.count", [](soci::session& sql) {
      long long count = 0;
      sql << "SELECT COUNT(*) FROM payments WHERE state = 'captured'", soci::into(count);
      return Result<std::int64_t>(count);
    });
    if (!paid || *paid != kPayments) giveUp("a payment is missing");
  }

  BenchFolder folder;
  StoreLoop loop;
  std::unique_ptr<bridge::Store> store;
  bridge::HostKeys keys;
  bridge::ReceiptBook receipts;
};

/// `inFlight` payments wait at a time; each one's time goes to `times` in milliseconds.
double paymentsPerSecond(int inFlight, std::vector<double>& times) {
  PaymentsHost host;
  int begun = 0, ended = 0;
  const auto begin = [&](auto& self) -> void {
    const auto started = Steady::now();
    host.store->run<bridge::PayAnswer>(
        "bench.pay",
        [call = host.call(begun++), &host](soci::session& sql) {
          return bridge::payByLedger(sql, call, host.keys, host.receipts);
        },
        [&, started](const Result<bridge::PayAnswer>& answer) {
          if (!answer || answer->refused) giveUp("a payment was refused");
          times.push_back(sinceMs(started));
          ++ended;
          if (begun < kPayments) self(self);
        });
  };
  const auto start = Steady::now();
  for (int i = 0; i < inFlight; ++i) begin(begin);
  while (ended < kPayments) host.loop.runSome();
  const double perSecond = kPayments / sinceMs(start) * 1000;
  host.check();
  return perSecond;
}

void printRate(const char* variant, std::vector<double> rates) {
  Line line{{"bench", "payments"}, {"peer", "kiosk"}, {"variant", variant}, {"unit", "per second"}};
  addSpread(line, std::move(rates));
  printLine(line);
}

}  // namespace

int payments() {
  std::vector<double> raw, alone, together, times;
  for (int round = 0; round < kPaymentRounds; ++round) {
    std::vector<double> unused;
    raw.push_back(rawCommits());
    alone.push_back(paymentsPerSecond(1, unused));
    together.push_back(paymentsPerSecond(256, times));
  }
  printRate("plain commits of one row", std::move(raw));
  printRate("payments, one at a time", std::move(alone));
  printRate("payments, 256 waiting", std::move(together));
  Line line{
      {"bench", "payments"}, {"peer", "kiosk"}, {"variant", "256 waiting, each"}, {"unit", "ms"}};
  addSpread(line, std::move(times));
  printLine(line);
  return 0;
}

}  // namespace kiosk::bench
