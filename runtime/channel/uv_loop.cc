#include "runtime/channel/uv_loop.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>

#include <thread>
#include <utility>

namespace kiosk {
namespace {

/// How long a loop looks for more before it sleeps, and what counts as a quick exchange.
constexpr std::int64_t kLookAgainNs = 50'000;
constexpr std::int64_t kQuickExchangeNs = 100'000;

/// Looking costs the peer its processor when there is but one.
bool mayLookAgain() {
  static const bool several = std::thread::hardware_concurrency() > 1;
  return several;
}

std::int64_t nowNs() { return static_cast<std::int64_t>(uv_hrtime()); }

}  // namespace

struct FdWatch::Handle {
  uv_poll_t poll{};
  UvLoop* loop = nullptr;
  std::function<void()> onReady;
  short watched = 0;
};

FdWatch::FdWatch(UvLoop& loop, int fd, std::function<void()> onReady)
    : handle_(new Handle{{}, &loop, std::move(onReady), 0}) {
  KIOSK_CHECK(uv_poll_init(&loop.loop_, &handle_->poll, fd) == 0, "a descriptor that epoll takes");
  handle_->poll.data = handle_;
}

FdWatch::~FdWatch() {
  handle_->loop->noteChange();
  uv_close(reinterpret_cast<uv_handle_t*>(&handle_->poll),
           [](uv_handle_t* handle) { delete static_cast<Handle*>(handle->data); });
}

void FdWatch::setEvents(short events) {
  if (events == handle_->watched) return;
  handle_->watched = events;
  handle_->loop->noteChange();
  if (events == 0) {
    uv_poll_stop(&handle_->poll);
    return;
  }
  int wanted = 0;
  if ((events & POLLIN) != 0) wanted |= UV_READABLE | UV_DISCONNECT;
  if ((events & POLLOUT) != 0) wanted |= UV_WRITABLE;
  uv_poll_start(&handle_->poll, wanted, [](uv_poll_t* poll, int status, int) {
    auto* ready = static_cast<Handle*>(poll->data);
    ++ready->loop->happened_;
    // libuv has stopped a watch that it reports an error of; the next setEvents starts it again.
    if (status < 0) ready->watched = 0;
    // The callback may destroy the watch; the handle lives until its close callback.
    ready->onReady();
  });
}

struct UvLoop::Timer {
  uv_timer_t timer{};
  UvLoop* owner = nullptr;
  TimerId id = 0;
  std::function<void()> task;
};

UvLoop::StandardNumbers::StandardNumbers() {
  for (Fd& taken : taken_) {
    Fd fd(open("/dev/null", O_RDWR | O_CLOEXEC));
    if (fd.get() > STDERR_FILENO) return;
    taken = std::move(fd);
  }
}

UvLoop::UvLoop() {
  KIOSK_CHECK(uv_loop_init(&loop_) == 0, "a loop needs an epoll descriptor");
  uv_async_init(&loop_, &wake_,
                [](uv_async_t* wake) { static_cast<UvLoop*>(wake->data)->drain(); });
  wake_.data = this;
  uv_timer_init(&loop_, &waitLimit_);
}

UvLoop::~UvLoop() {
  KIOSK_CHECK(!turning_, "a loop is not destroyed from within its callbacks");
  std::deque<std::function<void()>> never;
  {
    const std::lock_guard lock(mutex_);
    never.swap(posted_);
  }
  never.clear();  // with what the tasks own, which may cancel timers
  while (!timers_.empty()) cancelTimer(timers_.begin()->first);
  uv_close(reinterpret_cast<uv_handle_t*>(&wake_), nullptr);
  uv_close(reinterpret_cast<uv_handle_t*>(&waitLimit_), nullptr);
  while (uv_run(&loop_, UV_RUN_DEFAULT) != 0) {
  }
  KIOSK_CHECK(uv_loop_close(&loop_) == 0, "every handle of the loop is closed before it");
}

void UvLoop::post(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    posted_.push_back(std::move(task));
  }
  uv_async_send(&wake_);
}

void UvLoop::drain() {
  ++happened_;
  std::deque<std::function<void()>> tasks;
  {
    const std::lock_guard lock(mutex_);
    tasks.swap(posted_);
    if (stopped_) uv_stop(&loop_);
  }
  for (auto& task : tasks) task();
}

