#include "bridge/userdata/user_rows.h"

#include <array>

#include "bridge/payments/money_book.h"
#include "bridge/payments/subscription_book.h"
#include "bridge/store/dialect.h"
#include "runtime/base/guard.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

/// Where a user's id stands. In the order in which rows may be removed.
struct UserColumn {
  const char* table;
  const char* column;
};

constexpr std::array<UserColumn, 19> kRemoved = {{{"login_codes", "user_id"},
                                                  {"login_tokens", "user_id"},
                                                  {"grants", "user_id"},
                                                  {"grants_ended", "user_id"},
                                                  {"storage_items", "user_id"},
                                                  {"storage_usage", "user_id"},
                                                  {"secure_items", "user_id"},
                                                  {"secure_owners", "user_id"},
                                                  {"receipt_tokens", "user_id"},
                                                  {"refusals", "user_id"},
                                                  {"day_counts", "user_id"},
                                                  {"privacy_spent", "user_id"},
                                                  {"spend_days", "user_id"},
                                                  {"tickets", "user_id"},
                                                  {"idempotency_keys", "user_id"},
                                                  {"messages", "sender_id"},
                                                  {"chat_reads", "user_id"},
                                                  {"chat_members", "user_id"},
                                                  {"users", "id"}}};
constexpr std::array<UserColumn, 3> kRenamed = {
    {{"payments", "user_id"}, {"orders", "user_id"}, {"subscriptions", "user_id"}}};
/// In the export, beside those above. Sealed texts and usage counts are no one's data.
constexpr std::array<UserColumn, 1> kShown = {{{"accounts", "owner_id"}}};

bool isShown(std::string_view table) {
  if (table == "login_codes" || table == "login_tokens") return false;
  return table != "secure_items" && table != "secure_owners" && table != "storage_usage";
}

nlohmann::json valueOf(const soci::row& row, std::size_t column) {
  if (row.get_indicator(column) == soci::i_null) return nullptr;
  switch (row.get_properties(column).get_data_type()) {
    case soci::dt_integer:
      return row.get<int>(column);
    case soci::dt_long_long:
      return row.get<long long>(column);
    case soci::dt_string: {
      const auto text = row.get<std::string>(column);
      const auto& name = row.get_properties(column).get_name();
      const bool isJson = name == "value_json" || name == "result_json";
      auto value = isJson ? parseJson(text) : Result<nlohmann::json>(nlohmann::json(text));
      return value ? *std::move(value) : nlohmann::json(text);
    }
    default:
      throw soci::soci_error("a column of a type that no table has");
  }
}

nlohmann::json listOf(const soci::rowset<soci::row>& rows) {
  auto list = nlohmann::json::array();
  for (const soci::row& row : rows) {
    auto object = nlohmann::json::object();
    for (std::size_t i = 0; i < row.size(); ++i) {
      object[row.get_properties(i).get_name()] = valueOf(row, i);
    }
    list.push_back(std::move(object));
  }
  return list;
}

void addRows(soci::session& sql, nlohmann::json& all, const UserColumn& where,
             const std::string& user, const std::string& also) {
  const soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT * FROM " + std::string(where.table) + " WHERE " + where.column +
                          " = :owner" + also,
       soci::use(user, "owner"));
  auto list = listOf(rows);
  if (!list.empty()) all[where.table] = std::move(list);
}

/// Requests of money that the user made or was asked by, without who the other one is.
void addMoneyRequests(soci::session& sql, nlohmann::json& all, const std::string& user) {
  auto list = nlohmann::json::array();
  for (const char* column : {"requester_id", "payer_id"}) {
    const soci::rowset<soci::row> rows =
        (sql.prepare << "SELECT id, app_id, " + std::string(column) +
                            ", request_key, currency, amount_minor, note, state, created_at_ms,"
                            " expires_at_ms, decided_at_ms FROM money_requests WHERE " +
                            column + " = :owner",
         soci::use(user, "owner"));
    for (auto& one : listOf(rows)) list.push_back(std::move(one));
  }
  if (!list.empty()) all["money_requests"] = std::move(list);
}

void count(nlohmann::json& counts, const char* table, soci::statement& statement) {
  statement.execute(true);
  const auto rows = statement.get_affected_rows();
  if (rows > 0) counts[table] = rows;
}

