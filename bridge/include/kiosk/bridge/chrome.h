#pragma once
// The frame that the host draws around a mini-app, and questions in the mini-app's own words: what
// an app asks for by `ui.*`.

#include <kiosk/door.h>

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace kiosk::bridge {

/// A button of the host's own frame around a mini-app; what it says is the app's.
struct ChromeButton {
  std::string text;  ///< at most 64 characters
  bool visible = false;
  bool enabled = true;
  bool busy = false;  ///< at work: shown as such, and not to be pressed
};

/// The frame that the host draws around a mini-app, as its app asked for it.
struct ChromeState {
  std::string title;  ///< empty: the app's name
  ChromeButton main, secondary;
  bool back = false;        ///< there is a way back: the app's own, or pages behind this one
  std::uint32_t depth = 1;  ///< of the stack of pages
  std::string path = "/";   ///< of the page on top
};
/// {"title","main":{"text","visible","enabled","busy"},"secondary":{…},"back","depth","path"}
nlohmann::json chromeJson(const ChromeState& chrome);

/// One button of an alert, or one item of an action sheet. Words of the mini-app.
struct SheetChoice {
  std::string id;
  std::string label;
  std::string tone = "neutral";  ///< or "accent", "negative"
};

/// A question of the mini-app's own, in its own words: never to be drawn like a consent sheet.
struct SheetPrompt {
  std::uint64_t id = 0;
  std::string title;    ///< may be empty
  std::string message;  ///< of an alert
  std::vector<SheetChoice> choices;
};

struct ThemeState {
  std::string scheme = "light";               ///< or "dark"
  std::map<std::string, std::string> tokens;  ///< name of a colour → "#rrggbb"
  double textScale = 1;                       ///< of the user's own text size
  std::string direction = "ltr";              ///< or "rtl"
};
/// {"scheme","tokens","textScale","direction"}, as `themeChanged` carries it.
nlohmann::json themeJson(const ThemeState& theme);

/// Room for the mini-app in CSS pixels, and how much of it something covers at each edge.
struct ViewportState {
  std::uint32_t width = 0, height = 0;
  std::uint32_t top = 0, right = 0, bottom = 0, left = 0;
};
/// {"width","height","safeArea":{"top","right","bottom","left"}}, as `viewportChanged` carries it.
nlohmann::json viewportJson(const ViewportState& viewport);

/// Draws what a mini-app asks for by `ui.*`: the frame around it, toasts, alerts, action sheets. A
/// press goes back by Services::chromePressed, another theme or viewport by Session::sendEvent.
/// Threads: the loop's own.
class Chrome {
 public:
  virtual ~Chrome() = default;
  /// The frame is another than before; at most once per turn of the host's loop.
  virtual void chromeChanged(const SessionInfo& session, const ChromeState& chrome) = 0;
  /// A line that goes by itself. `tone` as in the view: "neutral", "positive", …
  virtual void toast(const SessionInfo& session, const std::string& message,
                     const std::string& tone) = 0;
  /// Shows `prompt`, at most one of a session at a time; calls `done` once, now or later, with the
  /// id of a choice, or with nothing when the user put it away.
  virtual void alert(const SessionInfo& session, const SheetPrompt& prompt,
                     std::function<void(std::string)> done) = 0;
  virtual void actionSheet(const SessionInfo& session, const SheetPrompt& prompt,
                           std::function<void(std::string)> done) = 0;
  /// The app behind `prompt` has gone, or waits no longer: take it away. Its answer is ignored.
  virtual void withdrawSheet(std::uint64_t id) = 0;
  virtual ThemeState theme(const SessionInfo& session) = 0;
  virtual ViewportState viewport(const SessionInfo& session) = 0;
};

}  // namespace kiosk::bridge
