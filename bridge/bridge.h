#pragma once
// The bridge: the door that the runtime asks for, with catalogue, gate, consent and audit behind
// it.
//
//   auto bridge = Bridge::create({.dataDir = dir, .consentUi = ui, .services = …});
//   auto host   = Host::create({}, **bridge);
//
// The bridge outlives the host.

#include <kiosk/bridge/policy.h>
#include <kiosk/bridge/service.h>
#include <kiosk/door.h>
#include <kiosk/providers.h>

#include "bridge/audit.h"
#include "bridge/consent.h"
#include "bridge/gate.h"
#include "bridge/host/host_service.h"

namespace kiosk::bridge {

struct BridgeConfig {
  /// Where the audit log goes (`<dataDir>/audit`). Created when missing.
  std::string dataDir;
  /// Signs the audit log's heads, usually `auditSigner` of the host's keys. Without it the log
  /// shows only edits that leave its hashes alone.
  AuditSigner auditSigner = {};
  /// Draws consent sheets. Borrowed; must outlive the bridge.
  ConsentUi& consentUi;
  /// Handlers of every namespace but host and consent, which are the bridge's own.
  std::vector<std::unique_ptr<Service>> services;
  /// Namespaces of the host app's own, in the form of the catalogue; their handlers are among
  /// `services`. They pass the same gate. Borrowed for the call of `create`.
  std::vector<CatalogueFile> privateNamespaces = {};
  /// Null: grants are forgotten with the process.
  std::unique_ptr<GrantStore> grants = nullptr;
  /// Borrowed, usually one of `services`; null: `host.launch` has no launch data.
  LaunchDataSource* launchData = nullptr;
  /// Borrowed; must outlive the bridge. Null: everything that the catalogue allows.
  PolicyHook* policy = nullptr;
  /// Borrowed; must outlive the bridge. Null: the system's.
  Clock* clock = nullptr;
  Random* random = nullptr;
  HostFacts host = {};
  GateLimits limits = {};
  /// An app said that its first view is complete (`host.ready`).
  std::function<void(const SessionInfo&)> ready = nullptr;
};

/// Where the audit log of a bridge with this data directory stands; for `verifyAudit`.
std::string auditDir(const std::string& dataDir);

/// Threads: the loop's own.
class Bridge final : public Door {
 public:
  /// Errors: InvalidParams   the catalogue breaks its own rules; the message says where
  ///         Internal        a method without a handler, or a handler without a method
  ///         HostError       the audit log cannot be opened
  static Result<std::unique_ptr<Bridge>> create(BridgeConfig config);
  ~Bridge() override;

  void attached(Executor& loop) override;
  void detached() override;
  void opened(DoorSession& session) override;
  void call(DoorSession& session, Call call, Reply reply) override;
  void cancelled(DoorSession& session, std::uint64_t callId) override;
  void closed(DoorSession& session, const SessionEnd& end) override;

  const Catalogue& catalogue() const;
  /// What `user` allowed, by app and permission; of one app when `app` is not empty.
  void consents(const UserId& user, const AppId& app,
                std::function<void(Result<std::vector<Grant>>)> done);
  /// Takes a grant back as the user did in the host app's settings; true when there was one. Calls
  /// that rest on it end at once.
  void revoke(const UserId& user, const AppId& app, const std::string& permission,
              std::function<void(Result<bool>)> done);
  /// The same for everything that `user` allowed `app`; answers the names that were granted.
  void revokeAll(const UserId& user, const AppId& app,
                 std::function<void(Result<std::vector<std::string>>)> done);
  /// The newest receipts of `user` and `app`, newest first.
  void receipts(const UserId& user, const AppId& app, std::int64_t countMax,
                std::function<void(Result<std::vector<StoredReceipt>>)> done);
  GrantStore& grants();
  /// Records that something of `user` in `app` was, or is about to be, removed or handed out;
  /// `done` comes when the record would survive a power cut.
  void recordUserData(AuditKind kind, const UserId& user, const AppId& app,
                      const std::string& outcome, std::function<void(Result<void>)> done);
  /// Blocks until every audit record so far is on disk.
  void flushAudit();

 private:
  struct State;
  explicit Bridge(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kiosk::bridge
