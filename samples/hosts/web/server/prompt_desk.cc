#include "prompt_desk.h"

#include <algorithm>
#include <utility>

#include "bounds.h"

namespace web_host {
namespace {

using kiosk::ConsentAnswer;
using kiosk::Error;
using kiosk::ErrorCode;

Json aboutSession(const kiosk::SessionInfo& session) {
  const auto& manifest = session.manifest();
  return {{"session", session.id.value},
          {"app", manifest.appId.value},
          {"appName", manifest.textsFor(session.language).name},
          {"operator", manifest.appOperator ? manifest.appOperator->name : ""}};
}

std::optional<ConsentAnswer> consentAnswerOf(const std::string& word) {
  if (word == "granted") return ConsentAnswer::Granted;
  if (word == "refused") return ConsentAnswer::Refused;
  if (word == "dismissed") return ConsentAnswer::Dismissed;
  return std::nullopt;
}

}  // namespace

void PromptDesk::ask(const kiosk::SessionInfo& session, const kiosk::ConsentPrompt& prompt,
                     std::function<void(ConsentAnswer)> answer) {
  if (countOf(session.user) >= kPromptsPerUserMax) return answer(ConsentAnswer::Dismissed);
  Prompt made;
  made.user = session.user;
  made.session = session.id;
  made.consentId = prompt.id;
  made.consent = std::move(answer);
  made.facts = aboutSession(session);
  made.facts["kind"] = "consent";
  made.facts["permission"] = prompt.permission;
  made.facts["appName"] = prompt.appName;
  made.facts["operator"] = prompt.operatorName;
  made.facts["title"] = prompt.title;
  made.facts["reason"] = prompt.reason;
  made.facts["purpose"] = prompt.purpose;
  made.facts["everyTime"] = prompt.everyTime;
  made.facts["facts"] = Json::array();
  for (const auto& fact : prompt.facts) {
    made.facts["facts"].push_back({{"label", fact.label}, {"value", fact.value}});
  }
  made.facts["armAfterMs"] = kArmAfter.count();
  open(std::move(made));
}

void PromptDesk::pick(const kiosk::SessionInfo& session, const std::string& title,
                      const std::vector<kiosk::PickerOption>& options,
                      std::function<void(std::string)> chosen) {
  if (countOf(session.user) >= kPromptsPerUserMax) return chosen("");
  Prompt made;
  made.user = session.user;
  made.session = session.id;
  made.chosen = std::move(chosen);
  made.facts = aboutSession(session);
  made.facts["kind"] = "picker";
  made.facts["title"] = title;
  made.facts["options"] = Json::array();
  for (const auto& option : options) {
    made.optionIds.push_back(option.id);
    made.facts["options"].push_back({{"id", option.id}, {"label", option.label}});
  }
  open(std::move(made));
}

void PromptDesk::ask(const kiosk::SessionInfo& session, const char* kind, const char* choiceName,
                     const kiosk::bridge::SheetPrompt& prompt,
                     std::function<void(std::string)> chosen) {
  if (countOf(session.user) >= kPromptsPerUserMax) return chosen("");
  Prompt made;
  made.user = session.user;
  made.session = session.id;
  made.sheetId = prompt.id;
  made.choiceName = choiceName;
  made.chosen = std::move(chosen);
  made.facts = aboutSession(session);
  made.facts["kind"] = kind;
  made.facts["title"] = prompt.title;
  made.facts["message"] = prompt.message;
  made.facts["options"] = Json::array();
  for (const auto& choice : prompt.choices) {
    made.optionIds.push_back(choice.id);
    made.facts["options"].push_back(
        {{"id", choice.id}, {"label", choice.label}, {"tone", choice.tone}});
  }
  open(std::move(made));
}

void PromptDesk::alert(const kiosk::SessionInfo& session, const kiosk::bridge::SheetPrompt& prompt,
                       std::function<void(std::string)> chosen) {
  ask(session, "alert", "button", prompt, std::move(chosen));
}

void PromptDesk::actionSheet(const kiosk::SessionInfo& session,
                             const kiosk::bridge::SheetPrompt& prompt,
                             std::function<void(std::string)> chosen) {
  ask(session, "actionSheet", "item", prompt, std::move(chosen));
}

Json PromptDesk::describe(const Prompt& prompt, std::uint64_t number) const {
  Json all = prompt.facts;
  all["id"] = std::to_string(number);
  return all;
}

void PromptDesk::open(Prompt prompt) {
  const auto number = next_++;
  const auto& kept = prompts_.emplace(number, std::move(prompt)).first->second;
  publish_(kept.user, {{"type", "prompt"}, {"prompt", describe(kept, number)}});
}

std::size_t PromptDesk::countOf(const kiosk::UserId& user) const {
  return static_cast<std::size_t>(
      std::count_if(prompts_.begin(), prompts_.end(),
                    [&user](const auto& entry) { return entry.second.user == user; }));
}

PromptDesk::Prompt PromptDesk::close(Prompts::iterator prompt) {
  publish_(prompt->second.user, {{"type", "promptGone"}, {"id", std::to_string(prompt->first)}});
  Prompt taken = std::move(prompt->second);
  prompts_.erase(prompt);
  return taken;
}

void PromptDesk::closeWhere(const std::function<bool(const Prompt&)>& isIt) {
  for (auto at = prompts_.begin(); at != prompts_.end();) {
    const auto here = at++;
    if (isIt(here->second)) close(here);
  }
}

void PromptDesk::withdraw(std::uint64_t id) {
  closeWhere([id](const Prompt& prompt) { return prompt.consentId == id; });
}

void PromptDesk::withdrawSheet(std::uint64_t id) {
  closeWhere([id](const Prompt& prompt) { return prompt.sheetId == id; });
}

void PromptDesk::sessionEnded(const kiosk::SessionId& session) {
  closeWhere([&session](const Prompt& prompt) { return prompt.session == session; });
}

Json PromptDesk::openOf(const kiosk::UserId& user) const {
  Json all = Json::array();
  for (const auto& [number, prompt] : prompts_) {
    if (prompt.user == user) all.push_back(describe(prompt, number));
  }
  return all;
}

PromptDesk::Prompts::iterator PromptDesk::find(const kiosk::UserId& user, const std::string& id) {
  return std::find_if(prompts_.begin(), prompts_.end(), [&](const auto& entry) {
    return entry.second.user == user && std::to_string(entry.first) == id;
  });
}

void PromptDesk::shown(const kiosk::UserId& user, const std::string& id) {
  const auto prompt = find(user, id);
  if (prompt != prompts_.end()) prompt->second.shownUs = clock_.monotonicUs();
}

kiosk::Result<void> PromptDesk::answer(const kiosk::UserId& user, const std::string& id,
                                       const Json& body) {
  const auto prompt = find(user, id);
  if (prompt == prompts_.end()) return Error{ErrorCode::NotFound, "The question is gone."};
  return prompt->second.consent ? answerConsent(prompt, body) : answerChoice(prompt, body);
}

kiosk::Result<void> PromptDesk::answerConsent(Prompts::iterator prompt, const Json& body) {
  const auto given = consentAnswerOf(textOf(body, "answer"));
  if (!given) {
    return Error{ErrorCode::InvalidParams, "The answer is granted, refused or dismissed."};
  }
  const auto& shownUs = prompt->second.shownUs;
  const bool isArmed =
      shownUs && clock_.monotonicUs() - *shownUs >=
                     std::chrono::duration_cast<std::chrono::microseconds>(kArmAfter).count();
  if (*given == ConsentAnswer::Granted && !isArmed) {
    return Error{ErrorCode::NotReady, "Read it first: the button works after a moment."};
  }
  // Taken away before it is told: the answer may bring the next question.
  const auto taken = close(prompt);
  taken.consent(*given);
  publish_(taken.user, {{"type", "grants"}});
  return {};
}

kiosk::Result<void> PromptDesk::answerChoice(Prompts::iterator prompt, const Json& body) {
  const auto choice = body.find(prompt->second.choiceName);
  if (choice == body.end() || (!choice->is_null() && !choice->is_string())) {
    return Error{ErrorCode::InvalidParams, "The choice is one of the options, or null."};
  }
  const std::string id = choice->is_string() ? choice->get<std::string>() : "";
  const auto& offered = prompt->second.optionIds;
  if (choice->is_string() && std::find(offered.begin(), offered.end(), id) == offered.end()) {
    return Error{ErrorCode::InvalidParams, "That is none of the options."};
  }
  const auto taken = close(prompt);
  taken.chosen(id);
  return {};
}

}  // namespace web_host
