#pragma once
// What the gate keeps of a session and of a call on its way. Private to the gate's own files.

#include <kiosk/bridge/catalogue.h>
#include <kiosk/bridge/service.h>

#include <optional>
#include <unordered_map>

#include "bridge/audit.h"
#include "bridge/consent_desk.h"
#include "bridge/quota.h"
#include "runtime/base/encoding.h"

namespace kiosk::bridge {

struct PendingCall;
using CallPtr =
    std::shared_ptr<PendingCall>;  ///< owners: the session, and whatever the call waits for

/// Calls with one idempotency key: the first runs, the others get its answer.
struct Flight {
  std::string paramsText;
  std::vector<CallPtr> waiters;
  bool started = false;                  ///< the handler has the call
  std::optional<nlohmann::json> result;  ///< set once the handler succeeded
};

struct GateSession {
  GateSession(DoorSession& session, std::shared_ptr<const AuditSubject> about, TokenBucket bucket)
      : live(&session), info(session.info()), subject(std::move(about)), calls(bucket) {}

  DoorSession* live;  ///< null once the session has ended
  SessionInfo info;
  std::shared_ptr<const AuditSubject> subject;
  TokenBucket calls;
  std::unordered_map<const MethodSpec*, TokenBucket> perMethod;
  std::unordered_map<std::uint64_t, CallPtr> pending;
  PrivacySpent learnt;   ///< kinds of data that were paid for, as far as this session knows
  bool closing = false;  ///< the app asked to be closed
  /// Calls refused before their parameters were looked at, since the last record of such.
  std::uint64_t refusedCount = 0;
  std::string refusedReason;
  Executor::TimerId refusedTimer = 0;
};

struct PendingCall : CallContext {
  std::shared_ptr<GateSession> owner;
  std::optional<Reply> reply;
  const MethodSpec* spec = nullptr;
  const MethodBinding* binding = nullptr;
  std::int64_t startUs = 0;

  std::size_t step = 0;    ///< next in the gate's order
  std::uint32_t wait = 0;  ///< number of the wait under way; an answer to an older one is ignored
  bool inStep = false;     ///< the step that waits has not returned yet
  std::optional<Result<void>> early;  ///< the answer that came from within the step
  Executor::TimerId deadline = 0;

  std::string paramsText;  ///< JSON, once the parameters are known to be valid
  std::string shape;
  Prepared prep;
  std::string policyReason;                   ///< the operator's word on it, if there was one
  ConsentClass consent = ConsentClass::None;  ///< what is asked of this call, policy included
  bool asked = false;                         ///< the user agreed to this very call
  std::string consentHash;
  ConsentDesk::Ticket ticket = 0;  ///< of the open question; 0: none
  std::shared_ptr<Flight>
      flight;           ///< owners: the gate's map, the first call, and those that wait for it
  bool handed = false;  ///< the handler has the call
  bool answered = false;

  /// Whether a record must be on disk before the handler runs.
  bool needsIntent() const { return consent != ConsentClass::None || spec->value; }
};

/// `reason` as the audit log keeps it: with the operator's word, if there was one.
inline std::string withPolicy(std::string_view reason, const std::string& policyReason) {
  std::string text(reason);
  if (policyReason.empty()) return text;
  if (!text.empty()) text += "; ";
  return text += "policy: " + policyReason;
}

/// What is kept of a handler's note, in bytes.
inline constexpr std::size_t kAuditNoteBytesMax = 200;

/// `reason` with what the handler noted of the call, e.g. "https://api.example.ru 200".
inline std::string withNote(std::string reason, const std::string& note) {
  if (note.empty()) return reason;
  if (!reason.empty()) reason += "; ";
  return reason += printable(note, kAuditNoteBytesMax);
}

}  // namespace kiosk::bridge
