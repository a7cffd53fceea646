#include "bridge/default_services.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "bridge/identity/identity.h"
#include "bridge/messages/messages.h"
#include "bridge/net/curl_network.h"
#include "bridge/net/net.h"
#include "bridge/oidc/login_service.h"
#include "bridge/payments/money_requests.h"
#include "bridge/payments/payments.h"
#include "bridge/payments/subscriptions.h"
#include "bridge/sql_providers.h"
#include "bridge/storage/secure_sql.h"
#include "bridge/storage/storage.h"
#include "bridge/store/grants.h"
#include "bridge/support/support.h"
#include "bridge/ui/ui.h"

namespace kiosk::bridge {
namespace {

/// Gives the store its loop. A service like any other, so that the store needs no place of its own
/// in the gate; it has no methods.
class StoreAttachment final : public Service {
 public:
  explicit StoreAttachment(Store& store) : store_(store) {}
  std::vector<MethodBinding> bindings() override { return {}; }
  void attached(Executor& loop) override { store_.attached(loop); }

 private:
  Store& store_;
};

Result<void> makeDataDir(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return {};
  return Error{ErrorCode::HostError,
               "cannot make the data folder " + path + ": " + std::strerror(errno)};
}

/// The embedded provider when the host brought none.
template <class Provider, class Make>
Provider& choose(Provider* given, std::unique_ptr<Provider>& embedded, Make make) {
  if (given != nullptr) return *given;
  embedded = make();
  return *embedded;
}

/// The key of storage.secure: the host's, or the file's, which is made at the first start.
Result<StorageKeysSource> storageKeysOf(const DefaultServicesConfig& config, Store& store) {
  if (config.storageKey) return keysOfHost(config.storageKey);
  const std::string path = config.dataDir + "/keys/storage.key";
  if (::access(path.c_str(), F_OK) != 0) {
    const auto kept = hasSecureItems(store);
    if (!kept) return kept.error();
    if (*kept) {
      return Error{ErrorCode::HostError,
                   "the key of storage.secure " + path +
                       " is missing although apps keep data under it: restore it from a backup, "
                       "or give the data up with kiosk store reset-secure"};
    }
    if (auto made = StorageKeys::make(path, *config.random); !made) return made.error();
  }
  if (auto keys = StorageKeys::load(path); !keys) return keys.error();
  return keysOfFile(path);
}

}  // namespace

Result<DefaultServices> makeDefaultServices(const DefaultServicesConfig& config) {
  KIOSK_CHECK(config.picker != nullptr, "a host draws pickers");
  auto made = makeDataDir(config.dataDir);
  if (!made) return made.error();
  const std::string database = config.dataDir + "/kiosk.db";
  const bool firstStart = ::access(database.c_str(), F_OK) != 0;
  auto keys = HostKeys::load(config.dataDir + "/keys", *config.random,
                             firstStart ? MissingKeys::Generate : MissingKeys::Refuse);
  if (!keys) return keys.error();
  auto store = Store::open({.path = database});
  if (!store) return store.error();

  DefaultServices all;
  all.keys = std::make_unique<HostKeys>(std::move(*keys));
  all.store = std::move(*store);
  Store& opened = *all.store;
  Clock& clock = *config.clock;
  Random& random = *config.random;
  all.receipts = std::make_unique<ReceiptBook>(
      ed25519Signer(all.keys->signing(), all.keys->signingKeyId()), config.issuer);
  all.grants = sqlGrantStore(opened, *all.receipts, *all.keys);
  auto& identity =
      choose(config.identity, all.identity, [&opened] { return sqlIdentityProvider(opened); });
  EmbeddedMessenger* messenger = nullptr;
  all.hasLedger = config.wallet == nullptr;
  auto& messaging = choose(config.messaging, all.messaging, [&] {
    auto embedded = sqlMessaging(opened, clock, random);
    all.messenger = messenger = embedded.get();
    return embedded;
  });
  auto& storage = choose(config.storage, all.storage, [&opened] { return sqlStorage(opened); });
  if (config.secureStorage == nullptr) {
    auto source = storageKeysOf(config, opened);
    if (!source) return source.error();
    all.secureStorage = sqlSecureStorage(opened, *std::move(source), random);
  }
  all.localStorage = &storage;
  auto& secure = config.secureStorage != nullptr ? *config.secureStorage : *all.secureStorage;
  all.sealedStorage = &secure;
  auto& support = choose(config.support, all.support, [&opened] { return sqlSupportDesk(opened); });

  auto& network =
      choose(config.network, all.network, [] { return std::make_unique<CurlNetwork>(); });

  auto identityService = std::make_unique<IdentityService>(identity, *all.keys, clock, random);
  all.launchData = identityService.get();
  all.services.push_back(std::make_unique<StoreAttachment>(opened));
  all.services.push_back(std::move(identityService));
  all.services.push_back(
      std::make_unique<oidc::LoginService>(opened, identity, *all.keys, clock, random));
  all.services.push_back(
      std::make_unique<MessagesService>(messaging, *config.picker, clock, random));
  all.services.push_back(std::make_unique<PaymentsService>(opened, config.wallet, *all.keys,
                                                           *all.receipts, clock, random));
  all.services.push_back(std::make_unique<SubscriptionsService>(opened, config.wallet, *all.keys,
                                                                *all.receipts, clock, random));
  all.services.push_back(std::make_unique<MoneyRequestsService>(
      opened, MoneyParts{messenger, config.wallet}, *config.picker, clock, random));
  all.services.push_back(std::make_unique<StorageService>(storage, secure));
  all.services.push_back(std::make_unique<SupportService>(support, clock, random));
  all.services.push_back(std::make_unique<NetService>(&network, clock));
  auto ui = std::make_unique<UiService>(config.chrome);
  all.ui = ui.get();
  all.services.push_back(std::move(ui));
  return all;
}

}  // namespace kiosk::bridge
