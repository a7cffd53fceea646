#pragma once
// The door with all services behind it: catalogue, gate, consent, quota, audit, store. This is what
// a host app joins to `kiosk::Host`:
//
//   kiosk::bridge::ServicesConfig config;
//   config.dataDir   = "/var/lib/my-app";
//   config.consentUi = &sheets;                    // the host's own drawing
//   config.picker    = &sheets;
//   config.wallet    = &wallet;                    // replaces the embedded one; so do the others
//   auto services = kiosk::bridge::Services::create(std::move(config));
//   auto host     = kiosk::Host::create({}, **services);
//
// Each provider that is left null has an embedded default that keeps its data in `dataDir`.
// The services outlive the host; providers outlive the services.

#include <kiosk/bridge/chrome.h>
#include <kiosk/bridge/consents.h>
#include <kiosk/bridge/gate_limits.h>
#include <kiosk/bridge/host_facts.h>
#include <kiosk/bridge/identity_provider.h>
#include <kiosk/bridge/merchant.h>
#include <kiosk/bridge/messages_provider.h>
#include <kiosk/bridge/network_provider.h>
#include <kiosk/bridge/payments_provider.h>
#include <kiosk/bridge/policy.h>
#include <kiosk/bridge/service.h>
#include <kiosk/bridge/shell_data.h>
#include <kiosk/bridge/storage_provider.h>
#include <kiosk/bridge/support_provider.h>
#include <kiosk/clock.h>
#include <kiosk/door.h>
#include <kiosk/providers.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kiosk::bridge {

/// A namespace of the host app's own, in the form of the catalogue (bridge/catalogue.schema.json).
/// Its methods pass the same gate, consent and audit as those that Kiosk brings.
struct PrivateNamespace {
  std::string catalogue;                ///< JSON text, e.g. {"namespace": "city", "methods": […]}
  std::vector<MethodBinding> handlers;  ///< one for each of its methods
};

enum class DemoData : std::uint8_t { None, Seed };

struct ServicesConfig {
  /// Holds kiosk.db, keys/ and audit/; made with mode 0700 when absent.
  std::string dataDir;
  /// Draw consent sheets and pickers. Borrowed; must be there.
  ConsentUi* consentUi = nullptr;
  Picker* picker = nullptr;
  /// Draws the frame around mini-apps and their own questions. Borrowed; null: `ui.*` is answered
  /// with `unsupported`.
  Chrome* chrome = nullptr;
  /// What replaces the embedded default. Borrowed; null: the default.
  IdentityProvider* identity = nullptr;
  Messaging* messaging = nullptr;
  Wallet* wallet = nullptr;
  KeyValueStorage* storage = nullptr;
  KeyValueStorage* secureStorage = nullptr;
  SupportDesk* support = nullptr;
  Network* network = nullptr;
  /// The master key of the embedded storage.secure; empty: dataDir/keys/storage.key, made at the
  /// first start.
  StorageKeySource storageKey = nullptr;
  /// Borrowed; null: everything that the catalogue allows.
  PolicyHook* policy = nullptr;
  /// Borrowed; null: the system's.
  Clock* clock = nullptr;
  Random* random = nullptr;
  HostFacts host = {};
  ReceiptIssuer receiptIssuer = {};
  GateLimits limits = {};
  /// An app said that its first view is complete (`host.ready`). May be empty.
  std::function<void(const SessionInfo&)> ready = nullptr;
  std::vector<PrivateNamespace> privateNamespaces = {};
  /// Fills a new store with the demo's users, chats, balances and merchant, once.
  DemoData demoData = DemoData::None;

  /// Adds a namespace of the host's own. What is wrong with it is told by `Services::create`.
  void registerNamespace(std::string catalogue, std::vector<MethodBinding> handlers) {
    privateNamespaces.push_back({std::move(catalogue), std::move(handlers)});
  }
};

/// Threads: the loop's own, unless said otherwise.
class Services : public Door {
 public:
  /// Opens the store, loads or makes the host's keys, starts gate and audit.
  /// Errors: InvalidParams   no consentUi or picker, or a private namespace breaks the catalogue's
  ///                         rules; the message says where
  ///         Internal        a private method without a handler, or a handler without a method
  ///         HostError, StorageFull   data folder, keys, store or audit log cannot be opened
  static Result<std::unique_ptr<Services>> create(ServicesConfig config);

  /// Registers a merchant, or another key of one; a key that is there already is replaced.
  /// Waits for the disk: for start-up and tools.
  /// Errors: InvalidParams   a field is out of its range; HostError, StorageFull   the store's.
  virtual Result<void> registerMerchant(const MerchantRegistration& merchant) = 0;

