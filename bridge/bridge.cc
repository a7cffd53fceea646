#include "bridge/bridge.h"

#include <mutex>
#include <set>

#include "bridge/consent/consent_service.h"

namespace kiosk::bridge {
namespace {

/// The loop for everything behind the door. Once cut, posting does nothing, so that a store's or
/// the writer's last answer cannot meet a host that has gone.
class CuttableLoop final : public Executor {
 public:
  void join(Executor& loop) {
    const std::lock_guard lock(mutex_);
    loop_ = &loop;
  }
  void cut() {
    const std::lock_guard lock(mutex_);
    loop_ = nullptr;
  }
  void post(std::function<void()> task) override {
    const std::lock_guard lock(mutex_);
    if (loop_ != nullptr) loop_->post(std::move(task));
  }
  TimerId after(std::chrono::milliseconds delay, std::function<void()> task) override {
    return loop_ != nullptr ? loop_->after(delay, std::move(task)) : 0;
  }
  void cancelTimer(TimerId id) override {
    if (loop_ != nullptr) loop_->cancelTimer(id);
  }

 private:
  std::mutex mutex_;  // `post` comes from any thread; the loop's own thread alone writes
  Executor* loop_ = nullptr;
};

std::shared_ptr<const AuditSubject> subjectOf(const SessionInfo& info) {
  auto subject = std::make_shared<AuditSubject>();
  subject->app = info.manifest().appId.value;
  subject->payloadHash = info.package->payloadHash;
  subject->session = info.id.value;
  subject->version = info.manifest().versionName;
  subject->user = info.user.value;
  return subject;
}

}  // namespace

// Members go from the last to the first: services may hold replies of the gate, the gate speaks to
// desk and audit, and everything may post to the loop.
struct Bridge::State {
  CuttableLoop loop;
  Clock* clock = nullptr;
  Catalogue catalogue;
  PolicyHook allowAll;
  std::unique_ptr<GrantStore> grants;
  std::unique_ptr<AuditLog> audit;
  std::unique_ptr<ConsentDesk> desk;
  std::unique_ptr<Gate> gate;
  std::vector<std::unique_ptr<Service>> services;
  std::set<std::string> unsupported;  ///< methods that this host cannot do
};

Bridge::Bridge(std::unique_ptr<State> state) : state_(std::move(state)) {}
Bridge::~Bridge() { detached(); }

std::string auditDir(const std::string& dataDir) { return dataDir + "/audit"; }

Result<std::unique_ptr<Bridge>> Bridge::create(BridgeConfig config) {
  auto state = std::make_unique<State>();
  auto& clock = config.clock != nullptr ? *config.clock : systemClock();
  auto& random = config.random != nullptr ? *config.random : systemRandom();
  auto& policy = config.policy != nullptr ? *config.policy : state->allowAll;
  state->clock = &clock;
  auto catalogue = Catalogue::embedded(config.privateNamespaces);
  if (!catalogue) return catalogue.error();
  state->catalogue = *std::move(catalogue);
  AuditConfig auditConfig;
  auditConfig.dir = auditDir(config.dataDir);
  auditConfig.clock = &clock;
  auditConfig.random = &random;
  auditConfig.signer = std::move(config.auditSigner);
  auto audit = AuditLog::open(std::move(auditConfig));
  if (!audit) return audit.error();
  state->audit = *std::move(audit);
  state->grants = config.grants ? std::move(config.grants) : memoryGrantStore();
  state->desk = std::make_unique<ConsentDesk>(ConsentDesk::Parts{
      config.consentUi, *state->grants, *state->audit, clock, random, config.limits});

  HostService::Parts host{state->catalogue,
                          *state->grants,
                          clock,
                          std::move(config.host),
                          config.launchData,
                          nullptr,
                          nullptr,
                          nullptr,
                          config.limits.privacyPointsMax,
                          std::move(config.ready)};
  host.quota = [gate = &state->gate](const SessionId& session) { return (*gate)->quota(session); };
  host.closing = [gate = &state->gate](const SessionId& session) { (*gate)->closing(session); };
  host.offers = [unsupported = &state->unsupported](const std::string& method) {
    return !unsupported->contains(method);
  };
  state->services = std::move(config.services);
  state->services.push_back(std::make_unique<HostService>(std::move(host)));
  state->services.push_back(std::make_unique<ConsentService>(
      ConsentService::Parts{state->catalogue, *state->desk, policy, *state->grants}));
  std::vector<MethodBinding> bindings;
  for (const auto& service : state->services) {
    for (auto& binding : service->bindings()) {
      if (!binding.unsupported.empty()) {
        state->unsupported.insert(binding.method);
        binding.handle = [why = binding.unsupported](const ContextPtr&, Reply reply) {
          reply.error(ErrorCode::Unsupported, why);
        };
      }
      bindings.push_back(std::move(binding));
    }
  }
  auto gate = Gate::create(
      {state->catalogue, *state->desk, *state->grants, *state->audit, policy, clock, config.limits},
      std::move(bindings));
  if (!gate) return gate.error();
  state->gate = *std::move(gate);
  return std::unique_ptr<Bridge>(new Bridge(std::move(state)));
}

void Bridge::attached(Executor& loop) {
  state_->loop.join(loop);
  state_->audit->setLoop(&state_->loop);
  state_->grants->attached(state_->loop);
  state_->gate->setLoop(&state_->loop);
  for (const auto& service : state_->services) service->attached(state_->loop);
}

void Bridge::detached() { state_->loop.cut(); }

void Bridge::opened(DoorSession& session) {
  const auto subject = subjectOf(session.info());
  state_->desk->opened(session, subject);
  state_->gate->opened(session, subject);
  for (const auto& service : state_->services) service->sessionOpened(session.info());
}

void Bridge::call(DoorSession& session, Call call, Reply reply) {
  state_->gate->call(session, std::move(call), std::move(reply));
}

void Bridge::cancelled(DoorSession& session, std::uint64_t callId) {
  state_->gate->cancelled(session, callId);
  for (const auto& service : state_->services) service->callCancelled(session.info(), callId);
}

void Bridge::closed(DoorSession& session, const SessionEnd& end) {
  state_->gate->closed(session, end);
  state_->desk->closed(session.info().id);
  for (const auto& service : state_->services) service->sessionClosed(session.info());
}

const Catalogue& Bridge::catalogue() const { return state_->catalogue; }

void Bridge::revoke(const UserId& user, const AppId& app, const std::string& permission,
                    std::function<void(Result<bool>)> done) {
  state_->desk->revoke(user, app, permission, CollectionMethod::Settings, std::move(done));
}

void Bridge::consents(const UserId& user, const AppId& app,
                      std::function<void(Result<std::vector<Grant>>)> done) {
  state_->grants->list(user, app, std::move(done));
}

void Bridge::revokeAll(const UserId& user, const AppId& app,
                       std::function<void(Result<std::vector<std::string>>)> done) {
  KIOSK_CHECK(!app.value.empty(), "revokeAll is for one app");
  state_->grants->list(user, app, [this, done = std::move(done)](Result<std::vector<Grant>> all) {
    if (!all || all->empty()) {
      return done(all ? Result<std::vector<std::string>>(std::vector<std::string>()) : all.error());
    }
    // Owners: the answers that are still to come.
    auto gathered = std::make_shared<Result<std::vector<std::string>>>(std::vector<std::string>());
    auto left = std::make_shared<std::size_t>(all->size());
    for (const Grant& grant : *all) {
      revoke(grant.user, grant.app, grant.permission,
             [gathered, left, done, name = grant.permission](Result<bool> revoked) {
               if (!revoked) *gathered = revoked.error();
               if (revoked && *revoked && *gathered) (*gathered)->push_back(name);
               if (--*left == 0) done(std::move(*gathered));
             });
    }
  });
}

void Bridge::receipts(const UserId& user, const AppId& app, std::int64_t countMax,
                      std::function<void(Result<std::vector<StoredReceipt>>)> done) {
  state_->grants->receipts(user, app, countMax, std::move(done));
}

GrantStore& Bridge::grants() { return *state_->grants; }
void Bridge::recordUserData(AuditKind kind, const UserId& user, const AppId& app,
                            const std::string& outcome, std::function<void(Result<void>)> done) {
  auto subject = std::make_shared<AuditSubject>();
  subject->user = user.value;
  subject->app = app.value;
  AuditRecord record;
  record.kind = kind;
  record.timeMs = state_->clock->wallMs();
  record.subject = std::move(subject);
  record.decision = "allowed";
  record.reason = "user";
  record.outcome = outcome;
  state_->audit->appendDurable(std::move(record), std::move(done));
}

void Bridge::flushAudit() { state_->audit->flush(); }

}  // namespace kiosk::bridge
