#pragma once
// support.*: the way to people when the app cannot help.

#include <kiosk/bridge/service.h>
#include <kiosk/bridge/support_provider.h>
#include <kiosk/clock.h>

namespace kiosk::bridge {

/// Threads: the loop's own.
class SupportService final : public Service {
 public:
  /// All borrowed; they outlive the service.
  SupportService(SupportDesk& desk, Clock& clock, Random& random)
      : desk_(desk), clock_(clock), random_(random) {}

  std::vector<MethodBinding> bindings() override;

 private:
  void open(ContextPtr context, Reply reply);

  SupportDesk& desk_;
  Clock& clock_;
  Random& random_;
};

}  // namespace kiosk::bridge
