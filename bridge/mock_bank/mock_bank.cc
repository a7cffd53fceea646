#include "bridge/mock_bank/mock_bank.h"

#include <set>
#include <string_view>
#include <utility>

#include "bridge/acquirer/bank_answer.h"
#include "bridge/mock_bank/bank_json.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

constexpr JsonBounds kRequestBounds{
    .bytesMax = kBankRequestBytesMax, .depthMax = 4, .valuesMax = 64};
constexpr std::int64_t kDeadlineMsMax = 253'402'300'799'000;  // the end of the year 9999
constexpr std::size_t kReferenceBytesMax = 64;
constexpr std::string_view kOperations = "/v1/operations/", kRefunds = "/v1/refunds/";
constexpr std::string_view kReport = "/v1/report";

/// Why a request is not of the protocol, as its sender is told.
Error notOfProtocol(std::string message) { return {ErrorCode::InvalidParams, std::move(message)}; }

bool isCancel(const json& body) {
  const auto cancel = body.find("cancel");
  return body.size() == 1 && cancel != body.end() && cancel->is_boolean() && cancel->get<bool>();
}

template <class Terms>
bool hasReference(const json& body, const std::string& id, const std::optional<Terms>& terms) {
  const auto* reference = wire::text(body, "reference");
  return terms && reference != nullptr && reference->size() <= kReferenceBytesMax &&
         *reference == wire::referenceOf(id, *terms);
}

}  // namespace

/// One request, understood.
struct MockBank::Ask {
  BankAct act = BankAct::Lookup;
  bool isRefund = false;
  std::string id;
  BankOperation operation;  ///< of a charge
  BankRefund refund;        ///< of a refund
};

Result<MockBank> MockBank::create(MockBankConfig config) {
  const auto bad = [](const char* what) { return Error{ErrorCode::InvalidParams, what}; };
  if (!wire::isCurrency(config.currency)) return bad("a currency is three upper-case letters");
  if (config.balances.size() > kBankUsersMax) return bad("a bank may open with 1000 users");
  if (!config.linkBase.starts_with("https://") || !isPayLink(config.linkBase)) {
    return bad("linkBase is to be an https URL");
  }
  std::set<std::string> seen;
  for (const auto& [user, amount] : config.balances) {
    if (!wire::isId(user)) return bad("a user's name is 1 to 64 of A-Za-z0-9._-");
    if (amount < 0 || amount > wire::kAmountMinorMax) return bad("a balance is 0 to 10^12");
    if (!seen.insert(user).second) return bad("a user has two balances: give one");
  }
  return MockBank(std::move(config));
}

MockBank::MockBank(MockBankConfig config)
    : config_(std::move(config)),
      books_(std::make_unique<BankBooks>()),
      register_(std::make_unique<BankRegister>(*books_)) {
  for (const auto& [user, amount] : config_.balances) {
    if (amount == 0) continue;
    const auto moved = books_->transfer("world", "user:" + user, amount, kBankOpeningEntry);
    KIOSK_CHECK(moved == BankBooks::Moved::Yes, "opening balances were checked");
  }
}

BankResponse MockBank::handle(const BankRequest& request, std::int64_t nowMs) {
  register_->settleDue(nowMs);
  if (nowMs < downUntilMs_) return bankError(503, "down", "the bank is down: try again later");
  const std::string_view target = request.target;
  if (request.method == "GET" && target.substr(0, target.find('?')) == kReport) {
    return report(request);
  }
  const auto ask = understand(request);
  if (!ask) {
    const bool isNotThere = ask.error().code == ErrorCode::NotFound;
    return bankError(isNotThere ? 404 : 400, isNotThere ? "not_found" : "invalid_request",
                     ask.error().message);
  }
  if (const auto fault = config_.script.next(ask->act)) return withFault(*ask, *fault, nowMs);
  return serve(*ask, {}, nowMs);
}

