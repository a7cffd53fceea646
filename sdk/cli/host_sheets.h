#pragma once
// The tool's part of the host: consent sheets, pickers, and the frame around the mini-app with its
// alerts and action sheets; answered by a policy, by steps or by a person.

#include <kiosk/bridge/chrome.h>
#include <kiosk/providers.h>
#include <kiosk/result.h>

#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "sdk/cli/reporter.h"

namespace kiosk::cli {

/// `--grant ask|all|none|NAME,…`
struct GrantPolicy {
  enum class Kind : std::uint8_t { Ask, All, None, Listed };
  Kind kind = Kind::Ask;
  std::set<std::string, std::less<>> names;

  /// Errors: InvalidParams   an empty or unreadable list.
  static Result<GrantPolicy> parse(std::string_view text);
};

/// The bridge asks for one consent after the other. Choices wait behind each other.
class HostSheets final : public ConsentUi, public Picker, public bridge::Chrome {
 public:
  /// Borrowed; must outlive the sheets. Without `someoneAnswers` an open question is refused at
  /// once.
  HostSheets(GrantPolicy policy, Reporter& reporter, bool someoneAnswers)
      : policy_(std::move(policy)), reporter_(reporter), someoneAnswers_(someoneAnswers) {}

  void ask(const SessionInfo& session, const ConsentPrompt& prompt,
           std::function<void(ConsentAnswer)> answer) override;
  void withdraw(std::uint64_t id) override;
  void pick(const SessionInfo& session, const std::string& title,
            const std::vector<PickerOption>& options,
            std::function<void(std::string)> chosen) override;

  void chromeChanged(const SessionInfo& session, const bridge::ChromeState& chrome) override;
  void toast(const SessionInfo& session, const std::string& message,
             const std::string& tone) override;
  void alert(const SessionInfo& session, const bridge::SheetPrompt& prompt,
             std::function<void(std::string)> done) override;
  void actionSheet(const SessionInfo& session, const bridge::SheetPrompt& prompt,
                   std::function<void(std::string)> done) override;
  void withdrawSheet(std::uint64_t id) override;
  bridge::ThemeState theme(const SessionInfo& session) override;
  bridge::ViewportState viewport(const SessionInfo& session) override;

  /// The frame as the app asked for it last.
  const bridge::ChromeState& chrome() const { return chrome_; }

  bool consentOpen() const { return consent_.has_value(); }
  /// A picker, an alert or an action sheet.
  bool pickerOpen() const { return !choices_.empty(); }
  void answerConsent(bool grant);
  /// The options of the one that is open.
  const std::vector<PickerOption>& options() const { return choices_.front().options; }
  /// Chooses an option by id; empty dismisses.
  void choose(const std::string& id);

  /// Called when a sheet opens that somebody has to answer.
  std::function<void()> onOpened;
  /// Called when the frame is another than before.
  std::function<void()> onChrome;

 private:
  struct OpenConsent {
    ConsentPrompt prompt;
    std::function<void(ConsentAnswer)> answer;
  };
  struct OpenChoice {
    std::uint64_t id = 0;  ///< of an alert or an action sheet; 0: a picker
    std::string title;
    std::vector<PickerOption> options;
    std::function<void(std::string)> chosen;
  };
  void openSheet(const bridge::SheetPrompt& prompt, std::function<void(std::string)> done);
  void openChoice(OpenChoice choice);
  void showNext();
  GrantPolicy policy_;
  Reporter& reporter_;
  bool someoneAnswers_;
  std::optional<OpenConsent> consent_;
  std::deque<OpenChoice> choices_;
  bridge::ChromeState chrome_;
};

}  // namespace kiosk::cli
