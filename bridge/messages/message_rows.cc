#include "bridge/messages/message_rows.h"

#include <algorithm>

#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

// The columns of ChatMessage, in the order that `messageOf` reads them.
constexpr const char* kMessageColumns =
    "SELECT m.id, m.chat_id, m.sender_id, u.first_name, u.last_name, m.body, m.link, m.attachment,"
    " m.via_app_id, m.via_app_name, m.created_at_ms FROM messages m JOIN users u"
    " ON u.id = m.sender_id ";

ChatMessage messageOf(const soci::row& row) {
  ChatMessage message;
  message.id = row.get<std::string>(0);
  message.chatId = row.get<std::string>(1);
  message.sender = UserId(row.get<std::string>(2));
  const auto first = row.get<std::string>(3), last = row.get<std::string>(4);
  message.senderName = first.empty() || last.empty() ? first + last : first + " " + last;
  message.text = row.get<std::string>(5);
  message.link = row.get<std::string>(6);
  if (const auto attachment = row.get<std::string>(7); !attachment.empty()) {
    if (auto parsed = parseJson(attachment)) message.attachment = *std::move(parsed);
  }
  message.viaApp = AppId(row.get<std::string>(8));
  message.viaAppName = row.get<std::string>(9);
  message.atMs = row.get<long long>(10);
  return message;
}

Result<void> checkMember(soci::session& sql, const std::string& user, const std::string& chatId) {
  long long member = 0;
  sql << "SELECT COUNT(*) FROM chat_members WHERE chat_id = :chat AND user_id = :member",
      soci::use(chatId, "chat"), soci::use(user, "member"), soci::into(member);
  if (member == 0) return Error{ErrorCode::NotFound, "the user is not in that chat"};
  return {};
}

/// What a list of chats shows of a message.
std::string lineOf(const ChatMessage& message) {
  if (!message.text.empty()) return message.text;
  if (message.attachment.is_object()) return message.attachment.value("title", message.link);
  return message.link;
}

void addNewest(soci::session& sql, ChatSummary& chat) {
  soci::rowset<soci::row> rows =
      (sql.prepare << std::string(kMessageColumns) +
                          "WHERE m.chat_id = :chat ORDER BY m.created_at_ms DESC LIMIT 1",
       soci::use(chat.id, "chat"));
  for (const soci::row& row : rows) {
    const auto message = messageOf(row);
    chat.lastText = lineOf(message);
    chat.lastAtMs = message.atMs;
  }
}

std::int64_t countUnread(soci::session& sql, const std::string& user, const std::string& chatId) {
  long long readAtMs = 0, unread = 0;
  sql << "SELECT read_at_ms FROM chat_reads WHERE chat_id = :chat AND user_id = :member",
      soci::use(chatId, "chat"), soci::use(user, "member"), soci::into(readAtMs);
  if (!sql.got_data()) readAtMs = 0;
  sql << "SELECT COUNT(*) FROM messages WHERE chat_id = :chat AND sender_id <> :member"
         " AND created_at_ms > :at",
      soci::use(chatId, "chat"), soci::use(user, "member"), soci::use(readAtMs, "at"),
      soci::into(unread);
  return unread;
}

}  // namespace

Result<PostedMessage> insertMessage(soci::session& sql, const SharedMessage& message) {
  if (auto member = checkMember(sql, message.sender.value, message.chatId); !member) {
    return member.error();
  }
  const std::string attachment =
      message.attachment.is_null() ? std::string() : dumpJson(message.attachment);
  // Pages of a chat are cut by time, so no two messages of one chat share theirs.
  long long newest = 0;
  sql << "SELECT COALESCE(MAX(created_at_ms), 0) FROM messages WHERE chat_id = :chat",
      soci::use(message.chatId, "chat"), soci::into(newest);
  const long long createdAtMs = std::max<long long>(message.createdAtMs, newest + 1);
  sql << "INSERT INTO messages (id, chat_id, sender_id, via_app_id, via_app_name, body, link,"
         " attachment, created_at_ms) VALUES (:id, :chat, :sender, :app, :app_name, :body, :link,"
         " :attachment, :at)",
      soci::use(message.id, "id"), soci::use(message.chatId, "chat"),
      soci::use(message.sender.value, "sender"), soci::use(message.viaApp.value, "app"),
      soci::use(message.viaAppName, "app_name"), soci::use(message.text, "body"),
      soci::use(message.link, "link"), soci::use(attachment, "attachment"),
      soci::use(createdAtMs, "at");
  PostedMessage posted;
  soci::rowset<soci::row> written =
      (sql.prepare << std::string(kMessageColumns) + "WHERE m.id = :id",
       soci::use(message.id, "id"));
  for (const soci::row& row : written) posted.message = messageOf(row);
  soci::rowset<std::string> members =
      (sql.prepare << "SELECT user_id FROM chat_members WHERE chat_id = :chat ORDER BY user_id",
       soci::use(message.chatId, "chat"));
  for (const auto& member : members) posted.members.emplace_back(member);
  return posted;
}

