#include "sdk/cli/host_sheets.h"

#include <utility>

namespace kiosk::cli {

Result<GrantPolicy> GrantPolicy::parse(std::string_view text) {
  GrantPolicy policy;
  if (text == "ask") return policy;
  if (text == "all") {
    policy.kind = Kind::All;
    return policy;
  }
  if (text == "none") {
    policy.kind = Kind::None;
    return policy;
  }
  policy.kind = Kind::Listed;
  while (!text.empty()) {
    const auto comma = text.find(',');
    const auto name = text.substr(0, comma);
    if (name.empty()) break;
    policy.names.emplace(name);
    text = comma == std::string_view::npos ? "" : text.substr(comma + 1);
    if (comma != std::string_view::npos && text.empty()) break;
  }
  if (!text.empty() || policy.names.empty()) {
    return Error{ErrorCode::InvalidParams,
                 "--grant takes ask, all, none, or names of permissions with commas between them"};
  }
  return policy;
}

void HostSheets::ask(const SessionInfo&, const ConsentPrompt& prompt,
                     std::function<void(ConsentAnswer)> answer) {
  const auto byPolicy = [&](bool grant) {
    reporter_.consentAnswered(prompt, grant);
    answer(grant ? ConsentAnswer::Granted : ConsentAnswer::Denied);
  };
  reporter_.consentAsked(prompt);
  switch (policy_.kind) {
    case GrantPolicy::Kind::All:
      return byPolicy(true);
    case GrantPolicy::Kind::None:
      return byPolicy(false);
    case GrantPolicy::Kind::Listed:
      return byPolicy(policy_.names.count(prompt.permission) != 0);
    case GrantPolicy::Kind::Ask:
      break;
  }
  if (!someoneAnswers_) return byPolicy(false);
  consent_ = OpenConsent{prompt, std::move(answer)};
  if (onOpened) onOpened();
}

void HostSheets::withdraw(std::uint64_t id) {
  if (consent_ && consent_->prompt.id == id) consent_.reset();
}

void HostSheets::pick(const SessionInfo&, const std::string& title,
                      const std::vector<PickerOption>& options,
                      std::function<void(std::string)> chosen) {
  openChoice({0, title, options, std::move(chosen)});
}

void HostSheets::openChoice(OpenChoice choice) {
  if (!someoneAnswers_) {
    reporter_.pickerShown(choice.title, choice.options);
    return choice.chosen("");
  }
  choices_.push_back(std::move(choice));
  if (choices_.size() > 1) return;
  reporter_.pickerShown(choices_.front().title, choices_.front().options);
  if (onOpened) onOpened();
}

void HostSheets::openSheet(const bridge::SheetPrompt& prompt,
                           std::function<void(std::string)> done) {
  OpenChoice choice{prompt.id, prompt.title, {}, std::move(done)};
  if (!prompt.message.empty()) choice.title += (choice.title.empty() ? "" : ": ") + prompt.message;
  for (const auto& one : prompt.choices) choice.options.push_back({one.id, one.label});
  openChoice(std::move(choice));
}

void HostSheets::alert(const SessionInfo&, const bridge::SheetPrompt& prompt,
                       std::function<void(std::string)> done) {
  openSheet(prompt, std::move(done));
}

void HostSheets::actionSheet(const SessionInfo&, const bridge::SheetPrompt& prompt,
                             std::function<void(std::string)> done) {
  openSheet(prompt, std::move(done));
}

void HostSheets::withdrawSheet(std::uint64_t id) {
  for (auto at = choices_.begin(); at != choices_.end(); ++at) {
    if (at->id != id) continue;
    const bool wasOpen = at == choices_.begin();
    choices_.erase(at);
    if (wasOpen) showNext();
    return;
  }
}

void HostSheets::showNext() {
  if (choices_.empty()) return;
  reporter_.pickerShown(choices_.front().title, choices_.front().options);
  if (onOpened) onOpened();
}

void HostSheets::chromeChanged(const SessionInfo&, const bridge::ChromeState& chrome) {
  chrome_ = chrome;
  reporter_.chrome(chrome);
  if (onChrome) onChrome();
}

void HostSheets::toast(const SessionInfo&, const std::string& message, const std::string& tone) {
  reporter_.toast(message, tone);
}

/// A terminal has neither colours of a brand nor a size in pixels; this is what fits its room.
bridge::ThemeState HostSheets::theme(const SessionInfo& session) {
  bridge::ThemeState theme;
  const bool rtl = session.language.rfind("ar", 0) == 0 || session.language.rfind("he", 0) == 0;
  theme.direction = rtl ? "rtl" : "ltr";
  return theme;
}

bridge::ViewportState HostSheets::viewport(const SessionInfo&) {
  bridge::ViewportState viewport;
  viewport.width = 720;
  viewport.height = 480;
  return viewport;
}

void HostSheets::answerConsent(bool grant) {
  const auto open = std::exchange(consent_, std::nullopt);
  reporter_.consentAnswered(open->prompt, grant);
  open->answer(grant ? ConsentAnswer::Granted : ConsentAnswer::Refused);
}

void HostSheets::choose(const std::string& id) {
  const OpenChoice open = std::move(choices_.front());
  choices_.pop_front();
  open.chosen(id);
  showNext();
}

}  // namespace kiosk::cli
