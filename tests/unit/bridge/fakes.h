#pragma once
// What the tests of the bridge stand on: a loop and a clock held by hand, a session, a user who
// answers as told, a service that remembers. Nothing here sleeps, but `until` waits for the audit's
// thread.

#include <kiosk/door.h>
#include <kiosk/providers.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>

#include "bridge/audit_chain.h"
#include "bridge/bridge.h"

namespace kiosk::bridge::rig {

using nlohmann::json;

/// Set by the test, read by the audit's and the store's threads too.
class FakeClock final : public Clock {
 public:
  std::int64_t wallMs() const override { return 1'800'000'000'000 + nowUs / 1000 + wallStepMs; }
  std::int64_t monotonicUs() const override { return nowUs; }
  std::atomic<std::int64_t> nowUs{1'000'000};
  std::atomic<std::int64_t> wallStepMs{0};  ///< how far the wall clock was set, against the other
};

class FakeLoop final : public Executor {
 public:
  explicit FakeLoop(FakeClock& clock) : clock_(clock) {}
  void post(std::function<void()> task) override {
    const std::lock_guard lock(mutex_);
    posted_.push_back(std::move(task));
    wake_.notify_one();
  }
  TimerId after(std::chrono::milliseconds delay, std::function<void()> task) override {
    timers_.emplace(++lastTimer_, Timer{clock_.nowUs + delay.count() * 1000, std::move(task)});
    return lastTimer_;
  }
  void cancelTimer(TimerId id) override { timers_.erase(id); }

  /// Runs what is posted, also what that posts.
  void drain() {
    while (auto task = take(std::chrono::milliseconds(0))) task();
  }
  /// Runs what is posted until `done` holds; false after half a minute, which only a machine that
  /// hardly runs us needs.
  bool until(const std::function<bool()>& done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!done()) {
      if (std::chrono::steady_clock::now() > end) return false;
      if (auto task = take(std::chrono::milliseconds(50))) task();
    }
    return true;
  }
  /// Moves the clock and fires what became due, in order.
  void advance(std::chrono::milliseconds by) {
    clock_.nowUs += by.count() * 1000;
    while (true) {
      auto due = timers_.end();
      for (auto it = timers_.begin(); it != timers_.end(); ++it) {
        const bool sooner = due == timers_.end() || it->second.atUs < due->second.atUs;
        if (it->second.atUs <= clock_.nowUs && sooner) due = it;
      }
      if (due == timers_.end()) break;
      const auto task = std::move(due->second.task);
      timers_.erase(due);
      task();
    }
    drain();
  }
  std::size_t timers() const { return timers_.size(); }

 private:
  struct Timer {
    std::int64_t atUs;
    std::function<void()> task;
  };
  std::function<void()> take(std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, wait, [&] { return !posted_.empty(); });
    if (posted_.empty()) return nullptr;
    auto task = std::move(posted_.front());
    posted_.pop_front();
    return task;
  }

  FakeClock& clock_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> posted_;
  std::map<TimerId, Timer> timers_;
  TimerId lastTimer_ = 0;
};

class FakeSession final : public DoorSession, public Activation {
 public:
  FakeSession(std::string id, Package package, std::string user = "anna") {
    info_.id = SessionId(std::move(id));
    info_.user = UserId(std::move(user));
    info_.package = std::make_shared<const Package>(std::move(package));
    info_.entryPoint = "gallery";
  }
  const SessionInfo& info() const override { return info_; }
  Activation& activation() override { return *this; }
  void noteTouch() override { ++touches; }
  bool shown() const override { return isShown; }
  bool consume() override {
    if (touches == 0) return false;
    --touches;
    return true;
  }
  void sendEvent(const std::string& type, const json& detail) override {
    events.emplace_back(type, detail);
  }
  void closeFromApp() override { ++closes; }

  int touches = 0;
  int closes = 0;
  std::vector<std::pair<std::string, json>> events;
  SessionInfo info_;
  bool isShown = true;
};

/// An app that declares `permissions`.
inline Package appWith(const std::vector<std::string>& permissions,
                       std::string id = "ru.post.parcel") {
  Package package;
  package.manifest.appId = AppId(std::move(id));
  package.manifest.name = "Parcel";
  package.manifest.versionName = "1.2";
  package.manifest.network.domains = {"https://api.example.ru"};
  package.payloadHash = std::string(64, 'a');
  for (const auto& name : permissions) {
    package.manifest.optionalPermissions.push_back({name, "to show your parcels", "delivery", {}});
  }
  return package;
}

/// A user who answers at once as told, or keeps the sheet open.
class FakeUser final : public ConsentUi {
 public:
  enum class Mood : std::uint8_t { Grants, Refuses, Dismisses, Denies, Thinks };
  void ask(const SessionInfo&, const ConsentPrompt& prompt,
           std::function<void(ConsentAnswer)> answer) override {
    asked.push_back(prompt);
    if (onAsk) onAsk();
    switch (mood) {
      case Mood::Grants:
        return answer(ConsentAnswer::Granted);
      case Mood::Refuses:
        return answer(ConsentAnswer::Refused);
      case Mood::Dismisses:
        return answer(ConsentAnswer::Dismissed);
      case Mood::Denies:
        return answer(ConsentAnswer::Denied);
      case Mood::Thinks:
        open.emplace(prompt.id, std::move(answer));
        return;
    }
  }
  void withdraw(std::uint64_t id) override {
    withdrawn.push_back(id);
    open.erase(id);
  }
  /// Answers the oldest open sheet.
  void decide(ConsentAnswer answer) {
    auto node = open.extract(open.begin());
    node.mapped()(answer);
  }

