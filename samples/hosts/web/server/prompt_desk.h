#pragma once
// Questions to users: consents, choices, and what apps ask in their own words. Each is sent to the
// user's pages, kept until it is answered or withdrawn, and shown again by a page that was
// reloaded.
//
//   asked ──► shown (a page says that the sheet is visible) ── 500 ms ──► a grant is taken
//     │         └── shown again by another page: the 500 ms begin anew
//     └── refused, dismissed, withdrawn: at any time
//
// An answer is taken once, and only from the user who was asked. Threads: the loop's own.

#include <kiosk/bridge/chrome.h>
#include <kiosk/clock.h>
#include <kiosk/providers.h>

#include <map>
#include <optional>
#include <string>

#include "json.h"

namespace web_host {

class PromptDesk final : public kiosk::ConsentUi, public kiosk::Picker {
 public:
  /// `publish` sends an event to all pages of a user.
  using Publish = std::function<void(const kiosk::UserId& user, Json event)>;
  explicit PromptDesk(kiosk::Clock& clock = kiosk::systemClock()) : clock_(clock) {}
  void publishBy(Publish publish) { publish_ = std::move(publish); }

  void ask(const kiosk::SessionInfo& session, const kiosk::ConsentPrompt& prompt,
           std::function<void(kiosk::ConsentAnswer)> answer) override;
  void withdraw(std::uint64_t id) override;
  void pick(const kiosk::SessionInfo& session, const std::string& title,
            const std::vector<kiosk::PickerOption>& options,
            std::function<void(std::string)> chosen) override;

  /// A question of the app's own: an alert, answered by {"button"}, or an action sheet, {"item"}.
  void alert(const kiosk::SessionInfo& session, const kiosk::bridge::SheetPrompt& prompt,
             std::function<void(std::string)> chosen);
  void actionSheet(const kiosk::SessionInfo& session, const kiosk::bridge::SheetPrompt& prompt,
                   std::function<void(std::string)> chosen);
  void withdrawSheet(std::uint64_t id);

  /// Takes away what a session asked that is gone.
  void sessionEnded(const kiosk::SessionId& session);

  /// Open questions of `user`, the oldest first.
  Json openOf(const kiosk::UserId& user) const;
  /// A page draws it. One that is gone by now, or is another user's, is passed over.
  void shown(const kiosk::UserId& user, const std::string& id);
  /// `body` is what the page sent: {"answer"}, or {"choice"}, {"button"} or {"item"}.
  /// Errors: NotFound        as above, or answered already
  ///         NotReady        a grant before the sheet was visible for kArmAfter
  ///         InvalidParams   no answer to this question
  kiosk::Result<void> answer(const kiosk::UserId& user, const std::string& id, const Json& body);

 private:
  struct Prompt {
    kiosk::UserId user;
    kiosk::SessionId session;
    std::optional<std::uint64_t> consentId, sheetId;  ///< as who asks knows it
    Json facts;                                       ///< what pages draw
    std::optional<std::int64_t> shownUs;
    std::vector<std::string> optionIds;
    const char* choiceName = "choice";  ///< of the member that an answer has
    std::function<void(kiosk::ConsentAnswer)> consent;
    std::function<void(std::string)> chosen;
  };
  using Prompts = std::map<std::uint64_t, Prompt>;
  Json describe(const Prompt& prompt, std::uint64_t number) const;
  void ask(const kiosk::SessionInfo& session, const char* kind, const char* choiceName,
           const kiosk::bridge::SheetPrompt& prompt, std::function<void(std::string)> chosen);
  void open(Prompt prompt);
  void closeWhere(const std::function<bool(const Prompt&)>& isIt);
  std::size_t countOf(const kiosk::UserId& user) const;
  Prompts::iterator find(const kiosk::UserId& user, const std::string& id);
  /// Takes the question away from all pages, and hands it over.
  Prompt close(Prompts::iterator prompt);
  kiosk::Result<void> answerConsent(Prompts::iterator prompt, const Json& body);
  kiosk::Result<void> answerChoice(Prompts::iterator prompt, const Json& body);

  kiosk::Clock& clock_;
  Publish publish_;
  Prompts prompts_;
  std::uint64_t next_ = 1;
};

}  // namespace web_host
