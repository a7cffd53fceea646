// The log in a folder of its own below the temporary folder: TMPDIR chooses the disk.

#include "tests/bench/audit_bench.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>

#include "bridge/audit.h"
#include "bridge/identity/host_keys.h"
#include "tests/bench/bench_host.h"
#include "tests/bench/figures.h"

namespace kiosk::bench {
namespace {

using bridge::AuditKind;
using bridge::AuditLog;
using bridge::AuditRecord;

constexpr int kRecords = 100'000, kAuditRounds = 5, kDurable = 500, kBurst = 64;
constexpr std::uint64_t kSegmentBytesMax = std::uint64_t{1} << 30;

double nowUs() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::micro>(now).count();
}

/// Runs posted tasks on the thread that waits.
class WaitLoop final : public Executor {
 public:
  void post(std::function<void()> task) override {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
    posted_.notify_one();
  }
  TimerId after(std::chrono::milliseconds, std::function<void()>) override { return 0; }
  void cancelTimer(TimerId) override {}
  void runUntil(const std::function<bool()>& done) {
    while (!done()) {
      std::vector<std::function<void()>> tasks;
      {
        std::unique_lock lock(mutex_);
        posted_.wait(lock, [&] { return !tasks_.empty(); });
        tasks.swap(tasks_);
      }
      for (const auto& task : tasks) task();
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable posted_;
  std::vector<std::function<void()>> tasks_;
};

AuditRecord callRecord(const std::shared_ptr<const bridge::AuditSubject>& subject, int number) {
  AuditRecord record;
  record.kind = AuditKind::Call;
  record.timeMs = 1'800'000'000'000;
  record.subject = subject;
  record.method = "storage.local.set";
  record.params = R"({"key":"draft","value":{"to":"Boris","text":"hello, this is a short text"}})";
  record.shape = "key:string value:object";
  record.decision = "allowed";
  record.outcome = "ok";
  record.durationUs = 100;
  record.call = static_cast<std::uint64_t>(number) + 1;
  return record;
}

Line lineOf(const char* variant, const char* unit) {
  return {{"bench", "audit"}, {"peer", "kiosk"}, {"variant", variant}, {"unit", unit}};
}

void mustBeOk(const Result<void>& outcome) {
  if (!outcome) giveUp(outcome.error().message);
}

/// The folder goes with it.
struct BenchLog {
  explicit BenchLog(bool isSigned) {
    config.dir = dir;
    config.queueRecordsMax = 2 * kRecords;
    config.segmentBytesMax = kSegmentBytesMax;
    if (isSigned) {
      config.signer = {bridge::keyIdOf(key.publicKey()),
                       [this](std::string_view text) { return key.sign(bytesOf(text)); }};
    }
    auto opened = AuditLog::open(config);
    if (!opened) giveUp(opened.error().message);
    log = *std::move(opened);
    log->setLoop(&loop);
    subject->app = "ru.post.parcel";
    subject->payloadHash = std::string(64, 'a');
    subject->session = std::string(32, 'b');
    subject->version = "1.2.0";
    subject->user = "anna";
  }
  ~BenchLog() {
    log.reset();
    std::error_code ignored;
    std::filesystem::remove_all(dir, ignored);
  }

  std::string dir =
      (std::filesystem::temp_directory_path() / ("kiosk-bench-audit-" + std::to_string(getpid())))
          .string();
  Ed25519Key key = Ed25519Key::generate(systemRandom());
  WaitLoop loop;
  bridge::AuditConfig config;
  std::shared_ptr<bridge::AuditSubject> subject = std::make_shared<bridge::AuditSubject>();
  std::unique_ptr<AuditLog> log;
};

/// A record that nobody waits for: what the loop pays, and what all of it takes until synced.
void flood() {
  std::vector<double> loopCost, total;
  for (int round = 0; round < kAuditRounds; ++round) {
    BenchLog bench(true);
    std::vector<AuditRecord> records;
    for (int i = 0; i < kRecords; ++i) records.push_back(callRecord(bench.subject, i));
    bench.log->flush();
    const double start = nowUs();
    for (auto& record : records) bench.log->append(std::move(record));
    const double queued = nowUs();
    bench.log->flush();
    loopCost.push_back((queued - start) * 1000 / kRecords);
    total.push_back((nowUs() - start) * 1000 / kRecords);
    const auto report = bridge::verifyAudit(
        bench.dir, {{{bridge::keyIdOf(bench.key.publicKey()), bench.key.publicKey()}}});
    if (!report || !report->sound || report->records < kRecords) giveUp("the log is not sound");
  }
  Line line = lineOf("append, on the loop", "ns/record");
  addSpread(line, std::move(loopCost));
  printLine(line);
  line = lineOf("append, until all is synced", "ns/record");
  addSpread(line, std::move(total));
  printLine(line);
}

/// A record that a call waits for, `burst` of them at a time.
void durable(int burst, bool isSigned, const char* variant) {
  BenchLog bench(isSigned);
  std::vector<double> times;
  for (int i = 0; i < kDurable; ++i) {
    int left = burst;
    const double start = nowUs();
    for (int k = 0; k < burst; ++k) {
      bench.log->appendDurable(callRecord(bench.subject, i), [&](Result<void> outcome) {
        mustBeOk(outcome);
        --left;
      });
    }
    bench.loop.runUntil([&] { return left == 0; });
    times.push_back((nowUs() - start) / burst);
  }
  Line line = lineOf(variant, "us/record");
  addSpread(line, std::move(times));
  printLine(line);
}

void verifying() {
  BenchLog bench(true);
  for (int i = 0; i < kRecords; ++i) bench.log->append(callRecord(bench.subject, i));
  bench.log->flush();
  std::vector<double> times;
  for (int round = 0; round < kAuditRounds; ++round) {
    const double start = nowUs();
    const auto report = bridge::verifyAudit(
        bench.dir, {{{bridge::keyIdOf(bench.key.publicKey()), bench.key.publicKey()}}});
    if (!report || !report->sound) giveUp("the log is not sound");
    times.push_back((nowUs() - start) * 1000 / static_cast<double>(report->records));
  }
  Line line = lineOf("verify", "ns/record");
  addSpread(line, std::move(times));
  printLine(line);
}

}  // namespace

int audit() {
  flood();
  durable(1, false, "durable, one at a time, unsigned heads");
  durable(1, true, "durable, one at a time");
  durable(kBurst, true, "durable, 64 at a time");
  verifying();
  return 0;
}

}  // namespace kiosk::bench
