#pragma once
// The key `forge` of a case: the guest is one that was taken over, and does what the case says.
// Each of its sessions is opened in the same host, one after the other, beside a good one.

#include <kiosk/result.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::conformance {

/// Sessions of one case; and characters of a session's name.
inline constexpr std::size_t kForgedSessionsMax = 1024;
inline constexpr std::size_t kForgedNameBytesMax = 80;

/// One session of a forged guest.
struct ForgedSession {
  std::string name;                   ///< "1", "2", … or what the case calls it
  std::string program;                ///< lines for forger-guest
  std::optional<std::string> detail;  ///< part of the end's detail
};

/// The sessions of a case.
struct ForgePlan {
  std::vector<ForgedSession> sessions;  ///< none: one for each forbidden system call
};

/// Reads the value of `forge`.
///
/// Errors: InvalidParams   a member that is not known, an act that is none, or a bound is passed.
Result<ForgePlan> readForge(const nlohmann::json& value);

/// The sessions of `plan` in `tier`, "jit" or "jitless": each system call number that the guest's
/// list of that tier has not, where the case asks for them.
std::vector<ForgedSession> forgedSessions(const ForgePlan& plan, std::string_view tier);

}  // namespace kiosk::conformance
