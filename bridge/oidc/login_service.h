#pragma once
// identity.login: a one-time code that the app's own server exchanges for an ID token.
//
//   app ──login──► host: consent, signs the ID token ─► store: code's hash, token sealed under it
//   app ──code──► its server ──code, verifier, assertion──► serve-api ──► ID token
//
// The ID token is signed here, where the host's key is; whoever serves the exchange hands out what
// the code opens and signs nothing.

#include <kiosk/bridge/identity_provider.h>
#include <kiosk/bridge/service.h>

#include "bridge/identity/host_keys.h"
#include "bridge/store/store.h"

namespace kiosk::bridge::oidc {

/// Threads: the loop's own.
class LoginService final : public Service {
 public:
  /// All borrowed; they outlive the service.
  LoginService(Store& store, IdentityProvider& provider, const HostKeys& keys, Clock& clock,
               Random& random)
      : store_(store), provider_(provider), keys_(keys), clock_(clock), random_(random) {}

  std::vector<MethodBinding> bindings() override;

 private:
  /// Before the user is asked: whether anybody could use the code.
  void prepare(ContextPtr context, std::function<void(Result<Prepared>)> done);
  void login(ContextPtr context, Reply reply);
  void issue(const CallContext& context, const UserProfile& profile, std::shared_ptr<Reply> reply);

  Store& store_;
  IdentityProvider& provider_;
  const HostKeys& keys_;
  Clock& clock_;
  Random& random_;
};

}  // namespace kiosk::bridge::oidc
