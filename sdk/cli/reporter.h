#pragma once
// How a run is told: as text for people, as NDJSON for programs, or as the view's tree in JSON.

#include <kiosk/bridge/chrome.h>
#include <kiosk/host.h>
#include <kiosk/providers.h>

#include <memory>
#include <string_view>

namespace kiosk::cli {

/// How one session of a forged guest went.
struct ForgedEnd {
  std::string name;
  SessionEnd end;
  bool answered = false;        ///< the good session beside it had an answer afterwards
  std::size_t descriptors = 0;  ///< that the host holds then
};

enum class Render : std::uint8_t { Text, Json, None };

class Reporter {
 public:
  virtual ~Reporter() = default;
  virtual void notice(std::string_view text) { (void)text; }
  virtual void started(const SessionInfo& session, std::chrono::microseconds launch) = 0;
  virtual void view(const ViewNode& root) = 0;
  virtual void log(LogLevel level, std::string_view text) = 0;
  virtual void call(std::string_view method, std::string_view outcome,
                    std::chrono::microseconds took) = 0;
  virtual void consentAsked(const ConsentPrompt& prompt) { (void)prompt; }
  virtual void consentAnswered(const ConsentPrompt& prompt, bool granted) = 0;
  virtual void pickerShown(std::string_view title, const std::vector<PickerOption>& options) {
    (void)title, (void)options;
  }
  /// The frame around the app is another than before; `view` draws it with the next view.
  virtual void chrome(const bridge::ChromeState& chrome) { (void)chrome; }
  virtual void toast(std::string_view message, std::string_view tone) { (void)message, (void)tone; }
  virtual void step(std::string_view text) { (void)text; }
  /// A forged session is over; and the good one beside all of them.
  virtual void forged(const ForgedEnd& forged) { (void)forged; }
  virtual void neighbourEnded(const SessionEnd& end) { (void)end; }
  virtual void ended(const SessionEnd& end) = 0;
};

struct TextReporterOptions {
  Render render = Render::Text;
  bool numbers = false;  ///< for a person who answers with them
  bool colour = false;
  std::uint32_t widthColumns = 72;
  std::string language = "en";
};

/// For people, on standard output; log lines and trouble on standard error.
std::unique_ptr<Reporter> textReporter(const TextReporterOptions& options);
/// `--events`: standard output holds NDJSON and nothing else.
std::unique_ptr<Reporter> eventReporter();
/// The one event of a run, an install or a check whose package was refused, on standard output.
void tellRefused(const Error& error);

}  // namespace kiosk::cli
