#pragma once
// The gate: every call of every mini-app passes it, through one list of steps in one order (kOrder
// in gate.cc). docs/gate.md gives the reason for each place in the list;
// tests/unit/bridge/gate_order_test.cc pins it.

#include <kiosk/bridge/policy.h>

#include <map>
#include <span>
#include <string_view>
#include <tuple>

#include "bridge/gate_call.h"

namespace kiosk::bridge {

/// Threads: the loop's own.
class Gate {
 public:
  /// All borrowed; must outlive the gate.
  struct Parts {
    const Catalogue& catalogue;
    ConsentDesk& desk;
    GrantStore& grants;
    AuditLog& audit;
    PolicyHook& policy;
    Clock& clock;
    GateLimits limits;
  };

  /// Joins the catalogue with its handlers.
  /// Errors: Internal   a method without a handler, a handler without a method, or two for one.
  static Result<std::unique_ptr<Gate>> create(Parts parts, std::vector<MethodBinding> bindings);
  ~Gate();

  /// Borrowed; null when the loop goes.
  void setLoop(Executor* loop) { loop_ = loop; }

  void opened(DoorSession& session, std::shared_ptr<const AuditSubject> subject);
  void call(DoorSession& session, Call call, Reply reply);
  void cancelled(DoorSession& session, std::uint64_t callId);
  void closed(DoorSession& session, const SessionEnd& end);
  /// The app asked for its end: further calls of the session are answered `cancelled`.
  void closing(const SessionId& session);

  /// Ends the calls that rest on a grant which is being taken back; their handlers' answers are
  /// dropped. Value-bearing acts that have begun are not undone.
  void revoked(const UserId& user, const AppId& app, const std::string& permission);

  QuotaSnapshot quota(const SessionId& session);
  /// The names of the steps, in order.
  static std::vector<std::string_view> order();

 private:
  /// What a step says of a call that it does not refuse.
  enum class Go : std::uint8_t {
    On,     ///< to the next step
    Later,  ///< the step will say when
  };
  using Check = Result<Go> (Gate::*)(const CallPtr&);
  struct Step {
    std::string_view name;
    Check check;
  };
  static std::span<const Step> steps();
  using Moved = std::function<void(Result<void>)>;
  using FlightKey = std::tuple<std::string, std::string, std::string, std::string>;
  /// An answer that is still good for a repeat of its call.
  struct Finished {
    FlightKey key;
    std::shared_ptr<Flight> flight;
  };

  Gate(Parts parts, std::unordered_map<const MethodSpec*, MethodBinding> bindings);

  void run(const CallPtr& call);
  Result<Go> later(const CallPtr& call, const std::function<void(Moved)>& start);
  void armDeadline(const CallPtr& call);
  GateSession* sessionOf(const SessionId& id);

  Result<Go> checkMethod(const CallPtr& call);
  Result<Go> checkState(const CallPtr& call);
  Result<Go> checkQuota(const CallPtr& call);
  Result<Go> checkSchema(const CallPtr& call);
  Result<Go> checkDeclared(const CallPtr& call);
  Result<Go> checkOrigin(const CallPtr& call);
  Result<Go> checkPolicy(const CallPtr& call);
  Result<Go> joinRepeat(const CallPtr& call);
  Result<Go> checkBudget(const CallPtr& call);
  Result<Go> takeActivation(const CallPtr& call);
  Result<Go> prepare(const CallPtr& call);
  Result<Go> getConsent(const CallPtr& call);
  Result<Go> checkAgain(const CallPtr& call);
  Result<Go> writeIntent(const CallPtr& call);
  Result<Go> spendBudget(const CallPtr& call);
  Result<Go> checkStillThere(const CallPtr& call);
  Result<Go> handOver(const CallPtr& call);

  std::uint32_t dayMax(const PendingCall& call, DayBudget budget) const;
  std::uint32_t privacyMax(const PendingCall& call) const;
  bool costsPrivacy(const PendingCall& call) const;
  void spendPrivacy(const CallPtr& call, Moved moved);
  /// The question that `call`, as it is now, puts to the user.
  Result<ConsentQuestion> questionOf(const PendingCall& call);
  void askUser(const CallPtr& call, Moved moved);
  void handled(const CallPtr& call, Result<nlohmann::json> outcome);
  void refuse(const CallPtr& call, std::string_view step, Error error);
  void answer(const CallPtr& call, Result<nlohmann::json> outcome, std::string_view reason);
  void endFlight(const CallPtr& call, const Result<nlohmann::json>& outcome);
  FlightKey flightKey(const PendingCall& call) const;

  AuditRecord recordOf(const PendingCall& call, AuditKind kind);
  void countRefusal(const std::shared_ptr<GateSession>& session, std::string_view reason);
  void writeRefusals(GateSession& session);

  Parts parts_;
  std::unordered_map<const MethodSpec*, MethodBinding> bindings_;
  std::unordered_map<const DoorSession*, std::shared_ptr<GateSession>> sessions_;
  std::map<FlightKey, std::shared_ptr<Flight>> flights_;
  std::vector<Finished> finished_;  ///< a ring of the newest
  std::size_t finishedNext_ = 0;
  Executor* loop_ = nullptr;
  /// Callbacks hold it weakly; gone with the gate.
  std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
};

}  // namespace kiosk::bridge
