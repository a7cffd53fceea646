#include "bridge/shell/shell_rows.h"

#include <algorithm>

#include "bridge/payments/money_book.h"
#include "bridge/payments/settlement.h"
#include "bridge/payments/subscription_book.h"

namespace kiosk::bridge {
namespace {

/// Empty for a user that is not in the store.
std::string shellNameOf(soci::session& sql, const UserId& user) {
  std::string first, last;
  sql << "SELECT first_name, last_name FROM users WHERE id = :id", soci::use(user.value, "id"),
      soci::into(first), soci::into(last);
  if (!sql.got_data()) return {};
  return first.empty() || last.empty() ? first + last : first + " " + last;
}

}  // namespace

std::vector<UserEntry> readUsers(soci::session& sql) {
  std::vector<UserEntry> users;
  const auto limit = static_cast<long long>(kUsersMax);
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT id, first_name, last_name, username, photo_url, language, phone"
                      " FROM users ORDER BY id LIMIT :most",
       soci::use(limit, "most"));
  for (const soci::row& row : rows) {
    UserEntry entry;
    entry.id = UserId(row.get<std::string>(0));
    entry.profile.firstName = row.get<std::string>(1);
    entry.profile.lastName = row.get<std::string>(2);
    entry.profile.username = row.get<std::string>(3);
    entry.profile.photoUrl = row.get<std::string>(4);
    entry.profile.language = row.get<std::string>(5);
    entry.profile.phone = row.get<std::string>(6);
    users.push_back(std::move(entry));
  }
  return users;
}

WalletSummary readWallet(soci::session& sql, const UserId& user, std::int64_t paymentsMax) {
  WalletSummary wallet;
  soci::rowset<soci::row> balances =
      (sql.prepare << "SELECT currency, balance_minor FROM accounts WHERE owner_kind = 'user'"
                      " AND owner_id = :owner ORDER BY currency",
       soci::use(user.value, "owner"));
  for (const soci::row& row : balances) {
    wallet.balances.push_back({row.get<std::string>(0), row.get<long long>(1)});
  }
  const long long most = std::clamp<std::int64_t>(paymentsMax, 1, kPaymentsPageMax);
  soci::rowset<soci::row> payments =
      (sql.prepare << "SELECT p.id, COALESCE(m.name, p.merchant_id), p.order_id, p.app_id,"
                      " p.currency, p.amount_minor, p.state, p.created_at_ms FROM payments p"
                      " LEFT JOIN merchants m ON m.id = p.merchant_id WHERE p.user_id = :owner"
                      " ORDER BY p.created_at_ms DESC, p.id LIMIT :most",
       soci::use(user.value, "owner"), soci::use(most, "most"));
  for (const soci::row& row : payments) {
    PaymentEntry entry;
    entry.id = row.get<std::string>(0);
    entry.payee = row.get<std::string>(1);
    entry.orderId = row.get<std::string>(2);
    entry.app = AppId(row.get<std::string>(3));
    entry.currency = row.get<std::string>(4);
    entry.amountMinor = row.get<long long>(5);
    entry.state = statusName(paymentStateOf(row.get<std::string>(6)));
    entry.atMs = row.get<long long>(7);
    wallet.payments.push_back(std::move(entry));
  }
  return wallet;
}

std::vector<SubscriptionEntry> readSubscriptions(soci::session& sql, const UserId& user) {
  std::vector<SubscriptionEntry> all;
  for (const Subscription& one : subscriptionsOf(sql, user, AppId())) {
    all.push_back({.id = one.id,
                   .payee = one.payee,
                   .title = one.title,
                   .app = one.app,
                   .currency = one.currency,
                   .amountMinor = one.amountMinor,
                   .periodUnit = periodUnitName(one.period.unit),
                   .periodCount = one.period.count,
                   .state = subscriptionStateName(one.state),
                   .nextChargeAtMs = isLive(one.state) ? one.nextChargeAtMs : 0,
                   .atMs = one.createdAtMs});
  }
  return all;
}

Result<void> cancelByUser(soci::session& sql, const UserId& user, const std::string& id,
                          std::int64_t nowMs) {
  const auto found = findSubscription(sql, id);
  if (!found || found->user != user) {
    return Error{ErrorCode::NotFound, "there is no such subscription of yours"};
  }
  endSubscription(sql, *found, SubscriptionState::Cancelled, "user", nowMs);
  return {};
}

std::vector<MoneyRequestEntry> readMoneyRequests(soci::session& sql, const UserId& user,
                                                 std::int64_t nowMs) {
  std::vector<MoneyRequestEntry> all;
  for (const MoneyRequest& one : moneyRequestsOf(sql, user)) {
    const bool asked = one.requester == user;
    all.push_back({.id = one.id,
                   .direction = asked ? MoneyDirection::Asked : MoneyDirection::AskedOf,
                   .otherName = shellNameOf(sql, asked ? one.payer : one.requester),
                   .app = one.app,
                   .currency = one.currency,
                   .amountMinor = one.amountMinor,
                   .note = one.note,
                   .state = moneyRequestStateName(stateAt(one, nowMs)),
                   .atMs = one.createdAtMs,
                   .expiresAtMs = one.expiresAtMs});
  }
  return all;
}

std::vector<PrivacyUse> readPrivacyUse(soci::session& sql, const UserId& user) {
  std::vector<PrivacyUse> all;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT app_id, points FROM privacy_spent WHERE user_id = :owner"
                      " ORDER BY app_id",
       soci::use(user.value, "owner"));
  for (const soci::row& row : rows) {
    AppId app(row.get<std::string>(0));
    if (all.empty() || all.back().app != app) all.push_back({std::move(app), 0});
    all.back().points += row.get<long long>(1);
  }
  return all;
}

std::int64_t eraseTickets(soci::session& sql, const UserId& user, const AppId& app) {
  soci::statement statement =
      (sql.prepare << "DELETE FROM tickets WHERE user_id = :owner AND app_id = :app",
       soci::use(user.value, "owner"), soci::use(app.value, "app"));
  statement.execute(true);
  return statement.get_affected_rows();
}

}  // namespace kiosk::bridge
