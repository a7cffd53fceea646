#include "bridge/payments/outbox.h"

#include <algorithm>
#include <array>

#include "runtime/base/crypto.h"
#include "runtime/base/encoding.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

constexpr std::array kEventStateNames = {"waiting", "delivered", "dead"};
constexpr std::size_t kEventIdDigits = 32;

constexpr const char* kEventColumns =
    "e.seq, e.id, e.merchant_id, e.subject, e.type, e.data_json, e.state, e.attempts,"
    " e.last_error, e.created_at_ms, e.next_attempt_at_ms, e.delivered_at_ms";

/// Unique, and the same when the same change is written again.
std::string eventId(const EventDraft& draft) {
  return sha256Hex(draft.merchantId + "\n" + draft.subject + "\n" + std::to_string(draft.number))
      .substr(0, kEventIdDigits);
}

EventRow eventOf(const soci::row& row) {
  EventRow event;
  event.seq = row.get<long long>(0);
  event.id = row.get<std::string>(1);
  event.merchantId = row.get<std::string>(2);
  event.subject = row.get<std::string>(3);
  event.type = row.get<std::string>(4);
  auto data = parseJson(row.get<std::string>(5));
  if (!data) throw soci::soci_error("a stored event cannot be read");
  event.data = *std::move(data);
  event.state = eventStateOf(row.get<std::string>(6)).value_or(EventState::Dead);
  event.attempts = static_cast<int>(row.get<long long>(7));
  event.lastError = row.get<std::string>(8);
  event.createdAtMs = row.get<long long>(9);
  event.nextAttemptAtMs = row.get<long long>(10);
  event.deliveredAtMs = row.get<long long>(11);
  return event;
}

/// The first code units of `text`, not cutting a character in two.
std::string shortened(std::string text) {
  if (text.size() <= kEventErrorBytesMax) return text;
  std::size_t end = kEventErrorBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

const char* eventStateName(EventState state) {
  return kEventStateNames[static_cast<std::size_t>(state)];
}

std::optional<EventState> eventStateOf(std::string_view name) {
  for (std::size_t i = 0; i < kEventStateNames.size(); ++i) {
    if (kEventStateNames[i] == name) return static_cast<EventState>(i);
  }
  return std::nullopt;
}

void appendEvent(soci::session& sql, const EventDraft& draft, std::int64_t nowMs) {
  const std::string id = eventId(draft), text = dumpJson(draft.data);
  const long long now = nowMs;
  sql << "INSERT INTO outbox_events (seq, id, merchant_id, subject, type, data_json, state,"
         " attempts, last_error, created_at_ms, next_attempt_at_ms, delivered_at_ms)"
         " SELECT COALESCE(MAX(seq), 0) + 1, :id, :merchant, :subject, :type, :data, 'waiting',"
         " 0, '', :now, :due, 0 FROM outbox_events",
      soci::use(id, "id"), soci::use(draft.merchantId, "merchant"),
      soci::use(draft.subject, "subject"), soci::use(draft.type, "type"), soci::use(text, "data"),
      soci::use(now, "now"), soci::use(now, "due");
}

void putWebhook(soci::session& sql, const WebhookEndpoint& endpoint) {
  if (endpoint.url.empty()) {
    sql << "DELETE FROM webhooks WHERE merchant_id = :merchant",
        soci::use(endpoint.merchantId, "merchant");
    return;
  }
  const long long updated = endpoint.updatedAtMs;
  sql << "INSERT INTO webhooks (merchant_id, url, updated_at_ms) VALUES (:merchant, :url, :updated)"
         " ON CONFLICT (merchant_id) DO UPDATE SET url = excluded.url,"
         " updated_at_ms = excluded.updated_at_ms",
      soci::use(endpoint.merchantId, "merchant"), soci::use(endpoint.url, "url"),
      soci::use(updated, "updated");
}

std::optional<WebhookEndpoint> findWebhook(soci::session& sql, const std::string& merchantId) {
  WebhookEndpoint endpoint;
  long long updated = 0;
  sql << "SELECT merchant_id, url, updated_at_ms FROM webhooks WHERE merchant_id = :merchant",
      soci::use(merchantId, "merchant"), soci::into(endpoint.merchantId), soci::into(endpoint.url),
      soci::into(updated);
  if (!sql.got_data()) return std::nullopt;
  endpoint.updatedAtMs = updated;
  return endpoint;
}

std::vector<EventRow> listEvents(soci::session& sql, const std::string& merchantId,
                                 std::optional<EventState> state, std::int64_t afterSeq,
                                 std::int64_t countMax) {
  const std::string wanted = state ? eventStateName(*state) : "";
  const long long after = afterSeq, most = std::clamp<std::int64_t>(countMax, 1, kEventsPageMax);
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT " + std::string(kEventColumns) +
                          " FROM outbox_events e WHERE e.merchant_id = :merchant AND e.seq > :after"
                          " AND (:wanted = '' OR e.state = :state) ORDER BY e.seq LIMIT :most",
       soci::use(merchantId, "merchant"), soci::use(after, "after"), soci::use(wanted, "wanted"),
       soci::use(wanted, "state"), soci::use(most, "most"));
  std::vector<EventRow> events;
  for (const soci::row& row : rows) events.push_back(eventOf(row));
  return events;
}

