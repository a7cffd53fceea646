#include "bridge/store/schema.h"

#include "bridge/oidc/login_tables.h"
#include "bridge/payments/money_tables.h"
#include "bridge/payments/payment_tables.h"
#include "bridge/payments/subscription_tables.h"
#include "bridge/server/partner_tables.h"
#include "bridge/store/dialect.h"

namespace kiosk::bridge {
namespace {

const char kVersionTable[] =
    "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY, name TEXT NOT NULL)";

// Users, chats and messages of the embedded messenger.
std::vector<std::string> messengerTables() {
  return {
      "CREATE TABLE users (id TEXT PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL,"
      " username TEXT NOT NULL, photo_url TEXT NOT NULL, language TEXT NOT NULL, phone TEXT NOT "
      "NULL)",
      "CREATE TABLE chats (id TEXT PRIMARY KEY, title TEXT NOT NULL)",
      "CREATE TABLE chat_members (chat_id TEXT NOT NULL REFERENCES chats (id),"
      " user_id TEXT NOT NULL REFERENCES users (id), PRIMARY KEY (chat_id, user_id))",
      "CREATE INDEX chat_members_by_user ON chat_members (user_id)",
      "CREATE TABLE messages (id TEXT PRIMARY KEY, chat_id TEXT NOT NULL REFERENCES chats (id),"
      " sender_id TEXT NOT NULL REFERENCES users (id), via_app_id TEXT NOT NULL,"
      " via_app_name TEXT NOT NULL, body TEXT NOT NULL, link TEXT NOT NULL, attachment TEXT NOT "
      "NULL,"
      " created_at_ms BIGINT NOT NULL)",
      "CREATE INDEX messages_by_chat ON messages (chat_id, created_at_ms)",
  };
}

// What users allowed, what apps keep, what users asked of support. A user of these tables may be
// one that only the host's own identity provider knows.
std::vector<std::string> perAppTables() {
  return {
      "CREATE TABLE grants (user_id TEXT NOT NULL, app_id TEXT NOT NULL, permission TEXT NOT NULL,"
      " receipt_id TEXT NOT NULL UNIQUE, code_hash TEXT NOT NULL, consent_hash TEXT NOT NULL,"
      " language TEXT NOT NULL, purpose TEXT NOT NULL, granted_at_ms BIGINT NOT NULL,"
      " PRIMARY KEY (user_id, app_id, permission))",
      "CREATE TABLE grants_ended (receipt_id TEXT PRIMARY KEY, user_id TEXT NOT NULL,"
      " app_id TEXT NOT NULL, permission TEXT NOT NULL, granted_at_ms BIGINT NOT NULL,"
      " ended_at_ms BIGINT NOT NULL)",
      "CREATE TABLE storage_usage (user_id TEXT NOT NULL, app_id TEXT NOT NULL,"
      " bytes BIGINT NOT NULL CHECK (bytes >= 0), items BIGINT NOT NULL CHECK (items >= 0),"
      " PRIMARY KEY (user_id, app_id))",
      "CREATE TABLE storage_items (user_id TEXT NOT NULL, app_id TEXT NOT NULL, item_key TEXT NOT "
      "NULL,"
      " bytes BIGINT NOT NULL CHECK (bytes > 0), value_json TEXT NOT NULL,"
      " PRIMARY KEY (user_id, app_id, item_key))",
      "CREATE TABLE tickets (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, app_id TEXT NOT NULL,"
      " app_name TEXT NOT NULL, topic TEXT NOT NULL, reference TEXT NOT NULL, context TEXT NOT "
      "NULL,"
      " state TEXT NOT NULL CHECK (state IN ('open', 'closed')), created_at_ms BIGINT NOT NULL)",
      "CREATE INDEX tickets_by_user ON tickets (user_id, app_id)",
  };
}

// Merchants, orders and money. Amounts are whole minor units.
std::vector<std::string> paymentTables() {
  return {
      "CREATE TABLE merchants (id TEXT PRIMARY KEY, name TEXT NOT NULL)",
      "CREATE TABLE merchant_keys (merchant_id TEXT NOT NULL REFERENCES merchants (id),"
      " kid TEXT NOT NULL, public_key TEXT NOT NULL, revoked BIGINT NOT NULL CHECK (revoked IN (0, "
      "1)),"
      " PRIMARY KEY (merchant_id, kid))",
      "CREATE TABLE payments (id TEXT PRIMARY KEY, merchant_id TEXT NOT NULL, order_id TEXT NOT "
      "NULL,"
      " user_id TEXT NOT NULL, app_id TEXT NOT NULL, currency TEXT NOT NULL,"
      " amount_minor BIGINT NOT NULL CHECK (amount_minor BETWEEN 1 AND 1000000000000),"
      " wallet TEXT NOT NULL CHECK (wallet IN ('ledger', 'host')),"
      " state TEXT NOT NULL CHECK (state IN ('confirmed', 'paid', 'failed')),"
      " result_json TEXT NOT NULL, created_at_ms BIGINT NOT NULL, updated_at_ms BIGINT NOT NULL)",
      "CREATE TABLE orders (merchant_id TEXT NOT NULL, order_id TEXT NOT NULL,"
      " token_hash TEXT NOT NULL, user_id TEXT NOT NULL, app_id TEXT NOT NULL,"
      " state TEXT NOT NULL CHECK (state IN ('created', 'confirmed', 'paid', 'failed')),"
      " payment_id TEXT NOT NULL REFERENCES payments (id), PRIMARY KEY (merchant_id, order_id))",
      "CREATE TABLE idempotency_keys (user_id TEXT NOT NULL, app_id TEXT NOT NULL, key TEXT NOT "
      "NULL,"
      " params_hash TEXT NOT NULL, payment_id TEXT NOT NULL REFERENCES payments (id),"
      " PRIMARY KEY (user_id, app_id, key))",
      "CREATE TABLE accounts (id TEXT PRIMARY KEY, owner_kind TEXT NOT NULL"
      " CHECK (owner_kind IN ('user', 'merchant', 'host')), owner_id TEXT NOT NULL,"
      " currency TEXT NOT NULL, overdraft BIGINT NOT NULL CHECK (overdraft IN (0, 1)),"
      " balance_minor BIGINT NOT NULL CHECK (overdraft = 1 OR balance_minor >= 0),"
      " CHECK (balance_minor BETWEEN -1000000000000000 AND 1000000000000000),"
      " UNIQUE (owner_kind, owner_id, currency))",
      "CREATE TABLE ledger_transactions (id TEXT PRIMARY KEY,"
      " kind TEXT NOT NULL CHECK (kind IN ('funding', 'payment')), payment_id TEXT UNIQUE,"
      " created_at_ms BIGINT NOT NULL)",
      "CREATE TABLE ledger_entries (transaction_id TEXT NOT NULL REFERENCES ledger_transactions "
      "(id),"
      " line BIGINT NOT NULL, account_id TEXT NOT NULL REFERENCES accounts (id),"
      " amount_minor BIGINT NOT NULL CHECK (amount_minor <> 0"
      " AND amount_minor BETWEEN -1000000000000 AND 1000000000000),"
      " PRIMARY KEY (transaction_id, line))",
      "CREATE INDEX ledger_entries_by_account ON ledger_entries (account_id)",
  };
}

std::vector<std::string> appendOnlyLedger() {
  std::vector<std::string> all = dialect::appendOnly("ledger_entries");
  for (std::string& statement : dialect::appendOnly("ledger_transactions")) {
    all.push_back(std::move(statement));
  }
  return all;
}

// What users answered beside their grants, and the receipts that prove every answer. What a receipt
// says is apart from the chain, so that it can be erased.
std::vector<std::string> consentTables() {
  std::vector<std::string> all = {
      "CREATE TABLE receipts (seq BIGINT PRIMARY KEY CHECK (seq > 0), id TEXT NOT NULL UNIQUE,"
      " kind TEXT NOT NULL CHECK (kind IN ('grant', 'refusal', 'revocation', 'payment')),"
      " token_hash TEXT NOT NULL, issued_at_ms BIGINT NOT NULL)",
      "CREATE TABLE receipt_tokens (seq BIGINT PRIMARY KEY REFERENCES receipts (seq),"
      " user_id TEXT NOT NULL, app_id TEXT NOT NULL, permission TEXT NOT NULL, token TEXT NOT "
      "NULL)",
      "CREATE INDEX receipt_tokens_by_user ON receipt_tokens (user_id, app_id, seq)",
      "CREATE TABLE refusals (user_id TEXT NOT NULL, app_id TEXT NOT NULL, permission TEXT NOT "
      "NULL,"
      " count BIGINT NOT NULL, until_ms BIGINT NOT NULL,"
      " PRIMARY KEY (user_id, app_id, permission))",
      "CREATE TABLE day_counts (user_id TEXT NOT NULL, app_id TEXT NOT NULL, budget TEXT NOT NULL,"
      " day BIGINT NOT NULL, used BIGINT NOT NULL, PRIMARY KEY (user_id, app_id, budget))",
      "CREATE TABLE privacy_spent (user_id TEXT NOT NULL, app_id TEXT NOT NULL, kind TEXT NOT "
      "NULL,"
      " points BIGINT NOT NULL, PRIMARY KEY (user_id, app_id, kind))",
      "CREATE TABLE payment_consents (payment_id TEXT PRIMARY KEY REFERENCES payments (id),"
      " receipt_id TEXT NOT NULL)",
  };
  for (std::string& statement : dialect::appendOnly("receipts")) {
    all.push_back(std::move(statement));
  }
  return all;
}

// storage.secure: the owners' keys, sealed, and what they seal. `bytes` counts the item unsealed.
std::vector<std::string> secureTables() {
  return {
      "CREATE TABLE secure_owners (user_id TEXT NOT NULL, app_id TEXT NOT NULL,"
      " key_id TEXT NOT NULL, wrapped_key TEXT NOT NULL, PRIMARY KEY (user_id, app_id))",
      "CREATE TABLE secure_items (user_id TEXT NOT NULL, app_id TEXT NOT NULL,"
      " item_name TEXT NOT NULL, bytes BIGINT NOT NULL CHECK (bytes > 0), sealed TEXT NOT NULL,"
      " PRIMARY KEY (user_id, app_id, item_name),"
      " FOREIGN KEY (user_id, app_id) REFERENCES secure_owners (user_id, app_id))",
  };
}

// Up to when each user has read each chat.
std::vector<std::string> readTables() {
  return {
      "CREATE TABLE chat_reads (chat_id TEXT NOT NULL REFERENCES chats (id),"
      " user_id TEXT NOT NULL, read_at_ms BIGINT NOT NULL, PRIMARY KEY (chat_id, user_id))",
  };
}

}  // namespace

std::span<const Migration> migrations() {
  static const std::vector<Migration> kAll = {
      {"messenger", messengerTables()},
      {"grants, storage and tickets", perAppTables()},
      {"payments", paymentTables()},
      {"ledger is append-only", appendOnlyLedger()},
      {"receipts, refusals and budgets", consentTables()},
      {"secure storage", secureTables()},
      {"read marks", readTables()},
      {"order states, refunds and events", orderStateTables()},
      {"partner api", partnerTables()},
      {"log-in", loginTables()},
      {"subscriptions", subscriptionTables()},
      {"money requests", moneyTables()},
  };
  return kAll;
}

int schemaVersion(soci::session& sql) {
  sql << kVersionTable;
  long long version = 0;
  sql << "SELECT COALESCE(MAX(version), 0) FROM schema_version", soci::into(version);
  return static_cast<int>(version);
}

Result<void> migrate(soci::session& sql) {
  dialect::beginWrite(sql);
  const auto steps = migrations();
  const auto version = static_cast<std::size_t>(schemaVersion(sql));
  if (version > steps.size()) {
    sql << "ROLLBACK";
    return Error{ErrorCode::HostError, "the database is at version " + std::to_string(version) +
                                           ", this program knows up to " +
                                           std::to_string(steps.size()) +
                                           ": run the newer program"};
  }
  for (std::size_t at = version; at < steps.size(); ++at) {
    for (const std::string& statement : steps[at].statements) sql << statement;
    const long long number = static_cast<long long>(at) + 1;
    const std::string name = steps[at].name;
    sql << "INSERT INTO schema_version (version, name) VALUES (:version, :name)",
        soci::use(number, "version"), soci::use(name, "name");
  }
  sql << "COMMIT";
  return {};
}

}  // namespace kiosk::bridge
