#pragma once
// The worlds of all users, and what binds them to the services: messages, money, log-ins.

#include <kiosk/bridge/services.h>

#include <map>
#include <memory>

#include "gallery.h"
#include "pages.h"
#include "user_world.h"

namespace web_host {

Json toJson(const kiosk::bridge::ChatSummary& chat);
/// `own`: whether the reader wrote it.
Json toJson(const kiosk::bridge::ChatMessage& message, const kiosk::UserId& reader);
Json toJson(const kiosk::bridge::WalletSummary& wallet, const Gallery& gallery,
            const std::string& language);

/// Threads: the loop's own.
class Worlds {
 public:
  /// Borrowed; outlive the worlds.
  struct Parts {
    kiosk::Host& host;
    kiosk::bridge::Services& services;
    const Gallery& gallery;
    PromptDesk& prompts;
  };
  explicit Worlds(Parts parts);
  ~Worlds();

  /// The world of a user, made when it is not there. The caller knows that there is such a user.
  UserWorld& of(const kiosk::UserId& user);

  /// A page of the user came or went; `count` are open now.
  void pagesChanged(const kiosk::UserId& user, std::size_t count);

  /// Tells the user's pages how a chat stands in the list now.
  void publishChat(const kiosk::UserId& user, const std::string& chatId);

  /// Which run of the server this is.
  const std::string& boot() const { return boot_; }

  /// No page hears anything any more.
  void closeFeeds();

 private:
  void posted(const kiosk::bridge::ChatMessage& message, const std::vector<kiosk::UserId>& members);
  void didCall(UserWorld& world, const kiosk::SessionInfo& session, std::string_view method);
  void publishWallet(const kiosk::UserId& user);

  Parts parts_;
  const std::string boot_;
  const std::uint64_t firstEvent_;
  std::map<kiosk::UserId, std::unique_ptr<UserWorld>> worlds_;
  std::map<kiosk::UserId, kiosk::Executor::TimerId> away_;
};

}  // namespace web_host
