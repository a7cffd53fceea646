#include "user_world.h"

#include <kiosk/clock.h>

#include <utility>

#include "bounds.h"

namespace web_host {
namespace {

/// How a session ends that nobody has to be told of.
bool isQuiet(kiosk::EndReason reason) {
  return reason == kiosk::EndReason::Closed || reason == kiosk::EndReason::Evicted;
}

}  // namespace

UserWorld::UserWorld(kiosk::UserId user, Outside outside, std::uint64_t firstEvent)
    : user_(std::move(user)),
      outside_(std::move(outside)),
      feed_(std::make_shared<Feed>(firstEvent)) {}

UserWorld::~UserWorld() { feed_->close(); }

void UserWorld::publish(Json event) {
  pending_.push_back(std::move(event));
  if (pending_.size() > 1) return;
  outside_.host.post([this, alive = std::weak_ptr(alive_)] {
    if (!alive.expired()) flush();
  });
}

std::uint64_t UserWorld::flush() {
  if (!pending_.empty()) {
    const Json events = std::exchange(pending_, Json::array());
    feed_->append(events.size() == 1 ? events.front() : events);
  }
  return feed_->newest();
}

void UserWorld::speak(const std::string& asked) {
  if (asked == "ru" || asked == "en") language = asked;
}

kiosk::Result<Json> UserWorld::open(std::shared_ptr<const kiosk::Package> package,
                                    kiosk::OpenOptions options) {
  if (apps_.size() >= kSessionsPerUserMax) {
    return kiosk::Error{kiosk::ErrorCode::LimitExceeded,
                        in("Too many mini-apps are open. Close one first.",
                           "Открыто слишком много приложений. Закройте одно из них.")};
  }
  options.user = user_;
  options.language = language;
  auto app = std::make_unique<OpenApp>();
  auto* opened = app.get();
  opened->setHooks(
      {[this](Json event) { publish(std::move(event)); },
       [this, opened](std::string_view method, std::string_view outcome) {
         if (outcome == "ok") {
           outside_.didCall(*this, opened->session().info(), method);
         }
       },
       [this, opened](const kiosk::SessionEnd& end) { appEnded(opened->session().info(), end); }});
  auto session = outside_.host.open(std::move(package), std::move(options), *opened);
  if (!session) return session.error();
  opened->holds(*std::move(session));
  apps_[opened->id()] = std::move(app);
  Json described = opened->describe();
  publish({{"type", "session"}, {"session", described}});
  return described;
}

OpenApp* UserWorld::find(const std::string& sessionId) {
  const auto found = apps_.find(sessionId);
  return found == apps_.end() ? nullptr : found->second.get();
}

Json UserWorld::sessions() const {
  Json all = Json::array();
  for (const auto& [id, app] : apps_) {
    if (!app->session().end()) all.push_back(app->describe());
  }
  return all;
}

void UserWorld::hideAll() {
  for (const auto& [id, app] : apps_) {
    if (app->session().state() == kiosk::SessionState::Shown) app->session().hide();
  }
}

void UserWorld::appEnded(const kiosk::SessionInfo& info, const kiosk::SessionEnd& end) {
  outside_.prompts.sessionEnded(info.id);
  if (!isQuiet(end.reason)) {
    notice("app", info.manifest().textsFor(info.language).name,
           in("The mini-app stopped. You can open it again.",
              "Приложение остановилось. Его можно открыть снова."),
           {{"app", info.manifest().appId.value}});
  }
  // Later: the session is telling us of its end just now.
  outside_.host.post([this, id = info.id.value, alive = std::weak_ptr(alive_)] {
    if (!alive.expired()) apps_.erase(id);
  });
}

void UserWorld::notice(const std::string& kind, const std::string& title, const std::string& text,
                       Json link) {
  Json made = {{"id", std::to_string(nextNotice_++)},
               {"kind", kind},
               {"title", title},
               {"text", text},
               {"atMs", kiosk::systemClock().wallMs()}};
  if (!link.is_null()) made["link"] = std::move(link);
  notices_.push_back(made);
  if (notices_.size() > kNoticesPerUserMax) notices_.pop_front();
  publish({{"type", "notice"}, {"notice", std::move(made)}});
}

Json UserWorld::notices() const {
  Json all = Json::array();
  for (auto at = notices_.rbegin(); at != notices_.rend(); ++at) all.push_back(*at);
  return all;
}

}  // namespace web_host
