#include "bridge/payments/subscription_tables.h"

namespace kiosk::bridge {

std::vector<std::string> subscriptionTables() {
  return {
      // plan_nonce and idem_key are given free (NULL) when the first charge of a subscription
      // failed.
      "CREATE TABLE subscriptions (id TEXT PRIMARY KEY,"
      " merchant_id TEXT NOT NULL REFERENCES merchants (id), plan_id TEXT NOT NULL,"
      " plan_nonce TEXT, token_hash TEXT NOT NULL, title TEXT NOT NULL, payee TEXT NOT NULL,"
      " user_id TEXT NOT NULL, app_id TEXT NOT NULL, payer TEXT NOT NULL, idem_key TEXT,"
      " params_hash TEXT NOT NULL, currency TEXT NOT NULL,"
      " amount_minor BIGINT NOT NULL CHECK (amount_minor BETWEEN 1 AND 1000000000000),"
      " period_unit TEXT NOT NULL CHECK (period_unit IN ('days', 'weeks', 'months')),"
      " period_count BIGINT NOT NULL CHECK (period_count BETWEEN 1 AND 366),"
      " periods_max BIGINT NOT NULL CHECK (periods_max BETWEEN 1 AND 10000),"
      " state TEXT NOT NULL"
      " CHECK (state IN ('pending', 'active', 'past_due', 'cancelled', 'ended')),"
      " reason TEXT NOT NULL, anchor_ms BIGINT NOT NULL,"
      " next_period BIGINT NOT NULL CHECK (next_period >= 0),"
      " next_charge_at_ms BIGINT NOT NULL, failures BIGINT NOT NULL CHECK (failures >= 0),"
      " open_payment TEXT NOT NULL, consent_id TEXT NOT NULL, mandate TEXT NOT NULL,"
      " events BIGINT NOT NULL, created_at_ms BIGINT NOT NULL, updated_at_ms BIGINT NOT NULL,"
      " UNIQUE (merchant_id, plan_nonce), UNIQUE (user_id, app_id, idem_key))",
      "CREATE INDEX subscriptions_by_due ON subscriptions (state, next_charge_at_ms)",
      "CREATE INDEX subscriptions_by_open ON subscriptions (open_payment)",
      "CREATE INDEX subscriptions_by_time ON subscriptions (merchant_id, created_at_ms, id)",
      // One row for each period that was charged: a second one is refused here.
      "CREATE TABLE subscription_charges (subscription_id TEXT NOT NULL"
      " REFERENCES subscriptions (id), period BIGINT NOT NULL CHECK (period >= 0),"
      " payment_id TEXT NOT NULL UNIQUE REFERENCES payments (id), due_at_ms BIGINT NOT NULL,"
      " charged_at_ms BIGINT NOT NULL CHECK (charged_at_ms >= due_at_ms),"
      " PRIMARY KEY (subscription_id, period))",
      "CREATE TABLE refund_tokens (merchant_id TEXT NOT NULL REFERENCES merchants (id),"
      " nonce TEXT NOT NULL, token_hash TEXT NOT NULL, refund_id TEXT NOT NULL"
      " REFERENCES refunds (id), until_ms BIGINT NOT NULL, PRIMARY KEY (merchant_id, nonce))",
      "CREATE INDEX refund_tokens_by_age ON refund_tokens (until_ms)",
  };
}

}  // namespace kiosk::bridge
