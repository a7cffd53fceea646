#include "bridge/formats.h"
#include "bridge/messages/message_rows.h"
#include "bridge/sql_providers.h"
#include "bridge/store/new_id.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {
namespace {

class SqlMessaging final : public EmbeddedMessenger {
 public:
  SqlMessaging(Store& store, Clock& clock, Random& random)
      : store_(store), clock_(clock), random_(random) {}

  void chats(const UserId& user,
             std::function<void(Result<std::vector<ChatChoice>>)> done) override {
    store_.run<std::vector<ChatChoice>>(
        "messages.chats",
        [id = user.value](soci::session& sql) -> Result<std::vector<ChatChoice>> {
          return readChatChoices(sql, id);
        },
        std::move(done));
  }

  void post(SharedMessage message, std::function<void(Result<void>)> done) override {
    insert(std::move(message), [done = std::move(done)](Result<ChatMessage> posted) {
      done(posted ? Result<void>() : Result<void>(posted.error()));
    });
  }

  void chatsOf(const UserId& user, Done<std::vector<ChatSummary>> done) override {
    store_.run<std::vector<ChatSummary>>(
        "messenger.chats",
        [id = user.value](soci::session& sql) -> Result<std::vector<ChatSummary>> {
          return readChats(sql, id);
        },
        std::move(done));
  }

  void messagesOf(const UserId& user, const std::string& chatId, std::int64_t beforeMs,
                  std::int64_t countMax, Done<std::vector<ChatMessage>> done) override {
    store_.run<std::vector<ChatMessage>>(
        "messenger.messages",
        [id = user.value, page = MessagePage{chatId, beforeMs, countMax}](soci::session& sql) {
          return readMessages(sql, id, page);
        },
        std::move(done));
  }

  void write(const UserId& user, const std::string& chatId, std::string text,
             Done<ChatMessage> done) override {
    static const Format* const plain = findFormat("text");
    if (text.empty() || text.size() > kMessageTextBytesMax || !isUtf8(text) ||
        !plain->check(text)) {
      return done(Error{ErrorCode::InvalidParams,
                        "a message is 1 to 8192 bytes of text without control characters"});
    }
    SharedMessage message;
    message.id = newId(random_);
    message.chatId = chatId;
    message.sender = user;
    message.text = std::move(text);
    message.createdAtMs = clock_.wallMs();
    insert(std::move(message), std::move(done));
  }

  void markRead(const UserId& user, const std::string& chatId, std::int64_t atMs,
                Done<void> done) override {
    store_.run<void>(
        "messenger.read",
        [id = user.value, chatId, atMs](soci::session& sql) {
          return markChatRead(sql, id, chatId, atMs);
        },
        std::move(done));
  }

  void onPosted(Posted listener) override { posted_ = std::move(listener); }

  void announce(const PostedMessage& posted) override {
    if (posted_) posted_(posted.message, posted.members);
  }

 private:
  void insert(SharedMessage message, Done<ChatMessage> done) {
    store_.run<PostedMessage>(
        "messages.post",
        [message = std::move(message)](soci::session& sql) { return insertMessage(sql, message); },
        [this, done = std::move(done)](Result<PostedMessage> posted) {
          if (!posted) return done(std::move(posted).error());
          announce(*posted);
          done(std::move(posted->message));
        });
  }

  Store& store_;
  Clock& clock_;
  Random& random_;
  Posted posted_;
};

}  // namespace

std::unique_ptr<EmbeddedMessenger> sqlMessaging(Store& store, Clock& clock, Random& random) {
  return std::make_unique<SqlMessaging>(store, clock, random);
}

}  // namespace kiosk::bridge
