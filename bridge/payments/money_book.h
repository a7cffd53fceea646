#pragma once
// Requests of money between users as the store keeps them, and the transfer that settles one.
//
//   (none) ──► open ──► paid         by the asked user, in the host's own screens: one transfer
//                │ ├──► declined     by the asked user
//                │ ├──► expired      nobody answered for kMoneyRequestOpenMs
//                │ └──► cancelled    a user of it was erased, or the asking user left the app
//
// All but `open` are final. Amount, currency and both users of a request never change.
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/ids.h>
#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bridge/payments/settlement.h"

namespace kiosk::bridge {

/// How long a request waits for an answer.
inline constexpr std::int64_t kMoneyRequestOpenMs = std::int64_t{7} * 24 * 3'600'000;
/// Open requests that one user has made, through all apps.
inline constexpr std::int64_t kOpenMoneyRequestsMax = 20;
/// Open requests of one user to another.
inline constexpr std::int64_t kOpenMoneyRequestsPairMax = 3;
/// Requests of one user to another within 24 hours, whatever became of them.
inline constexpr std::int64_t kMoneyRequestsPairDayMax = 5;
/// Requests that one call reads.
inline constexpr std::int64_t kMoneyRequestsPageMax = 100;

enum class MoneyRequestState : std::uint8_t { Open, Paid, Declined, Expired, Cancelled };

/// "open", "paid", "declined", "expired", "cancelled".
const char* moneyRequestStateName(MoneyRequestState state);

struct MoneyRequest {
  std::string id;   ///< 32 hex digits, unguessable; of its transfer too
  std::string key;  ///< as the app calls it: its own word, or the id
  AppId app;
  UserId requester, payer;
  std::string currency;
  std::int64_t amountMinor = 0;
  std::string note;  ///< the app's words, which the requester saw; may be empty
  MoneyRequestState state = MoneyRequestState::Open;
  std::string consentId;  ///< receipt of the requester's yes
  std::int64_t createdAtMs = 0, expiresAtMs = 0;
  std::int64_t decidedAtMs = 0;  ///< 0: open
};

/// Its state at `nowMs`: an open one whose time is over counts as expired before the caretaker came
/// by.
MoneyRequestState stateAt(const MoneyRequest& request, std::int64_t nowMs);

/// A chat of two, and who the other one is.
struct MoneyPeer {
  std::string chatId;
  UserId user;
  std::string label;     ///< the other's name and the chat's title
  std::string language;  ///< of the other, e.g. "ru"
};

/// The user's one-to-one chats with users that are known; at most kPickerChatsMax, by title.
std::vector<MoneyPeer> readMoneyPeers(soci::session& sql, const UserId& user);

/// The request that `sought.requester` made through `sought.app` under `sought.key`.
std::optional<MoneyRequest> moneyRequestByKey(soci::session& sql, const MoneyRequest& sought);

/// The same, held against the rest of what `draft` asks for.
/// Errors: InvalidParams   that one asked for something else.
Result<std::optional<MoneyRequest>> findByMoneyKey(soci::session& sql, const MoneyRequest& draft);

/// Errors: LimitExceeded   the user has kOpenMoneyRequestsMax open.
Result<void> checkMoneyRequests(soci::session& sql, const UserId& requester, std::int64_t nowMs);

/// Writes `draft` as open.
/// Errors: InvalidParams   the user asks themselves.
///         LimitExceeded   too many are open, of the user or to the payer, or of the last 24 hours.
Result<void> insertMoneyRequest(soci::session& sql, const MoneyRequest& draft);

std::optional<MoneyRequest> findMoneyRequest(soci::session& sql, const std::string& id);

/// Made by `user` or for `user` to pay, open ones first, then newest first; at most
/// kMoneyRequestsPageMax.
std::vector<MoneyRequest> moneyRequestsOf(soci::session& sql, const UserId& user);

/// Pays a request in full from the payer's account to the requester's. One that `payer` has paid
/// stays as it is, and is no error.
/// Errors: NotFound            nobody asked `payer` for it.
///         Declined, Cancelled, OrderExpired   it is at its end.
///         InsufficientFunds   nothing was moved; it stays open.
///         LimitExceeded       over `limits` of the payer's day; it stays open.
Result<void> payMoneyRequest(soci::session& sql, const UserId& payer, const std::string& id,
                             std::int64_t nowMs, const SpendLimits& limits = {});

/// The asked user says no. One that was declined stays as it is, and is no error.
/// Errors: NotFound            nobody asked `payer` for it.
///         DuplicateOrder      it is paid.
///         Cancelled, OrderExpired   it is at its end.
Result<void> declineMoneyRequest(soci::session& sql, const UserId& payer, const std::string& id,
                                 std::int64_t nowMs);

/// Takes open ones whose time is over to `expired`, up to `countMax`.
void expireMoneyRequests(soci::session& sql, std::int64_t nowMs, std::int64_t countMax);

/// Cancels what is open: of `user` as requester in `app`, each when it is not empty. Answers how
/// many.
std::int64_t cancelMoneyRequests(soci::session& sql, const UserId& user, const AppId& app,
                                 std::int64_t nowMs);

/// The user goes for good: cancels what they asked for and what they were asked for.
void cancelMoneyRequestsOf(soci::session& sql, const UserId& user, std::int64_t nowMs);

}  // namespace kiosk::bridge
