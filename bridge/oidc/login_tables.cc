#include "bridge/oidc/login_tables.h"

namespace kiosk::bridge {

std::vector<std::string> loginTables() {
  return {
      "CREATE TABLE login_provider (id BIGINT PRIMARY KEY CHECK (id = 1), issuer TEXT NOT NULL,"
      " updated_at_ms BIGINT NOT NULL)",
      "CREATE TABLE login_clients (app_id TEXT PRIMARY KEY,"
      " merchant_id TEXT NOT NULL REFERENCES merchants (id), created_at_ms BIGINT NOT NULL)",
      "CREATE INDEX login_clients_by_merchant ON login_clients (merchant_id, app_id)",
      "CREATE TABLE login_codes (code_hash TEXT PRIMARY KEY, app_id TEXT NOT NULL,"
      " user_id TEXT NOT NULL, scope TEXT NOT NULL, issuer TEXT NOT NULL,"
      " code_challenge TEXT NOT NULL, receipt_id TEXT NOT NULL, sealed TEXT NOT NULL,"
      " used BIGINT NOT NULL CHECK (used IN (0, 1)), issued_at_ms BIGINT NOT NULL,"
      " expires_at_ms BIGINT NOT NULL)",
      "CREATE INDEX login_codes_by_user ON login_codes (user_id, app_id, issued_at_ms)",
      "CREATE INDEX login_codes_by_age ON login_codes (expires_at_ms)",
      "CREATE TABLE login_tokens (token_hash TEXT PRIMARY KEY, code_hash TEXT NOT NULL,"
      " app_id TEXT NOT NULL, user_id TEXT NOT NULL, receipt_id TEXT NOT NULL,"
      " sealed TEXT NOT NULL, issued_at_ms BIGINT NOT NULL, expires_at_ms BIGINT NOT NULL)",
      "CREATE INDEX login_tokens_by_code ON login_tokens (code_hash)",
      "CREATE INDEX login_tokens_by_user ON login_tokens (user_id)",
      "CREATE INDEX login_tokens_by_age ON login_tokens (expires_at_ms)",
      "CREATE TABLE login_assertions (app_id TEXT NOT NULL, jti_hash TEXT NOT NULL,"
      " until_ms BIGINT NOT NULL, PRIMARY KEY (app_id, jti_hash))",
      "CREATE INDEX login_assertions_by_age ON login_assertions (until_ms)",
  };
}

}  // namespace kiosk::bridge
