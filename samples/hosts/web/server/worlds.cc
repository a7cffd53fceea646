#include "worlds.h"

#include <kiosk/bridge/amount.h>
#include <kiosk/clock.h>

#include <algorithm>

#include "bounds.h"
#include "secrets.h"

namespace web_host {
namespace {

using kiosk::UserId;
using kiosk::bridge::ChatMessage;
using kiosk::bridge::ChatSummary;
using kiosk::bridge::formatAmount;
using kiosk::bridge::WalletSummary;

/// Events a millisecond that keep the numbers of a run below those of the next.
constexpr std::int64_t kEventsPerMs = 1000;
constexpr std::size_t kBootDigits = 16;
constexpr std::size_t kNoticeBytesMax = 200;

}  // namespace

Json toJson(const ChatSummary& chat) {
  return {{"id", chat.id},
          {"title", chat.title},
          {"lastText", chat.lastText},
          {"lastAtMs", chat.lastAtMs},
          {"unread", chat.unread}};
}

Json toJson(const ChatMessage& message, const UserId& reader) {
  return {{"id", message.id},
          {"chatId", message.chatId},
          {"senderId", message.sender.value},
          {"senderName", message.senderName},
          {"own", message.sender == reader},
          {"text", message.text},
          {"link", message.link},
          {"attachment", message.attachment},
          {"viaApp", message.viaApp.value},
          {"viaAppName", message.viaAppName},
          {"atMs", message.atMs}};
}

Json toJson(const WalletSummary& wallet, const Gallery& gallery, const std::string& language) {
  Json balances = Json::array(), payments = Json::array();
  for (const auto& balance : wallet.balances) {
    balances.push_back({{"currency", balance.currency}, {"minor", balance.minor}});
  }
  for (const auto& payment : wallet.payments) {
    Json made = {{"id", payment.id},
                 {"payee", payment.payee},
                 {"orderId", payment.orderId},
                 {"app", payment.app.value},
                 {"appName", gallery.nameOf(payment.app, language)},
                 {"amountMinor", payment.amountMinor},
                 {"currency", payment.currency},
                 {"state", payment.state},
                 {"atMs", payment.atMs}};
    if (payment.state == "paid") made["receipt"] = payment.id;
    payments.push_back(std::move(made));
  }
  return {{"balances", std::move(balances)}, {"payments", std::move(payments)}};
}

Worlds::Worlds(Parts parts)
    : parts_(parts),
      boot_(newToken().substr(0, kBootDigits)),
      firstEvent_(static_cast<std::uint64_t>(kiosk::systemClock().wallMs() * kEventsPerMs)) {
  parts_.prompts.publishBy(
      [this](const UserId& user, Json event) { of(user).publish(std::move(event)); });
  if (auto* messenger = parts_.services.messenger(); messenger != nullptr) {
    messenger->onPosted([this](const ChatMessage& message, const std::vector<UserId>& members) {
      posted(message, members);
    });
  }
}

Worlds::~Worlds() {
  if (auto* messenger = parts_.services.messenger(); messenger != nullptr) {
    messenger->onPosted(nullptr);
  }
}

UserWorld& Worlds::of(const UserId& user) {
  auto& world = worlds_[user];
  if (world == nullptr) {
    world = std::make_unique<UserWorld>(
        user,
        UserWorld::Outside{parts_.host, parts_.prompts,
                           [this](UserWorld& caller, const kiosk::SessionInfo& session,
                                  std::string_view method) { didCall(caller, session, method); }},
        firstEvent_);
  }
  return *world;
}

void Worlds::pagesChanged(const UserId& user, std::size_t count) {
  if (const auto timer = away_.find(user); timer != away_.end()) {
    parts_.host.cancelTimer(timer->second);
    away_.erase(timer);
  }
  if (count > 0) return;
  away_[user] = parts_.host.after(kAwayMax, [this, user] {
    away_.erase(user);
    of(user).hideAll();
  });
}

void Worlds::closeFeeds() {
  for (const auto& [user, world] : worlds_) world->feed()->close();
}

void Worlds::posted(const ChatMessage& message, const std::vector<UserId>& members) {
  for (const auto& member : members) {
    const auto world = worlds_.find(member);
    if (world == worlds_.end()) continue;
    world->second->publish(
        {{"type", "message"}, {"chatId", message.chatId}, {"message", toJson(message, member)}});
    if (member != message.sender) {
      world->second->notice("message", message.senderName, clipped(message.text, kNoticeBytesMax),
                            {{"chat", message.chatId}});
    }
    publishChat(member, message.chatId);
  }
}

void Worlds::publishChat(const UserId& user, const std::string& chatId) {
  parts_.services.messenger()->chatsOf(
      user, [this, user, chatId](kiosk::Result<std::vector<ChatSummary>> chats) {
        if (!chats) return;
        for (const auto& chat : *chats) {
          if (chat.id == chatId) of(user).publish({{"type", "chat"}, {"chat", toJson(chat)}});
        }
      });
}

void Worlds::didCall(UserWorld& world, const kiosk::SessionInfo& session, std::string_view method) {
  if (method != "payments.request") return;
  publishWallet(world.user());
  parts_.services.wallet(
      world.user(), 1,
      [this, user = world.user(), app = session.manifest()](kiosk::Result<WalletSummary> wallet) {
        if (!wallet || wallet->payments.empty()) return;
        const auto& payment = wallet->payments.front();
        if (payment.state != "paid" || payment.app != app.appId) return;
        auto& mine = of(user);
        mine.notice("payment", app.name,
                    mine.in("Paid: ", "Оплачено: ") +
                        formatAmount(payment.amountMinor, payment.currency, mine.language) + ", " +
                        payment.payee,
                    {{"app", app.appId.value}});
      });
}

void Worlds::publishWallet(const UserId& user) {
  parts_.services.wallet(
      user, kiosk::bridge::kPaymentsPageMax, [this, user](kiosk::Result<WalletSummary> wallet) {
        if (!wallet) return;
        of(user).publish(
            {{"type", "wallet"}, {"wallet", toJson(*wallet, parts_.gallery, of(user).language)}});
      });
}

}  // namespace web_host