Executor::TimerId UvLoop::after(std::chrono::milliseconds delay, std::function<void()> task) {
  auto* timer = new Timer{{}, this, nextTimer_++, std::move(task)};
  uv_timer_init(&loop_, &timer->timer);
  timer->timer.data = timer;
  timers_[timer->id] = timer;
  uv_update_time(&loop_);
  uv_timer_start(
      &timer->timer,
      [](uv_timer_t* raw) {
        auto* fired = static_cast<Timer*>(raw->data);
        const auto work = std::move(fired->task);
        fired->owner->cancelTimer(fired->id);
        work();
      },
      static_cast<std::uint64_t>(delay.count() > 0 ? delay.count() : 0), 0);
  noteChange();
  return timer->id;
}

void UvLoop::cancelTimer(TimerId id) {
  const auto found = timers_.find(id);
  if (found == timers_.end()) return;
  Timer* timer = found->second;
  timers_.erase(found);
  uv_close(reinterpret_cast<uv_handle_t*>(&timer->timer),
           [](uv_handle_t* handle) { delete static_cast<Timer*>(handle->data); });
}

void UvLoop::turn(uv_run_mode mode) {
  KIOSK_CHECK(!turning_, "a loop is not run from within its callbacks");
  turning_ = true;
  const auto before = happened_;
  uv_run(&loop_, mode);
  turning_ = false;
  if (happened_ == before) return;
  const auto now = nowNs();
  quick_ = now - lastQuietNs_ < kQuickExchangeNs;
  lastQuietNs_ = now;
}

bool UvLoop::lookAgain() {
  if (!quick_ || !mayLookAgain()) return false;
  const auto before = happened_;
  const auto until = nowNs() + kLookAgainNs;
  do {
    turn(UV_RUN_NOWAIT);
    if (happened_ != before) return true;
  } while (nowNs() < until);
  quick_ = false;
  return false;
}

void UvLoop::run() {
  for (;;) {
    if (!lookAgain()) turn(UV_RUN_ONCE);
    rearmPollTimer();
    const std::lock_guard lock(mutex_);
    if (std::exchange(stopped_, false)) return;
  }
}

void UvLoop::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  uv_async_send(&wake_);
}

bool UvLoop::runOnce(std::chrono::milliseconds wait) {
  if (wait.count() <= 0) {
    turn(UV_RUN_NOWAIT);
  } else if (!lookAgain()) {
    // A handle of its own, stopped and not closed: a close that is pending lets no turn sleep.
    uv_update_time(&loop_);
    uv_timer_start(
        &waitLimit_, [](uv_timer_t*) {}, static_cast<std::uint64_t>(wait.count()), 0);
    turn(UV_RUN_ONCE);
    uv_timer_stop(&waitLimit_);
  }
  rearmPollTimer();
  const std::lock_guard lock(mutex_);
  return !std::exchange(stopped_, false);
}

int UvLoop::pollFd() {
  if (!pollFd_) {
    // libuv keeps its timers to itself; a timerfd beside its descriptor makes them visible outside.
    pollFd_ = Fd(epoll_create1(EPOLL_CLOEXEC));
    pollTimer_ = Fd(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
    epoll_event event{EPOLLIN, {}};
    epoll_ctl(pollFd_.get(), EPOLL_CTL_ADD, uv_backend_fd(&loop_), &event);
    epoll_ctl(pollFd_.get(), EPOLL_CTL_ADD, pollTimer_.get(), &event);
    noteChange();
  }
  return pollFd_.get();
}

void UvLoop::noteChange() {
  if (!pollTimer_ || turning_) return;
  const itimerspec atOnce{{}, {0, 1}};
  timerfd_settime(pollTimer_.get(), 0, &atOnce, nullptr);
}

void UvLoop::rearmPollTimer() {
  if (!pollTimer_) return;
  uv_update_time(&loop_);
  const int due = uv_backend_timeout(&loop_);
  itimerspec when{};
  if (due >= 0) {
    // All zeros would disarm.
    when.it_value = {due / 1000, due == 0 ? 1 : due % 1000 * 1'000'000L};
  }
  timerfd_settime(pollTimer_.get(), 0, &when, nullptr);
}

}  // namespace kiosk
