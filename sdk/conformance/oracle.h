#pragma once
// The oracle: whether a run kept its promise, judged from the host's side. What the case says about
// itself is needed where it promises an outcome, and is never enough: the host must have told an
// end, left with the status that goes with it, and left no process behind.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sdk/conformance/case_file.h"
#include "sdk/conformance/tried.h"

namespace kiosk::conformance {

/// What was seen of one run of the host, from outside of it.
struct RunRecord {
  std::vector<nlohmann::json> events;   ///< of `kiosk run --events`, in order; objects
  std::size_t strayLines = 0;           ///< lines of its output that are no events
  std::string errorText;                ///< its standard error
  std::optional<int> exitStatus;        ///< none when it died of a signal
  std::optional<int> signal;            ///< what it died of
  bool timedOut = false;                ///< it hung and was killed
  bool stopped = false;                 ///< it was asked to end when the case had said its outcome
  bool outputCut = false;               ///< it wrote more than is kept
  std::vector<std::string> leftBehind;  ///< names of processes that outlived it
  bool installedChanged = false;        ///< what is installed is not what was before
  std::int64_t ms = 0;                  ///< wall clock
};

/// What the oracle says of a run. `outcome` and `findings` hold no times, numbers of processes and
/// paths: two runs that go the same way give the same text.
struct Judgement {
  std::string outcome;  ///< "ok", "error CODE", "ended REASON", "refused CODE" or "nothing"
  std::vector<std::string> findings;  ///< empty: the promise was kept
  std::vector<std::string> evidence;  ///< what was said and measured, for people; not stable
  std::optional<Tried> tried = std::nullopt;  ///< of a run that tries many variants
};

Judgement judge(const Case& test, const Way& way, const RunRecord& run);

/// The text that `event` has under `name`, valid as long as the event; empty when it has none.
std::string_view eventText(const nlohmann::json& event, const char* name);

/// The outcome that a log line of a case tells: "ok" or "error CODE"; none for any other line.
std::optional<std::string> outcomeTold(const nlohmann::json& event);

/// Whether `name` is a fact of the host's side that a case may ask for:
///   consentsAsked   how often the user was asked
///   callsOk         number of calls that were carried out
///   paymentsAsked   number of payments that got past the user
///   calls           outcomes in order, e.g. ["messages.share ok"]
bool isHostFact(std::string_view name);

}  // namespace kiosk::conformance
