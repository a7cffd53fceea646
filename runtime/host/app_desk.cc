#include "runtime/host/app_desk.h"

#include "runtime/base/files.h"
#include "runtime/base/quiet_thread.h"

namespace kiosk {

AppDesk::AppDesk(Executor& loop, std::string dataDir, TrustStore trust, const Clock& clock)
    : loop_(loop), dataDir_(std::move(dataDir)), trust_(std::move(trust)), clock_(clock) {}

AppDesk::~AppDesk() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void AppDesk::post(Answer answer) {
  loop_.post([answer = std::move(answer), alive = std::weak_ptr(alive_)] {
    if (!alive.expired()) answer();
  });
}

void AppDesk::submit(Job job) {
  if (dataDir_.empty()) {
    return post(job(Error{ErrorCode::Unsupported, "this host installs nothing: set dataDir"}));
  }
  {
    const std::lock_guard lock(mutex_);
    if (jobs_.size() < kAppJobsMax) {
      jobs_.push_back(std::move(job));
      job = nullptr;
    }
  }
  if (job) return post(job(Error{ErrorCode::Busy, "too many changes to installed apps wait"}));
  if (!thread_.joinable()) thread_ = quietThread([this] { work(); });
  wake_.notify_one();
}

void AppDesk::work() {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (stopping_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    auto answer = job(registry());
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    post(std::move(answer));
  }
}

Result<AppRegistry*> AppDesk::registry() {
  if (!registry_) {
    if (auto made = makeFolder(dataDir_); !made) return made.error();
    auto opened = AppRegistry::open(dataDir_ + "/registry", trust_, clock_);
    if (!opened) return opened.error();
    registry_ = *std::move(opened);
  }
  return registry_.get();
}

}  // namespace kiosk
