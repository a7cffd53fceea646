#pragma once
// Does the steps of a tour one after the other: each waits up to five seconds until it can be done.

#include <kiosk/host.h>

#include <optional>
#include <string>

#include "sdk/cli/chrome_buttons.h"
#include "sdk/cli/host_sheets.h"
#include "sdk/cli/steps.h"

namespace kiosk::cli {

constexpr std::chrono::seconds kStepWaitMax{5};

class StepRunner {
 public:
  enum class State : std::uint8_t { Running, Done, Failed };

  /// `sheets` and `reporter` are borrowed and must outlive the runner. `language` is that of the
  /// frame's own words.
  StepRunner(std::vector<Step> steps, HostSheets& sheets, Reporter& reporter, std::string language,
             PressButton press)
      : steps_(std::move(steps)),
        sheets_(sheets),
        reporter_(reporter),
        language_(std::move(language)),
        press_(std::move(press)) {}

  /// Does what can be done now. Call when something may have changed.
  void advance(Session& session);
  /// The step that is waited for has waited too long.
  void timedOut();
  /// The session has ended.
  void sessionEnded();

  State state() const { return state_; }
  /// For people; set when Failed.
  const std::string& failure() const { return failure_; }
  /// Changes whenever a step was done, so that its deadline can start anew.
  std::size_t position() const { return next_; }

 private:
  enum class Attempt : std::uint8_t { Done, NotYet, Never };
  Attempt attempt(Session& session, const Step& step);
  Attempt actOn(Session& session, const Step& step);
  Attempt press(Session& session, const Step& step, const FrameButton& button);
  std::string seen(const Session& session) const;
  Attempt pick(const Step& step);
  void fail(const std::string& why);

  std::vector<Step> steps_;
  HostSheets& sheets_;
  Reporter& reporter_;
  std::string language_;
  PressButton press_;
  std::size_t next_ = 0;
  State state_ = State::Running;
  std::string failure_;
  std::string lastSeen_;
  std::string never_;
};

}  // namespace kiosk::cli
