// The queue and the writer's thread. The loop only moves records into the queue; canonical text,
// hashes, writing and syncing happen here. A group is written when a durable record waits for it,
// when the queue is half full, or 20 ms after its first record.

#include "bridge/audit.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "bridge/audit_chain.h"
#include "runtime/base/log.h"
#include "runtime/base/quiet_thread.h"

namespace kiosk::bridge {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kGatherTime{20};
constexpr milliseconds kSyncTimeMax{1000};
constexpr std::chrono::seconds kHeadTimeMax{60};
constexpr int kChainsMax = 16;

using Done = std::function<void(Result<void>)>;

struct Queued {
  AuditRecord record;
  Done done;  ///< empty for records that nobody waits for
};

}  // namespace

struct AuditLog::State {
  AuditConfig config;
  std::string chainDir;

  std::mutex mutex;  // guards what stands below up to the next blank line
  std::condition_variable wake, written;
  std::vector<Queued> queue;
  std::uint64_t dropped = 0;
  std::uint64_t queuedTotal = 0, writtenTotal = 0;
  std::uint64_t settledTotal = 0;  // of writtenTotal: synced, or given up on
  bool urgent = false, stopping = false;
  Executor* loop = nullptr;

  // The writer's own.
  ChainFiles files;
  steady_clock::time_point syncedAt = steady_clock::now();
  steady_clock::time_point headAt = syncedAt;
  std::uint64_t sinceHead = kHeadEveryRecords;  // records; a restart begins with a head
  std::uint64_t unsyncedRecords = 0;            // what a failed sync would take back, heads apart,
  std::uint64_t unsyncedDropped = 0;            // and what the `dropped` records among them counted
  bool failing = false;
  std::thread thread;

  bool push(Queued entry, bool isUrgent);
  void run();
  bool waitForWork(std::unique_lock<std::mutex>& lock);
  Result<void> writeGroup(const std::vector<Queued>& group, std::uint64_t& lost, bool mustSync);
  Result<void> appendLines(const std::vector<Queued>& group, std::uint64_t lost);
  void addHead(std::string& lines, ChainPoint& point);
  Result<void> sync(std::uint64_t& lost);
  void close();
  void answer(std::vector<Queued>& group, const Result<void>& outcome);
};

bool AuditLog::State::push(Queued entry, bool isUrgent) {
  bool first = false;
  {
    const std::lock_guard lock(mutex);
    if (queue.size() >= config.queueRecordsMax) {
      ++dropped;
      return false;
    }
    queue.push_back(std::move(entry));
    ++queuedTotal;
    // The writer sleeps on an empty queue, and while it gathers only urgency or half a queue
    // matters.
    first = queue.size() == 1 || queue.size() == config.queueRecordsMax / 2;
    urgent = urgent || isUrgent;
  }
  if (first || isUrgent) wake.notify_one();
  return true;
}

/// Waits until a group should be written or the files synced; false when all is done and the log
/// closes.
bool AuditLog::State::waitForWork(std::unique_lock<std::mutex>& lock) {
  const auto any = [&] { return stopping || urgent || !queue.empty() || dropped > 0; };
  if (!any() && files.dirty()) {
    wake.wait_until(lock, syncedAt + kSyncTimeMax, any);
  } else {
    wake.wait(lock, any);
  }
  if (!queue.empty() && !urgent && !stopping) {
    wake.wait_for(lock, kGatherTime,
                  [&] { return stopping || urgent || queue.size() >= config.queueRecordsMax / 2; });
  }
  return !(stopping && queue.empty() && dropped == 0);
}

void AuditLog::State::run() {
  std::unique_lock lock(mutex);
  std::vector<Queued> group;  // swapped with the queue, so that both keep their room
  while (waitForWork(lock)) {
    group.swap(queue);
    auto lost = std::exchange(dropped, 0);
    const bool mustSync = std::exchange(urgent, false) || stopping;
    lock.unlock();
    const auto outcome = writeGroup(group, lost, mustSync);
    answer(group, outcome);
    const auto count = group.size();
    group.clear();
    lock.lock();
    writtenTotal += count;
    if (mustSync || !outcome) settledTotal = writtenTotal;
    dropped += stopping ? 0 : lost;
    written.notify_all();
    // A full disk is asked again each second, not in a tight loop.
    if (!outcome) wake.wait_for(lock, kSyncTimeMax, [&] { return stopping; });
  }
  lock.unlock();
  close();
}

/// Signs and syncs the end of the chain.
void AuditLog::State::close() {
  if (failing) return;
  if (config.signer.sign && sinceHead > 0 && files.point().seq > 0) {
    sinceHead = kHeadEveryRecords;
    if (auto done = appendLines({}, 0); !done) logError(done.error().message);
  }
  if (const auto done = files.sync(config.clock->wallMs()); !done) logError(done.error().message);
}

/// A signed head, when the chain is signed and one is due.
void AuditLog::State::addHead(std::string& lines, ChainPoint& point) {
  if (!config.signer.sign || point.seq == 0) return;
  const auto now = steady_clock::now();
  if (sinceHead < kHeadEveryRecords && (sinceHead == 0 || now - headAt < kHeadTimeMax)) return;
  lines += headLine(config.signer, config.clock->wallMs(), point);
  sinceHead = 0;
  headAt = now;
}

