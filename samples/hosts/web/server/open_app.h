#pragma once
// One running mini-app as its user's pages see it.

#include <kiosk/bridge/chrome.h>
#include <kiosk/session.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "json.h"

namespace web_host {

/// What the pages sent with the newest act: "n" comes back as "acked" with what it changed.
struct Acked {
  std::int64_t n = 0;
  std::string page;
};

/// Threads: the loop's own.
class OpenApp final : public kiosk::SessionObserver {
 public:
  struct Hooks {
    std::function<void(Json event)> publish;  ///< to all pages of the user
    std::function<void(std::string_view method, std::string_view outcome)> called;
    std::function<void(const kiosk::SessionEnd& end)> ended;
  };
  void setHooks(Hooks hooks) { hooks_ = std::move(hooks); }

  /// The session that this observes; once, right after it was opened.
  void holds(std::unique_ptr<kiosk::Session> session) { session_ = std::move(session); }
  kiosk::Session& session() const { return *session_; }
  const std::string& id() const { return session_->info().id.value; }

  /// As pages know it, with its whole view.
  Json describe() const;

  /// What the user did to a node. What a page sent already, by its count `n`, is not done again:
  /// a page that got no answer repeats itself.
  /// Errors: as Session::act.
  kiosk::Result<void> act(const Json& body);

  /// What the page draws it in: {"scheme", "width", "height", "textScale", "direction"}. The app
  /// hears of what changed, as `themeChanged` and `viewportChanged`.
  /// Errors: InvalidParams   a member is missing or out of its range.
  kiosk::Result<void> setEnvironment(const Json& body);
  /// As the page said last.
  const kiosk::bridge::ThemeState& theme() const { return theme_; }
  const kiosk::bridge::ViewportState& viewport() const { return viewport_; }

  /// The frame around the app, as pages draw it from now on.
  void setChrome(Json chrome);
  void toast(const std::string& message, const std::string& tone);

  void started(std::chrono::microseconds launch) override;
  bool wantsPatches() const override { return true; }
  void viewPatched(const Json& patch) override;
  void stateChanged(kiosk::SessionState state) override;
  void logged(kiosk::LogLevel level, std::string_view text) override;
  void called(std::string_view method, std::string_view outcome,
              std::chrono::microseconds duration) override;
  void ended(const kiosk::SessionEnd& end) override;

 private:
  void addAcked(Json& event) const;
  bool isRepeat(const Acked& act);

  Hooks hooks_;
  std::unique_ptr<kiosk::Session> session_;
  std::optional<Acked> acked_;
  Json chrome_ = Json::object();
  kiosk::bridge::ThemeState theme_;
  kiosk::bridge::ViewportState viewport_;
  Json toldTheme_, toldViewport_;               ///< as the app was told last; null before
  std::map<std::string, std::int64_t> counts_;  ///< newest `n` by page; bounded
};

}  // namespace web_host