Result<MockBank::Ask> MockBank::understand(const BankRequest& request) const {
  if (request.target.size() > kBankTargetBytesMax) return notOfProtocol("the address is too long");
  Ask ask;
  std::string_view path = request.target;
  if (path.starts_with(kOperations)) {
    path.remove_prefix(kOperations.size());
  } else if (path.starts_with(kRefunds)) {
    path.remove_prefix(kRefunds.size());
    ask.isRefund = true;
  } else {
    return Error{ErrorCode::NotFound,
                 "say /v1/operations/ID, /v1/refunds/ID or /v1/report; GET or PUT"};
  }
  if (!wire::isId(path)) return notOfProtocol("an id is 1 to 64 of A-Za-z0-9._-");
  ask.id = path;
  if (request.method == "GET") {
    ask.act = ask.isRefund ? BankAct::LookupRefund : BankAct::Lookup;
    return ask;
  }
  if (request.method != "PUT") return notOfProtocol("the method is GET or PUT");
  return understandPut(request, std::move(ask));
}

Result<MockBank::Ask> MockBank::understandPut(const BankRequest& request, Ask ask) const {
  const auto body = parseJson(request.body, kRequestBounds);
  if (!body) return body.error();
  if (!body->is_object()) return notOfProtocol("the body is to be a JSON object");
  if (isCancel(*body)) {
    ask.act = BankAct::Cancel;
    return ask;
  }
  if (ask.isRefund) {
    ask.act = BankAct::Refund;
    ask.refund.terms = wire::refundTerms(*body);
    if (body->size() != 4 || !hasReference(*body, ask.id, ask.refund.terms)) {
      return notOfProtocol(
          "a refund has operationId, amountMinor, currency and their reference, and no more");
    }
    ask.refund.reference = *wire::text(*body, "reference");
    return ask;
  }
  ask.act = BankAct::Charge;
  ask.operation.terms = wire::chargeTerms(*body);
  const auto* payer = wire::text(*body, "payer");
  const auto deadline = wire::integer(*body, "deadlineMs", 1, kDeadlineMsMax);
  if (body->size() != 7 || payer == nullptr || !wire::isId(*payer) || !deadline ||
      !hasReference(*body, ask.id, ask.operation.terms)) {
    return notOfProtocol(
        "an operation has amountMinor, currency, merchantId, orderId, their reference, payer and "
        "deadlineMs, and no more");
  }
  ask.operation.payer = *payer;
  ask.operation.deadlineMs = *deadline;
  ask.operation.reference = *wire::text(*body, "reference");
  return ask;
}

BankResponse MockBank::serve(const Ask& ask, const BankVerdicts& verdicts, std::int64_t nowMs) {
  switch (ask.act) {
    case BankAct::Charge: {
      auto decided = verdicts;
      if (!decided.rejection && ask.operation.terms->currency != config_.currency) {
        decided.rejection = "currency_unsupported";
      }
      return answerOf(ask, register_->create(ask.id, ask.operation, decided, nowMs));
    }
    case BankAct::Refund:
      return answerOf(ask, register_->refund(ask.id, ask.refund, verdicts, nowMs));
    case BankAct::Cancel:
      return answerOf(
          ask, ask.isRefund ? register_->cancelRefund(ask.id) : register_->cancelOperation(ask.id));
    case BankAct::Lookup:
      if (auto* found = register_->operation(ask.id)) register_->noteLookup(ask.id, *found);
      return answerOf(ask, BankTaken::Yes);
    case BankAct::LookupRefund:
      break;
  }
  if (auto* found = register_->findRefund(ask.id)) register_->noteLookup(ask.id, *found);
  return answerOf(ask, BankTaken::Yes);
}