Result<void> AuditLog::State::appendLines(const std::vector<Queued>& group, std::uint64_t lost) {
  auto point = files.point();
  std::string lines;
  if (lost > 0) {
    AuditRecord record;
    record.kind = AuditKind::Dropped;
    record.timeMs = config.clock->wallMs();
    record.count = lost;
    addHead(lines, point);
    lines += auditLine(record, files.salt(), point);
    ++sinceHead;
  }
  for (const auto& entry : group) {
    addHead(lines, point);
    lines += auditLine(entry.record, files.salt(), point);
    ++sinceHead;
  }
  if (group.empty() && lost == 0) addHead(lines, point);
  if (lines.empty()) return {};
  auto outcome = files.append(lines, point);
  if (!outcome) sinceHead = kHeadEveryRecords;
  return outcome;
}

/// Adds what a failure took back to `lost`.
Result<void> AuditLog::State::sync(std::uint64_t& lost) {
  auto outcome = files.sync(config.clock->wallMs());
  if (files.takeLost() > 0) {
    lost += unsyncedRecords + unsyncedDropped;
    sinceHead = kHeadEveryRecords;
  }
  unsyncedRecords = unsyncedDropped = 0;
  return outcome;
}

/// Writes `group` behind a record of the `lost` ones; afterwards `lost` tells how many records are
/// not in the log and not counted there either.
Result<void> AuditLog::State::writeGroup(const std::vector<Queued>& group, std::uint64_t& lost,
                                         bool mustSync) {
  auto outcome = files.ready(config.clock->wallMs());
  if (files.takeLost() > 0) {
    lost += std::exchange(unsyncedRecords, 0) + std::exchange(unsyncedDropped, 0);
    sinceHead = kHeadEveryRecords;
  }
  if (outcome) outcome = appendLines(group, lost);
  if (outcome) {
    unsyncedRecords += group.size();
    unsyncedDropped += std::exchange(lost, 0);
  } else {
    lost += group.size();
  }
  const auto now = steady_clock::now();
  if (outcome && (mustSync || now - syncedAt >= kSyncTimeMax)) {
    outcome = sync(lost);
    syncedAt = now;
  }
  if (!outcome && !failing) logError(outcome.error().message);
  failing = !outcome;
  return outcome;
}

void AuditLog::State::answer(std::vector<Queued>& group, const Result<void>& outcome) {
  const std::lock_guard lock(mutex);
  for (auto& entry : group) {
    if (!entry.done || loop == nullptr) continue;
    loop->post([done = std::move(entry.done), outcome] { done(outcome); });
  }
}

AuditLog::AuditLog(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<AuditLog>> AuditLog::open(AuditConfig config) {
  auto state = std::make_unique<State>();
  if (config.clock == nullptr) config.clock = &systemClock();
  if (config.random == nullptr) config.random = &systemRandom();
  Result<ChainFiles> files = Error{ErrorCode::Busy, ""};
  for (int chain = 0; chain < kChainsMax; ++chain) {
    state->chainDir = config.dir + "/" + std::to_string(chain);
    files =
        ChainFiles::open(state->chainDir, config.segmentBytesMax, *config.random, config.signer);
    if (files || files.error().code != ErrorCode::Busy) break;
  }
  if (!files) return Error{ErrorCode::HostError, files.error().message};
  state->files = *std::move(files);
  const auto& damage = state->files.damage();
  AuditRecord first;
  first.timeMs = config.clock->wallMs();
  first.kind = state->files.point().seq == 0 ? AuditKind::Started : AuditKind::Resumed;
  if (first.kind == AuditKind::Resumed) first.reason = kResumedClean;
  if (damage.tornBytes > 0) {
    first.kind = AuditKind::Resumed;
    first.reason = kResumedTorn;
    first.count = damage.tornBytes;
  }
  if (damage.lostRecords > 0) {
    first.reason = kResumedLost;
    first.count = damage.lostRecords;
  }
  if (damage.broken) first.reason = kResumedBroken;
  if (first.reason == kResumedLost || first.reason == kResumedBroken) {
    first.kind = AuditKind::Resumed;
    logError("audit: the log in " + state->chainDir + " is damaged; see kiosk audit verify");
  }
  state->config = std::move(config);
  auto log = std::unique_ptr<AuditLog>(new AuditLog(std::move(state)));
  auto* shared = log->state_.get();
  shared->thread = quietThread([shared] { shared->run(); });
  log->append(std::move(first));
  return log;
}

AuditLog::~AuditLog() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
    state_->loop = nullptr;
  }
  state_->wake.notify_one();
  if (state_->thread.joinable()) state_->thread.join();
}

void AuditLog::setLoop(Executor* loop) {
  const std::lock_guard lock(state_->mutex);
  state_->loop = loop;
}

void AuditLog::append(AuditRecord record) {
  (void)state_->push({std::move(record), nullptr}, false);
}

void AuditLog::appendDurable(AuditRecord record, Done done) {
  // The queue takes `done` only with room; a copy is what is left to answer with.
  if (!state_->push({std::move(record), done}, true)) {
    done(Error{ErrorCode::Busy, "the audit log has no room just now; try again"});
  }
}

void AuditLog::flush() {
  std::unique_lock lock(state_->mutex);
  const auto target = state_->queuedTotal;
  state_->urgent = true;
  state_->wake.notify_one();
  state_->written.wait(lock, [&] { return state_->settledTotal >= target; });
}

const std::string& AuditLog::chainDir() const { return state_->chainDir; }

}  // namespace kiosk::bridge
