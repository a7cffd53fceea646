#pragma once
// Requests over HTTP(S), on worker threads of their own: the loop never waits for the bank.
//
//   request ──► queue (bounded) ──► worker: httplib client ──post──► loop: settle ──► done
//      └─ timer on the loop: at requestTimeMax the request is settled with Timeout, and its
//         connection is shut

#include <kiosk/bridge/acquirer.h>

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace kiosk::bridge {

/// Requests that wait for a worker or are with one; more are refused with Busy.
inline constexpr std::size_t kAcquirerRequestsMax = 256;

class HttpTransport final : public AcquirerTransport {
 public:
  /// Errors: those of makeAcquirer.
  static Result<std::unique_ptr<HttpTransport>> create(const AcquirerOptions& options);
  ~HttpTransport() override;

  void request(AcquirerRequest request, Done done) override;
  void attached(Executor& loop) override;
  void detached() override;

 private:
  struct Worker;
  struct Job {
    std::uint64_t number;
    AcquirerRequest request;
  };
  struct Waiting {
    Done done;
    Executor::TimerId timer;
  };

  HttpTransport(AcquirerOptions options, std::string baseUrl, std::string token);
  void work(Worker& worker);
  void settle(std::uint64_t number, Result<AcquirerReply> reply);
  /// Forgets the request, or shuts its connection: again until its worker has noticed.
  void cutOff(std::uint64_t number);

  const AcquirerOptions options_;
  const std::string baseUrl_;
  std::string token_;  ///< wiped when the object goes

  Executor* loop_ = nullptr;
  std::map<std::uint64_t, Waiting> waiting_;  ///< of the loop's thread; at most the bound above
  std::uint64_t lastNumber_ = 0;
  /// Gone when the loop was given back: what was posted before then finds nobody. Owners: this
  /// object; tasks on the loop look at it weakly.
  std::shared_ptr<int> present_;  // guarded by mutex_ where it changes

  std::mutex mutex_;
  std::condition_variable wake_, idle_;
  std::deque<Job> queue_;  // guarded by mutex_; at most the bound above
  bool stopping_ = false;  // guarded by mutex_
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace kiosk::bridge
