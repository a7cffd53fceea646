#pragma once
// All that one user has open: running mini-apps, questions, notices, and the feed that tells the
// user's pages of it. Every page of the user sees the same.

#include <kiosk/host.h>

#include <deque>
#include <map>
#include <memory>
#include <string>

#include "feed.h"
#include "open_app.h"
#include "prompt_desk.h"

namespace web_host {

/// Threads: the loop's own.
class UserWorld {
 public:
  /// What a world is told of, and asks for, beyond itself.
  struct Outside {
    kiosk::Host& host;
    PromptDesk& prompts;
    std::function<void(UserWorld&, const kiosk::SessionInfo&, std::string_view method)> didCall;
  };
  UserWorld(kiosk::UserId user, Outside outside, std::uint64_t firstEvent);
  ~UserWorld();
  UserWorld(const UserWorld&) = delete;
  UserWorld& operator=(const UserWorld&) = delete;

  const kiosk::UserId& user() const { return user_; }
  const std::shared_ptr<Feed>& feed() const { return feed_; }
  /// Of the words that the host says to this user: "ru" or "en"; empty before a page has asked.
  std::string language;
  /// Takes `asked` when it is a language that the host speaks.
  void speak(const std::string& asked);
  std::string in(const char* en, const char* ru) const { return language == "ru" ? ru : en; }

  /// Sends `event` to all pages; those of one turn of the loop go together.
  void publish(Json event);
  /// Sends what waits; the number of the newest event.
  std::uint64_t flush();

  /// Errors: as Host::open; LimitExceeded   kSessionsPerUserMax run already.
  kiosk::Result<Json> open(std::shared_ptr<const kiosk::Package> package,
                           kiosk::OpenOptions options);
  /// Null: no such session, or another user's.
  OpenApp* find(const std::string& sessionId);
  Json sessions() const;
  /// Nobody looks: everything that is shown is hidden.
  void hideAll();

  /// `link` is {"chat": id} or {"app": id}, or null.
  void notice(const std::string& kind, const std::string& title, const std::string& text,
              Json link = nullptr);
  Json notices() const;

 private:
  void appEnded(const kiosk::SessionInfo& info, const kiosk::SessionEnd& end);

  const kiosk::UserId user_;
  const Outside outside_;
  // Owners: this world and each stream of the user.
  const std::shared_ptr<Feed> feed_;
  Json pending_ = Json::array();
  std::map<std::string, std::unique_ptr<OpenApp>> apps_;
  std::deque<Json> notices_;
  std::uint64_t nextNotice_ = 1;
  /// Gone with the world: what was posted then knows it.
  const std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace web_host
