#include "bridge/acquirer/bank_answer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

constexpr JsonBounds kAnswerBounds{
    .bytesMax = kAcquirerBodyBytesMax, .depthMax = 8, .valuesMax = 256};
constexpr std::size_t kLinkBytesMax = 1024;

using StateName = std::pair<std::string_view, BankVerdict>;
constexpr std::array kOperationStates = std::to_array<StateName>({
    {"created", BankVerdict::Open},
    {"accepted", BankVerdict::Open},
    {"confirmed", BankVerdict::Carried},
    {"rejected", BankVerdict::Refused},
    {"deadline_expired", BankVerdict::Refused},
});
constexpr std::array kRefundStates = std::to_array<StateName>({
    {"pending", BankVerdict::Open},
    {"succeeded", BankVerdict::Carried},
    {"failed", BankVerdict::Refused},
});

BankReading unclear(std::string_view why) { return {BankVerdict::Unclear, {}, why}; }

template <std::size_t N>
std::optional<BankVerdict> verdictOf(const std::array<StateName, N>& states,
                                     const std::string* state) {
  if (state == nullptr) return std::nullopt;
  for (const auto& [name, verdict] : states) {
    if (name == *state) return verdict;
  }
  return std::nullopt;
}

/// What `openReply` found: an object that speaks of the id, or why there is none.
struct Envelope {
  nlohmann::json object;
  std::string_view problem;  ///< empty: there is none
};

Envelope openReply(const Result<AcquirerReply>& reply, const std::string& id) {
  if (!reply) return {{}, "no answer came"};
  if (reply->status != 200 && reply->status != 404) return {{}, "the bank did not answer with 200"};
  auto parsed = parseJson(reply->body, kAnswerBounds);
  if (!parsed || !parsed->is_object()) return {{}, "the answer is not JSON of this protocol"};
  const auto* answered = wire::text(*parsed, "id");
  if (answered == nullptr || *answered != id) return {{}, "the answer is about another id"};
  return {std::move(*parsed), {}};
}

/// A 404 counts as the bank's word only when it has the bank's form: proxies have 404s too.
bool saysAbsent(const AcquirerReply& reply, const nlohmann::json& object, std::string_view code) {
  const auto* error = wire::text(object, "error");
  return reply.status == 404 && error != nullptr && *error == code;
}

/// The mark of an id that was cancelled before it arrived: it has no terms.
bool isTombstone(const nlohmann::json& object) {
  const auto* reason = wire::text(object, "reason");
  return reason != nullptr && *reason == "cancelled" && !object.contains("amountMinor") &&
         !object.contains("reference");
}

/// Why `terms` may not be believed; empty when they may.
template <class Terms>
std::string_view termsProblem(const nlohmann::json& object, const std::string& id,
                              const std::optional<Terms>& terms, const Terms* asked) {
  if (!terms) return "the answer does not say its terms";
  if (asked != nullptr && *terms != *asked) return "the answer has other terms than were asked";
  const auto* reference = wire::text(object, "reference");
  if (reference == nullptr || *reference != wire::referenceOf(id, *terms)) {
    return "the terms of the answer do not fit its reference";
  }
  return {};
}

/// `verdict`, if the terms beside the state may be believed.
template <class Terms>
BankReading judged(BankVerdict verdict, const nlohmann::json& object, const std::string& id,
                   const std::optional<Terms>& terms, const Terms* asked) {
  if (verdict == BankVerdict::Refused && isTombstone(object)) return {verdict};
  const auto problem = termsProblem(object, id, terms, asked);
  if (!problem.empty()) return unclear(problem);
  const auto* reason = wire::text(object, "reason");
  if (verdict == BankVerdict::Refused && reason != nullptr && *reason == "insufficient_funds") {
    return {BankVerdict::RefusedFunds};
  }
  return {verdict};
}

}  // namespace

bool isPayLink(std::string_view link) {
  const auto isVisible = [](char c) { return c > ' ' && c < '\x7f'; };
  if (link.size() > kLinkBytesMax) return false;
  if (link.starts_with("000201")) {
    return std::all_of(link.begin(), link.end(), [&](char c) { return isVisible(c) || c == ' '; });
  }
  constexpr std::string_view kScheme = "https://";
  if (!link.starts_with(kScheme) || !std::all_of(link.begin(), link.end(), isVisible)) return false;
  const auto host = link.substr(kScheme.size());
  const auto authority = host.substr(0, host.find_first_of("/?#"));
  const auto isHostChar = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':';
  };
  return !authority.empty() && std::all_of(authority.begin(), authority.end(), isHostChar);
}

BankReading readOperation(const Result<AcquirerReply>& reply, const std::string& id,
                          const wire::ChargeTerms* asked) {
  const auto [object, problem] = openReply(reply, id);
  if (!problem.empty()) return unclear(problem);
  if (saysAbsent(*reply, object, "operation_unknown")) return {BankVerdict::Absent};
  if (reply->status != 200) return unclear("a 404 without the bank's own words");
  const auto verdict = verdictOf(kOperationStates, wire::text(object, "state"));
  if (!verdict) return unclear("the answer has a state that is not of this protocol");
  auto reading = judged(*verdict, object, id, wire::chargeTerms(object), asked);
  if (reading.verdict != BankVerdict::Open || !object.contains("link")) return reading;
  const auto* link = wire::text(object, "link");
  if (link == nullptr || !isPayLink(*link)) return unclear("the link is not one to open");
  reading.link = *link;
  return reading;
}

BankReading readRefund(const Result<AcquirerReply>& reply, const std::string& id,
                       const wire::RefundTerms* asked) {
  const auto [object, problem] = openReply(reply, id);
  if (!problem.empty()) return unclear(problem);
  if (saysAbsent(*reply, object, "refund_unknown")) return {BankVerdict::Absent};
  if (reply->status != 200) return unclear("a 404 without the bank's own words");
  const auto verdict = verdictOf(kRefundStates, wire::text(object, "state"));
  if (!verdict) return unclear("the answer has a state that is not of this protocol");
  auto reading = judged(*verdict, object, id, wire::refundTerms(object), asked);
  // A failed refund has one outcome, whatever its reason.
  if (reading.verdict == BankVerdict::RefusedFunds) reading.verdict = BankVerdict::Refused;
  return reading;
}

}  // namespace kiosk::bridge
