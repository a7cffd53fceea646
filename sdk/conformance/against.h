#pragma once
// Cases tried on other hosts than Kiosk. A case that is safe everywhere proves nothing: those with
// `control: naive` must succeed as attacks on a host as one would write it in an afternoon. The
// same cases tell what other sandboxes hold. Each case runs in a process of Node.js of its own, by
// a driver of the suite's folder control/, which is watched from outside as a host of Kiosk is.

#include <kiosk/result.h>

#include <array>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sdk/conformance/case_app.h"
#include "sdk/conformance/oracle.h"

namespace kiosk::conformance {

/// Wall clock that a driver is given. It knows by CPU time when its app holds it up, so that a busy
/// machine changes no verdict.
inline constexpr std::chrono::seconds kDriverTimeMax{120};

/// One kind of host to try cases on.
struct Opponent {
  std::string_view name;      ///< as `--against` takes it
  std::string_view driver;    ///< its file below control/
  std::string_view argument;  ///< of the driver
  std::string_view package;   ///< the npm package that it needs, or ""
  bool proves;  ///< takes the cases marked as controls; each must succeed as an attack
};

inline constexpr auto kOpponents = std::to_array<Opponent>(
    {{"naive", "naive_host.mjs", "", "", true},
     {"node-vm", "naive_host.mjs", "--limits", "", false},
     {"isolated-vm", "isolated_vm_host.mjs", "--limits", "isolated-vm", false}});

/// How a case went as an attack.
enum class AttackEnd : std::uint8_t {
  Succeeded,  ///< the host hung or died, or what the case promises does not hold
  Held,       ///< the promise holds there too
  Unclear,    ///< neither: the host lacks what the case is about
};

/// "succeeded", "held" or "unclear": the spelling in the report.
std::string_view attackEndName(AttackEnd end);

/// What `run`, a driver's, says of `test`.
AttackEnd attackEnd(const Case& test, const RunRecord& run);

/// Whether `test` is tried on `opponent`: a marked case, or for a comparison one of the families
/// that are about the engine alone: cpu, mem, stack, realm, time.
bool isTried(const Case& test, const Opponent& opponent);

/// One case on one host, and what came of it.
struct Attack {
  const Case* test = nullptr;  ///< borrowed from the suite
  AttackEnd end = AttackEnd::Unclear;
  std::string outcome;   ///< as a Judgement's
  std::string evidence;  ///< what was said, for people; not stable
};

struct AttackPlan {
  const Opponent* opponent = nullptr;  ///< borrowed, one of kOpponents
  std::string node = "node";           ///< a program's path, or its name to be found in PATH
  std::string modules = ".";           ///< the folder that holds node_modules
  std::string suiteFolder;             ///< holds control/
  unsigned jobs = 1;
  int stopFd = -1;  ///< borrowed; readable: stop
  /// Called after each case with how many are done, of how many.
  std::function<void(const Attack&, std::size_t, std::size_t)> onDone;
};

/// Tries each of `cases` on the host of `plan`; the result is in their order.
///
/// REQUIRES: the calling process has one thread.
/// Errors:
///   NotFound    no Node.js, no driver, or not the npm package that it needs; the message says what
///               to install.
///   HostError   no temporary folder, or it was stopped.
Result<std::vector<Attack>> runAttacks(const std::vector<const Case*>& cases, const AppParts& parts,
                                       const AttackPlan& plan);

}  // namespace kiosk::conformance
