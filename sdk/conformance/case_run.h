#pragma once
// Runs of cases: each opens the case's mini-app in one way, in a host of its own with an empty
// store.

#include <kiosk/result.h>

#include <functional>
#include <string>
#include <vector>

#include "sdk/conformance/case_app.h"
#include "sdk/conformance/oracle.h"
#include "sdk/conformance/suite.h"

namespace kiosk::conformance {

/// Time that a host is given over the case's own time-out.
inline constexpr std::chrono::seconds kOverTimeMax{10};

/// One case in one way, and what came of it.
struct CaseRun {
  const Case* test = nullptr;  ///< borrowed from the suite
  Way way;
  Judgement judgement;
  std::int64_t ms = 0;       ///< wall clock of the host
  std::int64_t peakKiB = 0;  ///< memory of the guest, as the host told it
};

struct RunPlan {
  unsigned jobs = 1;
  std::uint64_t seed = 0;
  int stopFd = -1;  ///< borrowed; readable: stop
  /// Called after each run with how many are done, of how many.
  std::function<void(const CaseRun&, std::size_t, std::size_t)> onDone;
};

/// Runs each of `cases` in each of its ways, in the order of the seed; the result is in the order
/// of ids, then of ways.
///
/// REQUIRES: the calling process has one thread.
/// Errors: HostError   no temporary folder, or it was stopped.
Result<std::vector<CaseRun>> runCases(const std::vector<const Case*>& cases, const AppParts& parts,
                                      const RunPlan& plan);

}  // namespace kiosk::conformance
