#pragma once
// Who may ask for log-ins: each app has one client, whose id is the app's and whose keys are those
// of a merchant. docs/decisions/openid-provider.md says why.
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/ids.h>
#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::bridge::oidc {

/// A client: the app's id, and the merchant whose active keys sign for it.
struct LoginClient {
  std::string app, merchantId;
};

/// Registers `app` for `merchantId`, over another merchant that had it.
/// Errors: MerchantUnknown   there is no such merchant.
///         QuotaExceeded     it has kClientsPerMerchantMax apps.
Result<void> putClient(soci::session& sql, const LoginClient& client, std::int64_t nowMs);

/// Removes the client with its codes and tokens; false when there was none.
bool removeClient(soci::session& sql, const AppId& app);

/// All clients by app id; of one merchant when `merchantId` is not empty.
std::vector<LoginClient> listClients(soci::session& sql, const std::string& merchantId);

std::optional<LoginClient> findClient(soci::session& sql, const std::string& app);

/// The active key `kid` of the merchant of `app`, 32 raw bytes; empty when there is none.
std::string clientKey(soci::session& sql, const std::string& app, const std::string& kid);

/// The `iss` of what the provider over this store issues; empty when none was ever started.
std::string readIssuer(soci::session& sql);
void writeIssuer(soci::session& sql, const std::string& issuer, std::int64_t nowMs);

}  // namespace kiosk::bridge::oidc
