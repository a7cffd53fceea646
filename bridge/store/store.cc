#include "bridge/store/store.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <string>
#include <utility>

#include "bridge/store/dialect.h"
#include "bridge/store/schema.h"
#include "runtime/base/guard.h"
#include "runtime/base/log.h"
#include "runtime/base/quiet_thread.h"

namespace kiosk::bridge {
namespace {

/// Runs `work` and turns what it throws into an Error. The only place where exceptions of a job
/// end.
template <class Work>
std::optional<Error> fenced(const char* name, Work&& work) {
  try {
    return work();
  } catch (const soci::soci_error& thrown) {
    // Not what(): that holds the bound values too, which are the users'.
    logWarn(std::string("store: ") + name + ": " + thrown.get_error_message());
    return dialect::classify(thrown);
  } catch (const std::exception& thrown) {
    logError(std::string("store: ") + name + ": " + thrown.what());
    return Error{ErrorCode::Internal, "the host failed; the operation changed nothing"};
  }
}

}  // namespace

Store::Store(StoreOptions options) : options_(std::move(options)) {}

Result<std::unique_ptr<Store>> Store::open(StoreOptions options) {
  KIOSK_CHECK(options.groupJobsMax > 0 && options.queueJobsMax > 0, "a store takes jobs");
  auto store = std::unique_ptr<Store>(new Store(std::move(options)));
  auto failure = fenced("open", [&]() -> std::optional<Error> {
    dialect::open(store->sql_, {.path = store->options_.path,
                                .busyTimeoutMax = store->options_.busyTimeoutMax,
                                .pagesMax = store->options_.pagesMax});
    auto migrated = migrate(store->sql_);
    if (!migrated) return migrated.error();
    return std::nullopt;
  });
  if (failure) return std::move(*failure);
  store->thread_ = quietThread([raw = store.get()] { raw->work(); });
  return store;
}

Store::~Store() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Store::attached(Executor& loop) {
  std::vector<Task> ready;
  {
    std::lock_guard lock(mutex_);
    KIOSK_CHECK(loop_ == nullptr || loop_ == &loop, "a store answers on one loop");
    loop_ = &loop;
    ready = std::exchange(undelivered_, {});
  }
  if (!ready.empty()) deliver(std::move(ready));
}

void Store::submit(Task task) {
  {
    std::lock_guard lock(mutex_);
    if (queue_.size() < options_.queueJobsMax) {
      queue_.push_back(std::move(task));
      wake_.notify_one();
      return;
    }
  }
  task.failure = Error{ErrorCode::Busy, "the host's store has too much to do; try again"};
  std::vector<Task> refused;
  refused.push_back(std::move(task));
  deliver(std::move(refused));
}

std::vector<Store::Task> Store::nextGroup() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  std::vector<Task> group;
  std::size_t count = std::min(queue_.size(), options_.groupJobsMax);
  const auto bare =
      std::find_if(queue_.begin(), queue_.end(), [](const Task& t) { return t.bare; });
  const auto before = static_cast<std::size_t>(bare - queue_.begin());
  count = std::min(count, std::max<std::size_t>(before, 1));
  group.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return group;
}

void Store::work() {
  for (;;) {
    std::vector<Task> group = nextGroup();
    if (group.empty()) return;  // stopping, and nothing is left
    if (group.front().bare) {
      group.front().failure =
          fenced(group.front().name, [&] { return group.front().attempt(sql_); });
    } else {
      runGroup(group);
    }
    deliver(std::move(group));
  }
}

void Store::runGroup(std::vector<Task>& group) {
  auto failure = tryGroup(group);
  if (!failure) return;
  if (group.size() == 1) {
    if (!group.front().failure) group.front().failure = std::move(failure);
    return;
  }
  // One job's misfortune (a full disk, say) is not its neighbours': each is tried by itself.
  for (Task& task : group) {
    task.failure.reset();
    auto alone = tryGroup(std::span(&task, 1));
    if (alone && !task.failure) task.failure = std::move(alone);
  }
}

std::optional<Error> Store::tryGroup(std::span<Task> group) {
  auto failure = fenced("commit", [&]() -> std::optional<Error> {
    dialect::beginWrite(sql_);
    for (Task& task : group) {
      attemptInSavepoint(task);
      if (!dialect::inTransaction(sql_)) {
        return task.failure.value_or(Error{ErrorCode::HostError, "the host's store gave up"});
      }
    }
    sql_ << "COMMIT";
    return std::nullopt;
  });
  if (KIOSK_GUARD("store.commit", !failure)) return std::nullopt;
  (void)fenced("rollback", [&]() -> std::optional<Error> {
    if (dialect::inTransaction(sql_)) sql_ << "ROLLBACK";
    return std::nullopt;
  });
  return failure;
}

void Store::attemptInSavepoint(Task& task) {
  sql_ << "SAVEPOINT job";
  task.failure = fenced(task.name, [&] { return task.attempt(sql_); });
  if (!dialect::inTransaction(sql_)) return;
  if (task.failure) sql_ << "ROLLBACK TO SAVEPOINT job";
  sql_ << "RELEASE SAVEPOINT job";
}

void Store::deliver(std::vector<Task> finished) {
  std::vector<Task> forLoop;
  for (Task& task : finished) {
    if (task.waited) {
      task.finish(std::move(task.failure));
    } else {
      forLoop.push_back(std::move(task));
    }
  }
  if (forLoop.empty()) return;
  Executor* loop = nullptr;
  {
    std::lock_guard lock(mutex_);
    if (loop_ == nullptr || stopping_) {
      std::move(forLoop.begin(), forLoop.end(), std::back_inserter(undelivered_));
      return;
    }
    loop = loop_;
  }
  loop->post([tasks = std::move(forLoop), alive = std::weak_ptr<const int>(alive_)]() mutable {
    if (alive.expired()) return;
    for (Task& task : tasks) task.finish(std::move(task.failure));
  });
}

}  // namespace kiosk::bridge
