#pragma once
// The buttons of the frame around a mini-app, in the order in which the tool draws and numbers
// them.

#include <kiosk/bridge/chrome.h>
#include <kiosk/result.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::cli {

/// Presses a button of the frame around `session`, as Services::chromePressed.
using PressButton = std::function<Result<void>(const SessionId& session, std::string_view button)>;

struct FrameButton {
  std::string_view name;  ///< as Services::chromePressed takes it
  std::string label;
  bool enabled = true;
  bool busy = false;
};

/// Those that are shown. The way back is called "Back", or "Назад".
inline std::vector<FrameButton> chromeButtons(const bridge::ChromeState& chrome,
                                              std::string_view language) {
  std::vector<FrameButton> buttons;
  const auto add = [&](std::string_view name, const bridge::ChromeButton& one) {
    if (one.visible) buttons.push_back({name, one.text, one.enabled && !one.busy, one.busy});
  };
  add("main", chrome.main);
  add("secondary", chrome.secondary);
  const bool russian = language.substr(0, 2) == "ru";
  if (chrome.back) buttons.push_back({"back", russian ? "Назад" : "Back", true, false});
  return buttons;
}

}  // namespace kiosk::cli
