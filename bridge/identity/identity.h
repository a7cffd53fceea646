#pragma once
// identity.*: who the user is, as far as the user tells this app; and the launch data.

#include <kiosk/bridge/identity_provider.h>
#include <kiosk/bridge/service.h>

#include "bridge/identity/host_keys.h"

namespace kiosk::bridge {

/// Threads: the loop's own.
class IdentityService final : public Service, public LaunchDataSource {
 public:
  /// All borrowed; they outlive the service.
  IdentityService(IdentityProvider& provider, const HostKeys& keys, Clock& clock, Random& random)
      : provider_(provider), keys_(keys), clock_(clock), random_(random) {}

  std::vector<MethodBinding> bindings() override;

  /// Launch data never names the user: it carries the pairwise id and the language. The profile
  /// comes from identity.userinfo, after consent.
  void launchData(const SessionInfo& session,
                  std::function<void(Result<LaunchData>)> done) override;

 private:
  void userinfo(ContextPtr context, Reply reply);
  void preparePhone(ContextPtr context, std::function<void(Result<Prepared>)> done);
  void requestPhone(ContextPtr context, Reply reply);

  IdentityProvider& provider_;
  const HostKeys& keys_;
  Clock& clock_;
  Random& random_;
};

}  // namespace kiosk::bridge
