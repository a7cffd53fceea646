#pragma once
// What a test bank does wrong, by rule: which requests, and how. The same script, seeds and
// requests give the same faults.
//
//   {"rules": [
//     {"match": {"operation": "charge", "nth": 2},                     "fault": "lost"},
//     {"match": {"operation": "lookup", "every": 3},                   "fault": "late", "ms":
//     2000},
//     {"match": {"operation": "any", "probability": 0.1, "seed": 7},   "fault": "dropped"}]}

#include <kiosk/result.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace kiosk::bridge {

inline constexpr std::size_t kFaultRulesMax = 64;
inline constexpr std::int64_t kFaultMsMax = 600'000;
inline constexpr std::int64_t kFaultLookupsMax = 1'000;

/// What a request asks the bank for.
enum class BankAct : std::uint8_t { Charge, Cancel, Lookup, Refund, LookupRefund };

enum class FaultKind : std::uint8_t {
  Late,           ///< carried out; the answer leaves `ms` later
  Lost,           ///< carried out; the connection is closed without an answer
  Dropped,        ///< not carried out; the connection is closed without an answer
  Doubled,        ///< carried out twice, as if the request had arrived twice
  Contradictory,  ///< carried out; the first answer about an id that has it is false
  Down,           ///< not carried out; this and every request of the next `ms` gets 503
  Pending,  ///< taken in, and carried out after `ms`, or when it was looked up `lookups` times
  Reject,   ///< refused, with `reason`
};

/// What a false answer is false about.
enum class FaultSays : std::uint8_t { State, Amount };

struct Fault {
  FaultKind kind = FaultKind::Late;
  std::optional<std::int64_t> ms;       ///< 1..kFaultMsMax
  std::optional<std::int64_t> lookups;  ///< 1..kFaultLookupsMax
  std::string reason;
  FaultSays says = FaultSays::State;
};

class FaultScript {
 public:
  /// No faults.
  FaultScript() = default;
  /// Reads the form above.
  /// Errors: InvalidParams   the message names the rule, counted from 1, the member, and what it
  ///                         is to be.
  static Result<FaultScript> parse(const nlohmann::json& script);

  /// The fault of the next request that asks for `act`, of the first rule that has one for it. Each
  /// rule counts all requests that its operation matches.
  std::optional<Fault> next(BankAct act);

 private:
  friend class FaultRuleReader;
  struct Rule {
    std::optional<BankAct> act;  ///< none: any
    std::int64_t nth = 0, every = 0;
    double probability = 0;
    std::uint64_t randomState = 0;
    std::int64_t seen = 0;
    Fault fault;

    bool hits();
  };
  std::vector<Rule> rules_;
};

}  // namespace kiosk::bridge
