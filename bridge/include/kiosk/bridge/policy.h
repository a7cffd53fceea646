#pragma once
// What the operator of the host decides about calls, beyond what the catalogue says.

#include <kiosk/bridge/catalogue.h>
#include <kiosk/door.h>

#include <string>
#include <utility>

namespace kiosk::bridge {

enum class PolicyVerdict : std::uint8_t {
  Allow,
  Deny,
  Ask,  ///< allow, once the user has agreed to this very call
};

/// A verdict and why. The reason goes to the audit log with the call (at most 200 bytes of it) and
/// never to the mini-app; it is the operator's rule, not the user's data.
struct PolicyDecision {
  PolicyVerdict verdict = PolicyVerdict::Allow;
  std::string reason;

  PolicyDecision(PolicyVerdict given, std::string why = {})
      : verdict(given), reason(std::move(why)) {}
};

/// Asked by the gate before the user is, and once more before the handler. Answers at once and has
/// no effects. Threads: the loop's own.
class PolicyHook {
 public:
  virtual ~PolicyHook() = default;
  virtual PolicyDecision decide(const SessionInfo& session, const MethodSpec& method,
                                const nlohmann::json& params) {
    (void)session, (void)method, (void)params;
    return PolicyVerdict::Allow;
  }
  /// Whether the operator lists this app for a privileged permission.
  virtual bool mayUsePrivileged(const SessionInfo& session, const PermissionSpec& permission) {
    (void)session, (void)permission;
    return false;
  }
  /// Whether the app, or this version of it, was revoked since it was opened.
  virtual bool revoked(const SessionInfo& session) {
    (void)session;
    return false;
  }
};

}  // namespace kiosk::bridge