/// Account ids hold the owner's id, and entries name accounts. Entries may not be changed, so the
/// guard is lifted inside this transaction and put back with it.
void renameAccounts(soci::session& sql, const std::string& user, const std::string& pseudonym,
                    nlohmann::json& counts) {
  std::vector<std::string> ids;
  soci::rowset<std::string> rows =
      (sql.prepare << "SELECT id FROM accounts WHERE owner_kind = 'user' AND owner_id = :owner",
       soci::use(user, "owner"));
  ids.assign(rows.begin(), rows.end());
  if (ids.empty()) return;
  sql << "PRAGMA defer_foreign_keys=ON";
  for (const auto& statement : dialect::dropAppendOnly("ledger_entries")) sql << statement;
  for (const auto& id : ids) {
    const auto fresh = id.substr(0, id.size() - user.size()) + pseudonym;
    sql << "UPDATE accounts SET id = :fresh, owner_id = :pseudonym WHERE id = :id",
        soci::use(fresh, "fresh"), soci::use(pseudonym, "pseudonym"), soci::use(id, "id");
    sql << "UPDATE ledger_entries SET account_id = :fresh WHERE account_id = :id",
        soci::use(fresh, "fresh"), soci::use(id, "id");
  }
  for (const auto& statement : dialect::appendOnly("ledger_entries")) sql << statement;
  counts["accounts"] = ids.size();
}

/// Requests of money go on under the pseudonym, for the books, without what was said in them.
void forgetMoneyRequests(soci::session& sql, const std::string& user, const std::string& pseudonym,
                         nlohmann::json& counts) {
  std::int64_t renamed = 0;
  for (const char* column : {"requester_id", "payer_id"}) {
    soci::statement statement =
        (sql.prepare << "UPDATE money_requests SET note = '', request_key = id, " +
                            std::string(column) + " = :pseudonym WHERE " + column + " = :owner",
         soci::use(pseudonym, "pseudonym"), soci::use(user, "owner"));
    statement.execute(true);
    renamed += statement.get_affected_rows();
  }
  if (renamed > 0) counts["money_requests"] = renamed;
}

/// Takes the payer's pairwise id out of stored answers and of what merchants are told.
void forgetPayer(soci::session& sql, const std::string& pseudonym) {
  sql << "UPDATE payments SET payer = '', link = '', result_json = '{\"paymentId\":\"' || id ||"
         " '\",\"status\":\"' || CASE state WHEN 'captured' THEN 'paid' WHEN 'authorised' THEN"
         " 'pending' ELSE state END || '\"}' WHERE user_id = :pseudonym",
      soci::use(pseudonym, "pseudonym");
  sql << "UPDATE outbox_events SET data_json = '{\"orderId\":\"' || subject ||"
         " '\",\"erased\":true}' WHERE EXISTS (SELECT 1 FROM orders o WHERE o.merchant_id ="
         " outbox_events.merchant_id AND o.order_id = outbox_events.subject"
         " AND o.user_id = :pseudonym)",
      soci::use(pseudonym, "pseudonym");
  sql << "UPDATE subscriptions SET payer = '', mandate = '', idem_key = NULL"
         " WHERE user_id = :pseudonym",
      soci::use(pseudonym, "pseudonym");
  sql << "UPDATE outbox_events SET data_json = '{\"subscriptionId\":\"' || substr(subject, 11) ||"
         " '\",\"erased\":true}' WHERE EXISTS (SELECT 1 FROM subscriptions s"
         " WHERE s.merchant_id = outbox_events.merchant_id"
         " AND 'kiosk-sub-' || s.id = outbox_events.subject AND s.user_id = :pseudonym)",
      soci::use(pseudonym, "pseudonym");
}

}  // namespace

nlohmann::json exportRows(soci::session& sql, const UserId& user) {
  auto all = nlohmann::json::object();
  for (const auto& where : kRemoved) {
    if (isShown(where.table)) addRows(sql, all, where, user.value, "");
  }
  for (const auto& where : kRenamed) addRows(sql, all, where, user.value, "");
  addMoneyRequests(sql, all, user.value);
  for (const auto& where : kShown) {
    addRows(sql, all, where, user.value, " AND owner_kind = 'user'");
  }
  return all;
}

nlohmann::json eraseRows(soci::session& sql, const UserId& user, const std::string& pseudonym,
                         std::int64_t nowMs) {
  auto counts = nlohmann::json::object();
  endSubscriptions(sql, user, AppId(), "erased", nowMs);
  cancelMoneyRequestsOf(sql, user, nowMs);
  for (const auto& where : kRemoved) {
    soci::statement statement = (sql.prepare << "DELETE FROM " + std::string(where.table) +
                                                    " WHERE " + where.column + " = :owner",
                                 soci::use(user.value, "owner"));
    KIOSK_GUARDED("erase.rows", count(counts, where.table, statement));
  }
  for (const auto& where : kRenamed) {
    soci::statement statement =
        (sql.prepare << "UPDATE " + std::string(where.table) + " SET " + where.column +
                            " = :pseudonym WHERE " + where.column + " = :owner",
         soci::use(pseudonym, "pseudonym"), soci::use(user.value, "owner"));
    count(counts, where.table, statement);
  }
  KIOSK_GUARDED("erase.money", forgetMoneyRequests(sql, user.value, pseudonym, counts));
  KIOSK_GUARDED("erase.events", forgetPayer(sql, pseudonym));
  KIOSK_GUARDED("erase.names", renameAccounts(sql, user.value, pseudonym, counts));
  return counts;
}

}  // namespace kiosk::bridge
