// Chats: reading, writing, and up to where the user has read.

#include "answer.h"
#include "routes.h"

namespace web_host {
namespace {

using kiosk::Result;
using kiosk::bridge::ChatMessage;
using Messages = std::vector<ChatMessage>;

constexpr std::int64_t kPageMessages = 50;

std::int64_t numberParam(const httplib::Request& request, const char* name) {
  const std::string text = request.get_param_value(name);
  const bool isNumber = !text.empty() && text.size() <= 18 &&
                        text.find_first_not_of("0123456789") == std::string::npos;
  return isNumber ? std::stoll(text) : 0;
}

void listMessages(Api& api, const Ask& ask, httplib::Response& response) {
  const auto before = numberParam(ask.http, "before");
  const auto messages = api.loop.ask<Messages>(
      [&api, user = ask.login.user, chat = ask.parts[0], before](Loop::Done<Messages> done) {
        api.services.messenger()->messagesOf(user, chat, before, kPageMessages, std::move(done));
      });
  if (!messages) return answerError(response, messages.error());
  Json list = Json::array();
  for (const auto& message : *messages) list.push_back(toJson(message, ask.login.user));
  answerJson(response, {{"messages", std::move(list)}});
}

void writeMessage(Api& api, const Ask& ask, httplib::Response& response) {
  const auto written =
      api.loop.ask<ChatMessage>([&api, user = ask.login.user, chat = ask.parts[0],
                                 text = textOf(ask.body, "text")](Loop::Done<ChatMessage> done) {
        api.services.messenger()->write(user, chat, text, std::move(done));
      });
  if (!written) return answerError(response, written.error());
  answerJson(response, {{"message", toJson(*written, ask.login.user)}});
}

void markRead(Api& api, const Ask& ask, httplib::Response& response) {
  const auto done =
      api.loop.ask<bool>([&api, user = ask.login.user, chat = ask.parts[0],
                          atMs = numberOf(ask.body, "atMs", 0)](Loop::Done<bool> answer) {
        api.services.messenger()->markRead(user, chat, atMs,
                                           [&api, user, chat, answer](Result<void> marked) {
                                             if (!marked) return answer(marked.error());
                                             api.worlds.publishChat(user, chat);
                                             answer(true);
                                           });
      });
  if (!done) return answerError(response, done.error());
  answerDone(response);
}

}  // namespace

void addChatRoutes(Router& router, Api& api) {
  router.on("GET", "/api/chats/*/messages",
            [&api](const Ask& ask, auto& response) { listMessages(api, ask, response); });
  router.on("POST", "/api/chats/*/messages",
            [&api](const Ask& ask, auto& response) { writeMessage(api, ask, response); });
  router.on("POST", "/api/chats/*/read",
            [&api](const Ask& ask, auto& response) { markRead(api, ask, response); });
}

}  // namespace web_host
