#include "sdk/cli/step_runner.h"

namespace kiosk::cli {

void StepRunner::fail(const std::string& why) {
  state_ = State::Failed;
  const Step& step = steps_[next_];
  failure_ = "step at line " + std::to_string(step.line) + ", " + step.describe() + ": " + why;
}

void StepRunner::advance(Session& session) {
  while (state_ == State::Running) {
    if (next_ == steps_.size()) {
      state_ = State::Done;
      return;
    }
    switch (attempt(session, steps_[next_])) {
      case Attempt::Done:
        ++next_;
        break;
      case Attempt::NotYet:
        return;
      case Attempt::Never:
        fail(never_);
        return;
    }
  }
}

void StepRunner::timedOut() {
  if (state_ == State::Running && next_ < steps_.size()) {
    fail("could not be done within 5 s" +
         (lastSeen_.empty() ? "" : "; the view shows: " + lastSeen_));
  }
}

void StepRunner::sessionEnded() {
  if (state_ == State::Running && next_ < steps_.size()) fail("the mini-app has ended");
}

StepRunner::Attempt StepRunner::attempt(Session& session, const Step& step) {
  const auto done = [&](Attempt outcome) {
    if (outcome == Attempt::Done) reporter_.step(step.describe());
    return outcome;
  };
  lastSeen_ = seen(session).substr(0, 300);
  switch (step.kind) {
    case Step::Kind::Tap:
    case Step::Kind::Type:
      return actOn(session, step);
    case Step::Kind::Expect:
      return done(seen(session).find(step.label) != std::string::npos ? Attempt::Done
                                                                      : Attempt::NotYet);
    case Step::Kind::Consent:
      if (!sheets_.consentOpen()) return Attempt::NotYet;
      reporter_.step(step.describe());
      sheets_.answerConsent(step.grant);
      return Attempt::Done;
    case Step::Kind::Pick:
      return pick(step);
  }
  return Attempt::Never;
}

/// What a person reads: the title of the frame, the view, the buttons of the frame.
std::string StepRunner::seen(const Session& session) const {
  std::string text = sheets_.chrome().title;
  if (!text.empty()) text += ' ';
  text += viewText(session.view());
  for (const auto& button : chromeButtons(sheets_.chrome(), language_)) text += ' ' + button.label;
  return text;
}

StepRunner::Attempt StepRunner::press(Session& session, const Step& step,
                                      const FrameButton& button) {
  if (!button.enabled) return Attempt::NotYet;
  reporter_.step(step.describe());
  if (const auto pressed = press_(session.info().id, button.name); !pressed) {
    never_ = pressed.error().message;
    return Attempt::Never;
  }
  return Attempt::Done;
}

StepRunner::Attempt StepRunner::actOn(Session& session, const Step& step) {
  const ViewNode* found = nullptr;
  for (const ViewNode* target : viewTargets(session.view())) {
    if (viewLabel(session.view(), *target) != step.label) continue;
    if (found != nullptr) {
      never_ = "two elements have this label";
      return Attempt::Never;
    }
    found = target;
  }
  if (step.kind == Step::Kind::Tap) {
    for (const auto& button : chromeButtons(sheets_.chrome(), language_)) {
      if (button.label != step.label) continue;
      if (found == nullptr) return press(session, step, button);
      never_ = "two elements have this label";
      return Attempt::Never;
    }
  }
  if (found == nullptr) return Attempt::NotYet;
  // Said first: what it leads to may be told before this call returns.
  reporter_.step(step.describe());
  const auto acted =
      step.kind == Step::Kind::Tap ? session.tap(found->id) : session.type(found->id, step.text);
  if (acted) return Attempt::Done;
  never_ = acted.error().message;
  return Attempt::Never;
}

StepRunner::Attempt StepRunner::pick(const Step& step) {
  if (!sheets_.pickerOpen()) return Attempt::NotYet;
  std::string id;
  for (const auto& option : sheets_.options()) {
    if (option.label != step.label) continue;
    if (!id.empty()) {
      never_ = "two options have this label";
      return Attempt::Never;
    }
    id = option.id;
  }
  if (id.empty()) {
    never_ = "the host's picker has no such option";
    return Attempt::Never;
  }
  reporter_.step(step.describe());
  sheets_.choose(id);
  return Attempt::Done;
}

}  // namespace kiosk::cli
