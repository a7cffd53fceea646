#include "bridge/payments/money_tables.h"

#include <iterator>
#include <utility>

#include "bridge/store/dialect.h"

namespace kiosk::bridge {
namespace {

void addStep(std::vector<std::string>& all, std::vector<std::string> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

std::vector<std::string> moneyTables() {
  std::vector<std::string> all = dialect::dropAppendOnly("ledger_entries");
  addStep(all, dialect::dropAppendOnly("ledger_transactions"));
  addStep(all,
          {"CREATE TABLE ledger_transactions_next (id TEXT PRIMARY KEY, kind TEXT NOT NULL"
           " CHECK (kind IN ('funding', 'payment', 'refund', 'transfer')), reference TEXT,"
           " created_at_ms BIGINT NOT NULL, UNIQUE (kind, reference))",
           "INSERT INTO ledger_transactions_next SELECT id, kind, reference, created_at_ms"
           " FROM ledger_transactions",
           "CREATE TABLE ledger_entries_next (transaction_id TEXT NOT NULL"
           " REFERENCES ledger_transactions_next (id), line BIGINT NOT NULL,"
           " account_id TEXT NOT NULL REFERENCES accounts (id), amount_minor BIGINT NOT NULL"
           " CHECK (amount_minor <> 0 AND amount_minor BETWEEN -1000000000000 AND 1000000000000),"
           " PRIMARY KEY (transaction_id, line))",
           "INSERT INTO ledger_entries_next SELECT transaction_id, line, account_id, amount_minor"
           " FROM ledger_entries",
           "DROP TABLE ledger_entries", "DROP TABLE ledger_transactions",
           "ALTER TABLE ledger_transactions_next RENAME TO ledger_transactions",
           "ALTER TABLE ledger_entries_next RENAME TO ledger_entries",
           "CREATE INDEX ledger_entries_by_account ON ledger_entries (account_id)"});
  addStep(all, dialect::appendOnly("ledger_entries"));
  addStep(all, dialect::appendOnly("ledger_transactions"));
  addStep(
      all,
      {"CREATE TABLE money_requests (id TEXT PRIMARY KEY, app_id TEXT NOT NULL,"
       " requester_id TEXT NOT NULL, payer_id TEXT NOT NULL, request_key TEXT NOT NULL,"
       " currency TEXT NOT NULL,"
       " amount_minor BIGINT NOT NULL CHECK (amount_minor BETWEEN 1 AND 1000000000000),"
       " note TEXT NOT NULL, state TEXT NOT NULL"
       " CHECK (state IN ('open', 'paid', 'declined', 'expired', 'cancelled')),"
       " consent_id TEXT NOT NULL, created_at_ms BIGINT NOT NULL,"
       " expires_at_ms BIGINT NOT NULL, decided_at_ms BIGINT NOT NULL,"
       " UNIQUE (requester_id, app_id, request_key), CHECK (requester_id <> payer_id))",
       "CREATE INDEX money_requests_by_payer ON money_requests (payer_id, created_at_ms)",
       "CREATE INDEX money_requests_by_requester ON money_requests (requester_id, created_at_ms)",
       "CREATE INDEX money_requests_by_state ON money_requests (state, expires_at_ms)"});
  return all;
}

}  // namespace kiosk::bridge
