#include <kiosk/limits.h>

#include <array>
#include <charconv>
#include <type_traits>

namespace kiosk {
namespace {

constexpr std::array<std::string_view, 10> kReasons = {"closed", "error",   "cpu",      "heap",
                                                       "memory", "syscall", "protocol", "timeout",
                                                       "killed", "evicted"};

enum class Unit : std::uint8_t { Bytes, Milliseconds, Count };

struct NamedLimit {
  std::string_view name;  ///< as the tool spells it; empty for those that it does not set
  std::string_view what;
  Unit unit;
  std::uint64_t min, max;
  std::uint64_t (*get)(const Limits&);
  void (*set)(Limits&, std::uint64_t);
};

constexpr std::uint64_t kKi = 1024, kMi = kKi * kKi, kGi = kMi * kKi;

template <auto member>
std::uint64_t getLimit(const Limits& limits) {
  using Value = std::remove_cvref_t<decltype(limits.*member)>;
  if constexpr (std::is_same_v<Value, std::chrono::milliseconds>) {
    // A negative time is out of every range, as a large number is.
    return static_cast<std::uint64_t>((limits.*member).count());
  } else {
    return limits.*member;
  }
}

template <auto member>
void putLimit(Limits& limits, std::uint64_t value) {
  using Value = std::remove_cvref_t<decltype(limits.*member)>;
  limits.*member = static_cast<Value>(value);
}

template <auto member>
constexpr NamedLimit limit(std::string_view name, std::string_view what, Unit unit,
                           std::uint64_t min, std::uint64_t max) {
  return {name, what, unit, min, max, getLimit<member>, putLimit<member>};
}

constexpr std::array kLimits = {
    limit<&Limits::heapBytesMax>("heap", "heapBytesMax", Unit::Bytes, 4 * kMi, kGi),
    limit<&Limits::memoryBytesMax>("memory", "memoryBytesMax", Unit::Bytes, 16 * kMi, 4 * kGi),
    limit<&Limits::turnTimeMax>("turn", "turnTimeMax", Unit::Milliseconds, 1, 10'000),
    limit<&Limits::loadTimeMax>("load", "loadTimeMax", Unit::Milliseconds, 1, 60'000),
    limit<&Limits::messageBytesMax>("message", "messageBytesMax", Unit::Bytes, kKi, kMi),
    limit<&Limits::messageDepthMax>("depth", "messageDepthMax", Unit::Count, 4, 32),
    limit<&Limits::callsInFlightMax>("calls", "callsInFlightMax", Unit::Count, 1, 1024),
    limit<&Limits::timersMax>("timers", "timersMax", Unit::Count, 1, 10'000),
    limit<&Limits::viewNodesMax>("nodes", "viewNodesMax", Unit::Count, 1, 100'000),
    limit<&Limits::logLinesPerSecondMax>("logs", "logLinesPerSecondMax", Unit::Count, 1, 10'000),
    limit<&Limits::killGraceMax>("", "killGraceMax", Unit::Milliseconds, 1, 1000),
    limit<&Limits::messageValuesMax>("", "messageValuesMax", Unit::Count, 16, 1'000'000),
    limit<&Limits::bytesPerSecondMax>("", "bytesPerSecondMax", Unit::Bytes, 64 * kKi, kKi* kGi),
};

std::string namesOfLimits() {
  std::string names;
  for (const auto& limit : kLimits) {
    if (!limit.name.empty()) names += (names.empty() ? "" : " ") + std::string(limit.name);
  }
  return names;
}

/// The factor that `suffix` stands for in `unit`; 0 when it stands for none.
std::uint64_t factorOf(std::string_view suffix, Unit unit) {
  if (suffix.empty()) return 1;
  if (unit == Unit::Bytes) {
    if (suffix == "K") return kKi;
    if (suffix == "M") return kMi;
    if (suffix == "G") return kGi;
  }
  if (unit == Unit::Milliseconds) {
    if (suffix == "ms") return 1;
    if (suffix == "s") return 1000;
  }
  return 0;
}

std::string_view unitHint(Unit unit) {
  switch (unit) {
    case Unit::Bytes:
      return " bytes (K, M, G allowed)";
    case Unit::Milliseconds:
      return " ms (or with s)";
    case Unit::Count:
      return "";
  }
  return "";
}

}  // namespace

Result<void> setLimit(Limits& limits, std::string_view name, std::string_view text) {
  for (const auto& limit : kLimits) {
    if (name.empty() || limit.name != name) continue;
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto suffix = text.substr(static_cast<std::size_t>(end - text.data()));
    const std::uint64_t factor = problem == std::errc{} ? factorOf(suffix, limit.unit) : 0;
    if (factor == 0 || number > limit.max / factor || number * factor < limit.min) {
      return Error{ErrorCode::InvalidParams,
                   "limit " + std::string(name) + "=" + std::string(text.substr(0, 40)) +
                       ": give a whole number from " + std::to_string(limit.min) + " to " +
                       std::to_string(limit.max) + std::string(unitHint(limit.unit))};
    }
    limit.set(limits, number * factor);
    return {};
  }
  return Error{ErrorCode::InvalidParams, "there is no limit called '" +
                                             std::string(name.substr(0, 40)) +
                                             "'; the names are: " + namesOfLimits()};
}

Result<void> checkLimits(const Limits& limits) {
  for (const auto& limit : kLimits) {
    const std::uint64_t value = limit.get(limits);
    if (value >= limit.min && value <= limit.max) continue;
    return Error{ErrorCode::InvalidParams,
                 std::string(limit.what) + " is " + std::to_string(value) + ": give " +
                     std::to_string(limit.min) + " to " + std::to_string(limit.max)};
  }
  return {};
}

std::string_view endReasonName(EndReason reason) {
  return kReasons[static_cast<std::size_t>(reason)];
}

}  // namespace kiosk