  Mood mood = Mood::Grants;
  std::function<void()> onAsk;
  std::vector<ConsentPrompt> asked;
  std::vector<std::uint64_t> withdrawn;
  std::map<std::uint64_t, std::function<void(ConsentAnswer)>> open;
};

class FakePolicy final : public PolicyHook {
 public:
  PolicyDecision decide(const SessionInfo&, const MethodSpec&, const json&) override {
    return {verdict, reason};
  }
  bool mayUsePrivileged(const SessionInfo&, const PermissionSpec&) override { return privileged; }
  bool revoked(const SessionInfo&) override { return isRevoked; }
  PolicyVerdict verdict = PolicyVerdict::Allow;
  std::string reason;
  bool privileged = true;
  bool isRevoked = false;
};

/// Remembers each call that reached a handler; answers with what `result` makes, or keeps the
/// reply.
class RememberingService {
 public:
  MethodBinding binding(const std::string& method, bool withPrepare = false) {
    MethodBinding binding;
    binding.method = method;
    binding.handle = [this](ContextPtr context, Reply reply) {
      handled.push_back(context);
      if (keep) {
        kept.push_back(std::make_shared<Reply>(std::move(reply)));
      } else {
        reply.settle(result(*context));
      }
    };
    if (withPrepare) {
      binding.prepare = [this](ContextPtr context, std::function<void(Result<Prepared>)> done) {
        prepared.push_back(context);
        done(prepare);
      };
    }
    return binding;
  }

  std::function<Result<json>(const CallContext&)> result = [](const CallContext&) {
    return json(nullptr);
  };
  Result<Prepared> prepare = Prepared{};
  bool keep = false;
  std::vector<ContextPtr> handled, prepared;
  std::vector<std::shared_ptr<Reply>> kept;
};

/// A directory that goes with the test.
class TempDir {
 public:
  TempDir() {
    std::string pattern = (std::filesystem::temp_directory_path() / "kiosk-test-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  std::string path;
};

/// A gate with everything behind it, over a catalogue of the test's choosing.
class GateRig {
 public:
  explicit GateRig(Catalogue methods, GateLimits limits = {}, std::size_t queueRecordsMax = 4096,
                   std::unique_ptr<GrantStore> store = memoryGrantStore())
      : catalogue(std::move(methods)), grants(std::move(store)) {
    grants->attached(loop);
    AuditConfig config;
    config.dir = dir.path + "/audit";
    config.queueRecordsMax = queueRecordsMax;
    config.clock = &clock;
    audit = *AuditLog::open(config);
    audit->setLoop(&loop);
    desk = std::make_unique<ConsentDesk>(
        ConsentDesk::Parts{user, *grants, *audit, clock, systemRandom(), limits});
    std::vector<MethodBinding> bindings;
    for (const auto& method : catalogue.methods()) {
      bindings.push_back(service.binding(method->name, method->consent != ConsentClass::None));
    }
    gate = *Gate::create({catalogue, *desk, *grants, *audit, policy, clock, limits},
                         std::move(bindings));
    gate->setLoop(&loop);
  }

  FakeSession& open(FakeSession& session) {
    auto subject = std::make_shared<AuditSubject>();
    subject->app = session.info().manifest().appId.value;
    subject->session = session.info().id.value;
    subject->user = session.info().user.value;
    desk->opened(session, subject);
    gate->opened(session, subject);
    return session;
  }
  void close(FakeSession& session) {
    gate->closed(session, {});
    desk->closed(session.info().id);
  }

  struct Outcome {
    std::optional<Result<json>> settled;
    bool done() const { return settled.has_value(); }
    std::string code() const {
      if (!settled) return "pending";
      return *settled ? "ok" : std::string(errorName(settled->error().code));
    }
    std::string message() const { return settled && !*settled ? settled->error().message : ""; }
  };
  /// Starts a call; the outcome fills when it settles.
  std::shared_ptr<Outcome> start(FakeSession& session, const std::string& method, json params,
                                 std::string key = "") {
    auto outcome = std::make_shared<Outcome>();
    Call call;
    call.id = ++lastCall;
    call.method = method;
    call.params = std::move(params);
    call.idempotencyKey = std::move(key);
    gate->call(session, std::move(call),
               Reply([outcome](Result<json> settled) { outcome->settled = std::move(settled); }));
    return outcome;
  }
  /// Starts a call and waits until it settles.
  Outcome call(FakeSession& session, const std::string& method, json params, std::string key = "") {
    auto outcome = start(session, method, std::move(params), std::move(key));
    loop.until([&] { return outcome->done(); });
    return *outcome;
  }
  /// All records on disk so far.
  std::vector<json> records() {
    audit->flush();
    std::vector<json> lines;
    for (const auto number : listSegments(audit->chainDir())) {
      const auto text = *readFile(segmentPath(audit->chainDir(), number), 1u << 24);
      std::size_t at = 0;
      while (at < text.size()) {
        const auto end = text.find('\n', at);
        lines.push_back(json::parse(text.substr(at, end - at)));
        at = end + 1;
      }
    }
    return lines;
  }

  TempDir dir;
  FakeClock clock;
  FakeLoop loop{clock};
  Catalogue catalogue;
  FakeUser user;
  FakePolicy policy;
  RememberingService service;
  std::unique_ptr<GrantStore> grants;
  std::unique_ptr<AuditLog> audit;
  std::unique_ptr<ConsentDesk> desk;
  std::unique_ptr<Gate> gate;
  std::uint64_t lastCall = 0;
};

}  // namespace kiosk::bridge::rig
