#include <kiosk/bridge/services.h>

#include "bridge/bridge.h"
#include "bridge/default_services.h"
#include "bridge/demo_seed.h"
#include "bridge/payments/merchants.h"
#include "bridge/payments/money_book.h"
#include "bridge/payments/subscription_book.h"
#include "bridge/shell/activity.h"
#include "bridge/shell/app_data.h"
#include "bridge/shell/shell_rows.h"
#include "bridge/ui/ui.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

/// The name of the file that a catalogue would lie in if it were one of Kiosk's own.
std::string fileNameOf(const std::string& catalogue) {
  const auto parsed = parseJson(catalogue);
  if (!parsed || !parsed->is_object()) return "private namespace";
  const auto name = parsed->find("namespace");
  if (name == parsed->end() || !name->is_string()) return "private namespace";
  const auto& text = name->get_ref<const std::string&>();
  return text + "/" + text + ".api.json";
}

/// The handlers of a private namespace as the bridge takes them.
class PrivateService final : public Service {
 public:
  explicit PrivateService(std::vector<MethodBinding> handlers) : handlers_(std::move(handlers)) {}
  std::vector<MethodBinding> bindings() override { return handlers_; }

 private:
  std::vector<MethodBinding> handlers_;
};

class ServicesImpl final : public Services {
 public:
  /// `parts` owns what `bridge` borrows; `clock` is borrowed.
  ServicesImpl(DefaultServices parts, Clock& clock, std::unique_ptr<Bridge> bridge,
               std::string auditFolder)
      : parts_(std::move(parts)),
        clock_(clock),
        bridge_(std::move(bridge)),
        activity_(std::make_unique<ActivityReader>(std::move(auditFolder))) {}

  Result<void> registerMerchant(const MerchantRegistration& merchant) override {
    return admitMerchant(*parts_.store, merchant);
  }
  void revoke(const UserId& user, const AppId& app, const std::string& permission,
              std::function<void(Result<bool>)> done) override {
    bridge_->revoke(user, app, permission, std::move(done));
  }
  void consents(const UserId& user, const AppId& app,
                std::function<void(Result<std::vector<Grant>>)> done) override {
    bridge_->consents(user, app, std::move(done));
  }
  void revokeAll(const UserId& user, const AppId& app,
                 std::function<void(Result<std::vector<std::string>>)> done) override {
    bridge_->revokeAll(
        user, app,
        [this, user, app, done = std::move(done)](Result<std::vector<std::string>> names) mutable {
          if (!names) return done(names.error());
          end(user, app, [names, done = std::move(done)](Result<std::int64_t> count) {
            done(count ? names : Result<std::vector<std::string>>(count.error()));
          });
        });
  }
  void receipts(const UserId& user, const AppId& app, std::int64_t countMax,
                std::function<void(Result<std::vector<StoredReceipt>>)> done) override {
    bridge_->receipts(user, app, countMax, std::move(done));
  }
  void users(std::function<void(Result<std::vector<UserEntry>>)> done) override {
    parts_.store->run<std::vector<UserEntry>>(
        "shell.users",
        [](soci::session& sql) -> Result<std::vector<UserEntry>> { return readUsers(sql); },
        std::move(done));
  }
  Messenger* messenger() override { return parts_.messenger; }
  void wallet(const UserId& user, std::int64_t paymentsMax,
              std::function<void(Result<WalletSummary>)> done) override {
    parts_.store->run<WalletSummary>(
        "shell.wallet",
        [user, paymentsMax](soci::session& sql) -> Result<WalletSummary> {
          return readWallet(sql, user, paymentsMax);
        },
        std::move(done));
  }
  void subscriptions(const UserId& user,
                     std::function<void(Result<std::vector<SubscriptionEntry>>)> done) override {
    parts_.store->run<std::vector<SubscriptionEntry>>(
        "shell.subscriptions",
        [user](soci::session& sql) -> Result<std::vector<SubscriptionEntry>> {
          return readSubscriptions(sql, user);
        },
        std::move(done));
  }
  void cancelSubscription(const UserId& user, const std::string& id,
                          std::function<void(Result<void>)> done) override {
    parts_.store->run<void>(
        "shell.cancel",
        [user, id, now = clock_.wallMs()](soci::session& sql) {
          return cancelByUser(sql, user, id, now);
        },
        std::move(done));
  }
  void moneyRequests(const UserId& user,
                     std::function<void(Result<std::vector<MoneyRequestEntry>>)> done) override {
    parts_.store->run<std::vector<MoneyRequestEntry>>(
        "shell.money",
        [user, now = clock_.wallMs()](soci::session& sql)
            -> Result<std::vector<MoneyRequestEntry>> { return readMoneyRequests(sql, user, now); },
        std::move(done));
  }
  void payMoneyRequest(const UserId& user, const std::string& id,
                       std::function<void(Result<void>)> done) override {
    if (!parts_.hasLedger) {
      return done(Error{ErrorCode::Unsupported, "the host's wallet moves no money between users"});
    }
    parts_.store->run<void>(
        "shell.payMoney",
        [user, id, now = clock_.wallMs()](soci::session& sql) {
          return bridge::payMoneyRequest(sql, user, id, now);
        },
        std::move(done));
  }
  void declineMoneyRequest(const UserId& user, const std::string& id,
                           std::function<void(Result<void>)> done) override {
    parts_.store->run<void>(
        "shell.declineMoney",
        [user, id, now = clock_.wallMs()](soci::session& sql) {
          return bridge::declineMoneyRequest(sql, user, id, now);
        },
        std::move(done));
  }
  void endSubscriptionsOf(const AppId& app,
                          std::function<void(Result<std::int64_t>)> done) override {
    end(UserId(), app, std::move(done));
  }
  void privacySpent(const UserId& user,
                    std::function<void(Result<std::vector<PrivacyUse>>)> done) override {
    parts_.store->run<std::vector<PrivacyUse>>(
        "shell.privacy",
        [user](soci::session& sql) -> Result<std::vector<PrivacyUse>> {
          return readPrivacyUse(sql, user);
        },
        std::move(done));
  }
  void activity(const UserId& user, std::int64_t countMax, ActivityReader::Done done) override {
    if (activity_ == nullptr || loop_ == nullptr) {
      return done(Error{ErrorCode::NotReady, "the services are joined to no host"});
    }
    activity_->ask(*loop_, user, countMax, std::move(done));
  }
  void exportAppData(const UserId& user, const AppId& app,
                     std::function<void(Result<nlohmann::json>)> done) override {
    bridge::exportAppData(appDataParts(), {user, app}, std::move(done));
  }
  void eraseAppData(const UserId& user, const AppId& app,
                    std::function<void(Result<AppDataErased>)> done) override {
    auto ended = [this, user, app, done = std::move(done)](Result<std::int64_t> count) mutable {
      if (!count) return done(count.error());
      bridge::eraseAppData(appDataParts(), {user, app}, std::move(done));
    };
    end(user, app, std::move(ended));
  }
  Result<void> chromePressed(const SessionId& session, std::string_view button) override {
    return parts_.ui->pressed(session, button);
  }
  void flushAudit() override { bridge_->flushAudit(); }

