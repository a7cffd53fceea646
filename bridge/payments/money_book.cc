#include "bridge/payments/money_book.h"

#include <kiosk/bridge/messages_provider.h>

#include <array>

#include "bridge/payments/ledger.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

constexpr std::int64_t kNaggingWindowMs = std::int64_t{24} * 3'600'000;
constexpr std::array kMoneyStateNames = {"open", "paid", "declined", "expired", "cancelled"};
constexpr const char* kMoneyColumns =
    "SELECT id, request_key, app_id, requester_id, payer_id, currency, amount_minor, note, state,"
    " consent_id, created_at_ms, expires_at_ms, decided_at_ms FROM money_requests ";

MoneyRequestState moneyStateOf(const std::string& name) {
  for (std::size_t i = 0; i < kMoneyStateNames.size(); ++i) {
    if (kMoneyStateNames[i] == name) return static_cast<MoneyRequestState>(i);
  }
  throw soci::soci_error("a stored request of money cannot be read");
}

MoneyRequest moneyRequestOf(const soci::row& row) {
  MoneyRequest one;
  one.id = row.get<std::string>(0);
  one.key = row.get<std::string>(1);
  one.app = AppId(row.get<std::string>(2));
  one.requester = UserId(row.get<std::string>(3));
  one.payer = UserId(row.get<std::string>(4));
  one.currency = row.get<std::string>(5);
  one.amountMinor = row.get<long long>(6);
  one.note = row.get<std::string>(7);
  one.state = moneyStateOf(row.get<std::string>(8));
  one.consentId = row.get<std::string>(9);
  one.createdAtMs = row.get<long long>(10);
  one.expiresAtMs = row.get<long long>(11);
  one.decidedAtMs = row.get<long long>(12);
  return one;
}

std::int64_t openRequests(soci::session& sql, const UserId& requester, std::int64_t nowMs) {
  const long long now = nowMs;
  long long open = 0;
  sql << "SELECT COUNT(*) FROM money_requests WHERE requester_id = :owner AND state = 'open'"
         " AND expires_at_ms > :now",
      soci::use(requester.value, "owner"), soci::use(now, "now"), soci::into(open);
  return open;
}

/// What one user asks of another: open ones, and those of the last day.
struct PairCounts {
  long long open = 0, day = 0;
};

/// A clock that was set back counts what lies ahead of it too.
PairCounts countPair(soci::session& sql, const MoneyRequest& draft) {
  const long long now = draft.createdAtMs, since = draft.createdAtMs - kNaggingWindowMs;
  PairCounts counts;
  sql << "SELECT COUNT(*) FROM money_requests WHERE requester_id = :owner AND payer_id = :payer"
         " AND state = 'open' AND expires_at_ms > :now",
      soci::use(draft.requester.value, "owner"), soci::use(draft.payer.value, "payer"),
      soci::use(now, "now"), soci::into(counts.open);
  sql << "SELECT COUNT(*) FROM money_requests WHERE requester_id = :owner AND payer_id = :payer"
         " AND created_at_ms > :since",
      soci::use(draft.requester.value, "owner"), soci::use(draft.payer.value, "payer"),
      soci::use(since, "since"), soci::into(counts.day);
  return counts;
}

Result<void> checkPair(soci::session& sql, const MoneyRequest& draft) {
  const PairCounts counts = countPair(sql, draft);
  if (!KIOSK_GUARD("money.openPair", counts.open < kOpenMoneyRequestsPairMax) ||
      !KIOSK_GUARD("money.nagging", counts.day < kMoneyRequestsPairDayMax)) {
    return Error{ErrorCode::LimitExceeded, "the user has asked too often: wait for the answers"};
  }
  return {};
}

/// The request called `id`, when `payer` is who is asked. One answer for "not there" and "not
/// yours".
Result<MoneyRequest> askedOf(soci::session& sql, const UserId& payer, const std::string& id) {
  auto found = findMoneyRequest(sql, id);
  if (!found || !KIOSK_GUARD("money.payer", found->payer == payer)) {
    return Error{ErrorCode::NotFound, "nobody asked you for that"};
  }
  return std::move(*found);
}

/// Why an answer comes too late. REQUIRES: `state` is not open.
Error tooLate(MoneyRequestState state) {
  switch (state) {
    case MoneyRequestState::Paid:
      return {ErrorCode::DuplicateOrder, "the request is paid"};
    case MoneyRequestState::Declined:
      return {ErrorCode::Declined, "the request was declined"};
    case MoneyRequestState::Expired:
      return {ErrorCode::OrderExpired, "the request has expired"};
    case MoneyRequestState::Cancelled:
    case MoneyRequestState::Open:
      return {ErrorCode::Cancelled, "the request was taken back"};
  }
  return {ErrorCode::Internal, "the request is in no known state"};
}

