#include "open_app.h"

#include <kiosk/view.h>

#include "bounds.h"

namespace web_host {
namespace {

constexpr std::int64_t kSidePixelsMax = 10'000;
constexpr double kTextScaleMin = 0.5;
constexpr double kTextScaleMax = 4;

/// Colours of the page that an app may go by (page/styles/tokens.css has all of them).
std::map<std::string, std::string> coloursOf(const std::string& scheme) {
  if (scheme == "dark") {
    return {{"accent", "#5f59f0"},
            {"ground", "#0c0d13"},
            {"ink", "#eef0f8"},
            {"line", "#282c3a"},
            {"surface", "#161822"}};
  }
  return {{"accent", "#4f46e5"},
          {"ground", "#eceef5"},
          {"ink", "#14161f"},
          {"line", "#e2e5ee"},
          {"surface", "#ffffff"}};
}

bool isSide(std::int64_t pixels) { return pixels > 0 && pixels <= kSidePixelsMax; }

}  // namespace

Json OpenApp::describe() const {
  const auto& info = session_->info();
  const auto& manifest = info.manifest();
  return {{"id", info.id.value},
          {"app", manifest.appId.value},
          {"appName", manifest.textsFor(info.language).name},
          {"operator", manifest.appOperator ? manifest.appOperator->name : ""},
          {"state", std::string(kiosk::sessionStateName(session_->state()))},
          {"view", viewJson(session_->view())},
          {"chrome", chrome_},
          {"entryPoint", info.entryPoint},
          {"openedAtMs", info.openedAtMs}};
}

bool OpenApp::isRepeat(const Acked& act) {
  if (act.n <= 0 || act.page.size() > kPageIdBytesMax) return false;
  auto& newest = counts_[act.page];
  if (act.n <= newest) return true;
  newest = act.n;
  // Pages come and go; which of them is forgotten matters little.
  if (counts_.size() > kPagesPerUserMax) {
    counts_.erase(counts_.begin()->first == act.page ? std::next(counts_.begin())
                                                     : counts_.begin());
  }
  return false;
}

kiosk::Result<void> OpenApp::act(const Json& body) {
  const auto node = static_cast<kiosk::ViewNodeId>(numberOf(body, "node", -1));
  const std::string event = textOf(body, "event");
  const Acked count{numberOf(body, "n", 0), textOf(body, "page")};
  if (isRepeat(count)) return {};
  kiosk::UserAct user{event, std::nullopt};
  if (const auto value = body.find("value"); value != body.end() && value->is_string()) {
    user.value = value->get<std::string>();
  }
  const auto acted = session_->act(node, user);
  // Only now: what changed before the act may still be told within it, and has not seen it.
  acked_ = count;
  return acted;
}

kiosk::Result<void> OpenApp::setEnvironment(const Json& body) {
  const std::string scheme = textOf(body, "scheme"), direction = textOf(body, "direction");
  const auto width = numberOf(body, "width", 0), height = numberOf(body, "height", 0);
  const auto scale = body.find("textScale");
  const double textScale = scale != body.end() && scale->is_number() ? scale->get<double>() : 0;
  const bool isSound = (scheme == "light" || scheme == "dark") &&
                       (direction == "ltr" || direction == "rtl") && isSide(width) &&
                       isSide(height) && textScale >= kTextScaleMin && textScale <= kTextScaleMax;
  if (!isSound) {
    return kiosk::Error{kiosk::ErrorCode::InvalidParams,
                        "The page's scheme, size, text scale or direction makes no sense."};
  }
  theme_ = {scheme, coloursOf(scheme), textScale, direction};
  viewport_.width = static_cast<std::uint32_t>(width);
  viewport_.height = static_cast<std::uint32_t>(height);
  Json theme = kiosk::bridge::themeJson(theme_);
  Json viewport = kiosk::bridge::viewportJson(viewport_);
  if (theme != toldTheme_) session_->sendEvent("themeChanged", theme);
  if (viewport != toldViewport_) session_->sendEvent("viewportChanged", viewport);
  toldTheme_ = std::move(theme);
  toldViewport_ = std::move(viewport);
  return {};
}

void OpenApp::addAcked(Json& event) const {
  if (!acked_) return;
  event["acked"] = acked_->n;
  if (!acked_->page.empty()) event["ackedPage"] = acked_->page;
}

void OpenApp::started(std::chrono::microseconds) { stateChanged(session_->state()); }

void OpenApp::setChrome(Json chrome) {
  chrome_ = std::move(chrome);
  hooks_.publish({{"type", "chrome"}, {"session", id()}, {"chrome", chrome_}});
}

void OpenApp::toast(const std::string& message, const std::string& tone) {
  hooks_.publish({{"type", "toast"}, {"session", id()}, {"message", message}, {"tone", tone}});
}

void OpenApp::viewPatched(const Json& patch) {
  Json event = {{"type", "patch"}, {"session", id()}, {"patch", patch}};
  addAcked(event);
  hooks_.publish(std::move(event));
}

void OpenApp::stateChanged(kiosk::SessionState state) {
  if (state == kiosk::SessionState::Ended) return;
  hooks_.publish({{"type", "session"}, {"session", describe()}});
}

void OpenApp::logged(kiosk::LogLevel level, std::string_view text) {
  hooks_.publish({{"type", "log"},
                  {"session", id()},
                  {"level", std::string(kiosk::logLevelName(level))},
                  {"text", std::string(text)}});
}

void OpenApp::called(std::string_view method, std::string_view outcome, std::chrono::microseconds) {
  hooks_.called(method, outcome);
}

void OpenApp::ended(const kiosk::SessionEnd& end) {
  hooks_.publish({{"type", "ended"},
                  {"session", id()},
                  {"app", session_->info().manifest().appId.value},
                  {"reason", std::string(kiosk::endReasonName(end.reason))},
                  {"detail", end.detail}});
  hooks_.ended(end);
}

}  // namespace web_host
