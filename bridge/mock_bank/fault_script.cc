#include "bridge/mock_bank/fault_script.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "bridge/acquirer/wire.h"
#include "runtime/base/encoding.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

constexpr std::int64_t kFaultCountMax = 1'000'000'000;

constexpr auto kActNames = std::to_array<std::pair<std::string_view, BankAct>>({
    {"charge", BankAct::Charge},
    {"cancel", BankAct::Cancel},
    {"lookup", BankAct::Lookup},
    {"refund", BankAct::Refund},
    {"lookupRefund", BankAct::LookupRefund},
});
constexpr auto kFaultNames = std::to_array<std::pair<std::string_view, FaultKind>>({
    {"late", FaultKind::Late},
    {"lost", FaultKind::Lost},
    {"dropped", FaultKind::Dropped},
    {"doubled", FaultKind::Doubled},
    {"contradictory", FaultKind::Contradictory},
    {"down", FaultKind::Down},
    {"pending", FaultKind::Pending},
    {"reject", FaultKind::Reject},
});

template <class Names>
auto namedValue(const Names& names, const std::string* name) {
  using Value = decltype(names.front().second);
  for (const auto& [known, value] : names) {
    if (name != nullptr && known == *name) return std::optional<Value>(value);
  }
  return std::optional<Value>();
}

template <class Names>
std::string listOf(const Names& names) {
  std::string list;
  for (const auto& [name, value] : names) list.append(list.empty() ? "" : ", ").append(name);
  return list;
}

/// splitmix64: each value of its state is visited once, so every seed is as good as another.
std::uint64_t nextRandom(std::uint64_t& state) {
  std::uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

}  // namespace

/// Reads one rule; keeps the first problem.
class FaultRuleReader {
 public:
  FaultRuleReader(const json& rule, std::size_t number) : rule_(rule), number_(number) {}

  Result<FaultScript::Rule> read() {
    if (!rule_.is_object()) return problem("is to be an object");
    if (auto known = onlyMembers(rule_, {"match", "fault", "ms", "lookups", "reason", "says"});
        !known) {
      return known.error();
    }
    const auto match = rule_.find("match");
    if (match == rule_.end() || !match->is_object()) return problem("needs match, an object");
    if (auto read = readMatch(*match); !read) return read.error();
    const auto kind = namedValue(kFaultNames, wire::text(rule_, "fault"));
    if (!kind) return problem("needs fault, one of " + listOf(kFaultNames));
    made_.fault.kind = *kind;
    if (auto read = readDetails(); !read) return read.error();
    return made_;
  }

 private:
  Error problem(const std::string& what) const {
    return {ErrorCode::InvalidParams, "rule " + std::to_string(number_) + " " + what};
  }