Result<EventRow> replayEvent(soci::session& sql, const std::string& merchantId,
                             const std::string& eventId, std::int64_t nowMs) {
  const long long now = nowMs;
  soci::statement update =
      (sql.prepare << "UPDATE outbox_events SET state = 'waiting', attempts = 0, last_error = '',"
                      " next_attempt_at_ms = :now, delivered_at_ms = 0"
                      " WHERE merchant_id = :merchant AND id = :id",
       soci::use(now, "now"), soci::use(merchantId, "merchant"), soci::use(eventId, "id"));
  update.execute(true);
  if (update.get_affected_rows() == 0) {
    return Error{ErrorCode::NotFound, "there is no such event"};
  }
  soci::row row;
  sql << "SELECT " + std::string(kEventColumns) + " FROM outbox_events e WHERE e.id = :id",
      soci::use(eventId, "id"), soci::into(row);
  return eventOf(row);
}

std::vector<ClaimedEvent> claimEvents(soci::session& sql, std::int64_t nowMs, std::int64_t leaseMs,
                                      std::int64_t countMax) {
  const long long now = nowMs, most = countMax, until = nowMs + leaseMs;
  const long long beyond = nowMs + std::max(leaseMs, kEventRetryMsMax);
  std::vector<ClaimedEvent> claimed;
  {
    soci::rowset<soci::row> rows =
        (sql.prepare << "SELECT " + std::string(kEventColumns) +
                            // From the endpoints to their events: those of merchants without
                            // one are not looked at.
                            ", w.url FROM webhooks w CROSS JOIN outbox_events e"
                            " WHERE e.merchant_id = w.merchant_id AND e.state = 'waiting'"
                            " AND (e.next_attempt_at_ms <= :now"
                            " OR e.next_attempt_at_ms > :beyond)"
                            " AND NOT EXISTS (SELECT 1 FROM outbox_events b"
                            " WHERE b.merchant_id = e.merchant_id AND b.subject = e.subject"
                            " AND b.state = 'waiting' AND b.seq < e.seq)"
                            " ORDER BY e.next_attempt_at_ms, e.seq LIMIT :most",
         soci::use(now, "now"), soci::use(beyond, "beyond"), soci::use(most, "most"));
    for (const soci::row& row : rows) claimed.push_back({eventOf(row), row.get<std::string>(12)});
  }
  for (ClaimedEvent& one : claimed) {
    const long long seq = one.event.seq;
    ++one.event.attempts;
    sql << "UPDATE outbox_events SET next_attempt_at_ms = :until, attempts = attempts + 1"
           " WHERE seq = :seq",
        soci::use(until, "until"), soci::use(seq, "seq");
  }
  return claimed;
}

void eventDelivered(soci::session& sql, std::int64_t seq, std::int64_t nowMs) {
  const long long number = seq, now = nowMs;
  sql << "UPDATE outbox_events SET state = 'delivered', last_error = '', delivered_at_ms = :now"
         " WHERE seq = :seq AND state = 'waiting'",
      soci::use(now, "now"), soci::use(number, "seq");
}

void eventFailed(soci::session& sql, std::int64_t seq, std::string error,
                 std::int64_t nextAttemptAtMs) {
  const long long number = seq, next = nextAttemptAtMs, most = kEventAttemptsMax;
  const std::string why = shortened(std::move(error));
  sql << "UPDATE outbox_events SET last_error = :why, next_attempt_at_ms = :next,"
         " state = CASE WHEN attempts >= :most THEN 'dead' ELSE 'waiting' END"
         " WHERE seq = :seq AND state = 'waiting'",
      soci::use(why, "why"), soci::use(next, "next"), soci::use(most, "most"),
      soci::use(number, "seq");
}

std::int64_t purgeEvents(soci::session& sql, std::int64_t beforeMs, std::int64_t countMax) {
  const long long before = beforeMs, most = countMax;
  // The newest number stays, so that none is given twice.
  soci::statement purge =
      (sql.prepare
           << "DELETE FROM outbox_events WHERE seq IN (SELECT seq FROM outbox_events"
              " WHERE created_at_ms < :before AND seq < (SELECT MAX(seq) FROM outbox_events)"
              " ORDER BY created_at_ms LIMIT :most)",
       soci::use(before, "before"), soci::use(most, "most"));
  purge.execute(true);
  return purge.get_affected_rows();
}

}  // namespace kiosk::bridge
