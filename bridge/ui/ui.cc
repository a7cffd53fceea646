#include "bridge/ui/ui.h"

#include <kiosk/bridge/catalogue.h>

#include <algorithm>

namespace kiosk::bridge {
namespace {

using nlohmann::json;

/// What may be done only while the user sees the app. Answers for it otherwise.
bool isSeen(const ContextPtr& context, Reply& reply) {
  const DoorSession* session = context->liveSession ? context->liveSession() : nullptr;
  if (session == nullptr) {
    reply.error(ErrorCode::Cancelled, "the session ended");
    return false;
  }
  if (session->shown()) return true;
  reply.error(ErrorCode::BackgroundForbidden, "the user does not see the app");
  return false;
}

std::vector<SheetChoice> choicesOf(const json& list) {
  std::vector<SheetChoice> choices;
  for (const json& one : list) {
    choices.push_back({one["id"].get<std::string>(), one["label"].get<std::string>(),
                       one.value("tone", "neutral")});
  }
  return choices;
}

bool hasTwins(const std::vector<SheetChoice>& choices) {
  for (auto at = choices.begin(); at != choices.end(); ++at) {
    const auto same = [&](const SheetChoice& other) { return other.id == at->id; };
    if (std::any_of(std::next(at), choices.end(), same)) return true;
  }
  return false;
}

/// Whether what an app wants to keep with a page is small enough. Answers for it otherwise.
bool fits(const ContextPtr& context, Reply& reply) {
  const auto params = context->params.find("params");
  if (params == context->params.end() || params->dump().size() <= kPageParamsBytesMax) return true;
  reply.error(ErrorCode::PayloadTooLarge, "a page's params are at most 4 KiB of JSON");
  return false;
}

}  // namespace

std::vector<MethodBinding> UiService::bindings() {
  return {binding("ui.setTitle", &UiService::setTitle),
          binding("ui.setMainButton", &UiService::setMainButton),
          binding("ui.setSecondaryButton", &UiService::setSecondaryButton),
          binding("ui.setBackButton", &UiService::setBackButton),
          binding("ui.toast", &UiService::toast),
          binding("ui.alert", &UiService::alert),
          binding("ui.actionSheet", &UiService::actionSheet),
          binding("ui.navigateTo", &UiService::navigateTo),
          binding("ui.redirectTo", &UiService::redirectTo),
          binding("ui.back", &UiService::back),
          binding("ui.reLaunch", &UiService::reLaunch),
          binding("ui.theme", &UiService::theme),
          binding("ui.viewport", &UiService::viewport)};
}

MethodBinding UiService::binding(const char* method, Act act) {
  return {method,
          [this, act](ContextPtr context, Reply reply) {
            Frame& frame = frames_[context->session.id];
            if (!frame.live) {
              frame.session = context->session;
              frame.live = context->liveSession;
            }
            (this->*act)(frame, context, std::move(reply));
          },
          nullptr, chrome_ == nullptr ? "this host draws no frame" : ""};
}

UiService::Frame* UiService::find(const SessionId& session) {
  const auto found = frames_.find(session);
  return found == frames_.end() ? nullptr : &found->second;
}

UiService::Page UiService::pageOf(const ContextPtr& context) {
  return {context->params["path"].get<std::string>(), context->params.value("params", json())};
}

/// Many changes of one turn are told as one.
void UiService::announce(Frame& frame) {
  frame.chrome.depth = static_cast<std::uint32_t>(frame.pages.size());
  frame.chrome.path = frame.pages.back().path;
  frame.chrome.back = frame.ownBack || frame.pages.size() > 1;
  if (std::exchange(frame.announced, true)) return;
  loop_->post([this, alive = std::weak_ptr(alive_), id = frame.session.id] {
    if (alive.expired()) return;
    Frame* const found = find(id);
    if (found == nullptr) return;
    found->announced = false;
    chrome_->chromeChanged(found->session, found->chrome);
  });
}

void UiService::setTitle(Frame& frame, const ContextPtr& context, Reply reply) {
  frame.chrome.title = context->params["title"].get<std::string>();
  announce(frame);
  reply.result(nullptr);
}

void UiService::setMainButton(Frame& frame, const ContextPtr& context, Reply reply) {
  setButton(frame, frame.chrome.main, context, std::move(reply));
}

void UiService::setSecondaryButton(Frame& frame, const ContextPtr& context, Reply reply) {
  setButton(frame, frame.chrome.secondary, context, std::move(reply));
}

void UiService::setButton(Frame& frame, ChromeButton& button, const ContextPtr& context,
                          Reply reply) {
  const json& params = context->params;
  ChromeButton next = button;
  next.text = params.value("text", button.text);
  next.visible = params.value("visible", button.visible);
  next.enabled = params.value("enabled", button.enabled);
  next.busy = params.value("busy", button.busy);
  if (next.visible && next.text.empty()) {
    return reply.error(ErrorCode::InvalidParams, "a button that is shown needs a text");
  }
  button = std::move(next);
  announce(frame);
  reply.result(nullptr);
}

void UiService::setBackButton(Frame& frame, const ContextPtr& context, Reply reply) {
  frame.ownBack = context->params["visible"].get<bool>();
  announce(frame);
  reply.result(nullptr);
}

void UiService::toast(Frame& frame, const ContextPtr& context, Reply reply) {
  if (!isSeen(context, reply)) return;
  chrome_->toast(frame.session, context->params["message"].get<std::string>(),
                 context->params.value("tone", "neutral"));
  reply.result(nullptr);
}

void UiService::alert(Frame& frame, const ContextPtr& context, Reply reply) {
  SheetPrompt prompt;
  prompt.title = context->params.value("title", "");
  prompt.message = context->params["message"].get<std::string>();
  prompt.choices = choicesOf(context->params.value("buttons", json::array()));
  if (prompt.choices.empty()) {
    const HostWords ok{"OK", "Понятно"};
    prompt.choices.push_back({"ok", ok.in(frame.session.language), "accent"});
  }
  open(frame, context, std::move(reply), std::move(prompt), Question::Alert);
}

void UiService::actionSheet(Frame& frame, const ContextPtr& context, Reply reply) {
  SheetPrompt prompt;
  prompt.title = context->params.value("title", "");
  prompt.choices = choicesOf(context->params["items"]);
  open(frame, context, std::move(reply), std::move(prompt), Question::ActionSheet);
}

void UiService::open(Frame& frame, const ContextPtr& context, Reply reply, SheetPrompt prompt,
                     Question question) {
  if (!isSeen(context, reply)) return;
  if (hasTwins(prompt.choices)) {
    return reply.error(ErrorCode::InvalidParams, "each choice has an id of its own");
  }
  if (frame.sheet) return reply.error(ErrorCode::Busy, "a question of the app is open already");
  prompt.id = ++lastSheet_;
  const SessionId session = frame.session.id;
  auto sheet = std::make_unique<Sheet>();
  sheet->id = prompt.id;
  sheet->callId = context->callId;
  sheet->choices = prompt.choices;
  sheet->member = question == Question::Alert ? "button" : "item";
  sheet->reply = std::make_shared<Reply>(std::move(reply));
  const std::weak_ptr<char> alive = alive_;
  sheet->timer = loop_->after(kSheetTimeMax, [this, alive, session, id = prompt.id] {
    if (!alive.expired()) giveUp(session, id);
  });
  frame.sheet = std::move(sheet);
  auto done = [this, alive, session, id = prompt.id](std::string choice) {
    if (!alive.expired()) answered(session, id, choice);
  };
  if (question == Question::Alert) {
    chrome_->alert(frame.session, prompt, std::move(done));
  } else {
    chrome_->actionSheet(frame.session, prompt, std::move(done));
  }
}

std::unique_ptr<UiService::Sheet> UiService::take(Frame& frame) {
  loop_->cancelTimer(frame.sheet->timer);
  return std::move(frame.sheet);
}

void UiService::answered(const SessionId& session, std::uint64_t sheetId,
                         const std::string& choice) {
  Frame* const frame = find(session);
  if (frame == nullptr || !frame->sheet || frame->sheet->id != sheetId) return;
  const auto sheet = take(*frame);
  const bool offered = std::any_of(sheet->choices.begin(), sheet->choices.end(),
                                   [&](const SheetChoice& one) { return one.id == choice; });
  if (!choice.empty() && !offered) {
    return sheet->reply->error(ErrorCode::HostError, "the host's sheet failed");
  }
  sheet->reply->result({{sheet->member, choice.empty() ? json() : json(choice)}});
}

/// Takes the open sheet away; its call ends as `timeout` unless it was ended already.
void UiService::giveUp(const SessionId& session, std::uint64_t sheetId) {
  Frame* const frame = find(session);
  if (frame == nullptr || !frame->sheet || frame->sheet->id != sheetId) return;
  const auto sheet = take(*frame);
  chrome_->withdrawSheet(sheet->id);
  sheet->reply->error(ErrorCode::Timeout, "the user did not answer");
}

void UiService::sessionClosed(const SessionInfo& session) {
  Frame* const frame = find(session.id);
  if (frame == nullptr) return;
  if (frame->sheet) giveUp(session.id, frame->sheet->id);
  frames_.erase(session.id);
}

void UiService::callCancelled(const SessionInfo& session, std::uint64_t callId) {
  Frame* const frame = find(session.id);
  if (frame == nullptr || !frame->sheet || frame->sheet->callId != callId) return;
  giveUp(session.id, frame->sheet->id);
}

/// The page on top is another than before.
void UiService::arrived(Frame& frame, const char* direction) {
  announce(frame);
  DoorSession* const session = frame.live ? frame.live() : nullptr;
  if (session == nullptr) return;
  const Page& page = frame.pages.back();
  session->sendEvent("navigated", {{"path", page.path},
                                   {"params", page.params},
                                   {"depth", frame.pages.size()},
                                   {"direction", direction}});
}

void UiService::navigateTo(Frame& frame, const ContextPtr& context, Reply reply) {
  if (!fits(context, reply)) return;
  if (frame.pages.size() >= kPagesMax) {
    return reply.error(ErrorCode::LimitExceeded, "the stack holds ten pages");
  }
  frame.pages.push_back(pageOf(context));
  arrived(frame, "forward");
  reply.result({{"depth", frame.pages.size()}});
}

void UiService::redirectTo(Frame& frame, const ContextPtr& context, Reply reply) {
  if (!fits(context, reply)) return;
  frame.pages.back() = pageOf(context);
  arrived(frame, "replace");
  reply.result({{"depth", frame.pages.size()}});
}

void UiService::reLaunch(Frame& frame, const ContextPtr& context, Reply reply) {
  if (!fits(context, reply)) return;
  frame.pages.clear();
  frame.pages.push_back(pageOf(context));
  arrived(frame, "relaunch");
  reply.result({{"depth", frame.pages.size()}});
}

void UiService::back(Frame& frame, const ContextPtr& context, Reply reply) {
  goBack(frame, context->params.value("delta", std::size_t{1}));
  reply.result({{"depth", frame.pages.size()}});
}

void UiService::goBack(Frame& frame, std::size_t delta) {
  if (frame.pages.size() == 1) return;
  frame.pages.resize(frame.pages.size() - std::min(delta, frame.pages.size() - 1));
  arrived(frame, "back");
}

void UiService::theme(Frame& frame, const ContextPtr&, Reply reply) {
  reply.result(themeJson(chrome_->theme(frame.session)));
}

void UiService::viewport(Frame& frame, const ContextPtr&, Reply reply) {
  reply.result(viewportJson(chrome_->viewport(frame.session)));
}

Result<void> UiService::pressed(const SessionId& session, std::string_view button) {
  Frame* const frame = find(session);
  DoorSession* const live = frame != nullptr && frame->live ? frame->live() : nullptr;
  if (live == nullptr) return Error{ErrorCode::NotFound, "there is no such button"};
  const auto canPress = [](const ChromeButton& one) {
    return one.visible && one.enabled && !one.busy;
  };
  const bool isMain = button == "main", isSecondary = button == "secondary";
  const bool there = (isMain && canPress(frame->chrome.main)) ||
                     (isSecondary && canPress(frame->chrome.secondary)) ||
                     (button == "back" && frame->chrome.back);
  if (!there) return Error{ErrorCode::NotFound, "there is no such button"};
  if (!live->shown()) return Error{ErrorCode::NotReady, "the app is not shown"};
  live->noteTouch();
  if (isMain || isSecondary) {
    live->sendEvent(isMain ? "mainButton" : "secondaryButton", json::object());
  } else if (frame->ownBack) {
    live->sendEvent("backPressed", json::object());
  } else {
    goBack(*frame, 1);
  }
  return {};
}

}  // namespace kiosk::bridge
