#pragma once
// What the tests of services share: a loop that runs by hand, time and chance that hold still, a
// picker that remembers, and a session of a made-up app.

#include <kiosk/bridge/service.h>
#include <kiosk/clock.h>
#include <kiosk/executor.h>
#include <kiosk/package.h>
#include <kiosk/providers.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "bridge/store/store.h"
#include "tests/unit/support/temp_folder.h"

namespace kiosk::test {

/// Runs what was posted when the test says so. Timers are never due.
class HandLoop final : public Executor {
 public:
  void post(std::function<void()> task) override {
    {
      std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    posted_.notify_all();
  }
  TimerId after(std::chrono::milliseconds, std::function<void()>) override { return 0; }
  void cancelTimer(TimerId) override {}

  /// Runs what is there; how many tasks that were.
  int runReady() {
    int count = 0;
    for (;; ++count) {
      std::function<void()> task;
      {
        std::lock_guard lock(mutex_);
        if (tasks_.empty()) return count;
        task = std::move(tasks_.front());
        tasks_.pop_front();
      }
      task();
    }
  }

  /// Runs tasks until `done` holds; aborts the test program after a minute.
  void runUntil(const std::function<bool()>& done) {
    while (!done()) {
      std::function<void()> task;
      {
        std::unique_lock lock(mutex_);
        const bool some =
            posted_.wait_for(lock, std::chrono::minutes(1), [this] { return !tasks_.empty(); });
        KIOSK_CHECK(some, "the loop of a test waits for something that comes");
        task = std::move(tasks_.front());
        tasks_.pop_front();
      }
      task();
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable posted_;
  std::deque<std::function<void()>> tasks_;
};

class HandClock final : public Clock {
 public:
  std::int64_t wallMs() const override { return nowMs; }
  std::int64_t monotonicUs() const override { return nowMs * 1000; }
  std::int64_t nowMs = 1'800'000'000'000;
};

/// The same bytes for the same seed: SplitMix64.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(next());
  }
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  /// Uniform enough for tests: 0..bound-1.
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }

 private:
  std::uint64_t state_;
};

/// Remembers what it was asked; the test chooses by `choose`.
class HandPicker final : public Picker {
 public:
  void pick(const SessionInfo&, const std::string& title, const std::vector<PickerOption>& options,
            std::function<void(std::string)> chosen) override {
    titles.push_back(title);
    offered = options;
    if (answer) return chosen(*answer);
    choose = std::move(chosen);
  }
  std::vector<std::string> titles;
  std::vector<PickerOption> offered;
  std::optional<std::string> answer;  ///< given at once when set
  std::function<void(std::string)> choose;
};

/// A package that declares payments to `merchant` in RUB and JPY.
inline std::shared_ptr<Package> makePackage(const std::string& appId,
                                            const std::string& merchant = "post") {
  auto package = std::make_shared<Package>();
  package->manifest.appId = AppId(appId);
  package->manifest.name = "Parcel";
  package->manifest.payments = PaymentsDeclaration{
      .merchantId = merchant, .methods = {"wallet"}, .currencies = {"RUB", "JPY"}};
  package->files["icons/parcel.png"] = "png";
  return package;
}

inline SessionInfo makeSession(std::shared_ptr<const Package> package, const std::string& user) {
  SessionInfo session;
  session.id = SessionId("session-" + user);
  session.user = UserId(user);
  session.package = std::move(package);
  return session;
}

/// How a call ended.
using Outcome = std::optional<Result<nlohmann::json>>;

/// Calls a service the way the gate does: prepare, then handle, unless prepare refuses or replays.
class ServiceCaller {
 public:
  ServiceCaller(bridge::Service& service, HandLoop& loop) : loop_(loop) {
    for (auto& binding : service.bindings()) bindings_.push_back(std::move(binding));
  }

  std::string lastMessage;  ///< of the newest refusal by prepare

  bridge::ContextPtr context(const SessionInfo& session, nlohmann::json params,
                             const std::string& key = "") const {
    auto context = std::make_shared<bridge::CallContext>();
    context->session = session;
    context->params = std::move(params);
    context->idempotencyKey = key;
    context->receiptId = "receipt-1";
    return context;
  }

  /// What the consent sheet would show.
  Result<bridge::Prepared> prepare(const std::string& method, const bridge::ContextPtr& context) {
    std::optional<Result<bridge::Prepared>> prepared;
    find(method).prepare(context, [&](Result<bridge::Prepared> p) { prepared = std::move(p); });
    loop_.runUntil([&] { return prepared.has_value(); });
    if (!*prepared) lastMessage = prepared->error().message;
    return std::move(*prepared);
  }

  /// Starts the handler; `outcome` is filled later.
  void start(const std::string& method, const bridge::ContextPtr& context,
             std::shared_ptr<Outcome> outcome) {
    context->method = method;
    find(method).handle(context, Reply([outcome](Result<nlohmann::json> result) {
                          KIOSK_CHECK(!*outcome, "a call settles once");
                          *outcome = std::move(result);
                        }));
  }

  Result<nlohmann::json> call(const std::string& method, const SessionInfo& session,
                              nlohmann::json params, const std::string& key = "") {
    const auto made = context(session, std::move(params), key);
    if (find(method).prepare) {
      auto prepared = prepare(method, made);
      if (!prepared) return prepared.error();
      if (prepared->replay) return *prepared->replay;
    }
    auto outcome = std::make_shared<Outcome>();
    start(method, made, outcome);
    loop_.runUntil([&] { return outcome->has_value(); });
    return **outcome;
  }

 private:
  bridge::MethodBinding& find(const std::string& method) {
    for (auto& binding : bindings_) {
      if (binding.method == method) return binding;
    }
    KIOSK_CHECK(false, "the service has the method");
    std::abort();
  }

  HandLoop& loop_;
  std::vector<bridge::MethodBinding> bindings_;
};

/// The error's code, or none for a success.
template <class T>
std::optional<ErrorCode> codeOf(const Result<T>& result) {
  if (result) return std::nullopt;
  return result.error().code;
}

}  // namespace kiosk::test