  Result<void> onlyMembers(const json& object, std::initializer_list<std::string_view> names) {
    for (const auto& [name, value] : object.items()) {
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        return problem("has a member that means nothing here: " + printable(name, 64));
      }
    }
    return {};
  }

  Result<void> readMatch(const json& match) {
    if (auto known = onlyMembers(match, {"operation", "nth", "every", "probability", "seed"});
        !known) {
      return known;
    }
    const auto* operation = wire::text(match, "operation");
    made_.act = namedValue(kActNames, operation);
    if (!made_.act && (operation == nullptr || *operation != "any")) {
      return problem("needs match.operation, one of any, " + listOf(kActNames));
    }
    const auto count = match.count("nth") + match.count("every") + match.count("probability");
    if (count != 1) return problem("needs one of match.nth, match.every and match.probability");
    for (const auto& [name, target] : {std::pair{"nth", &made_.nth}, {"every", &made_.every}}) {
      if (!match.contains(name)) continue;
      const auto value = wire::integer(match, name, 1, kFaultCountMax);
      if (!value) return problem("has match." + std::string(name) + " that is no count from 1");
      *target = *value;
    }
    if (match.contains("seed") != match.contains("probability")) {
      return problem("needs match.seed with match.probability, and neither without the other");
    }
    return match.contains("probability") ? readChance(match) : Result<void>();
  }

  Result<void> readChance(const json& match) {
    const auto& chance = match["probability"];
    const double value = chance.is_number() ? chance.get<double>() : 0;
    if (!(value > 0 && value <= 1)) return problem("has match.probability that is not in 0 to 1");
    const auto seed = wire::integer(match, "seed", 0, kFaultCountMax);
    if (!seed) return problem("has match.seed that is no whole number of 0 to 1000000000");
    made_.probability = value;
    made_.randomState = static_cast<std::uint64_t>(*seed);
    return {};
  }

  Result<void> readDetails() {
    Fault& fault = made_.fault;
    const bool isPending = fault.kind == FaultKind::Pending;
    const bool needsMs = fault.kind == FaultKind::Late || fault.kind == FaultKind::Down;
    if (rule_.contains("ms")) {
      fault.ms = wire::integer(rule_, "ms", 1, kFaultMsMax);
      if (!fault.ms || !(needsMs || isPending)) {
        return problem("may have ms, 1 to 600000, for late, down and pending only");
      }
    } else if (needsMs) {
      return problem("needs ms, 1 to 600000");
    }
    if (rule_.contains("lookups")) {
      fault.lookups = wire::integer(rule_, "lookups", 1, kFaultLookupsMax);
      if (!fault.lookups || !isPending) {
        return problem("may have lookups, 1 to 1000, for pending only");
      }
    }
    return readWords();
  }

  Result<void> readWords() {
    Fault& fault = made_.fault;
    const auto act = made_.act;
    const bool decides = fault.kind == FaultKind::Pending || fault.kind == FaultKind::Reject;
    if (decides && act != BankAct::Charge && act != BankAct::Refund) {
      return problem("has a fault that is for charge and refund only");
    }
    fault.reason = "refused";
    if (rule_.contains("reason")) {
      const auto* reason = wire::text(rule_, "reason");
      if (reason == nullptr || !wire::isId(*reason) || fault.kind != FaultKind::Reject) {
        return problem("may have reason, 1 to 64 of A-Za-z0-9._-, for reject only");
      }
      fault.reason = *reason;
    }
    if (rule_.contains("says")) {
      const auto* says = wire::text(rule_, "says");
      const bool isAmount = says != nullptr && *says == "amount";
      if ((!isAmount && (says == nullptr || *says != "state")) ||
          fault.kind != FaultKind::Contradictory) {
        return problem("may have says, state or amount, for contradictory only");
      }
      if (isAmount) fault.says = FaultSays::Amount;
    }
    return {};
  }

  const json& rule_;
  const std::size_t number_;
  FaultScript::Rule made_;
};

Result<FaultScript> FaultScript::parse(const json& script) {
  const auto bad = [](const char* what) { return Error{ErrorCode::InvalidParams, what}; };
  if (!script.is_object() || script.size() != 1 || !script.contains("rules") ||
      !script["rules"].is_array()) {
    return bad("a script is to be {\"rules\": [...]} and nothing else");
  }
  const auto& rules = script["rules"];
  if (rules.size() > kFaultRulesMax) return bad("a script may have 64 rules");
  FaultScript made;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    auto rule = FaultRuleReader(rules[i], i + 1).read();
    if (!rule) return rule.error();
    made.rules_.push_back(std::move(*rule));
  }
  return made;
}

bool FaultScript::Rule::hits() {
  ++seen;
  if (nth > 0) return seen == nth;
  if (every > 0) return seen % every == 0;
  constexpr double kTwoTo53 = 9007199254740992.0;
  return static_cast<double>(nextRandom(randomState) >> 11) / kTwoTo53 < probability;
}

std::optional<Fault> FaultScript::next(BankAct act) {
  std::optional<Fault> chosen;
  for (auto& rule : rules_) {
    if (rule.act && *rule.act != act) continue;
    if (rule.hits() && !chosen) chosen = rule.fault;
  }
  return chosen;
}

}  // namespace kiosk::bridge
