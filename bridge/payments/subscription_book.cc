#include "bridge/payments/subscription_book.h"

#include <algorithm>
#include <array>
#include <limits>

#include "bridge/payments/order_token.h"
#include "bridge/payments/outbox.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

constexpr std::array kSubscriptionStateNames = {"pending", "active", "past_due", "cancelled",
                                                "ended"};
constexpr const char* kSubscriptionColumns =
    "s.id, s.merchant_id, s.plan_id, s.title, s.payee, s.user_id, s.app_id, s.payer, s.currency,"
    " s.amount_minor, s.period_unit, s.period_count, s.periods_max, s.state, s.reason,"
    " s.anchor_ms, s.next_period, s.next_charge_at_ms, s.failures, s.open_payment, s.consent_id,"
    " s.mandate, s.created_at_ms, s.updated_at_ms";

SubscriptionState subscriptionStateOf(const std::string& name) {
  for (std::size_t i = 0; i < kSubscriptionStateNames.size(); ++i) {
    if (kSubscriptionStateNames[i] == name) return static_cast<SubscriptionState>(i);
  }
  throw soci::soci_error("a stored subscription cannot be read");
}

Subscription subscriptionOf(const soci::row& row) {
  Subscription one;
  one.id = row.get<std::string>(0);
  one.merchantId = row.get<std::string>(1);
  one.planId = row.get<std::string>(2);
  one.title = row.get<std::string>(3);
  one.payee = row.get<std::string>(4);
  one.user = UserId(row.get<std::string>(5));
  one.app = AppId(row.get<std::string>(6));
  one.payer = row.get<std::string>(7);
  one.currency = row.get<std::string>(8);
  one.amountMinor = row.get<long long>(9);
  const auto unit = periodUnitOf(row.get<std::string>(10));
  if (!unit) throw soci::soci_error("a stored subscription cannot be read");
  one.period = {*unit, row.get<long long>(11)};
  one.periodsMax = row.get<long long>(12);
  one.state = subscriptionStateOf(row.get<std::string>(13));
  one.reason = row.get<std::string>(14);
  one.anchorMs = row.get<long long>(15);
  one.nextPeriod = row.get<long long>(16);
  one.nextChargeAtMs = row.get<long long>(17);
  one.failures = row.get<long long>(18);
  one.openPayment = row.get<std::string>(19);
  one.consentId = row.get<std::string>(20);
  one.mandate = row.get<std::string>(21);
  one.createdAtMs = row.get<long long>(22);
  one.updatedAtMs = row.get<long long>(23);
  return one;
}

std::vector<Subscription> subscriptionsIn(const soci::rowset<soci::row>& rows) {
  std::vector<Subscription> all;
  for (const soci::row& row : rows) all.push_back(subscriptionOf(row));
  return all;
}

std::string selectSubscriptions() {
  return "SELECT " + std::string(kSubscriptionColumns) + " FROM subscriptions s";
}

std::int64_t nextSubscriptionEvent(soci::session& sql, const std::string& id) {
  long long number = 0;
  sql << "UPDATE subscriptions SET events = events + 1 WHERE id = :id", soci::use(id, "id");
  sql << "SELECT events FROM subscriptions WHERE id = :id", soci::use(id, "id"), soci::into(number);
  return number;
}

/// Who subscribed by the plan's nonce, or under the idempotency key.
struct UsedOrigin {
  std::string id, user, app, tokenHash, paramsHash;
};

std::optional<UsedOrigin> originByNonce(soci::session& sql, const std::string& merchantId,
                                        const std::string& nonce) {
  UsedOrigin used;
  sql << "SELECT id, user_id, app_id, token_hash, params_hash FROM subscriptions"
         " WHERE merchant_id = :merchant AND plan_nonce = :nonce",
      soci::use(merchantId, "merchant"), soci::use(nonce, "nonce"), soci::into(used.id),
      soci::into(used.user), soci::into(used.app), soci::into(used.tokenHash),
      soci::into(used.paramsHash);
  if (!sql.got_data()) return std::nullopt;
  return used;
}

