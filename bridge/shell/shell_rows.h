#pragma once
// What a host's own screens read from the store beside chats.
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/bridge/shell_data.h>
#include <soci/soci.h>

#include <vector>

namespace kiosk::bridge {

/// By id; at most kUsersMax.
std::vector<UserEntry> readUsers(soci::session& sql);
/// With the newest `paymentsMax` payments.
WalletSummary readWallet(soci::session& sql, const UserId& user, std::int64_t paymentsMax);
/// Newest first; at most kSubscriptionsPageMax.
std::vector<SubscriptionEntry> readSubscriptions(soci::session& sql, const UserId& user);
/// Errors: NotFound   the user has no such subscription.
Result<void> cancelByUser(soci::session& sql, const UserId& user, const std::string& id,
                          std::int64_t nowMs);
/// Open ones first, then newest first; at most kMoneyRequestsPageMax.
std::vector<MoneyRequestEntry> readMoneyRequests(soci::session& sql, const UserId& user,
                                                 std::int64_t nowMs);
/// By app; what was spent is never given back.
std::vector<PrivacyUse> readPrivacyUse(soci::session& sql, const UserId& user);
/// How many there were.
std::int64_t eraseTickets(soci::session& sql, const UserId& user, const AppId& app);

}  // namespace kiosk::bridge
