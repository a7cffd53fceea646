#pragma once
// What the tool's exit status says; part of its contract.

#include <kiosk/error.h>

#include <cstdio>

namespace kiosk::cli {

enum ExitStatus : int {
  kExitOk = 0,      ///< closed, or all steps done
  kExitFailed = 1,  ///< the mini-app ended badly, a step failed, or a check did not hold
  kExitUsage = 2,   ///< bad usage, package or manifest
};

/// Says why an input is refused, on stderr; the status to leave with.
inline int refuse(const Error& error) {
  std::fprintf(stderr, "kiosk: %s\n", error.message.c_str());
  return kExitUsage;
}

}  // namespace kiosk::cli