std::optional<UsedOrigin> originByKey(soci::session& sql, const Subscription& draft,
                                      const std::string& key) {
  UsedOrigin used;
  sql << "SELECT id, params_hash FROM subscriptions WHERE user_id = :owner AND app_id = :app"
         " AND idem_key = :key",
      soci::use(draft.user.value, "owner"), soci::use(draft.app.value, "app"),
      soci::use(key, "key"), soci::into(used.id), soci::into(used.paramsHash);
  if (!sql.got_data()) return std::nullopt;
  return used;
}

/// Some of what `endSubscriptions` ends.
std::vector<Subscription> liveOnes(soci::session& sql, const UserId& user, const AppId& app) {
  const long long most = kSubscriptionsPageMax;
  const soci::rowset<soci::row> rows =
      (sql.prepare << selectSubscriptions() +
                          " WHERE s.state IN ('pending', 'active', 'past_due')"
                          " AND (:owner = '' OR s.user_id = :theirs)"
                          " AND (:app = '' OR s.app_id = :same) ORDER BY s.id LIMIT :most",
       soci::use(user.value, "owner"), soci::use(user.value, "theirs"), soci::use(app.value, "app"),
       soci::use(app.value, "same"), soci::use(most, "most"));
  return subscriptionsIn(rows);
}

}  // namespace

const char* subscriptionStateName(SubscriptionState state) {
  return kSubscriptionStateNames[static_cast<std::size_t>(state)];
}

nlohmann::json subscriptionJson(const Subscription& subscription) {
  nlohmann::json json = {
      {"subscriptionId", subscription.id},
      {"planId", subscription.planId},
      {"title", subscription.title},
      {"state", subscriptionStateName(subscription.state)},
      {"amountMinor", subscription.amountMinor},
      {"currency", subscription.currency},
      {"period",
       {{"unit", periodUnitName(subscription.period.unit)}, {"count", subscription.period.count}}},
      {"failures", subscription.failures},
      {"appId", subscription.app.value},
      {"createdAt", subscription.createdAtMs},
      {"updatedAt", subscription.updatedAtMs}};
  if (subscription.periodsMax < kPeriodsMax) json["maxCharges"] = subscription.periodsMax;
  if (isLive(subscription.state)) json["nextChargeAt"] = subscription.nextChargeAtMs;
  const std::pair<const char*, const std::string*> optional[] = {
      {"reason", &subscription.reason},
      {"payer", &subscription.payer},
      {"mandate", &subscription.mandate}};
  for (const auto& [name, text] : optional) {
    if (!text->empty()) json[name] = *text;
  }
  return json;
}

std::string subscriptionSubject(const std::string& id) {
  return std::string(kPeriodOrderPrefix) + id;
}

void insertSubscription(soci::session& sql, const Subscription& one,
                        const SubscriptionOrigin& origin) {
  const std::string unit = periodUnitName(one.period.unit),
                    state = subscriptionStateName(one.state);
  const long long amount = one.amountMinor, count = one.period.count, most = one.periodsMax,
                  anchor = one.anchorMs, next = one.nextPeriod, due = one.nextChargeAtMs,
                  now = one.createdAtMs;
  sql << "INSERT INTO subscriptions (id, merchant_id, plan_id, plan_nonce, token_hash, title,"
         " payee, user_id, app_id, payer, idem_key, params_hash, currency, amount_minor,"
         " period_unit, period_count, periods_max, state, reason, anchor_ms, next_period,"
         " next_charge_at_ms, failures, open_payment, consent_id, mandate, events, created_at_ms,"
         " updated_at_ms) VALUES (:id, :merchant, :plan, :nonce, :token, :title, :payee, :owner,"
         " :app, :payer, :key, :params, :currency, :amount, :unit, :count, :most, :state, '',"
         " :anchor, :next, :due, 0, '', :consent, :mandate, 0, :created, :updated)",
      soci::use(one.id, "id"), soci::use(one.merchantId, "merchant"), soci::use(one.planId, "plan"),
      soci::use(origin.planNonce, "nonce"), soci::use(origin.tokenHash, "token"),
      soci::use(one.title, "title"), soci::use(one.payee, "payee"),
      soci::use(one.user.value, "owner"), soci::use(one.app.value, "app"),
      soci::use(one.payer, "payer"), soci::use(origin.idempotencyKey, "key"),
      soci::use(origin.paramsHash, "params"), soci::use(one.currency, "currency"),
      soci::use(amount, "amount"), soci::use(unit, "unit"), soci::use(count, "count"),
      soci::use(most, "most"), soci::use(state, "state"), soci::use(anchor, "anchor"),
      soci::use(next, "next"), soci::use(due, "due"), soci::use(one.consentId, "consent"),
      soci::use(one.mandate, "mandate"), soci::use(now, "created"), soci::use(now, "updated");
  tellSubscription(sql, one, "created", {});
}