/// Why `request` cannot be answered any more; nothing while it is open and its time is not over.
std::optional<Error> whyClosed(const MoneyRequest& request, std::int64_t nowMs) {
  if (!KIOSK_GUARD("money.once", request.state == MoneyRequestState::Open)) {
    return tooLate(request.state);
  }
  if (!KIOSK_GUARD("money.expiry", nowMs < request.expiresAtMs)) {
    return tooLate(MoneyRequestState::Expired);
  }
  return std::nullopt;
}

/// Moves an open request to its end.
Result<void> decideMoney(soci::session& sql, const std::string& id, MoneyRequestState to,
                         std::int64_t nowMs) {
  const std::string state = moneyRequestStateName(to);
  const long long now = nowMs;
  soci::statement update =
      (sql.prepare << "UPDATE money_requests SET state = :state, decided_at_ms = :now"
                      " WHERE id = :id AND state = 'open'",
       soci::use(state, "state"), soci::use(now, "now"), soci::use(id, "id"));
  update.execute(true);
  if (update.get_affected_rows() != 1) {
    return Error{ErrorCode::Internal, "a request that is open is decided once"};
  }
  return {};
}

Result<void> bookTransfer(soci::session& sql, const MoneyRequest& request, std::int64_t nowMs) {
  using ledger::OwnerKind;
  const ledger::Entry entries[] = {
      {{OwnerKind::User, request.payer.value, request.currency}, -request.amountMinor},
      {{OwnerKind::User, request.requester.value, request.currency}, request.amountMinor}};
  return ledger::post(sql,
                      {.id = request.id,
                       .purpose = ledger::Purpose::Transfer,
                       .reference = request.id,
                       .createdAtMs = nowMs},
                      entries);
}

}  // namespace

const char* moneyRequestStateName(MoneyRequestState state) {
  return kMoneyStateNames[static_cast<std::size_t>(state)];
}

MoneyRequestState stateAt(const MoneyRequest& request, std::int64_t nowMs) {
  const bool over = request.state == MoneyRequestState::Open && nowMs >= request.expiresAtMs;
  return over ? MoneyRequestState::Expired : request.state;
}

std::vector<MoneyPeer> readMoneyPeers(soci::session& sql, const UserId& user) {
  std::vector<MoneyPeer> peers;
  const auto most = static_cast<long long>(kPickerChatsMax);
  const soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT c.id, u.id, u.first_name, u.last_name, c.title, u.language"
                      " FROM chat_members m JOIN chats c ON c.id = m.chat_id"
                      " JOIN chat_members o ON o.chat_id = c.id AND o.user_id <> m.user_id"
                      " JOIN users u ON u.id = o.user_id WHERE m.user_id = :owner"
                      " AND (SELECT COUNT(*) FROM chat_members a WHERE a.chat_id = c.id) = 2"
                      " ORDER BY c.title, c.id LIMIT :most",
       soci::use(user.value, "owner"), soci::use(most, "most"));
  for (const soci::row& row : rows) {
    MoneyPeer peer;
    peer.chatId = row.get<std::string>(0);
    peer.user = UserId(row.get<std::string>(1));
    const auto first = row.get<std::string>(2), last = row.get<std::string>(3);
    peer.label = first.empty() || last.empty() ? first + last : first + " " + last;
    const auto title = row.get<std::string>(4);
    if (!title.empty() && title != peer.label) peer.label += " · " + title;
    peer.language = row.get<std::string>(5);
    peers.push_back(std::move(peer));
  }
  return peers;
}

std::optional<MoneyRequest> moneyRequestByKey(soci::session& sql, const MoneyRequest& sought) {
  std::optional<MoneyRequest> found;
  const soci::rowset<soci::row> rows =
      (sql.prepare << std::string(kMoneyColumns) +
                          "WHERE requester_id = :owner AND app_id = :app AND request_key = :key",
       soci::use(sought.requester.value, "owner"), soci::use(sought.app.value, "app"),
       soci::use(sought.key, "key"));
  for (const soci::row& row : rows) found = moneyRequestOf(row);
  return found;
}

Result<std::optional<MoneyRequest>> findByMoneyKey(soci::session& sql, const MoneyRequest& draft) {
  auto found = moneyRequestByKey(sql, draft);
  const bool same = !found || (found->amountMinor == draft.amountMinor &&
                               found->currency == draft.currency && found->note == draft.note);
  if (!KIOSK_GUARD("money.key", same)) {
    return Error{ErrorCode::InvalidParams, "the requestId was used for another request"};
  }
  return found;
}

Result<void> checkMoneyRequests(soci::session& sql, const UserId& requester, std::int64_t nowMs) {
  const std::int64_t open = openRequests(sql, requester, nowMs);
  if (!KIOSK_GUARD("money.open", open < kOpenMoneyRequestsMax)) {
    return Error{ErrorCode::LimitExceeded, "the user has 20 open requests of money"};
  }
  return {};
}

