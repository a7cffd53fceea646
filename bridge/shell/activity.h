#pragma once
// A user's own lines of the audit log, for a screen of the host: read from the newest segments,
// without checking the chain (`kiosk audit verify` does that).

#include <kiosk/bridge/shell_data.h>
#include <kiosk/executor.h>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace kiosk::bridge {

/// Newest first, at most `countMax`; looks at the newest kActivitySegmentsMax segments of each
/// chain and no further.
/// Errors: HostError   a file cannot be read.
Result<std::vector<ActivityEntry>> readActivity(const std::string& auditDir, const UserId& user,
                                                std::int64_t countMax);

inline constexpr std::size_t kActivitySegmentsMax = 4;
/// Questions that may wait; one more is answered `busy`.
inline constexpr std::size_t kActivityWaitingMax = 64;

/// Reads on a thread of its own: a segment has up to 16 MiB.
class ActivityReader {
 public:
  explicit ActivityReader(std::string auditDir);
  /// Waits for the question that is being answered; nobody is told any more.
  ~ActivityReader();
  ActivityReader(const ActivityReader&) = delete;
  ActivityReader& operator=(const ActivityReader&) = delete;

  using Done = std::function<void(Result<std::vector<ActivityEntry>>)>;
  /// Threads: the loop's own. `loop` is borrowed; `done` runs on it.
  void ask(Executor& loop, const UserId& user, std::int64_t countMax, Done done);

 private:
  struct Question {
    Executor* loop;
    UserId user;
    std::int64_t countMax;
    Done done;
  };
  void work();

  const std::string auditDir_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Question> questions_;  ///< guarded by mutex_
  bool stopping_ = false;           ///< guarded by mutex_
  std::thread thread_;
};

}  // namespace kiosk::bridge