std::optional<Subscription> findSubscription(soci::session& sql, const std::string& id) {
  soci::row row;
  sql << selectSubscriptions() + " WHERE s.id = :id", soci::use(id, "id"), soci::into(row);
  if (!sql.got_data()) return std::nullopt;
  return subscriptionOf(row);
}

Result<std::optional<Subscription>> findByOrigin(soci::session& sql, const Subscription& draft,
                                                 const SubscriptionOrigin& origin) {
  const auto byKey = originByKey(sql, draft, origin.idempotencyKey);
  if (byKey && byKey->paramsHash != origin.paramsHash) {
    return Error{ErrorCode::InvalidParams,
                 "the idempotency key was used with other parameters: take a new key for a new"
                 " subscription"};
  }
  if (byKey) return findSubscription(sql, byKey->id);
  const auto byNonce = originByNonce(sql, draft.merchantId, origin.planNonce);
  if (!byNonce) return std::optional<Subscription>();
  const bool isSame = byNonce->user == draft.user.value && byNonce->app == draft.app.value &&
                      byNonce->tokenHash == origin.tokenHash;
  if (!KIOSK_GUARD("plan.once", isSame)) {
    return Error{ErrorCode::DuplicateOrder, "the plan's token was used: ask for a new one"};
  }
  return findSubscription(sql, byNonce->id);
}

std::vector<Subscription> subscriptionsOf(soci::session& sql, const UserId& user,
                                          const AppId& app) {
  const long long most = kSubscriptionsPageMax;
  const soci::rowset<soci::row> rows =
      (sql.prepare << selectSubscriptions() +
                          " WHERE s.user_id = :owner AND (:app = '' OR s.app_id = :same)"
                          " ORDER BY s.created_at_ms DESC, s.id LIMIT :most",
       soci::use(user.value, "owner"), soci::use(app.value, "app"), soci::use(app.value, "same"),
       soci::use(most, "most"));
  return subscriptionsIn(rows);
}

std::int64_t liveSubscriptions(soci::session& sql, const UserId& user, const AppId& app) {
  long long count = 0;
  sql << "SELECT COUNT(*) FROM subscriptions WHERE user_id = :owner AND app_id = :app"
         " AND state IN ('pending', 'active', 'past_due')",
      soci::use(user.value, "owner"), soci::use(app.value, "app"), soci::into(count);
  return count;
}

Result<std::vector<Subscription>> listSubscriptions(soci::session& sql,
                                                    const std::string& merchantId,
                                                    const std::string& beforeId,
                                                    std::int64_t countMax) {
  const long long most = std::clamp<std::int64_t>(countMax, 1, kSubscriptionsPageMax);
  long long before = std::numeric_limits<long long>::max();
  if (!beforeId.empty()) {
    const auto mark = findSubscription(sql, beforeId);
    if (!mark || mark->merchantId != merchantId) {
      return Error{ErrorCode::NotFound, "there is no such subscription to go on from"};
    }
    before = mark->createdAtMs;
  }
  const soci::rowset<soci::row> rows =
      (sql.prepare << selectSubscriptions() +
                          " WHERE s.merchant_id = :merchant AND (s.created_at_ms < :before"
                          " OR (s.created_at_ms = :same AND s.id < :mark))"
                          " ORDER BY s.created_at_ms DESC, s.id DESC LIMIT :most",
       soci::use(merchantId, "merchant"), soci::use(before, "before"), soci::use(before, "same"),
       soci::use(beforeId, "mark"), soci::use(most, "most"));
  return subscriptionsIn(rows);
}

