#pragma once
// consent.*: how permissions stand, asking for one ahead of its use, giving them back.

#include <kiosk/bridge/policy.h>
#include <kiosk/bridge/service.h>

#include "bridge/consent_desk.h"

namespace kiosk::bridge {

/// Threads: the loop's own.
class ConsentService final : public Service {
 public:
  /// All borrowed; must outlive the service.
  struct Parts {
    const Catalogue& catalogue;
    ConsentDesk& desk;
    PolicyHook& policy;
    GrantStore& grants;
  };
  explicit ConsentService(Parts parts) : parts_(parts) {}

  std::vector<MethodBinding> bindings() override;

 private:
  void query(const ContextPtr& context, Reply reply);
  void request(const ContextPtr& context, Reply reply);
  void revoke(const ContextPtr& context, Reply reply);
  void receipts(const ContextPtr& context, Reply reply);
  /// How `name` stands: { name, state, receiptId?, retryAfterMs? }.
  void state(const ContextPtr& context, const std::string& name,
             std::function<void(Result<nlohmann::json>)> done);

  Parts parts_;
};

}  // namespace kiosk::bridge
