#pragma once
// What the oracle asks of a run with forged sessions beyond what it asks of each: every session was
// tried and ended alone, for the promised reason; a good session of the same host answered after
// each; nothing that came after a forgery was heard, and the host holds no more than before.

#include <vector>

#include "sdk/conformance/oracle.h"

namespace kiosk::conformance {

/// Findings of one run that name a session.
inline constexpr std::size_t kForgedFindingsMax = 20;

/// Adds to `judgement` what `run` shows of `sessions`, which were played in their order, and how
/// many of them kept the promise.
void judgeForged(const Case& test, const std::vector<ForgedSession>& sessions, const RunRecord& run,
                 Judgement& judgement);

}  // namespace kiosk::conformance
