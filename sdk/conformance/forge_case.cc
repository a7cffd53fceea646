#include "sdk/conformance/forge_case.h"

#include <algorithm>
#include <array>
#include <set>

#include "runtime/base/encoding.h"
#include "runtime/base/json.h"
#include "runtime/jail/syscall_table.h"
#include "sdk/conformance/forge_program.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr std::string_view kEveryForbiddenSyscall = "every-forbidden-syscall";
constexpr auto kForgeKeys =
    std::to_array<std::string_view>({"acts", "each", "before", "started", "fds", "hangup"});
constexpr std::string_view kStartedText = R"({"jsonrpc":"2.0","method":"$/started","params":{}})";
constexpr std::int64_t kEarlyFdsMax = 64;

/// Numbers that are walked, from 0: all that Linux has given so far, and room over them.
constexpr long kSyscallNumbersEnd = 600;
/// Beyond them: the x32 numbering of read, write, execve and its own calls, the largest number,
/// the one that tracers use for "none", and numbers that are good ones in their lower half.
constexpr auto kOddNumbers =
    std::to_array<std::int64_t>({0x4000'0000, 0x4000'0001, 0x4000'003b, 0x4000'0208, 0x7fff'ffff,
                                 0xffff'ffff, -2, 0x1'0000'003b, 0x1'0000'0101});

/// uretprobe and uprobe, which Linux lets pass every filter from 6.11 on.
#ifdef __x86_64__
constexpr auto kUnfiltered = std::to_array<std::int64_t>({335, 336});
#else
constexpr std::array<std::int64_t, 0> kUnfiltered{};
#endif

Error forgeProblem(std::string what) { return {ErrorCode::InvalidParams, std::move(what)}; }

json listOf(const json& value) { return value.is_array() ? value : json::array({value}); }

/// What all sessions of a case do around their own acts.
struct Surroundings {
  std::string opening;  ///< lines
  json before = json::array();
};

Result<Surroundings> surroundingsOf(const json& forge) {
  Surroundings around;
  const bool hangsUp = forge.value("hangup", json(false)) == true;
  const json started = forge.value("started", json(!hangsUp));
  if (!started.is_boolean()) return forgeProblem("\"started\" is true or false");
  const std::string frame(kStartedText);
  if (forge.contains("fds")) {
    const json& count = forge["fds"];
    if (!count.is_number_integer() || count < 1 || count > kEarlyFdsMax || started == false) {
      return forgeProblem("\"fds\" is a number from 1 to 64, of a guest that has started");
    }
    const std::uint8_t length[] = {static_cast<std::uint8_t>(frame.size()), 0, 0, 0};
    around.opening = "#fds " + count.dump() + " " + toHex(length) + toHex(bytesOf(frame)) + "\n";
  } else if (hangsUp) {
    around.opening = "#hangup\n";
  } else if (started == true) {
    around.opening = "frame " + frame + "\n";
  }
  if (forge.contains("before")) around.before = listOf(forge["before"]);
  return around;
}

/// One item of `each`: an act, a list of acts, or { name, acts, detail }.
Result<ForgedSession> sessionOf(const json& item, const Surroundings& around, std::size_t number) {
  ForgedSession session;
  session.name = std::to_string(number);
  json acts = around.before;
  const bool named = item.is_object() && item.contains("acts");
  for (const auto& act : listOf(named ? item["acts"] : item)) acts.push_back(act);
  if (named) {
    for (const auto& [key, value] : item.items()) {
      if (key == "acts") continue;
      if ((key != "name" && key != "detail") || !value.is_string()) {
        return forgeProblem("a session has a name, acts and a detail, not " + key);
      }
    }
    session.name = printable(item.value("name", session.name), kForgedNameBytesMax);
    if (item.contains("detail")) session.detail = item["detail"].get<std::string>();
  }
  auto program = forgeProgram(acts);
  if (!program) return forgeProblem(session.name + ": " + program.error().message);
  session.program = around.opening + *program;
  return session;
}

/// System calls that the guest's list has, under whatever condition.
std::set<std::int64_t> allowedNumbers(jail::GuestTier tier) {
  std::set<std::int64_t> numbers;
  for (const auto& entry : jail::syscallTable(tier)) {
    numbers.insert(seccomp_syscall_resolve_name(entry.name));
  }
  return numbers;
}

std::vector<ForgedSession> forbiddenSyscalls(jail::GuestTier tier) {
  const auto allowed = allowedNumbers(tier);
  std::vector<std::int64_t> numbers;
  for (std::int64_t number = 0; number < kSyscallNumbersEnd; ++number) {
    const bool unfiltered =
        std::find(kUnfiltered.begin(), kUnfiltered.end(), number) != kUnfiltered.end();
    if (!unfiltered && !allowed.contains(number)) numbers.push_back(number);
  }
  numbers.insert(numbers.end(), kOddNumbers.begin(), kOddNumbers.end());
  std::vector<ForgedSession> sessions;
  for (const auto number : numbers) {
    const auto name = "system call " + std::to_string(number);
    sessions.push_back({name, forgeProgram({{"syscall", number}}).value(), std::nullopt});
  }
  return sessions;
}

}  // namespace

Result<ForgePlan> readForge(const json& value) {
  const json forge = value.is_object() && (value.contains("acts") || value.contains("each"))
                         ? value
                         : json{{"acts", value}};
  for (const auto& [key, ignored] : forge.items()) {
    if (std::find(kForgeKeys.begin(), kForgeKeys.end(), key) == kForgeKeys.end()) {
      return forgeProblem("knows no \"" + key + "\"");
    }
  }
  if (forge.contains("acts") == forge.contains("each")) {
    return forgeProblem("has acts, or each, and not both");
  }
  ForgePlan plan;
  if (forge.contains("each") && forge["each"] == kEveryForbiddenSyscall) {
    if (forge.size() > 1) return forgeProblem("takes nothing beside every-forbidden-syscall");
    return plan;
  }
  const auto around = surroundingsOf(forge);
  if (!around) return around.error();
  const json items =
      forge.contains("each") ? forge["each"] : json::array({{{"acts", forge["acts"]}}});
  if (!items.is_array() || items.empty() || items.size() > kForgedSessionsMax) {
    return forgeProblem("has a list of 1 to " + std::to_string(kForgedSessionsMax) + " sessions");
  }
  for (const auto& item : items) {
    auto session = sessionOf(item, *around, plan.sessions.size() + 1);
    if (!session) return session.error();
    plan.sessions.push_back(*std::move(session));
  }
  return plan;
}

std::vector<ForgedSession> forgedSessions(const ForgePlan& plan, std::string_view tier) {
  if (!plan.sessions.empty()) return plan.sessions;
  return forbiddenSyscalls(tier == "jitless" ? jail::GuestTier::Jitless : jail::GuestTier::Jit);
}

}  // namespace kiosk::conformance
