#pragma once
// From the server's threads to the host's loop and back: a question is posted, and its answer
// waited for, but not for ever.

#include <kiosk/executor.h>
#include <kiosk/result.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "bounds.h"

namespace web_host {

class Loop {
 public:
  explicit Loop(kiosk::Executor& executor) : executor_(executor) {}

  template <class T>
  using Done = std::function<void(kiosk::Result<T>)>;

  /// Runs `question` on the loop and waits until it calls its `done`, then or later.
  /// Errors: Timeout   no answer came within kLoopWaitMax; it is dropped when it comes.
  /// Threads: any but the loop's own.
  template <class T>
  kiosk::Result<T> ask(std::function<void(Done<T>)> question) {
    struct Waiting {
      std::mutex mutex;
      std::condition_variable came;
      std::optional<kiosk::Result<T>> answer;
    };
    auto waiting = std::make_shared<Waiting>();  // owners: this call and the answer's way back
    executor_.post([question = std::move(question), waiting] {
      question([waiting](kiosk::Result<T> answer) {
        {
          const std::lock_guard lock(waiting->mutex);
          if (!waiting->answer) waiting->answer.emplace(std::move(answer));
        }
        waiting->came.notify_one();
      });
    });
    std::unique_lock lock(waiting->mutex);
    if (!waiting->came.wait_for(lock, kLoopWaitMax, [&] { return waiting->answer.has_value(); })) {
      return kiosk::Error{kiosk::ErrorCode::Timeout, "The host is busy. Try again in a moment."};
    }
    return *std::move(waiting->answer);
  }

  void post(std::function<void()> task) { executor_.post(std::move(task)); }

 private:
  kiosk::Executor& executor_;
};

}  // namespace web_host