std::vector<ChatChoice> readChatChoices(soci::session& sql, const std::string& user) {
  std::vector<ChatChoice> chats;
  const auto limit = static_cast<long long>(kPickerChatsMax);
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT c.id, c.title FROM chats c JOIN chat_members m ON m.chat_id = c.id"
                      " WHERE m.user_id = :member ORDER BY c.title, c.id LIMIT :most",
       soci::use(user, "member"), soci::use(limit, "most"));
  for (const soci::row& row : rows) {
    chats.push_back({row.get<std::string>(0), row.get<std::string>(1)});
  }
  return chats;
}

std::vector<ChatSummary> readChats(soci::session& sql, const std::string& user) {
  std::vector<ChatSummary> chats;
  {
    const auto limit = static_cast<long long>(kChatsMax);
    soci::rowset<soci::row> rows =
        (sql.prepare << "SELECT c.id, c.title FROM chats c JOIN chat_members m ON m.chat_id = c.id"
                        " WHERE m.user_id = :member ORDER BY c.title, c.id LIMIT :most",
         soci::use(user, "member"), soci::use(limit, "most"));
    for (const soci::row& row : rows) {
      ChatSummary chat;
      chat.id = row.get<std::string>(0);
      chat.title = row.get<std::string>(1);
      chats.push_back(std::move(chat));
    }
  }
  for (auto& chat : chats) {
    addNewest(sql, chat);
    chat.unread = countUnread(sql, user, chat.id);
  }
  std::stable_sort(chats.begin(), chats.end(), [](const ChatSummary& a, const ChatSummary& b) {
    return a.lastAtMs > b.lastAtMs;
  });
  return chats;
}

Result<std::vector<ChatMessage>> readMessages(soci::session& sql, const std::string& user,
                                              const MessagePage& page) {
  if (auto member = checkMember(sql, user, page.chatId); !member) return member.error();
  const long long before = page.beforeMs > 0 ? page.beforeMs : INT64_MAX;
  const long long most = std::clamp<std::int64_t>(page.countMax, 1, kMessagesPageMax);
  std::vector<ChatMessage> messages;
  soci::rowset<soci::row> rows =
      (sql.prepare << std::string(kMessageColumns) +
                          "WHERE m.chat_id = :chat AND m.created_at_ms < :before"
                          " ORDER BY m.created_at_ms DESC LIMIT :most",
       soci::use(page.chatId, "chat"), soci::use(before, "before"), soci::use(most, "most"));
  for (const soci::row& row : rows) messages.push_back(messageOf(row));
  std::reverse(messages.begin(), messages.end());
  return messages;
}

Result<void> markChatRead(soci::session& sql, const std::string& user, const std::string& chatId,
                          std::int64_t atMs) {
  if (auto member = checkMember(sql, user, chatId); !member) return member;
  const long long at = atMs;
  sql << "INSERT INTO chat_reads (chat_id, user_id, read_at_ms) VALUES (:chat, :member, :at)"
         " ON CONFLICT (chat_id, user_id) DO UPDATE SET read_at_ms ="
         " CASE WHEN chat_reads.read_at_ms > excluded.read_at_ms THEN chat_reads.read_at_ms"
         " ELSE excluded.read_at_ms END",
      soci::use(chatId, "chat"), soci::use(user, "member"), soci::use(at, "at");
  return {};
}

}  // namespace kiosk::bridge
