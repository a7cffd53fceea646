#pragma once
// The door: what the runtime asks of whoever answers a mini-app's calls. `bridge/` implements it
// with its gate; tests implement it with a few lines. The runtime knows nothing else about
// services.

#include <kiosk/executor.h>
#include <kiosk/ids.h>
#include <kiosk/limits.h>
#include <kiosk/package.h>
#include <kiosk/result.h>

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

namespace kiosk {

/// Who is calling. Bound to the socket when the session was opened; nothing a guest says changes
/// it.
struct SessionInfo {
  SessionId id;
  UserId user;
  std::shared_ptr<const Package> package;  ///< owners: the host's cache and each session of the app
  std::string entryPoint;                  ///< where the user came from: "gallery", "chat", "link"
  std::string startParam;                  ///< at most 512 of [A-Za-z0-9_-]
  std::string chatId;                      ///< the chat it was opened from, if any
  std::string language = "en";             ///< BCP 47
  std::int64_t openedAtMs = 0;             ///< wall clock

  const Manifest& manifest() const { return package->manifest; }
};

/// Settles one call, exactly once. Destroyed unsettled it answers `internal`; settling twice is a
/// checked bug. May be kept as long as needed: after the session ended, settling does nothing.
/// Threads: the loop's own.
class Reply {
 public:
  using Settle = std::function<void(Result<nlohmann::json>)>;

  explicit Reply(Settle settle) : settle_(std::move(settle)) {}
  Reply(Reply&& other) noexcept : settle_(std::exchange(other.settle_, nullptr)) {}
  Reply& operator=(Reply&&) = delete;
  Reply(const Reply&) = delete;
  ~Reply() {
    if (settle_) finish(Error{ErrorCode::Internal, "the call was dropped by its handler"});
  }

  void result(nlohmann::json value) { finish(std::move(value)); }
  void error(Error error) { finish(std::move(error)); }
  void error(ErrorCode code, std::string message) { finish(Error{code, std::move(message)}); }
  void settle(Result<nlohmann::json> outcome) { finish(std::move(outcome)); }

 private:
  void finish(Result<nlohmann::json> outcome) {
    KIOSK_CHECK(settle_ != nullptr, "a call settles once");
    auto settle = std::exchange(settle_, nullptr);
    settle(std::move(outcome));
  }
  Settle settle_;
};

/// One call as it left the channel: bounded, valid UTF-8, no duplicate keys. Nothing else is
/// checked yet.
struct Call {
  std::uint64_t id = 0;  ///< unique within the session
  std::string method;
  nlohmann::json params = nlohmann::json::object();
  std::string idempotencyKey;  ///< empty when the app gave none
  std::size_t frameBytes = 0;
};

/// The user's touch, as the host saw it. Kept by the session, consumed by the gate.
class Activation {
 public:
  virtual ~Activation() = default;
  /// Uses the newest touch that is not older than five seconds; false when there is none.
  virtual bool consume() = 0;
};

/// Everything the door may ask of a session while a call is in flight.
class DoorSession {
 public:
  virtual ~DoorSession() = default;
  virtual const SessionInfo& info() const = 0;
  virtual Activation& activation() = 0;
  /// The user touched what the host draws for the app, e.g. its main button: an activation.
  virtual void noteTouch() = 0;
  /// Whether the user sees the app. What is hidden may ask nobody and pay nothing.
  virtual bool shown() const = 0;
  /// Sends the app an event, e.g. "permissionChanged". Dropped when the session has ended.
  virtual void sendEvent(const std::string& type, const nlohmann::json& detail) = 0;
  /// Ends the session as its app asked (`host.close`).
  virtual void closeFromApp() = 0;
};

class Door {
 public:
  virtual ~Door() = default;

  /// Called once by Host::create: the loop that everything below runs on. Borrowed; outlives the
  /// door's use.
  virtual void attached(Executor& loop) = 0;
  /// Called once, when the host goes, after `closed` for every session: the loop is not used from
  /// here on, so threads behind the door (audit, store) must not post to it any more. Threads: the
  /// loop's own.
  virtual void detached() {}
  /// A session was opened; `session` stays valid until `closed` returns.
  virtual void opened(DoorSession& session) = 0;
  /// A call arrived. Settle `reply` now or later.
  virtual void call(DoorSession& session, Call call, Reply reply) = 0;
  /// The app or its deadline gave up call `callId`; its reply will be ignored. Work that has an
  /// effect already is not undone.
  virtual void cancelled(DoorSession& session, std::uint64_t callId) = 0;
  /// The session ended; every call of it was answered `cancelled`.
  virtual void closed(DoorSession& session, const SessionEnd& end) = 0;
};

}  // namespace kiosk
