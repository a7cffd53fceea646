#pragma once
// What the host app draws: consent sheets and pickers for the bridge, views of sessions. The
// mini-app supplies only the reason that its manifest declares; everything else here is the host's
// own words.

#include <kiosk/door.h>
#include <kiosk/ids.h>
#include <kiosk/view.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// One exact fact on a consent sheet, e.g. {"Amount", "1 250.00 RUB"}.
struct ConsentFact {
  std::string label;
  std::string value;
};

struct ConsentPrompt {
  std::uint64_t id = 0;
  std::string permission;    ///< e.g. "payments.charge"
  std::string title;         ///< host words: what is asked
  std::string appName;       ///< from the manifest
  std::string operatorName;  ///< who answers for the app; "unverified developer" where nobody does
  std::string reason;        ///< the app's declared words, to be shown as a quotation
  std::string purpose;
  std::vector<ConsentFact> facts;  ///< what exactly will be done
  bool everyTime = false;          ///< asked at each call, not remembered
};

/// How a question was answered. A refusal makes the gate wait longer before it asks again; a
/// standing denial is an answer without a question, so it does not.
enum class ConsentAnswer : std::uint8_t {
  Granted,
  Refused,    ///< the user said no: the call fails with `user_refused`
  Dismissed,  ///< the user closed the sheet: the same
  Denied,     ///< the user or the host app does not grant this at all: `permission_denied`
};

/// Draws consent sheets. Threads: the loop's own.
class ConsentUi {
 public:
  virtual ~ConsentUi() = default;
  /// Shows `prompt` to the user of `session`; calls `answer` once, now or later.
  virtual void ask(const SessionInfo& session, const ConsentPrompt& prompt,
                   std::function<void(ConsentAnswer)> answer) = 0;
  /// The call behind prompt `id` is gone: take the sheet away. Its answer would be ignored.
  virtual void withdraw(std::uint64_t id) = 0;
};

struct PickerOption {
  std::string id;
  std::string label;
};

/// Draws choices among things of the user's own, which the mini-app never sees.
class Picker {
 public:
  virtual ~Picker() = default;
  /// Lets the user choose; `chosen` gets the option's id, or empty when dismissed. Called once.
  virtual void pick(const SessionInfo& session, const std::string& title,
                    const std::vector<PickerOption>& options,
                    std::function<void(std::string)> chosen) = 0;
};

/// Draws views for a host that shows several sessions in one place, beside what each session's
/// observer is told. Threads: the loop's own.
class ViewRenderer {
 public:
  virtual ~ViewRenderer() = default;
  /// The view of a session that is shown changed, or the session was shown again. `root` is
  /// borrowed for the call.
  virtual void draw(const SessionInfo& session, const ViewNode& root) = 0;
  /// The session is hidden or has ended: its view is to go.
  virtual void clear(const SessionInfo& session) = 0;
};

/// The embedded one: each view as text (renderText) under a line with the app's name, written to
/// `write`.
std::unique_ptr<ViewRenderer> textViewRenderer(std::function<void(std::string_view)> write,
                                               const TextRenderOptions& options = {});

}  // namespace kiosk
