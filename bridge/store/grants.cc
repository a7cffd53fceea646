#include "bridge/store/grants.h"

#include "bridge/store/budgets.h"

namespace kiosk::bridge {
namespace {

constexpr const char* kColumns =
    "receipt_id, user_id, app_id, permission, code_hash, consent_hash, language, purpose, "
    "granted_at_ms";

Grant grantOf(const soci::row& row) {
  Grant grant;
  grant.receiptId = row.get<std::string>(0);
  grant.user = UserId(row.get<std::string>(1));
  grant.app = AppId(row.get<std::string>(2));
  grant.permission = row.get<std::string>(3);
  grant.codeHash = row.get<std::string>(4);
  grant.consentHash = row.get<std::string>(5);
  grant.language = row.get<std::string>(6);
  grant.purpose = row.get<std::string>(7);
  grant.grantedAtMs = row.get<long long>(8);
  return grant;
}

Result<std::vector<Grant>> readGrants(soci::session& sql, const std::string& user,
                                      const std::string& app) {
  std::vector<Grant> grants;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT " << kColumns
                   << " FROM grants WHERE user_id = :owner AND (:app = '' OR app_id = :app2)"
                      " ORDER BY app_id, permission",
       soci::use(user, "owner"), soci::use(app, "app"), soci::use(app, "app2"));
  for (const soci::row& row : rows) grants.push_back(grantOf(row));
  return grants;
}

/// Takes a standing grant away, remembering that it was there. False when there was none.
bool endGrant(soci::session& sql, const std::string& user, const std::string& app,
              const std::string& permission, std::int64_t nowMs) {
  const long long now = nowMs;
  soci::statement remember =
      (sql.prepare
           << "INSERT INTO grants_ended (receipt_id, user_id, app_id, permission, granted_at_ms,"
              " ended_at_ms) SELECT receipt_id, user_id, app_id, permission, granted_at_ms, :now"
              " FROM grants WHERE user_id = :owner AND app_id = :app AND permission = :permission",
       soci::use(now, "now"), soci::use(user, "owner"), soci::use(app, "app"),
       soci::use(permission, "permission"));
  remember.execute(true);
  if (remember.get_affected_rows() == 0) return false;
  sql << "DELETE FROM grants WHERE user_id = :owner AND app_id = :app AND permission = :permission",
      soci::use(user, "owner"), soci::use(app, "app"), soci::use(permission, "permission");
  return true;
}

Result<void> putGrant(soci::session& sql, const Grant& grant) {
  (void)endGrant(sql, grant.user.value, grant.app.value, grant.permission, grant.grantedAtMs);
  const long long at = grant.grantedAtMs;
  sql << "INSERT INTO grants (" << kColumns
      << ") VALUES (:receipt, :owner, :app, :permission, :code, :consent, :language, :purpose, "
         ":at)",
      soci::use(grant.receiptId, "receipt"), soci::use(grant.user.value, "owner"),
      soci::use(grant.app.value, "app"), soci::use(grant.permission, "permission"),
      soci::use(grant.codeHash, "code"), soci::use(grant.consentHash, "consent"),
      soci::use(grant.language, "language"), soci::use(grant.purpose, "purpose"),
      soci::use(at, "at");
  return {};
}

Standing readStanding(soci::session& sql, const std::string& user, const std::string& app,
                      const std::string& permission, const std::string& codeHash) {
  Standing standing;
  const auto grants = readGrants(sql, user, app);
  for (const Grant& grant : *grants) {
    if (grant.permission == permission && grant.codeHash == codeHash) standing.grant = grant;
  }
  standing.refusals = readRefusals(sql, user, app, permission);
  return standing;
}

/// The id of the receipt that a standing grant has; empty when none stands.
std::string standingReceipt(soci::session& sql, const ReceiptDraft& draft) {
  std::string id;
  sql << "SELECT receipt_id FROM grants WHERE user_id = :owner AND app_id = :app"
         " AND permission = :permission",
      soci::use(draft.user.value, "owner"), soci::use(draft.app.value, "app"),
      soci::use(draft.permission, "permission"), soci::into(id);
  return sql.got_data() ? id : std::string();
}

class SqlGrantStore final : public GrantStore {
 public:
  SqlGrantStore(Store& store, const ReceiptBook& receipts, const HostKeys& keys)
      : store_(store), receipts_(receipts), keys_(keys) {}

  void attached(Executor& loop) override { store_.attached(loop); }

  std::string principal(const SessionInfo& session) override {
    return keys_.pairwiseId(session.user, *session.package);
  }

