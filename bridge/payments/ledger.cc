#include "bridge/payments/ledger.h"

#include "bridge/payments/amount.h"

namespace kiosk::bridge::ledger {
namespace {

const char* kindName(OwnerKind kind) {
  switch (kind) {
    case OwnerKind::User:
      return "user";
    case OwnerKind::Merchant:
      return "merchant";
    case OwnerKind::Host:
      return "host";
  }
  return "host";
}

const char* purposeName(Purpose purpose) {
  switch (purpose) {
    case Purpose::Funding:
      return "funding";
    case Purpose::Payment:
      return "payment";
    case Purpose::Refund:
      return "refund";
    case Purpose::Transfer:
      return "transfer";
  }
  return "funding";
}

/// Injective: neither kinds nor currencies hold a colon.
std::string accountId(const Account& account) {
  return std::string(kindName(account.kind)) + ":" + account.currency + ":" + account.owner;
}

/// Opens the account; false when it was there.
bool ensureAccount(soci::session& sql, const Account& account) {
  const std::string id = accountId(account), kind = kindName(account.kind);
  const long long overdraft = account.kind == OwnerKind::Host ? 1 : 0;
  soci::statement insert =
      (sql.prepare
           << "INSERT INTO accounts (id, owner_kind, owner_id, currency, overdraft, balance_minor)"
              " VALUES (:id, :kind, :owner, :currency, :overdraft, 0) ON CONFLICT (id) DO NOTHING",
       soci::use(id, "id"), soci::use(kind, "kind"), soci::use(account.owner, "owner"),
       soci::use(account.currency, "currency"), soci::use(overdraft, "overdraft"));
  insert.execute(true);
  return insert.get_affected_rows() == 1;
}

/// False when the account may not go that low.
bool addToBalance(soci::session& sql, const std::string& id, long long amount) {
  soci::statement update =
      (sql.prepare << "UPDATE accounts SET balance_minor = balance_minor + :amount WHERE id = :id"
                      " AND (overdraft = 1 OR balance_minor + :amount >= 0)",
       soci::use(amount, "amount"), soci::use(id, "id"));
  update.execute(true);
  return update.get_affected_rows() == 1;
}

void checkBalanced(std::span<const Entry> entries) {
  KIOSK_CHECK(entries.size() >= 2, "a transaction has two sides");
  std::int64_t sum = 0;
  for (const Entry& entry : entries) {
    const std::int64_t amount = entry.amountMinor;
    KIOSK_CHECK(amount != 0 && amount >= -kAmountMinorMax && amount <= kAmountMinorMax,
                "an entry moves something, and not too much");
    KIOSK_CHECK(!__builtin_add_overflow(sum, amount, &sum), "the sum of entries fits");
  }
  KIOSK_CHECK(sum == 0, "what is taken is what is given");
}

std::int64_t count(soci::session& sql, const std::string& query) {
  long long value = 0;
  sql << query, soci::into(value);
  return value;
}

std::int64_t wrongRefunds(soci::session& sql) {
  return count(sql,
               "SELECT COUNT(*) FROM refunds r JOIN payments p ON p.id = r.payment_id"
               " WHERE p.wallet = 'ledger' AND (r.state = 'succeeded') <> EXISTS (SELECT 1"
               " FROM ledger_transactions t WHERE t.kind = 'refund' AND t.reference = r.id)") +
         count(sql,
               "SELECT COUNT(*) FROM ledger_transactions t WHERE t.kind = 'refund' AND NOT EXISTS"
               " (SELECT 1 FROM refunds r WHERE r.id = t.reference)");
}

std::int64_t wrongAmounts(soci::session& sql) {
  const std::string moved =
      "(SELECT COALESCE(SUM(e.amount_minor), 0) FROM ledger_entries e WHERE e.transaction_id = t.id"
      " AND e.amount_minor > 0)";
  return count(sql,
               "SELECT COUNT(*) FROM ledger_transactions t JOIN payments p ON t.kind ="
               " 'payment' AND p.id = t.reference WHERE p.amount_minor <> " +
                   moved) +
         count(sql,
               "SELECT COUNT(*) FROM ledger_transactions t JOIN refunds r ON t.kind ="
               " 'refund' AND r.id = t.reference WHERE r.amount_minor <> " +
                   moved);
}

std::int64_t wrongOrders(soci::session& sql) {
  return count(sql,
               "SELECT COUNT(*) FROM orders o LEFT JOIN payments p ON p.id = o.payment_id"
               " WHERE (o.state IN ('authorised', 'pending', 'unknown', 'captured')"
               " AND COALESCE(p.state, '') <> o.state) OR o.refunded_minor <> (SELECT"
               " COALESCE(SUM(r.amount_minor), 0) FROM refunds r WHERE r.merchant_id ="
               " o.merchant_id AND r.order_id = o.order_id AND r.state <> 'failed')") +
         count(sql,
               "SELECT COUNT(*) FROM (SELECT merchant_id, order_id FROM payments"
               " WHERE state = 'captured' GROUP BY merchant_id, order_id HAVING COUNT(*) > 1)"
               " AS twice");
}

/// A captured period that is not noted is right while its subscription has yet to hear of it.
std::int64_t wrongMandates(soci::session& sql) {
  return count(sql,
               "SELECT COUNT(*) FROM payments p WHERE p.state = 'captured'"
               " AND substr(p.order_id, 1, 10) = 'kiosk-sub-'"
               " AND NOT EXISTS (SELECT 1 FROM subscription_charges c WHERE c.payment_id = p.id)"
               " AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.open_payment = p.id)") +
         count(sql,
               "SELECT COUNT(*) FROM subscription_charges c"
               " JOIN subscriptions s ON s.id = c.subscription_id"
               " JOIN payments p ON p.id = c.payment_id WHERE p.state <> 'captured'"
               " OR p.amount_minor <> s.amount_minor OR p.currency <> s.currency"
               " OR p.merchant_id <> s.merchant_id OR p.user_id <> s.user_id"
               " OR p.order_id <> 'kiosk-sub-' || s.id || '-' || c.period"
               " OR c.period >= s.periods_max OR c.charged_at_ms < c.due_at_ms"
               " OR c.due_at_ms < s.anchor_ms");
}

/// A paid request took its amount from the asked user's account and gave it to the asking one's, by
/// two entries; nothing else is a transfer.
std::int64_t wrongTransfers(soci::session& sql) {
  const std::string entry =
      " AND EXISTS (SELECT 1 FROM ledger_entries e WHERE e.transaction_id = t.id"
      " AND e.account_id = 'user:' || m.currency || ':' || ";
  return count(sql,
               "SELECT COUNT(*) FROM money_requests m WHERE m.state = 'paid' AND NOT EXISTS"
               " (SELECT 1 FROM ledger_transactions t WHERE t.kind = 'transfer'"
               " AND t.reference = m.id AND (SELECT COUNT(*) FROM ledger_entries c"
               " WHERE c.transaction_id = t.id) = 2" +
                   entry + "m.payer_id AND e.amount_minor = -m.amount_minor)" + entry +
                   "m.requester_id AND e.amount_minor = m.amount_minor))") +
         count(sql,
               "SELECT COUNT(*) FROM ledger_transactions t WHERE t.kind = 'transfer'"
               " AND NOT EXISTS (SELECT 1 FROM money_requests m WHERE m.id = t.reference"
               " AND m.state = 'paid')");
}

}  // namespace

Result<void> post(soci::session& sql, const Transaction& transaction,
                  std::span<const Entry> entries) {
  checkBalanced(entries);
  KIOSK_CHECK((transaction.purpose == Purpose::Funding) == transaction.reference.empty(),
              "a payment, a refund or a transfer names what it is for");
  const std::string kind = purposeName(transaction.purpose);
  const long long createdAtMs = transaction.createdAtMs;
  soci::indicator hasReference = transaction.reference.empty() ? soci::i_null : soci::i_ok;
  sql << "INSERT INTO ledger_transactions (id, kind, reference, created_at_ms)"
         " VALUES (:id, :kind, :reference, :at)",
      soci::use(transaction.id, "id"), soci::use(kind, "kind"),
      soci::use(transaction.reference, hasReference, "reference"), soci::use(createdAtMs, "at");
  long long line = 0;
  for (const Entry& entry : entries) {
    const std::string account = accountId(entry.account);
    const long long amount = entry.amountMinor;
    if (!addToBalance(sql, account, amount) &&
        (!ensureAccount(sql, entry.account) || !addToBalance(sql, account, amount))) {
      return Error{ErrorCode::InsufficientFunds, "there is not enough money in the account"};
    }
    ++line;
    sql << "INSERT INTO ledger_entries (transaction_id, line, account_id, amount_minor)"
           " VALUES (:id, :line, :account, :amount)",
        soci::use(transaction.id, "id"), soci::use(line, "line"), soci::use(account, "account"),
        soci::use(amount, "amount");
  }
  return {};
}

std::int64_t balance(soci::session& sql, const Account& account) {
  const std::string id = accountId(account);
  long long minor = 0;
  sql << "SELECT balance_minor FROM accounts WHERE id = :id", soci::use(id, "id"),
      soci::into(minor);
  return sql.got_data() ? minor : 0;
}

Audit audit(soci::session& sql) {
  Audit found;
  found.transactions = count(sql, "SELECT COUNT(*) FROM ledger_transactions");
  found.sumMinor =
      count(sql, "SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM ledger_entries");
  found.unbalanced = count(
      sql,
      "SELECT COUNT(*) FROM (SELECT t.id FROM ledger_transactions t LEFT JOIN ledger_entries e"
      " ON e.transaction_id = t.id GROUP BY t.id"
      " HAVING COUNT(e.line) < 2 OR COALESCE(SUM(e.amount_minor), 1) <> 0) AS broken");
  found.wrongBalances = count(sql,
                              "SELECT COUNT(*) FROM accounts a WHERE a.balance_minor <> (SELECT "
                              "COALESCE(SUM(e.amount_minor), 0)"
                              " FROM ledger_entries e WHERE e.account_id = a.id)");
  found.paidWithoutBooking =
      count(sql,
            "SELECT COUNT(*) FROM payments p WHERE p.state = 'captured' AND p.wallet = 'ledger'"
            " AND NOT EXISTS (SELECT 1 FROM ledger_transactions t WHERE t.kind = 'payment'"
            " AND t.reference = p.id)");
  found.bookedWithoutPayment =
      count(sql,
            "SELECT COUNT(*) FROM ledger_transactions t WHERE t.kind = 'payment' AND NOT EXISTS"
            " (SELECT 1 FROM payments p WHERE p.id = t.reference AND p.state = 'captured')");
  found.wrongRefunds = wrongRefunds(sql);
  found.wrongAmounts = wrongAmounts(sql);
  found.wrongOrders = wrongOrders(sql);
  found.wrongMandates = wrongMandates(sql);
  found.wrongTransfers = wrongTransfers(sql);
  return found;
}

}  // namespace kiosk::bridge::ledger