Result<void> insertMoneyRequest(soci::session& sql, const MoneyRequest& draft) {
  if (!KIOSK_GUARD("money.self", draft.requester != draft.payer)) {
    return Error{ErrorCode::InvalidParams, "nobody asks themselves for money"};
  }
  if (auto few = checkMoneyRequests(sql, draft.requester, draft.createdAtMs); !few) return few;
  if (auto few = checkPair(sql, draft); !few) return few;
  const long long amount = draft.amountMinor, created = draft.createdAtMs,
                  expires = draft.expiresAtMs;
  sql << "INSERT INTO money_requests (id, app_id, requester_id, payer_id, request_key, currency,"
         " amount_minor, note, state, consent_id, created_at_ms, expires_at_ms, decided_at_ms)"
         " VALUES (:id, :app, :owner, :payer, :key, :currency, :amount, :note, 'open', :consent,"
         " :created, :expires, 0)",
      soci::use(draft.id, "id"), soci::use(draft.app.value, "app"),
      soci::use(draft.requester.value, "owner"), soci::use(draft.payer.value, "payer"),
      soci::use(draft.key, "key"), soci::use(draft.currency, "currency"),
      soci::use(amount, "amount"), soci::use(draft.note, "note"),
      soci::use(draft.consentId, "consent"), soci::use(created, "created"),
      soci::use(expires, "expires");
  return {};
}

std::optional<MoneyRequest> findMoneyRequest(soci::session& sql, const std::string& id) {
  std::optional<MoneyRequest> found;
  const soci::rowset<soci::row> rows =
      (sql.prepare << std::string(kMoneyColumns) + "WHERE id = :id", soci::use(id, "id"));
  for (const soci::row& row : rows) found = moneyRequestOf(row);
  return found;
}

std::vector<MoneyRequest> moneyRequestsOf(soci::session& sql, const UserId& user) {
  std::vector<MoneyRequest> all;
  const long long most = kMoneyRequestsPageMax;
  const soci::rowset<soci::row> rows =
      (sql.prepare << std::string(kMoneyColumns) +
                          "WHERE requester_id = :owner OR payer_id = :payer"
                          " ORDER BY CASE state WHEN 'open' THEN 0 ELSE 1 END, created_at_ms DESC,"
                          " id LIMIT :most",
       soci::use(user.value, "owner"), soci::use(user.value, "payer"), soci::use(most, "most"));
  for (const soci::row& row : rows) all.push_back(moneyRequestOf(row));
  return all;
}

Result<void> payMoneyRequest(soci::session& sql, const UserId& payer, const std::string& id,
                             std::int64_t nowMs, const SpendLimits& limits) {
  const auto request = askedOf(sql, payer, id);
  if (!request) return request.error();
  if (auto closed = whyClosed(*request, nowMs)) {
    if (request->state == MoneyRequestState::Paid) return {};
    return std::move(*closed);
  }
  auto within =
      takeOfDay(sql, {payer, AppId(), request->currency, request->amountMinor, nowMs}, limits);
  if (!within) return within;
  if (auto booked = bookTransfer(sql, *request, nowMs); !booked) return booked;
  return decideMoney(sql, id, MoneyRequestState::Paid, nowMs);
}

Result<void> declineMoneyRequest(soci::session& sql, const UserId& payer, const std::string& id,
                                 std::int64_t nowMs) {
  const auto request = askedOf(sql, payer, id);
  if (!request) return request.error();
  if (auto closed = whyClosed(*request, nowMs)) {
    if (request->state == MoneyRequestState::Declined) return {};
    return std::move(*closed);
  }
  return decideMoney(sql, id, MoneyRequestState::Declined, nowMs);
}

void expireMoneyRequests(soci::session& sql, std::int64_t nowMs, std::int64_t countMax) {
  const long long now = nowMs, most = countMax;
  sql << "UPDATE money_requests SET state = 'expired', decided_at_ms = :now WHERE id IN"
         " (SELECT id FROM money_requests WHERE state = 'open' AND expires_at_ms <= :due"
         " ORDER BY expires_at_ms LIMIT :most)",
      soci::use(now, "now"), soci::use(now, "due"), soci::use(most, "most");
}

std::int64_t cancelMoneyRequests(soci::session& sql, const UserId& user, const AppId& app,
                                 std::int64_t nowMs) {
  const long long now = nowMs;
  soci::statement update =
      (sql.prepare << "UPDATE money_requests SET state = 'cancelled', decided_at_ms = :now"
                      " WHERE state = 'open' AND (:owner = '' OR requester_id = :theirs)"
                      " AND (:app = '' OR app_id = :same)",
       soci::use(now, "now"), soci::use(user.value, "owner"), soci::use(user.value, "theirs"),
       soci::use(app.value, "app"), soci::use(app.value, "same"));
  update.execute(true);
  return update.get_affected_rows();
}

void cancelMoneyRequestsOf(soci::session& sql, const UserId& user, std::int64_t nowMs) {
  const long long now = nowMs;
  sql << "UPDATE money_requests SET state = 'cancelled', decided_at_ms = :now"
         " WHERE state = 'open' AND (requester_id = :owner OR payer_id = :payer)",
      soci::use(now, "now"), soci::use(user.value, "owner"), soci::use(user.value, "payer");
}

}  // namespace kiosk::bridge
