#include "bridge/oidc/client_book.h"

#include "bridge/oidc/login_bounds.h"
#include "runtime/base/encoding.h"

namespace kiosk::bridge::oidc {
namespace {

bool merchantIsThere(soci::session& sql, const std::string& merchantId) {
  long long count = 0;
  sql << "SELECT COUNT(*) FROM merchants WHERE id = :merchant", soci::use(merchantId, "merchant"),
      soci::into(count);
  return count > 0;
}

/// Codes and tokens of the app: they were issued for another client, or for none any more.
void endLogins(soci::session& sql, const std::string& app) {
  sql << "DELETE FROM login_tokens WHERE app_id = :app", soci::use(app, "app");
  sql << "DELETE FROM login_codes WHERE app_id = :app", soci::use(app, "app");
}

}  // namespace

Result<void> putClient(soci::session& sql, const LoginClient& client, std::int64_t nowMs) {
  if (!merchantIsThere(sql, client.merchantId)) {
    return Error{ErrorCode::MerchantUnknown, "there is no merchant " + client.merchantId};
  }
  const auto before = findClient(sql, client.app);
  if (before && before->merchantId == client.merchantId) return {};
  if (static_cast<std::int64_t>(listClients(sql, client.merchantId).size()) >=
      kClientsPerMerchantMax) {
    return Error{ErrorCode::QuotaExceeded, "the merchant has 32 apps: remove one first"};
  }
  if (before) endLogins(sql, client.app);
  const long long now = nowMs;
  sql << "INSERT INTO login_clients (app_id, merchant_id, created_at_ms)"
         " VALUES (:app, :merchant, :now) ON CONFLICT (app_id) DO UPDATE SET"
         " merchant_id = excluded.merchant_id, created_at_ms = excluded.created_at_ms",
      soci::use(client.app, "app"), soci::use(client.merchantId, "merchant"), soci::use(now, "now");
  return {};
}

bool removeClient(soci::session& sql, const AppId& app) {
  endLogins(sql, app.value);
  soci::statement statement =
      (sql.prepare << "DELETE FROM login_clients WHERE app_id = :app", soci::use(app.value, "app"));
  statement.execute(true);
  return statement.get_affected_rows() > 0;
}

std::vector<LoginClient> listClients(soci::session& sql, const std::string& merchantId) {
  std::vector<LoginClient> all;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT app_id, merchant_id FROM login_clients"
                      " WHERE :merchant = '' OR merchant_id = :merchant ORDER BY app_id",
       soci::use(merchantId, "merchant"));
  for (const soci::row& row : rows) {
    all.push_back({row.get<std::string>(0), row.get<std::string>(1)});
  }
  return all;
}

std::optional<LoginClient> findClient(soci::session& sql, const std::string& app) {
  LoginClient found{app, {}};
  sql << "SELECT merchant_id FROM login_clients WHERE app_id = :app", soci::use(app, "app"),
      soci::into(found.merchantId);
  if (!sql.got_data()) return std::nullopt;
  return found;
}

std::string clientKey(soci::session& sql, const std::string& app, const std::string& kid) {
  std::string text;
  sql << "SELECT k.public_key FROM login_clients c JOIN merchant_keys k"
         " ON k.merchant_id = c.merchant_id"
         " WHERE c.app_id = :app AND k.kid = :kid AND k.revoked = 0",
      soci::use(app, "app"), soci::use(kid, "kid"), soci::into(text);
  if (!sql.got_data()) return {};
  return fromBase64Url(text).value_or(std::string());
}

std::string readIssuer(soci::session& sql) {
  std::string issuer;
  sql << "SELECT issuer FROM login_provider WHERE id = 1", soci::into(issuer);
  return sql.got_data() ? issuer : std::string();
}

void writeIssuer(soci::session& sql, const std::string& issuer, std::int64_t nowMs) {
  const long long now = nowMs;
  sql << "INSERT INTO login_provider (id, issuer, updated_at_ms) VALUES (1, :issuer, :now)"
         " ON CONFLICT (id) DO UPDATE SET issuer = excluded.issuer,"
         " updated_at_ms = excluded.updated_at_ms",
      soci::use(issuer, "issuer"), soci::use(now, "now");
}

}  // namespace kiosk::bridge::oidc
