#include "sdk/cli/runner.h"

#include <poll.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>

#include "sdk/cli/exit_status.h"

namespace kiosk::cli {
namespace {

constexpr std::size_t kLineBytesMax = 16 * 1024;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// The number that `text` begins with, taken off it; 0 when it begins with none.
std::size_t takeNumber(std::string_view& text) {
  std::size_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{}) return 0;
  text = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  return number;
}

}  // namespace

Result<int> Runner::run(std::shared_ptr<const Package> package, OpenOptions options) {
  sheets_.onOpened = [this] { host_.post([this] { advanceSteps(); }); };
  sheets_.onChrome = [this] { chromeChanged(); };
  auto session = host_.open(std::move(package), std::move(options), *this);
  if (!session) return std::move(session).error();
  session_ = std::move(*session);
  if (options_.timeout) {
    host_.after(*options_.timeout, [this] {
      if (session_->running()) session_->close(EndReason::Timeout);
    });
  }
  if (steps_ != nullptr) waitForStep();
  loop();
  return status();
}

void Runner::loop() {
  bool keyboard = options_.interactive;
  while (!end_) {
    pollfd watched[] = {{host_.pollFd(), POLLIN, 0},
                        {interrupt_.fd(), POLLIN, 0},
                        {keyboard ? STDIN_FILENO : -1, POLLIN, 0}};
    if (poll(watched, 3, -1) < 0) continue;
    if (interrupt_.take() && !closedByPerson_) {
      closedByPerson_ = true;
      session_->close();
    }
    if (watched[2].revents != 0) {
      const auto before = typed_.size();
      readKeyboard();
      if (typed_.size() == before && (watched[2].revents & POLLIN) == 0) keyboard = false;
    }
    host_.runOnce(std::chrono::milliseconds(0));
  }
}

int Runner::status() const {
  if (steps_ != nullptr) return stepsDone_ ? kExitOk : kExitFailed;
  return end_->reason == EndReason::Closed ? kExitOk : kExitFailed;
}

void Runner::started(std::chrono::microseconds launch) {
  reporter_.started(session_->info(), launch);
  host_.post([this] { advanceSteps(); });
}

void Runner::viewChanged(const ViewNode& root) {
  reporter_.view(root);
  host_.post([this] { advanceSteps(); });
}

void Runner::logged(LogLevel level, std::string_view text) { reporter_.log(level, text); }

void Runner::called(std::string_view method, std::string_view outcome,
                    std::chrono::microseconds duration) {
  reporter_.call(method, outcome, duration);
}

void Runner::ended(const SessionEnd& end) {
  if (steps_ != nullptr && !stepsDone_) {
    steps_->sessionEnded();
    if (!steps_->failure().empty()) std::fprintf(stderr, "kiosk: %s\n", steps_->failure().c_str());
  }
  reporter_.ended(end);
  end_ = end;
}

void Runner::advanceSteps() {
  if (steps_ == nullptr || end_ || stepsDone_ || !session_->running()) return;
  const auto before = steps_->position();
  steps_->advance(*session_);
  if (steps_->state() != StepRunner::State::Running) return stepsOver();
  if (steps_->position() != before) waitForStep();
}

void Runner::waitForStep() {
  if (stepTimer_) host_.cancelTimer(*stepTimer_);
  stepTimer_ = host_.after(kStepWaitMax, [this] {
    stepTimer_.reset();
    if (end_ || stepsDone_) return;
    steps_->timedOut();
    if (session_->running()) stepsOver();
  });
}

void Runner::stepsOver() {
  if (steps_->state() == StepRunner::State::Done) {
    stepsDone_ = true;
  }
  session_->close();
}

void Runner::readKeyboard() {
  char bytes[4096];
  const ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
  if (got <= 0) {
    // End of input is a person's goodbye.
    if (got == 0 && session_->running()) {
      closedByPerson_ = true;
      options_.interactive = false;
      session_->close();
    }
    return;
  }
  typed_.append(bytes, static_cast<std::size_t>(got));
  for (auto end = typed_.find('\n'); end != std::string::npos; end = typed_.find('\n')) {
    const std::string line = typed_.substr(0, end);
    typed_.erase(0, end + 1);
    answer(trimmed(line));
  }
  if (typed_.size() > kLineBytesMax) typed_.clear();
}

void Runner::answer(std::string_view line) {
  if (!session_->running()) return;
  if (line == "q" || line == "quit") {
    closedByPerson_ = true;
    return session_->close();
  }
  if (sheets_.consentOpen() || sheets_.pickerOpen()) return answerSheet(line);
  if (line.empty()) return;
  const std::size_t number = takeNumber(line);
  act(number, line);
}

/// Acts on what carries `number`: a part of the view, or after them a button of the frame.
void Runner::act(std::size_t number, std::string_view text) {
  const auto targets = viewTargets(session_->view());
  Result<void> acted;
  if (number >= 1 && number <= targets.size()) {
    const ViewNode& target = *targets[number - 1];
    acted = takesText(target) && !text.empty() ? session_->type(target.id, text)
                                               : session_->tap(target.id);
  } else {
    std::size_t at = targets.size();
    std::string_view pressed;
    for (const auto& button : chromeButtons(sheets_.chrome(), options_.language)) {
      if (button.enabled && ++at == number) pressed = button.name;
    }
    if (pressed.empty()) {
      return reporter_.notice("type a number to tap, a number and a text to type, q to quit");
    }
    acted = options_.press(session_->info().id, pressed);
  }
  if (!acted) reporter_.notice(acted.error().message);
}

void Runner::chromeChanged() {
  if (session_ && session_->running()) reporter_.view(session_->view());
  host_.post([this] { advanceSteps(); });
}

void Runner::answerSheet(std::string_view line) {
  if (sheets_.consentOpen()) {
    if (line == "y" || line == "yes") return sheets_.answerConsent(true);
    if (line == "n" || line == "no") return sheets_.answerConsent(false);
    return reporter_.notice("answer y to allow, n to refuse");
  }
  const std::size_t number = takeNumber(line);
  if (number >= 1 && number <= sheets_.options().size()) {
    return sheets_.choose(std::string(sheets_.options()[number - 1].id));
  }
  if (line == "0" || line == "n") return sheets_.choose("");
  reporter_.notice("type the number of your choice, n for none of them");
}

}  // namespace kiosk::cli
