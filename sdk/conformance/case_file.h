#pragma once
// A conformance case: one promise, with the mini-app that tries it and what the host must show.
// docs/conformance.md has the format for people.

#include <kiosk/result.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sdk/conformance/forge_case.h"
#include "sdk/conformance/package_spec.h"

namespace kiosk::conformance {

inline constexpr std::size_t kCaseBytesMax = 1 << 20;
inline constexpr int kLevelMax = 5;
inline constexpr int kTimeoutSecondsMax = 120;

/// What the host must have seen when the case is over.
struct Expectation {
  enum class Kind : std::uint8_t {
    Ok,       ///< the case came to its end
    Error,    ///< it threw `what`, an error's code or name
    Ended,    ///< the host ended the session as `what`
    Refused,  ///< the host did not take the app in, with the code `what`; empty: with any
  };
  Kind kind = Kind::Ok;
  std::string what;
  std::optional<std::string> detail;  ///< part of the end's detail
  std::vector<std::string> logs;      ///< each is part of a log line
  std::vector<std::string> views;     ///< each was part of the view
  std::optional<std::int64_t> withinMs;
  nlohmann::json host = nlohmann::json::object();  ///< facts of the oracle, by name
};

struct Case {
  std::string id;      ///< WORD-NNN
  std::string title;   ///< the promise, one sentence
  std::string file;    ///< below its folder of cases: "payments/paid.js"
  std::string family;  ///< the first folder of `file`, or "" without one
  std::string digest;  ///< SHA-256 of the file, hex
  int level = 0;       ///< 0..kLevelMax
  std::vector<std::string> guards, refs;
  bool naiveControl = false;  ///< on a host without guards the attack succeeds
  std::optional<std::vector<std::string>> declares;
  std::string grants = "none";
  std::vector<std::string> budget;  ///< NAME=VALUE, as the tool takes them
  std::vector<std::string> tiers;
  bool templated = false;  ///< run from an app template, too
  int timeoutSeconds = 20;
  std::optional<std::string> steps;  ///< JSON lines
  std::optional<std::string> user;
  bool raw = false;                                    ///< the body is the whole app
  nlohmann::json manifest = nlohmann::json::object();  ///< members over the usual ones
  std::vector<std::string> manifestWithout;            ///< usual members that are left out
  std::optional<std::string> manifestText;             ///< the whole manifest.json, as it is
  std::optional<PackageSpec> package;                  ///< none: the app is given as a folder
  nlohmann::json files = nlohmann::json::object();     ///< path → text
  std::optional<ForgePlan> forge;                      ///< the guest is a forger
  Expectation expect;
  std::string body;
};

/// Reads a case from `text`, the content of `file`, which is relative to its folder of cases.
///
/// Errors:
///   InvalidParams   the message is "LINE: WHAT": a key that is unknown, twice or missing, or a
///                   value of another kind than its key takes.
Result<Case> readCase(const std::string& file, std::string_view text);

/// One way to run a case.
struct Way {
  std::string tier;           ///< "jit" or "jitless"
  bool fromTemplate = false;  ///< opened from an app template
  /// "jit", "jit template".
  std::string name() const { return fromTemplate ? tier + " template" : tier; }
};

/// In which ways `test` is run: each of its tiers, and when it says so a template in the first of
/// them.
std::vector<Way> waysOf(const Case& test);

}  // namespace kiosk::conformance
