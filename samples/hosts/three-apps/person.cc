#include "person.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace three_apps {

void Person::ask(const kiosk::SessionInfo&, const kiosk::ConsentPrompt& prompt,
                 std::function<void(kiosk::ConsentAnswer)> answer) {
  Sheet sheet;
  sheet.promptId = prompt.id;
  sheet.lines = {prompt.title, "for " + prompt.appName + ", by " + prompt.operatorName};
  for (const auto& fact : prompt.facts) sheet.lines.push_back(fact.label + ": " + fact.value);
  if (!prompt.reason.empty()) sheet.lines.push_back("The app says: \"" + prompt.reason + "\"");
  sheet.lines.push_back("Allow? y or n");
  sheet.consent = std::move(answer);
  open(std::move(sheet));
}

void Person::withdraw(std::uint64_t id) {
  std::erase_if(sheets_, [id](const Sheet& sheet) { return sheet.promptId == id; });
}

void Person::pick(const kiosk::SessionInfo&, const std::string& title,
                  const std::vector<kiosk::PickerOption>& options,
                  std::function<void(std::string)> chosen) {
  Sheet sheet;
  sheet.lines = {title};
  for (const auto& option : options) {
    sheet.lines.push_back(std::to_string(sheet.lines.size()) + " " + option.label);
  }
  sheet.options = options;
  sheet.chosen = std::move(chosen);
  open(std::move(sheet));
}

void Person::open(Sheet sheet) {
  sheets_.push_back(std::move(sheet));
  if (sheets_.size() == 1) showFirst();
}

void Person::showFirst() const {
  if (sheets_.empty()) return;
  for (const auto& line : sheets_.front().lines) std::printf("  | %s\n", line.c_str());
}

bool Person::answer(const std::string& line) {
  if (sheets_.empty()) return false;
  const std::size_t number = std::strtoul(line.c_str(), nullptr, 10);
  const bool isConsent = sheets_.front().consent != nullptr;
  const std::size_t count = sheets_.front().options.size();
  const bool understood = isConsent ? line == "y" || line == "n" : number <= count && number > 0;
  if (!understood) return false;
  // Taken off before it is told: the answer may open the next one.
  const Sheet sheet = std::move(sheets_.front());
  sheets_.erase(sheets_.begin());
  if (isConsent) {
    sheet.consent(line == "y" ? kiosk::ConsentAnswer::Granted : kiosk::ConsentAnswer::Refused);
  } else {
    sheet.chosen(sheet.options[number - 1].id);
  }
  showFirst();
  return true;
}

}  // namespace three_apps