Subscription endSubscription(soci::session& sql, const Subscription& subscription,
                             SubscriptionState to, const std::string& reason, std::int64_t nowMs) {
  if (!isLive(subscription.state)) return subscription;
  Subscription ended = subscription;
  ended.state = to;
  ended.reason = reason;
  ended.updatedAtMs = nowMs;
  saveSubscription(sql, ended);
  tellSubscription(sql, ended, subscriptionStateName(to), {});
  return ended;
}

std::int64_t endSubscriptions(soci::session& sql, const UserId& user, const AppId& app,
                              const std::string& reason, std::int64_t nowMs) {
  KIOSK_CHECK(!user.empty() || !app.empty(), "somebody's subscriptions end, not everybody's");
  std::int64_t count = 0;
  for (;;) {
    const auto live = liveOnes(sql, user, app);
    if (live.empty()) return count;
    for (const Subscription& one : live) {
      endSubscription(sql, one, SubscriptionState::Ended, reason, nowMs);
    }
    count += static_cast<std::int64_t>(live.size());
  }
}

void saveSubscription(soci::session& sql, const Subscription& one) {
  const std::string state = subscriptionStateName(one.state);
  const long long next = one.nextPeriod, due = one.nextChargeAtMs, failures = one.failures,
                  updated = one.updatedAtMs;
  sql << "UPDATE subscriptions SET state = :state, reason = :reason, next_period = :next,"
         " next_charge_at_ms = :due, failures = :failures, open_payment = :open,"
         " updated_at_ms = :updated WHERE id = :id",
      soci::use(state, "state"), soci::use(one.reason, "reason"), soci::use(next, "next"),
      soci::use(due, "due"), soci::use(failures, "failures"), soci::use(one.openPayment, "open"),
      soci::use(updated, "updated"), soci::use(one.id, "id");
}

void tellSubscription(soci::session& sql, const Subscription& one, const std::string& type,
                      const nlohmann::json& extra) {
  nlohmann::json data = subscriptionJson(one);
  if (extra.is_object()) data.update(extra);
  appendEvent(sql,
              {.merchantId = one.merchantId,
               .subject = subscriptionSubject(one.id),
               .type = "subscription." + type,
               .number = nextSubscriptionEvent(sql, one.id),
               .data = std::move(data)},
              one.updatedAtMs);
}

void releaseOrigin(soci::session& sql, const std::string& id) {
  sql << "UPDATE subscriptions SET plan_nonce = NULL, idem_key = NULL WHERE id = :id",
      soci::use(id, "id");
}

std::vector<Subscription> dueSubscriptions(soci::session& sql, std::int64_t nowMs,
                                           std::int64_t countMax) {
  const long long now = nowMs, most = countMax;
  const soci::rowset<soci::row> rows =
      (sql.prepare << selectSubscriptions() +
                          " WHERE s.state IN ('active', 'past_due') AND s.open_payment = ''"
                          " AND s.next_charge_at_ms <= :now ORDER BY s.next_charge_at_ms, s.id"
                          " LIMIT :most",
       soci::use(now, "now"), soci::use(most, "most"));
  return subscriptionsIn(rows);
}

std::vector<Subscription> decidedSubscriptions(soci::session& sql, std::int64_t countMax) {
  const long long most = countMax;
  const soci::rowset<soci::row> rows =
      (sql.prepare << selectSubscriptions() +
                          " JOIN payments p ON p.id = s.open_payment"
                          " WHERE s.open_payment <> '' AND p.state IN ('captured', 'failed')"
                          " ORDER BY s.id LIMIT :most",
       soci::use(most, "most"));
  return subscriptionsIn(rows);
}

}  // namespace kiosk::bridge
