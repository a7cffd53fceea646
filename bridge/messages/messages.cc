#include "bridge/messages/messages.h"

#include <kiosk/bridge/catalogue.h>

#include <algorithm>

#include "bridge/store/new_id.h"

namespace kiosk::bridge {
namespace {

/// Whether the picture that a card names lies in the app's package.
bool imageIsInPackage(const CallContext& context) {
  const auto attachment = context.params.find("attachment");
  if (attachment == context.params.end() || !attachment->contains("image")) return true;
  const auto& files = context.session.package->files;
  return files.find((*attachment)["image"].get<std::string>()) != files.end();
}

SharedMessage sharedMessageOf(const CallContext& context) {
  SharedMessage message;
  message.sender = context.session.user;
  message.viaApp = context.session.manifest().appId;
  message.viaAppName = context.session.manifest().name;
  message.text = context.params.value("text", "");
  message.link = context.params.value("link", "");
  message.attachment = context.params.value("attachment", nlohmann::json());
  return message;
}

/// False for a call whose session has ended meanwhile: what it asked for must not happen any more.
bool sessionLives(const CallContext& context) {
  return !context.liveSession || context.liveSession() != nullptr;
}

}  // namespace

/// One messages.share from its call to its answer.
struct MessagesService::Share {
  Share(std::shared_ptr<std::set<SessionId>> open, ContextPtr call, Reply answer)
      : picking(std::move(open)), context(std::move(call)), reply(std::move(answer)) {}
  ~Share() { picking->erase(context->session.id); }
  Share(const Share&) = delete;
  Share& operator=(const Share&) = delete;

  const std::shared_ptr<std::set<SessionId>> picking;
  ContextPtr context;
  Reply reply;
};

std::vector<MethodBinding> MessagesService::bindings() {
  return {{"messages.share", [this](ContextPtr context, Reply reply) {
             share(std::move(context), std::move(reply));
           }}};
}

void MessagesService::share(ContextPtr context, Reply reply) {
  if (!imageIsInPackage(*context)) {
    return reply.error(ErrorCode::NotFound, "attachment.image names no file of the package");
  }
  if (!picking_->insert(context->session.id).second) {
    return reply.error(ErrorCode::Busy, "a picker is open already");
  }
  const UserId user = context->session.user;
  auto share = std::make_shared<Share>(picking_, std::move(context), std::move(reply));
  messaging_.chats(user, [this, share](Result<std::vector<ChatChoice>> chats) {
    if (!chats) return share->reply.error(chats.error());
    pick(share, *chats);
  });
}

void MessagesService::pick(SharePtr share, const std::vector<ChatChoice>& chats) {
  if (!sessionLives(*share->context))
    return share->reply.error(ErrorCode::Cancelled, "the session ended");
  std::vector<PickerOption> options;
  for (const ChatChoice& chat : chats) options.push_back({chat.id, chat.label});
  const SessionInfo& session = share->context->session;
  const HostWords title{"Share to a chat", "Отправить в чат"};
  picker_.pick(session, title.in(session.language), options,
               [this, share, options](std::string id) {
                 if (id.empty()) return share->reply.result({{"status", "cancelled"}});
                 const bool offered =
                     std::any_of(options.begin(), options.end(),
                                 [&id](const PickerOption& option) { return option.id == id; });
                 if (!offered)
                   return share->reply.error(ErrorCode::HostError, "the host's picker failed");
                 post(share, std::move(id));
               });
}

void MessagesService::post(SharePtr share, std::string chatId) {
  if (!sessionLives(*share->context))
    return share->reply.error(ErrorCode::Cancelled, "the session ended");
  SharedMessage message = sharedMessageOf(*share->context);
  message.id = newId(random_);
  message.chatId = std::move(chatId);
  message.createdAtMs = clock_.wallMs();
  messaging_.post(std::move(message), [share](Result<void> posted) {
    if (!posted) return share->reply.error(posted.error());
    share->reply.result({{"status", "shared"}});
  });
}

}  // namespace kiosk::bridge
