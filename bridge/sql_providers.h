#pragma once
// The embedded providers: what a host gets that brings none of its own. Each keeps its data in the
// store, which is borrowed and outlives it.

#include <kiosk/bridge/identity_provider.h>
#include <kiosk/bridge/messages_provider.h>
#include <kiosk/bridge/shell_data.h>
#include <kiosk/bridge/storage_provider.h>
#include <kiosk/bridge/support_provider.h>
#include <kiosk/clock.h>

#include <memory>

namespace kiosk::bridge {

class Store;
struct PostedMessage;

/// The embedded messenger: what apps post into, and what its users read.
class EmbeddedMessenger : public Messaging, public Messenger {
 public:
  /// Tells the listener of a message that a job of the store wrote, once it is on disk.
  virtual void announce(const PostedMessage& posted) = 0;
};

std::unique_ptr<IdentityProvider> sqlIdentityProvider(Store& store);
/// `clock` and `random` are borrowed too.
std::unique_ptr<EmbeddedMessenger> sqlMessaging(Store& store, Clock& clock, Random& random);
std::unique_ptr<KeyValueStorage> sqlStorage(Store& store);
std::unique_ptr<SupportDesk> sqlSupportDesk(Store& store);

}  // namespace kiosk::bridge
