#pragma once
// Chats and messages as the store keeps them.
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/bridge/messages_provider.h>
#include <kiosk/bridge/shell_data.h>
#include <soci/soci.h>

#include <string>
#include <vector>

namespace kiosk::bridge {

/// A message that was written, and who is to hear of it.
struct PostedMessage {
  ChatMessage message;
  std::vector<UserId> members;
};

/// Errors: NotFound   the sender is not in that chat.
Result<PostedMessage> insertMessage(soci::session& sql, const SharedMessage& message);

std::vector<ChatChoice> readChatChoices(soci::session& sql, const std::string& user);
std::vector<ChatSummary> readChats(soci::session& sql, const std::string& user);

/// Which messages: those before `beforeMs` (0: all), the newest `countMax` of them.
struct MessagePage {
  std::string chatId;
  std::int64_t beforeMs = 0;
  std::int64_t countMax = kMessagesPageMax;
};
/// Errors: NotFound   the user is not in that chat.
Result<std::vector<ChatMessage>> readMessages(soci::session& sql, const std::string& user,
                                              const MessagePage& page);

/// Errors: NotFound   the user is not in that chat.
Result<void> markChatRead(soci::session& sql, const std::string& user, const std::string& chatId,
                          std::int64_t atMs);

}  // namespace kiosk::bridge
