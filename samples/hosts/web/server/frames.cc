#include "frames.h"

namespace web_host {

OpenApp* Frames::find(const kiosk::SessionInfo& session) {
  return worlds_->of(session.user).find(session.id.value);
}

void Frames::chromeChanged(const kiosk::SessionInfo& session,
                           const kiosk::bridge::ChromeState& chrome) {
  if (auto* app = find(session)) app->setChrome(kiosk::bridge::chromeJson(chrome));
}

void Frames::toast(const kiosk::SessionInfo& session, const std::string& message,
                   const std::string& tone) {
  if (auto* app = find(session)) app->toast(message, tone);
}

kiosk::bridge::ThemeState Frames::theme(const kiosk::SessionInfo& session) {
  auto* app = find(session);
  return app == nullptr ? kiosk::bridge::ThemeState() : app->theme();
}

kiosk::bridge::ViewportState Frames::viewport(const kiosk::SessionInfo& session) {
  auto* app = find(session);
  return app == nullptr ? kiosk::bridge::ViewportState() : app->viewport();
}

}  // namespace web_host
