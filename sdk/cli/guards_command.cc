#include <cstdio>
#include <nlohmann/json.hpp>

#include "runtime/base/guard.h"
#include "sdk/cli/commands.h"
#include "sdk/cli/exit_status.h"

namespace kiosk::cli {

int guardsCommand(bool json) {
  if (json) {
    auto out = nlohmann::ordered_json::array();
    for (const auto& [name, claim, proof] : kGuards) {
      out.push_back({{"name", name}, {"keepsOut", claim}, {"noticedBy", proof}});
    }
    std::printf("%s\n", out.dump(2).c_str());
    return kExitOk;
  }
  for (const auto& [name, claim, proof] : kGuards) {
    std::printf("  %-18.*s %.*s [%.*s]\n", static_cast<int>(name.size()), name.data(),
                static_cast<int>(claim.size()), claim.data(), static_cast<int>(proof.size()),
                proof.data());
  }
  std::printf(
      "%zu guards; each keeps out what stands beside it, and the tests in brackets notice "
      "when it is gone (tests/run --mutate)\n",
      kGuards.size());
  return kExitOk;
}

}  // namespace kiosk::cli
