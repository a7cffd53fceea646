#pragma once
// The transactional outbox: what merchants are told. An event is written in the transaction of the
// change that it tells of, and stays until the merchant's server took it or it is a dead letter.
//
//   waiting ──claim──► waiting, leased ──► delivered
//      ▲                  │      └───────► dead        after kEventAttemptsMax
//      │                  └─► waiting, later           back-off with jitter
//      └── replay, by hand, from delivered or dead
//
// Events of one subject (an order) are claimed in their order, one at a time; a dead letter does
// not hold up those after it.
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::bridge {

/// Deliveries of one event before it is a dead letter: about three days with the usual back-off.
inline constexpr int kEventAttemptsMax = 16;
/// The first wait after a failure, and the longest; each is doubled by the next failure.
inline constexpr std::int64_t kEventRetryMsMin = 5'000;
inline constexpr std::int64_t kEventRetryMsMax = 6 * 3'600'000;
/// Rows that one call reads.
inline constexpr std::int64_t kEventsPageMax = 100;
/// Of what went wrong with a delivery.
inline constexpr std::size_t kEventErrorBytesMax = 200;

enum class EventState : std::uint8_t { Waiting, Delivered, Dead };

/// "waiting", "delivered", "dead".
const char* eventStateName(EventState state);
std::optional<EventState> eventStateOf(std::string_view name);

struct EventRow {
  std::int64_t seq = 0;
  std::string id;  ///< 32 hex digits: the `jti` of every delivery of it
  std::string merchantId;
  std::string subject;  ///< the order's id
  std::string type;     ///< "order.captured", "refund.succeeded", …
  nlohmann::json data;  ///< the order or refund as the partner API showed it then
  EventState state = EventState::Waiting;
  int attempts = 0;
  std::string lastError;  ///< empty when none
  std::int64_t createdAtMs = 0, nextAttemptAtMs = 0;
  std::int64_t deliveredAtMs = 0;  ///< 0 before
};

/// Where a merchant's server listens.
struct WebhookEndpoint {
  std::string merchantId, url;
  std::int64_t updatedAtMs = 0;
};

/// What happened, for `appendEvent`.
struct EventDraft {
  std::string merchantId, subject, type;
  std::int64_t number = 0;  ///< of the subject's events, from 1: makes the event's id
  nlohmann::json data;
};

/// Writes an event. The same merchant, subject and number twice is refused by the database.
void appendEvent(soci::session& sql, const EventDraft& draft, std::int64_t nowMs);

/// One endpoint for each merchant; an empty url takes it away. Events that wait are then kept for
/// the next one.
void putWebhook(soci::session& sql, const WebhookEndpoint& endpoint);
std::optional<WebhookEndpoint> findWebhook(soci::session& sql, const std::string& merchantId);

/// Of one merchant, oldest first after `afterSeq`; of one state, or of all. 1..kEventsPageMax.
std::vector<EventRow> listEvents(soci::session& sql, const std::string& merchantId,
                                 std::optional<EventState> state, std::int64_t afterSeq,
                                 std::int64_t countMax);

/// Makes a delivered or dead event wait again, from now on, with its attempts forgotten.
/// Errors: NotFound   the merchant has no such event.
Result<EventRow> replayEvent(soci::session& sql, const std::string& merchantId,
                             const std::string& eventId, std::int64_t nowMs);

/// An event to deliver, and where.
struct ClaimedEvent {
  EventRow event;
  std::string url;
};

/// Takes up to `countMax` events that are due, for `leaseMs`: nobody else gets them until then, so
/// that two senders over one store do not both deliver. Counts the attempt. One whose turn is
/// further away than any wait is due: the clock was set back since.
std::vector<ClaimedEvent> claimEvents(soci::session& sql, std::int64_t nowMs, std::int64_t leaseMs,
                                      std::int64_t countMax);

/// The merchant's server took it.
void eventDelivered(soci::session& sql, std::int64_t seq, std::int64_t nowMs);

/// It did not: again at `nextAttemptAtMs`, or never when its attempts are used up.
void eventFailed(soci::session& sql, std::int64_t seq, std::string error,
                 std::int64_t nextAttemptAtMs);

/// Removes what happened before `beforeMs`, delivered or not; up to `countMax`. Answers how many.
std::int64_t purgeEvents(soci::session& sql, std::int64_t beforeMs, std::int64_t countMax);

}  // namespace kiosk::bridge
