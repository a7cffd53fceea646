#pragma once
// host.*: what the app runs in, how it was started, and its end. Asks nobody for consent.

#include <kiosk/bridge/catalogue.h>
#include <kiosk/bridge/host_facts.h>
#include <kiosk/bridge/service.h>
#include <kiosk/clock.h>

#include "bridge/consent.h"
#include "bridge/quota.h"

namespace kiosk::bridge {

/// Threads: the loop's own.
class HostService final : public Service {
 public:
  struct Parts {
    /// The three borrowed; must outlive the service.
    const Catalogue& catalogue;
    GrantStore& grants;
    Clock& clock;
    HostFacts facts;
    /// Borrowed; null: `host.launch` has no launch data.
    LaunchDataSource* launchData = nullptr;
    std::function<QuotaSnapshot(const SessionId&)> quota;
    /// The app asked to be closed: from here on its session takes no call.
    std::function<void(const SessionId&)> closing;
    /// Whether this host can do what the catalogue has; a provider may be missing.
    std::function<bool(const std::string& method)> offers;
    std::uint32_t privacyPointsMax = 0;
    /// The app said that its first view is complete. May be empty.
    std::function<void(const SessionInfo&)> ready;
  };
  explicit HostService(Parts parts) : parts_(std::move(parts)) {}

  std::vector<MethodBinding> bindings() override;

 private:
  void info(const ContextPtr& context, Reply reply);
  void launch(const ContextPtr& context, Reply reply);
  void refreshLaunchData(const ContextPtr& context, Reply reply);
  void supports(const ContextPtr& context, Reply reply);
  void quota(const ContextPtr& context, Reply reply);
  void close(const ContextPtr& context, Reply reply);

  Parts parts_;
};

}  // namespace kiosk::bridge
