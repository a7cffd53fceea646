#pragma once
// Installed apps for a host that must not wait: one thread does what touches the disk, the loop
// gets the answers.

#include <kiosk/apps.h>
#include <kiosk/executor.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace kiosk {

/// Jobs that may wait; one more is refused with `busy`.
constexpr std::size_t kAppJobsMax = 1024;

/// Threads: the loop's own.
class AppDesk {
 public:
  /// Without a `dataDir` every job is refused. `loop` and `clock` are borrowed and outlive the
  /// desk.
  AppDesk(Executor& loop, std::string dataDir, TrustStore trust, const Clock& clock);
  /// Ends the job that runs; those that wait, and answers that were not taken, are dropped.
  ~AppDesk();
  AppDesk(const AppDesk&) = delete;
  AppDesk& operator=(const AppDesk&) = delete;

  /// Runs `job` on the desk's thread, then `done` on the loop.
  template <class T>
  void run(std::function<Result<T>(AppRegistry&)> job, std::function<void(Result<T>)> done) {
    submit([job = std::move(job), done = std::move(done)](Result<AppRegistry*> registry) {
      // Owners: this task until it is posted, then the loop.
      auto outcome =
          std::make_shared<Result<T>>(registry ? job(**registry) : Result<T>(registry.error()));
      return [outcome, done] { done(std::move(*outcome)); };
    });
  }

 private:
  using Answer = std::function<void()>;
  using Job = std::function<Answer(Result<AppRegistry*>)>;

  void submit(Job job);
  void work();
  Result<AppRegistry*> registry();
  void post(Answer answer);

  Executor& loop_;
  const std::string dataDir_;
  TrustStore trust_;
  const Clock& clock_;
  std::unique_ptr<AppRegistry> registry_;  ///< the thread's own, opened by its first job

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;   ///< guarded by mutex_
  bool stopping_ = false;  ///< guarded by mutex_
  std::thread thread_;     ///< started by the first job
  /// Answers hold it weakly; gone with the desk.
  std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
};

}  // namespace kiosk