  void standing(const UserId& user, const AppId& app, const std::string& permission,
                const std::string& codeHash, Done<Standing> done) override {
    store_.run<Standing>(
        "grants.standing",
        [user, app, permission, codeHash](soci::session& sql) -> Result<Standing> {
          return readStanding(sql, user.value, app.value, permission, codeHash);
        },
        std::move(done));
  }

  void put(Grant grant, ReceiptDraft receipt, Done<void> done) override {
    store_.run<void>(
        "grants.put",
        [this, grant = std::move(grant), receipt = std::move(receipt)](soci::session& sql) {
          auto stored = putGrant(sql, grant);
          forgetRefusals(sql, grant.user.value, grant.app.value, grant.permission);
          return stored ? receipts_.append(sql, receipt) : stored;
        },
        std::move(done));
  }

  void refuse(Refusals refusals, ReceiptDraft receipt, Done<void> done) override {
    store_.run<void>(
        "grants.refuse",
        [this, refusals, receipt = std::move(receipt)](soci::session& sql) {
          writeRefusals(sql, receipt.user.value, receipt.app.value, receipt.permission, refusals);
          return receipts_.append(sql, receipt);
        },
        std::move(done));
  }

  void allowOnce(ReceiptDraft receipt, Done<void> done) override {
    store_.run<void>(
        "grants.allowOnce",
        [this, receipt = std::move(receipt)](soci::session& sql) {
          forgetRefusals(sql, receipt.user.value, receipt.app.value, receipt.permission);
          return receipts_.append(sql, receipt);
        },
        std::move(done));
  }

  void revoke(ReceiptDraft receipt, Done<bool> done) override {
    store_.run<bool>(
        "grants.revoke",
        [this, receipt = std::move(receipt)](soci::session& sql) -> Result<bool> {
          auto draft = receipt;
          draft.relatesTo = standingReceipt(sql, receipt);
          if (!endGrant(sql, receipt.user.value, receipt.app.value, receipt.permission,
                        receipt.atMs)) {
            return false;
          }
          if (auto written = receipts_.append(sql, draft); !written) return written.error();
          return true;
        },
        std::move(done));
  }

  void list(const UserId& user, const AppId& app, Done<std::vector<Grant>> done) override {
    store_.run<std::vector<Grant>>(
        "grants.list",
        [user, app](soci::session& sql) { return readGrants(sql, user.value, app.value); },
        std::move(done));
  }

  void receipts(const UserId& user, const AppId& app, std::int64_t countMax,
                Done<std::vector<StoredReceipt>> done) override {
    store_.run<std::vector<StoredReceipt>>(
        "grants.receipts",
        [user, app, countMax](soci::session& sql) -> Result<std::vector<StoredReceipt>> {
          return newestReceipts(sql, user, app, countMax);
        },
        std::move(done));
  }

  void takeOfDay(const UserId& user, const AppId& app, DayBudget budget, std::int64_t day,
                 std::uint32_t max, Done<bool> done) override {
    store_.run<bool>(
        "grants.takeOfDay",
        [user, app, budget, day, max](soci::session& sql) -> Result<bool> {
          return takeDay(sql, user.value, app.value, budget, day, max);
        },
        std::move(done));
  }

  void spent(const UserId& user, const AppId& app, std::int64_t day, Done<Spent> done) override {
    store_.run<Spent>(
        "grants.spent",
        [user, app, day](soci::session& sql) -> Result<Spent> {
          return Spent{readPrivacy(sql, user.value, app.value),
                       readDays(sql, user.value, app.value, day)};
        },
        std::move(done));
  }

  void spendPrivacy(const UserId& user, const AppId& app, const std::string& kind, int points,
                    std::uint32_t max, Done<bool> done) override {
    store_.run<bool>(
        "grants.spendPrivacy",
        [user, app, kind, points, max](soci::session& sql) -> Result<bool> {
          auto spent = readPrivacy(sql, user.value, app.value);
          if (!addPrivacy(spent, kind, points, max)) return false;
          writePrivacy(sql, user.value, app.value, kind, spent[kind]);
          return true;
        },
        std::move(done));
  }

 private:
  Store& store_;
  const ReceiptBook& receipts_;
  const HostKeys& keys_;
};

}  // namespace

std::unique_ptr<GrantStore> sqlGrantStore(Store& store, const ReceiptBook& receipts,
                                          const HostKeys& keys) {
  return std::make_unique<SqlGrantStore>(store, receipts, keys);
}

}  // namespace kiosk::bridge
