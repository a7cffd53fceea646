#pragma once
// messages.*: into the user's own chats, by the user's own choice.

#include <kiosk/bridge/messages_provider.h>
#include <kiosk/bridge/service.h>
#include <kiosk/clock.h>

#include <set>

namespace kiosk::bridge {

/// Threads: the loop's own.
class MessagesService final : public Service {
 public:
  /// All borrowed; they outlive the service. `picker` answers none of its questions after that.
  MessagesService(Messaging& messaging, Picker& picker, Clock& clock, Random& random)
      : messaging_(messaging), picker_(picker), clock_(clock), random_(random) {}

  std::vector<MethodBinding> bindings() override;

 private:
  struct Share;
  using SharePtr = std::shared_ptr<Share>;  ///< owners: the callbacks of one share under way

  void share(ContextPtr context, Reply reply);
  void pick(SharePtr share, const std::vector<ChatChoice>& chats);
  void post(SharePtr share, std::string chatId);

  Messaging& messaging_;
  Picker& picker_;
  Clock& clock_;
  Random& random_;
  /// Sessions that show a picker; one at a time each. Owners: the service and its shares, of which
  /// a picker that was never answered may outlive the service.
  const std::shared_ptr<std::set<SessionId>> picking_ = std::make_shared<std::set<SessionId>>();
};

}  // namespace kiosk::bridge
