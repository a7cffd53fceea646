#pragma once
// The person at the terminal: is asked for consents, picks chats, and says what to touch.

#include <kiosk/providers.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace three_apps {

/// Draws sheets as lines; `answer` is given what the person typed. One sheet at a time is open: the
/// desk behind it asks one after the other for each session, and this queue for all of them.
class Person final : public kiosk::ConsentUi, public kiosk::Picker {
 public:
  void ask(const kiosk::SessionInfo& session, const kiosk::ConsentPrompt& prompt,
           std::function<void(kiosk::ConsentAnswer)> answer) override;
  void withdraw(std::uint64_t id) override;
  void pick(const kiosk::SessionInfo& session, const std::string& title,
            const std::vector<kiosk::PickerOption>& options,
            std::function<void(std::string)> chosen) override;

  /// True when `line` answered an open sheet.
  bool answer(const std::string& line);

 private:
  struct Sheet {
    std::uint64_t promptId = 0;  ///< 0: a picker
    std::vector<std::string> lines;
    std::function<void(kiosk::ConsentAnswer)> consent;
    std::vector<kiosk::PickerOption> options;
    std::function<void(std::string)> chosen;
  };
  void open(Sheet sheet);
  void showFirst() const;

  std::vector<Sheet> sheets_;
};

}  // namespace three_apps
