#include "bridge/server/partner_tables.h"

namespace kiosk::bridge {

std::vector<std::string> partnerTables() {
  return {
      "CREATE TABLE partner_nonces (merchant_id TEXT NOT NULL REFERENCES merchants (id),"
      " nonce TEXT NOT NULL, until_ms BIGINT NOT NULL, PRIMARY KEY (merchant_id, nonce))",
      "CREATE INDEX partner_nonces_by_age ON partner_nonces (until_ms)",
      "CREATE TABLE partner_answers (merchant_id TEXT NOT NULL REFERENCES merchants (id),"
      " key TEXT NOT NULL, request_hash TEXT NOT NULL, status BIGINT NOT NULL,"
      " type TEXT NOT NULL, body TEXT NOT NULL, created_at_ms BIGINT NOT NULL,"
      " PRIMARY KEY (merchant_id, key))",
      "CREATE INDEX partner_answers_by_age ON partner_answers (created_at_ms)",
  };
}

}  // namespace kiosk::bridge
