#include <kiosk/bridge/chrome.h>

namespace kiosk::bridge {
namespace {

using nlohmann::json;

json buttonJson(const ChromeButton& button) {
  return {{"text", button.text},
          {"visible", button.visible},
          {"enabled", button.enabled},
          {"busy", button.busy}};
}

}  // namespace

json chromeJson(const ChromeState& chrome) {
  return {{"title", chrome.title}, {"main", buttonJson(chrome.main)},
          {"back", chrome.back},   {"secondary", buttonJson(chrome.secondary)},
          {"depth", chrome.depth}, {"path", chrome.path}};
}

json themeJson(const ThemeState& theme) {
  return {{"scheme", theme.scheme},
          {"tokens", theme.tokens},
          {"textScale", theme.textScale},
          {"direction", theme.direction}};
}

json viewportJson(const ViewportState& viewport) {
  return {{"width", viewport.width},
          {"height", viewport.height},
          {"safeArea",
           {{"top", viewport.top},
            {"right", viewport.right},
            {"bottom", viewport.bottom},
            {"left", viewport.left}}}};
}

}  // namespace kiosk::bridge
