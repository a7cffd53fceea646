#pragma once
// The store: one thread that runs all SQL of one database.
//
//   any thread            store thread                                    loop
//   run(job, done) ─────► queue ─► BEGIN, job, job, job, COMMIT ─fsync─► done, done, done
//
// Jobs run in the order of their `run`, each sees what the ones before it wrote, and each is all or
// nothing. Jobs that wait together share one commit, so that a burst costs one fsync. A `done` runs
// on the loop after the commit, never before: what it promises would survive a power cut.

#include <kiosk/executor.h>
#include <kiosk/result.h>
#include <soci/soci.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace kiosk::bridge {

struct StoreOptions {
  /// The database file; its folder exists.
  std::string path;
  /// Jobs that wait; one more is refused with `busy`.
  std::size_t queueJobsMax = 4096;
  /// Jobs of one commit.
  std::size_t groupJobsMax = 256;
  /// How long a transaction waits for another process that writes.
  std::chrono::milliseconds busyTimeoutMax{5000};
  /// Pages of 4 KiB that the file may grow to; 0: no bound but the disk's.
  std::int64_t pagesMax = 0;
};

class Store {
 public:
  /// Opens or creates the database and brings its schema up to date.
  /// Errors: StorageFull   no room is left.
  ///         HostError     it cannot be opened, is damaged, or was written by a newer program.
  static Result<std::unique_ptr<Store>> open(StoreOptions options);

  /// Runs and commits what is queued, then stops. A `done` that has not run is dropped, also one
  /// that was posted already. Threads: the loop's own, once there is one.
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  /// The loop on which every `done` runs. Answers that are ready earlier wait for it. Borrowed;
  /// outlives the store. Calling it again with another loop is a checked bug.
  void attached(Executor& loop);

  template <class T>
  using Job = std::function<Result<T>(soci::session&)>;
  template <class T>
  using Done = std::function<void(Result<T>)>;

  /// Runs `job` on the store thread inside a transaction of its own and `done` on the loop after
  /// the commit. A job that answers an error, or throws, leaves no trace in the database.
  ///
  /// `job` may run a second time when the commit it shared failed: it changes nothing but the
  /// database and holds copies of what it needs. `name` tells it in the log: a literal, e.g.
  /// "storage.set". `job` and `done` are destroyed on the loop.
  ///
  /// Errors, beyond those of the job: Busy         the queue is full.
  ///                                  StorageFull  no room is left; nothing was changed.
  ///                                  HostError    the database failed; nothing was changed.
  /// Threads: any.
  template <class T>
  void run(const char* name, Job<T> job, Done<T> done) {
    submit(makeTask<T>(name, std::move(job), std::move(done)));
  }

  /// Runs `job` on the store thread outside of any transaction, between commits: for what SQL
  /// cannot do inside one. The same rules, but what it changed before an error stays changed.
  void maintain(const char* name, Job<void> job, Done<void> done) {
    Task task = makeTask<void>(name, std::move(job), std::move(done));
    task.bare = true;
    submit(std::move(task));
  }

  /// The same, waited for: for start-up and tools, never on the loop.
  template <class T>
  Result<T> runNow(const char* name, Job<T> job) {
    return waitFor<T>(name, std::move(job), false);
  }
  /// `maintain`, waited for.
  Result<void> maintainNow(const char* name, Job<void> job) {
    return waitFor<void>(name, std::move(job), true);
  }

 private:
  struct Task {
    const char* name = "";
    std::function<std::optional<Error>(soci::session&)> attempt;
    std::function<void(std::optional<Error>)> finish;
    std::optional<Error> failure;
    bool bare = false;    ///< runs alone and outside of a transaction
    bool waited = false;  ///< a thread sleeps for it: it finishes on the store thread
  };

  template <class T>
  static Task makeTask(const char* name, Job<T> job, Done<T> done) {
    // Owners: attempt and finish of this one task.
    auto outcome = std::make_shared<std::optional<Result<T>>>();
    Task task;
    task.name = name;
    task.attempt = [outcome, job = std::move(job)](soci::session& sql) -> std::optional<Error> {
      outcome->emplace(job(sql));
      if (!**outcome) return (**outcome).error();
      return std::nullopt;
    };
    task.finish = [outcome, done = std::move(done)](std::optional<Error> failure) {
      done(failure ? Result<T>(std::move(*failure)) : std::move(**outcome));
    };
    return task;
  }

  template <class T>
  Result<T> waitFor(const char* name, Job<T> job, bool bare) {
    // Owners: this frame and the task; the store thread may still be leaving set_value when we
    // return.
    auto promise = std::make_shared<std::promise<Result<T>>>();
    auto outcome = promise->get_future();
    Task task = makeTask<T>(name, std::move(job),
                            [promise](Result<T> result) { promise->set_value(std::move(result)); });
    task.waited = true;
    task.bare = bare;
    submit(std::move(task));
    return outcome.get();
  }

  explicit Store(StoreOptions options);
  void submit(Task task);
  void work();
  std::vector<Task> nextGroup();
  void runGroup(std::vector<Task>& group);
  std::optional<Error> tryGroup(std::span<Task> group);
  void attemptInSavepoint(Task& task);
  void deliver(std::vector<Task> finished);

  const StoreOptions options_;
  soci::session sql_;  ///< the store thread's own once it runs

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> queue_;         ///< guarded by mutex_
  std::vector<Task> undelivered_;  ///< guarded by mutex_; answers that wait for a loop
  Executor* loop_ = nullptr;       ///< guarded by mutex_
  bool stopping_ = false;          ///< guarded by mutex_
  /// Gone with the store: answers that the loop still holds then know it.
  const std::shared_ptr<const int> alive_ = std::make_shared<const int>(0);
  std::thread thread_;
};

}  // namespace kiosk::bridge
