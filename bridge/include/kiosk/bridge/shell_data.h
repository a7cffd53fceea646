#pragma once
// What a host app's own screens show of the embedded services: chats, wallet, what apps learnt,
// what was done. For the host's eyes and its user's; no mini-app ever sees any of it.

#include <kiosk/bridge/identity_provider.h>
#include <kiosk/ids.h>
#include <kiosk/result.h>

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace kiosk::bridge {

/// Bytes of a message that a user writes.
inline constexpr std::size_t kMessageTextBytesMax = 8192;
/// Messages of one page of a chat.
inline constexpr std::int64_t kMessagesPageMax = 200;
/// Chats, payments, entries of the activity that one answer holds.
inline constexpr std::int64_t kChatsMax = 200;
inline constexpr std::int64_t kPaymentsPageMax = 200;
inline constexpr std::int64_t kActivityMax = 500;
/// Users that `Services::users` lists.
inline constexpr std::int64_t kUsersMax = 1000;

struct UserEntry {
  UserId id;
  UserProfile profile;
};

struct ChatMessage {
  std::string id, chatId;
  UserId sender;
  std::string senderName;
  std::string text, link;     ///< empty when absent
  nlohmann::json attachment;  ///< {title, description?, image?}, or null
  AppId viaApp;               ///< empty: the user wrote it
  std::string viaAppName;
  std::int64_t atMs = 0;  ///< wall clock; grows within a chat
};

struct ChatSummary {
  std::string id, title;
  std::string lastText;       ///< of the newest message; a card's title when it has no text
  std::int64_t lastAtMs = 0;  ///< 0: nobody has written
  std::int64_t unread = 0;    ///< messages of others since the user read the chat
};

/// The embedded messenger as its users see it. Threads: the loop's own.
class Messenger {
 public:
  template <class T>
  using Done = std::function<void(Result<T>)>;
  virtual ~Messenger() = default;

  /// The chats of `user`, the one with the newest message first; at most kChatsMax.
  virtual void chatsOf(const UserId& user, Done<std::vector<ChatSummary>> done) = 0;
  /// Messages of a chat from before `beforeMs` (0: the newest), oldest first; `countMax` is
  /// 1..kMessagesPageMax. Errors: NotFound   the user is not in that chat.
  virtual void messagesOf(const UserId& user, const std::string& chatId, std::int64_t beforeMs,
                          std::int64_t countMax, Done<std::vector<ChatMessage>> done) = 0;
  /// The user writes `text`. `done` comes when it would survive a power cut.
  /// Errors: NotFound        the user is not in that chat
  ///         InvalidParams   empty, longer than kMessageTextBytesMax, or not plain text in UTF-8
  virtual void write(const UserId& user, const std::string& chatId, std::string text,
                     Done<ChatMessage> done) = 0;
  /// The user has seen what was written up to `atMs`. Never moves back.
  virtual void markRead(const UserId& user, const std::string& chatId, std::int64_t atMs,
                        Done<void> done) = 0;
  /// Told of every message that is on disk, whoever wrote it, with the members of its chat. One
  /// listener; an empty one hears nothing.
  using Posted = std::function<void(const ChatMessage&, const std::vector<UserId>& members)>;
  virtual void onPosted(Posted listener) = 0;
};

struct Balance {
  std::string currency;  ///< ISO 4217
  std::int64_t minor = 0;
};

struct PaymentEntry {
  std::string id;  ///< of its receipt too, once it is paid
  std::string payee;
  std::string orderId;
  AppId app;
  std::string currency;
  std::int64_t amountMinor = 0;
  std::string state;  ///< "pending" and "unknown" (nothing is decided yet), "paid" or "failed"
  std::int64_t atMs = 0;
};

/// A subscription as its user sees it.
struct SubscriptionEntry {
  std::string id;
  std::string payee, title;
  AppId app;
  std::string currency;
  std::int64_t amountMinor = 0;  ///< of each period
  std::string periodUnit;        ///< "days", "weeks", "months"
  std::int64_t periodCount = 1;
  std::string state;                ///< "pending", "active", "past_due", "cancelled", "ended"
  std::int64_t nextChargeAtMs = 0;  ///< 0: nothing more is charged
  std::int64_t atMs = 0;            ///< when it was made
};

enum class MoneyDirection : std::uint8_t {
  Asked,    ///< the user asks somebody
  AskedOf,  ///< somebody asks the user
};

/// A request of money as one of its two users sees it.
struct MoneyRequestEntry {
  std::string id;
  MoneyDirection direction = MoneyDirection::Asked;
  std::string otherName;  ///< of the other user; empty when they are gone
  AppId app;              ///< that it was made in
  std::string currency;
  std::int64_t amountMinor = 0;
  std::string note;   ///< the app's words, shown to the asking user; may be empty
  std::string state;  ///< "open", "paid", "declined", "expired", "cancelled"
  std::int64_t atMs = 0, expiresAtMs = 0;
};

/// A user's money: balances of the embedded ledger, and payments whoever's wallet made them.
struct WalletSummary {
  std::vector<Balance> balances;
  std::vector<PaymentEntry> payments;  ///< newest first, at most kPaymentsPageMax
};

/// What an app has learnt of a user, in privacy points.
struct PrivacyUse {
  AppId app;
  std::int64_t points = 0;
};

/// One line of the audit log that speaks of a user.
struct ActivityEntry {
  std::int64_t atMs = 0;
  std::string kind;  ///< "opened", "closed", "call", "granted", "revoked", "erased", …
  AppId app;
  std::string method;   ///< empty where the line is of none
  std::string outcome;  ///< "ok", an error's name, or why a session ended
};

/// What `Services::eraseAppData` removed.
struct AppDataErased {
  std::int64_t localItems = 0, secureItems = 0, tickets = 0;
};

}  // namespace kiosk::bridge