BankResponse MockBank::answerOf(const Ask& ask, BankTaken taken) {
  if (taken == BankTaken::Differs) {
    return bankError(409, "differs", "this id is there with other terms: take a new one", ask.id);
  }
  if (taken == BankTaken::Full) {
    return bankError(507, "full", "this bank holds no more: start it anew", ask.id);
  }
  if (ask.isRefund) {
    const auto* found = register_->findRefund(ask.id);
    if (found == nullptr) {
      return bankError(404, "refund_unknown", "no refund of this id came", ask.id);
    }
    return {200, dumpJson(bankJson(ask.id, *found))};
  }
  const auto* found = register_->operation(ask.id);
  if (found == nullptr) {
    return bankError(404, "operation_unknown", "no operation of this id came", ask.id);
  }
  return {200, dumpJson(bankJson(ask.id, *found, config_.linkBase))};
}

BankResponse MockBank::withFault(const Ask& ask, const Fault& fault, std::int64_t nowMs) {
  const BankResponse silence{.status = 0, .body = {}, .delayMs = 0, .isAnswered = false};
  switch (fault.kind) {
    case FaultKind::Dropped:
      return silence;
    case FaultKind::Lost:
      serve(ask, {}, nowMs);
      return silence;
    case FaultKind::Late: {
      auto answer = serve(ask, {}, nowMs);
      answer.delayMs = *fault.ms;
      return answer;
    }
    case FaultKind::Doubled:
      serve(ask, {}, nowMs);
      return serve(ask, {}, nowMs);
    case FaultKind::Contradictory:
      return contradict(ask, serve(ask, {}, nowMs), fault.says);
    case FaultKind::Down:
      downUntilMs_ = nowMs + *fault.ms;
      return bankError(503, "down", "the bank is down: try again later");
    case FaultKind::Pending:
      return serve(ask, {.pending = BankPatience{fault.ms, fault.lookups}, .rejection = {}}, nowMs);
    case FaultKind::Reject:
      break;
  }
  return serve(ask, {.pending = {}, .rejection = fault.reason}, nowMs);
}

BankResponse MockBank::contradict(const Ask& ask, BankResponse truth, FaultSays says) {
  if (truth.status != 200) return truth;
  auto* operation = ask.isRefund ? nullptr : register_->operation(ask.id);
  auto* refund = ask.isRefund ? register_->findRefund(ask.id) : nullptr;
  bool& lied = operation != nullptr ? operation->lied : refund->lied;
  if (std::exchange(lied, true)) return truth;
  json answer = operation != nullptr ? bankJson(ask.id, *operation, config_.linkBase)
                                     : bankJson(ask.id, *refund);
  if (says == FaultSays::Amount && answer.contains("amountMinor")) {
    answer["amountMinor"] = answer["amountMinor"].get<std::int64_t>() + 1;
  } else if (operation != nullptr) {
    const bool isRejected = operation->state == OperationState::Rejected ||
                            operation->state == OperationState::DeadlineExpired;
    answer["state"] = nameOf(isRejected ? OperationState::Confirmed : OperationState::Rejected);
  } else {
    const bool isFailed = refund->state == BankRefundState::Failed;
    answer["state"] = nameOf(isFailed ? BankRefundState::Succeeded : BankRefundState::Failed);
  }
  return {200, dumpJson(answer)};
}

BankResponse MockBank::report(const BankRequest& request) const {
  if (request.target.size() > kBankTargetBytesMax) {
    return bankError(400, "invalid_request", "the address is too long");
  }
  const std::string_view target = request.target;
  const auto mark = target.find('?');
  return bankReport(*register_, mark == target.npos ? "" : target.substr(mark + 1), conserved());
}

std::optional<OperationState> MockBank::operationState(const std::string& id) const {
  const auto* found = register_->operation(id);
  return found == nullptr ? std::nullopt : std::optional(found->state);
}

std::optional<BankRefundState> MockBank::refundState(const std::string& id) const {
  const auto* found = register_->findRefund(id);
  return found == nullptr ? std::nullopt : std::optional(found->state);
}

}  // namespace kiosk::bridge
