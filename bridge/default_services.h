#pragma once
// The embedded super-app: one store, the host's keys, and every service with its default provider.

#include <kiosk/bridge/chrome.h>
#include <kiosk/bridge/identity_provider.h>
#include <kiosk/bridge/messages_provider.h>
#include <kiosk/bridge/network_provider.h>
#include <kiosk/bridge/payments_provider.h>
#include <kiosk/bridge/service.h>
#include <kiosk/bridge/shell_data.h>
#include <kiosk/bridge/storage_provider.h>
#include <kiosk/bridge/support_provider.h>
#include <kiosk/clock.h>
#include <kiosk/providers.h>
#include <kiosk/result.h>

#include <memory>
#include <string>
#include <vector>

#include "bridge/consent.h"
#include "bridge/identity/host_keys.h"
#include "bridge/receipts/receipt_book.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {

class UiService;

/// What a host brings. A provider that is given replaces the embedded one; borrowed, and outlives
/// the services.
struct DefaultServicesConfig {
  /// Holds kiosk.db and keys/; made with mode 0700 when absent.
  std::string dataDir;
  Picker* picker = nullptr;   ///< must be there
  Chrome* chrome = nullptr;   ///< null: `ui.*` is unsupported
  ReceiptIssuer issuer = {};  ///< what every receipt says of this host
  Clock* clock = &systemClock();
  Random* random = &systemRandom();
  IdentityProvider* identity = nullptr;
  Messaging* messaging = nullptr;
  Wallet* wallet = nullptr;  ///< null: the embedded ledger
  KeyValueStorage* storage = nullptr;
  KeyValueStorage* secureStorage = nullptr;
  /// Of the embedded storage.secure; empty: dataDir/keys/storage.key.
  StorageKeySource storageKey = nullptr;
  SupportDesk* support = nullptr;
  Network* network = nullptr;  ///< null: libcurl
};

/// Owns everything; members are destroyed in an order in which nothing outlives what it borrows.
/// The store learns its loop when the gate calls `attached` of the grants or of any service here.
struct DefaultServices {
  std::unique_ptr<HostKeys> keys;
  std::unique_ptr<ReceiptBook> receipts;
  std::unique_ptr<Store> store;
  std::unique_ptr<GrantStore> grants;
  std::unique_ptr<IdentityProvider> identity;
  std::unique_ptr<Messaging> messaging;
  std::unique_ptr<KeyValueStorage> storage, secureStorage;
  std::unique_ptr<SupportDesk> support;
  std::unique_ptr<Network> network;
  std::vector<std::unique_ptr<Service>> services;
  LaunchDataSource* launchData = nullptr;  ///< one of `services`, for host.launch
  Messenger* messenger = nullptr;          ///< `messaging`; null when the host brought its own
  bool hasLedger = true;                   ///< the embedded one keeps the money, not a wallet
  /// What storage.local and storage.secure use, embedded or the host's.
  KeyValueStorage* localStorage = nullptr;
  KeyValueStorage* sealedStorage = nullptr;
  UiService* ui = nullptr;  ///< another, for the buttons of the frame
};

/// Opens the store, loads or makes the keys, builds the services.
/// Errors: as HostKeys::load and Store::open.
Result<DefaultServices> makeDefaultServices(const DefaultServicesConfig& config);

}  // namespace kiosk::bridge
