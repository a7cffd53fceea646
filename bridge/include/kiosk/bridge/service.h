#pragma once
// What a namespace of the bridge looks like to the gate: methods with a handler each.
//
// A handler is called after every check of the gate passed, so it holds no check of its own but
// those of its own subject (a balance, a signature of a merchant). It answers now or later, on the
// loop.

#include <kiosk/door.h>
#include <kiosk/providers.h>

#include <any>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::bridge {

/// One call on its way through gate and handler. Shared between the gate and the handler's pending
/// work (owners: exactly these two); it outlives the session if need be, so it copies what it says.
struct CallContext {
  SessionInfo session;
  std::uint64_t callId = 0;
  std::string method;
  nlohmann::json params;  ///< valid by the catalogue's schema
  std::string idempotencyKey;
  std::int64_t nowMs = 0;  ///< wall clock when the gate took the call
  std::string receiptId;   ///< of the consent that covers the call, if one was needed
  std::any prepared;       ///< what `prepare` left for `handle`
  /// What the audit log keeps of the call beyond its shape, e.g. the origin it went to and the
  /// status that came back. Never data of a user or an app; at most 200 bytes are kept.
  std::string auditNote;
  /// For host.* methods; null once the session has ended. Threads: the loop's own.
  std::function<DoorSession*()> liveSession;
};
using ContextPtr = std::shared_ptr<CallContext>;

/// What a consent sheet shows beyond the permission, and what the consent is bound to.
struct Prepared {
  std::vector<ConsentFact> facts;
  /// Canonicalised and hashed into the consent; any change invalidates it.
  nlohmann::json bound = nlohmann::json::object();
  /// The stored result of an earlier call with the same idempotency key and the same params. When
  /// set, the user is not asked again, the handler does not run, and the call answers this.
  std::optional<nlohmann::json> replay;
};

/// Looks at the parameters before the user is asked, e.g. verifies a merchant's order. Has no
/// effect that outlives the call. May put what it found into `context->prepared`.
using Prepare = std::function<void(ContextPtr context, std::function<void(Result<Prepared>)> done)>;
using Handle = std::function<void(ContextPtr context, Reply reply)>;

struct MethodBinding {
  std::string method;  ///< "messages.share"
  Handle handle;
  Prepare prepare = nullptr;  ///< only for methods that ask for a consent
  /// Why this host cannot do it, for example because a provider is missing; empty when it can.
  /// `host.supports` answers false then, and a call `unsupported` with these words.
  std::string unsupported = {};
};

/// Makes the signed launch data of a session (`host.launch`). The identity service implements it.
class LaunchDataSource {
 public:
  virtual ~LaunchDataSource() = default;
  struct LaunchData {
    std::string raw;               ///< as the app passes it to its own server
    std::int64_t expiresAtMs = 0;  ///< wall clock
  };
  virtual void launchData(const SessionInfo& session,
                          std::function<void(Result<LaunchData>)> done) = 0;
};

class Service {
 public:
  virtual ~Service() = default;
  /// Called once, when the bridge starts. A start-up check holds the list against the catalogue.
  virtual std::vector<MethodBinding> bindings() = 0;
  /// Called once, before any session opens: the loop on which handlers run and must answer.
  /// Borrowed; outlives the service's use.
  virtual void attached(Executor& loop) { (void)loop; }
  virtual void sessionOpened(const SessionInfo& session) { (void)session; }
  virtual void sessionClosed(const SessionInfo& session) { (void)session; }
  /// The app waits no longer for call `callId`, of this service or another: what is open for it may
  /// go.
  virtual void callCancelled(const SessionInfo& session, std::uint64_t callId) {
    (void)session, (void)callId;
  }
};

}  // namespace kiosk::bridge