  /// What `user` allowed, by app and permission; of one app when `app` is not empty.
  virtual void consents(const UserId& user, const AppId& app,
                        std::function<void(Result<std::vector<Grant>>)> done) = 0;
  /// Takes a grant back as the user did in the host's settings; true when there was one. Calls that
  /// rest on it end with `permission_denied` at once, `done` comes when it would survive a power
  /// cut. Revocations by another process over the same data are seen within half a second.
  virtual void revoke(const UserId& user, const AppId& app, const std::string& permission,
                      std::function<void(Result<bool>)> done) = 0;
  /// The same for everything that `user` allowed `app`; answers the names that were granted. Ends
  /// the user's subscriptions in it too, and takes their open requests of money back.
  virtual void revokeAll(const UserId& user, const AppId& app,
                         std::function<void(Result<std::vector<std::string>>)> done) = 0;
  /// The newest receipts of `user`, newest first, at most `countMax`; of one app when `app` is not
  /// empty.
  virtual void receipts(const UserId& user, const AppId& app, std::int64_t countMax,
                        std::function<void(Result<std::vector<StoredReceipt>>)> done) = 0;

  /// The user pressed `button` ("main", "secondary" or "back") of the frame around `session`'s app.
  /// Gives the app an activation, as a tap in its view does.
  /// Errors: NotFound   no such session, or its app shows no such button, or it is not enabled.
  ///         NotReady   the app is not shown.
  virtual Result<void> chromePressed(const SessionId& session, std::string_view button) = 0;

  // For the host's own screens.

  /// Users of the embedded store, by id; at most kUsersMax. None of them is known to a host that
  /// brought an IdentityProvider.
  virtual void users(std::function<void(Result<std::vector<UserEntry>>)> done) = 0;
  /// The embedded messenger; null when the host brought its own. Borrowed.
  virtual Messenger* messenger() = 0;
  /// The user's balances in the embedded ledger, and the newest `paymentsMax` payments.
  virtual void wallet(const UserId& user, std::int64_t paymentsMax,
                      std::function<void(Result<WalletSummary>)> done) = 0;
  /// The newest subscriptions of `user`, newest first, at most 100.
  virtual void subscriptions(const UserId& user,
                             std::function<void(Result<std::vector<SubscriptionEntry>>)> done) = 0;
  /// The user ends a subscription in the host's own screens: nothing more is charged. One that is
  /// at its end already stays as it is.
  /// Errors: NotFound   the user has no such subscription.
  virtual void cancelSubscription(const UserId& user, const std::string& id,
                                  std::function<void(Result<void>)> done) = 0;
  /// Requests of money that `user` made or was asked by, open ones first, then newest first; at
  /// most 100.
  virtual void moneyRequests(const UserId& user,
                             std::function<void(Result<std::vector<MoneyRequestEntry>>)> done) = 0;
  /// The asked user pays a request in the host's own screens, which showed who asks and the exact
  /// amount: in full, once, from the embedded ledger. Paying a paid one again changes nothing.
  /// Errors: NotFound            nobody asked `user` for it
  ///         Declined, Cancelled, OrderExpired   it is at its end
  ///         InsufficientFunds   nothing was moved; it stays open
  ///         LimitExceeded       over the user's limit of a day; it stays open
  ///         Unsupported         the host's own wallet keeps the money
  virtual void payMoneyRequest(const UserId& user, const std::string& id,
                               std::function<void(Result<void>)> done) = 0;
  /// The asked user says no. Declining a declined one again changes nothing.
  /// Errors: NotFound   nobody asked `user` for it
  ///         DuplicateOrder, Cancelled, OrderExpired   it is paid, or at its end
  virtual void declineMoneyRequest(const UserId& user, const std::string& id,
                                   std::function<void(Result<void>)> done) = 0;
  /// The app goes for good, uninstalled or revoked: ends everybody's subscriptions in it, and takes
  /// back their open requests of money. Answers how many subscriptions there were.
  virtual void endSubscriptionsOf(const AppId& app,
                                  std::function<void(Result<std::int64_t>)> done) = 0;
  /// What each app has learnt of `user`, in privacy points; GateLimits and the manifest say of how
  /// many (`privacyOf`).
  virtual void privacySpent(const UserId& user,
                            std::function<void(Result<std::vector<PrivacyUse>>)> done) = 0;
  /// The newest lines of the audit log that speak of `user`, newest first; `countMax` is
  /// 1..kActivityMax. Looks at the newest segments only; read on a thread of its own.
  virtual void activity(const UserId& user, std::int64_t countMax,
                        std::function<void(Result<std::vector<ActivityEntry>>)> done) = 0;
  /// All that is kept of `user` in `app` by storage.local and storage.secure, as JSON:
  /// {"local": {key: value}, "secure": {key: value}}. On record before it is answered.
  /// Errors: Locked   storage.secure cannot be opened just now.
  virtual void exportAppData(const UserId& user, const AppId& app,
                             std::function<void(Result<nlohmann::json>)> done) = 0;
  /// Removes the user's storage.local, storage.secure and tickets of `app`, ends the user's
  /// subscriptions in it and takes their open requests of money back. Grants, payments and receipts
  /// stay: see `revokeAll` and `kiosk user erase`. The intent is on record before anything is
  /// removed; repeating it is harmless.
  virtual void eraseAppData(const UserId& user, const AppId& app,
                            std::function<void(Result<AppDataErased>)> done) = 0;

  /// Blocks until every audit record so far is on disk.
  virtual void flushAudit() = 0;
};

}  // namespace kiosk::bridge