  void attached(Executor& loop) override {
    loop_ = &loop;
    bridge_->attached(loop);
  }
  void detached() override {
    activity_.reset();
    loop_ = nullptr;
    bridge_->detached();
  }
  void opened(DoorSession& session) override { bridge_->opened(session); }
  void call(DoorSession& session, Call call, Reply reply) override {
    bridge_->call(session, std::move(call), std::move(reply));
  }
  void cancelled(DoorSession& session, std::uint64_t callId) override {
    bridge_->cancelled(session, callId);
  }
  void closed(DoorSession& session, const SessionEnd& end) override {
    bridge_->closed(session, end);
  }

 private:
  AppDataParts appDataParts() {
    return {*parts_.localStorage, *parts_.sealedStorage, *parts_.store, *bridge_};
  }

  /// Ends what is subscribed by `user`, in `app`, or both, and what is asked for by them. Answers
  /// how many subscriptions there were.
  void end(const UserId& user, const AppId& app, std::function<void(Result<std::int64_t>)> done) {
    parts_.store->run<std::int64_t>(
        "shell.end",
        [user, app, now = clock_.wallMs()](soci::session& sql) -> Result<std::int64_t> {
          cancelMoneyRequests(sql, user, app, now);
          return endSubscriptions(sql, user, app, "app", now);
        },
        std::move(done));
  }

  DefaultServices parts_;
  Clock& clock_;
  std::unique_ptr<Bridge> bridge_;
  std::unique_ptr<ActivityReader> activity_;
  Executor* loop_ = nullptr;
};

}  // namespace

Result<std::unique_ptr<Services>> Services::create(ServicesConfig config) {
  if (config.consentUi == nullptr || config.picker == nullptr) {
    return Error{ErrorCode::InvalidParams,
                 "consentUi and picker are missing: only the host app can ask its users"};
  }
  DefaultServicesConfig defaults;
  defaults.dataDir = config.dataDir;
  defaults.picker = config.picker;
  defaults.chrome = config.chrome;
  defaults.issuer = std::move(config.receiptIssuer);
  if (config.clock != nullptr) defaults.clock = config.clock;
  if (config.random != nullptr) defaults.random = config.random;
  defaults.identity = config.identity;
  defaults.messaging = config.messaging;
  defaults.wallet = config.wallet;
  defaults.storage = config.storage;
  defaults.secureStorage = config.secureStorage;
  defaults.storageKey = std::move(config.storageKey);
  defaults.support = config.support;
  defaults.network = config.network;
  auto parts = makeDefaultServices(defaults);
  if (!parts) return std::move(parts).error();
  if (config.demoData == DemoData::Seed) {
    if (auto seeded = seedDemo(*parts->store, *defaults.clock); !seeded) return seeded.error();
  }

  BridgeConfig bridgeConfig{.dataDir = config.dataDir,
                            .auditSigner = auditSigner(*parts->keys),
                            .consentUi = *config.consentUi,
                            .services = std::move(parts->services),
                            .grants = std::move(parts->grants),
                            .launchData = parts->launchData,
                            .policy = config.policy,
                            .clock = config.clock,
                            .random = config.random,
                            .host = std::move(config.host),
                            .limits = config.limits,
                            .ready = std::move(config.ready)};
  std::vector<std::string> names;
  names.reserve(config.privateNamespaces.size());
  for (auto& one : config.privateNamespaces) {
    names.push_back(fileNameOf(one.catalogue));
    bridgeConfig.privateNamespaces.push_back({names.back(), one.catalogue});
    bridgeConfig.services.push_back(std::make_unique<PrivateService>(std::move(one.handlers)));
  }
  auto bridge = Bridge::create(std::move(bridgeConfig));
  if (!bridge) return std::move(bridge).error();
  return std::unique_ptr<Services>(std::make_unique<ServicesImpl>(
      *std::move(parts), *defaults.clock, *std::move(bridge), auditDir(config.dataDir)));
}

}  // namespace kiosk::bridge
