#pragma once
// The loop of `kiosk run`: the host's descriptor, the keyboard, signals and a deadline.

#include <kiosk/host.h>

#include <memory>
#include <optional>

#include "sdk/cli/chrome_buttons.h"
#include "sdk/cli/host_sheets.h"
#include "sdk/cli/interrupt.h"
#include "sdk/cli/step_runner.h"

namespace kiosk::cli {

struct RunnerOptions {
  std::optional<std::chrono::milliseconds> timeout;
  bool interactive = false;  ///< standard input is a person's
  std::string language;      ///< of the frame's own words
  PressButton press;
};

/// Runs one session to its end.
class Runner final : public SessionObserver {
 public:
  /// Borrowed; must outlive the runner. `steps` may be null.
  Runner(Host& host, Reporter& reporter, HostSheets& sheets, Interrupt& interrupt,
         StepRunner* steps, const RunnerOptions& options)
      : host_(host),
        reporter_(reporter),
        sheets_(sheets),
        interrupt_(interrupt),
        steps_(steps),
        options_(options) {}

  /// Errors: as Host::open.
  Result<int> run(std::shared_ptr<const Package> package, OpenOptions options);

  void started(std::chrono::microseconds launch) override;
  void viewChanged(const ViewNode& root) override;
  void logged(LogLevel level, std::string_view text) override;
  void called(std::string_view method, std::string_view outcome,
              std::chrono::microseconds duration) override;
  void ended(const SessionEnd& end) override;

 private:
  void advanceSteps();
  void waitForStep();
  void stepsOver();
  void readKeyboard();
  void answer(std::string_view line);
  void act(std::size_t number, std::string_view text);
  void chromeChanged();
  void answerSheet(std::string_view line);
  void loop();
  int status() const;

  Host& host_;
  Reporter& reporter_;
  HostSheets& sheets_;
  Interrupt& interrupt_;
  StepRunner* steps_;
  RunnerOptions options_;
  std::unique_ptr<Session> session_;
  std::optional<SessionEnd> end_;
  std::optional<Executor::TimerId> stepTimer_;
  std::string typed_;
  bool closedByPerson_ = false, stepsDone_ = false;
};

}  // namespace kiosk::cli
