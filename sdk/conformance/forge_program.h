#pragma once
// What a forged guest does, compiled: acts as a case writes them become the lines that forger-guest
// plays (sdk/forger/acts.h). docs/conformance.md has the acts for people.

#include <kiosk/result.h>

#include <nlohmann/json.hpp>
#include <string>

namespace kiosk::conformance {

/// Acts of one session; copies of a part of a text, and frames of a `repeat`; bytes of a program.
inline constexpr std::size_t kForgedActsMax = 256;
inline constexpr std::int64_t kForgedTimesMax = 1'000'000;
inline constexpr std::size_t kForgedProgramBytesMax = 16 << 20;

/// A call that a program makes after its acts, which no host may answer any more.
inline constexpr std::string_view kAfterMethod = "after.forgery";

/// The program of `acts`, one act or a list of them. Unless the last act ends the guest or waits,
/// the guest then calls kAfterMethod and waits; after a system call it ends with status 98.
///
/// Errors: InvalidParams   an act is not known, holds what it does not take, or a bound is passed.
Result<std::string> forgeProgram(const nlohmann::json& acts);

/// The text or bytes that `parts` stands for: a text, a part `{text or hex, times}`, or a list of
/// both.
///
/// Errors: InvalidParams   as above.
Result<std::string> forgedBytes(const nlohmann::json& parts);

}  // namespace kiosk::conformance
