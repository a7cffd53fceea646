#include "sdk/cli/conformance_against.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include "runtime/base/encoding.h"
#include "runtime/base/files.h"
#include "runtime/base/json.h"
#include "sdk/cli/exit_status.h"
#include "sdk/cli/interrupt.h"

namespace kiosk::cli {
namespace {

using conformance::Attack;
using conformance::AttackEnd;
using conformance::Opponent;

/// How many cases went each way, indexed by AttackEnd.
using EndCounts = std::array<std::size_t, 3>;

const Opponent& opponentCalled(const std::string& name) {
  const auto& all = conformance::kOpponents;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Opponent& one) { return one.name == name; });
  KIOSK_CHECK(found != all.end(), "the command line takes the names of opponents alone");
  return *found;
}

void showAttack(const Attack& attack, std::size_t done, std::size_t count) {
  if (isatty(STDOUT_FILENO) == 0) return;
  std::printf("\r\x1b[K%zu of %zu  %s", done, count, attack.test->id.c_str());
  if (done == count) std::printf("\r\x1b[K");
  std::fflush(stdout);
}

/// Names each case that did not succeed as an attack, with what was said.
void printSafe(const std::vector<Attack>& attacks) {
  for (const auto& attack : attacks) {
    if (attack.end == AttackEnd::Succeeded) continue;
    std::printf("SAFE   %s: %s: %s\n", attack.test->id.c_str(), attack.outcome.c_str(),
                printable(attack.evidence, 300).c_str());
  }
}

void printTable(const std::vector<Attack>& attacks) {
  std::map<std::string, EndCounts> families;
  for (const auto& attack : attacks) {
    ++families[attack.test->family][static_cast<std::size_t>(attack.end)];
  }
  std::printf("%-12s %9s %5s %8s\n", "family", "succeeded", "held", "unclear");
  for (const auto& [family, counts] : families) {
    std::printf("%-12s %9zu %5zu %8zu\n", family.c_str(), counts[0], counts[1], counts[2]);
  }
}

Result<void> writeAttacks(const AgainstArguments& given, const std::vector<Attack>& attacks) {
  nlohmann::json runs = nlohmann::json::array();
  for (const auto& attack : attacks) {
    runs.push_back({{"id", attack.test->id},
                    {"family", attack.test->family},
                    {"attack", attackEndName(attack.end)},
                    {"outcome", attack.outcome},
                    {"evidence", attack.evidence}});
  }
  std::error_code problem;
  std::filesystem::create_directories(given.out, problem);
  if (problem) return Error{ErrorCode::HostError, given.out + ": " + problem.message()};
  const nlohmann::json report = {
      {"format", "kiosk-conformance-against/1"}, {"against", given.opponent}, {"runs", runs}};
  return replaceFileDurably(given.out + "/against.json", dumpJson(report) + "\n");
}

}  // namespace

Result<int> tryAgainst(const AgainstArguments& given, const conformance::AppParts& parts,
                       const std::string& folder,
                       const std::vector<const conformance::Case*>& wanted) {
  const auto& opponent = opponentCalled(given.opponent);
  std::vector<const conformance::Case*> tried;
  std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(tried),
               [&](const auto* test) { return isTried(*test, opponent); });
  if (tried.empty()) {
    return Error{ErrorCode::NotFound, "no case that is asked for is tried on " + given.opponent};
  }
  Interrupt interrupt;
  const auto attacks = runAttacks(tried, parts,
                                  {.opponent = &opponent,
                                   .node = given.node,
                                   .modules = given.modules,
                                   .suiteFolder = folder,
                                   .jobs = given.jobs,
                                   .stopFd = interrupt.fd(),
                                   .onDone = showAttack});
  if (!attacks) return attacks.error();
  if (auto written = writeAttacks(given, *attacks); !written) return written.error();
  if (opponent.proves) printSafe(*attacks);
  printTable(*attacks);
  const auto done = static_cast<std::size_t>(
      std::count_if(attacks->begin(), attacks->end(),
                    [](const Attack& attack) { return attack.end == AttackEnd::Succeeded; }));
  std::printf("against %s: %zu of %zu cases succeed as attacks; wrote %s/against.json\n",
              given.opponent.c_str(), done, attacks->size(), given.out.c_str());
  return opponent.proves && done < attacks->size() ? kExitFailed : kExitOk;
}

}  // namespace kiosk::cli
