#include "bridge/mock_bank/bank_register.h"

namespace kiosk::bridge {
namespace {

std::string payerAccount(const std::string& payer) { return "user:" + payer; }
std::string merchantAccount(const std::string& merchant) { return "merchant:" + merchant; }
/// Ids of operations and of refunds are two worlds; the journal has one.
std::string refundEntry(const std::string& id) { return "refund:" + id; }

}  // namespace

std::string_view nameOf(OperationState state) {
  switch (state) {
    case OperationState::Created:
      return "created";
    case OperationState::Accepted:
      return "accepted";
    case OperationState::Confirmed:
      return "confirmed";
    case OperationState::Rejected:
      return "rejected";
    case OperationState::DeadlineExpired:
      break;
  }
  return "deadline_expired";
}

std::string_view nameOf(BankRefundState state) {
  switch (state) {
    case BankRefundState::Pending:
      return "pending";
    case BankRefundState::Succeeded:
      return "succeeded";
    case BankRefundState::Failed:
      break;
  }
  return "failed";
}

BankTaken BankRegister::create(const std::string& id, const BankOperation& asked,
                               const BankVerdicts& verdicts, std::int64_t nowMs) {
  if (const auto* known = operation(id)) {
    const bool isSame =
        !known->terms || (*known->terms == *asked.terms && known->payer == asked.payer);
    return isSame ? BankTaken::Yes : BankTaken::Differs;
  }
  if (operations_.size() >= kBankRecordsMax) return BankTaken::Full;
  auto& made = operations_.emplace(id, asked).first->second;
  if (verdicts.rejection) {
    made.state = OperationState::Rejected;
    made.reason = *verdicts.rejection;
  } else if (verdicts.pending) {
    made.lookupsLeft = verdicts.pending->lookups;
    if (const auto ms = verdicts.pending->ms) {
      due_.emplace(nowMs + *ms, std::pair(Due::Confirm, id));
    }
    due_.emplace(made.deadlineMs, std::pair(Due::Expire, id));
    settleDue(nowMs);
  } else if (made.deadlineMs <= nowMs) {
    made.state = OperationState::DeadlineExpired;
  } else {
    confirm(id, made);
  }
  return BankTaken::Yes;
}

BankTaken BankRegister::cancelOperation(const std::string& id) {
  auto* known = operation(id);
  if (known == nullptr) {
    if (operations_.size() >= kBankRecordsMax) return BankTaken::Full;
    known = &operations_[id];
  }
  if (known->isOpen()) {
    known->state = OperationState::Rejected;
    known->reason = "cancelled";
  }
  return BankTaken::Yes;
}

BankTaken BankRegister::refund(const std::string& id, const BankRefund& asked,
                               const BankVerdicts& verdicts, std::int64_t nowMs) {
  if (const auto* known = findRefund(id)) {
    const bool isSame = !known->terms || *known->terms == *asked.terms;
    return isSame ? BankTaken::Yes : BankTaken::Differs;
  }
  if (refunds_.size() >= kBankRecordsMax) return BankTaken::Full;
  auto& made = refunds_.emplace(id, asked).first->second;
  const auto refused = [&made](std::string reason) {
    made.state = BankRefundState::Failed;
    made.reason = std::move(reason);
    return BankTaken::Yes;
  };
  if (verdicts.rejection) return refused(*verdicts.rejection);
  auto* paid = operation(made.terms->operationId);
  if (paid == nullptr) return refused("operation_unknown");
  if (paid->state != OperationState::Confirmed) return refused("operation_not_confirmed");
  if (paid->terms->currency != made.terms->currency) return refused("currency_differs");
  if (made.terms->amountMinor > paid->terms->amountMinor - paid->refundedMinor) {
    return refused("amount_exceeded");
  }
  // Taken at once, so that refunds that wait cannot add up to more than was paid.
  paid->refundedMinor += made.terms->amountMinor;
  if (!verdicts.pending) {
    carryOut(id, made);
  } else {
    made.lookupsLeft = verdicts.pending->lookups;
    if (const auto ms = verdicts.pending->ms) {
      due_.emplace(nowMs + *ms, std::pair(Due::Refund, id));
    }
  }
  return BankTaken::Yes;
}

BankTaken BankRegister::cancelRefund(const std::string& id) {
  auto* known = findRefund(id);
  if (known == nullptr) {
    if (refunds_.size() >= kBankRecordsMax) return BankTaken::Full;
    known = &refunds_[id];
  }
  if (known->state == BankRefundState::Pending) fail(*known, "cancelled");
  return BankTaken::Yes;
}

BankOperation* BankRegister::operation(const std::string& id) {
  const auto found = operations_.find(id);
  return found == operations_.end() ? nullptr : &found->second;
}

BankRefund* BankRegister::findRefund(const std::string& id) {
  const auto found = refunds_.find(id);
  return found == refunds_.end() ? nullptr : &found->second;
}

void BankRegister::noteLookup(const std::string& id, BankOperation& operation) {
  if (!operation.isOpen()) return;
  operation.state = OperationState::Accepted;
  if (operation.lookupsLeft && --*operation.lookupsLeft <= 0) confirm(id, operation);
}

void BankRegister::noteLookup(const std::string& id, BankRefund& refund) {
  if (refund.state != BankRefundState::Pending) return;
  if (refund.lookupsLeft && --*refund.lookupsLeft <= 0) carryOut(id, refund);
}

void BankRegister::settleDue(std::int64_t nowMs) {
  while (!due_.empty() && due_.begin()->first <= nowMs) {
    const auto [what, id] = due_.begin()->second;
    due_.erase(due_.begin());
    if (what == Due::Refund) {
      auto* refund = findRefund(id);
      if (refund != nullptr && refund->state == BankRefundState::Pending) carryOut(id, *refund);
      continue;
    }
    auto* open = operation(id);
    if (open == nullptr || !open->isOpen()) continue;
    if (what == Due::Expire) {
      open->state = OperationState::DeadlineExpired;
    } else {
      confirm(id, *open);
    }
  }
}

void BankRegister::confirm(const std::string& id, BankOperation& operation) {
  const auto moved =
      books_.transfer(payerAccount(operation.payer), merchantAccount(operation.terms->merchantId),
                      operation.terms->amountMinor, id);
  if (moved == BankBooks::Moved::Yes) {
    operation.state = OperationState::Confirmed;
    return;
  }
  operation.state = OperationState::Rejected;
  operation.reason =
      moved == BankBooks::Moved::NotEnough ? "insufficient_funds" : "balance_too_large";
}

void BankRegister::carryOut(const std::string& id, BankRefund& refund) {
  const auto* paid = operation(refund.terms->operationId);
  const auto moved =
      books_.transfer(merchantAccount(paid->terms->merchantId), payerAccount(paid->payer),
                      refund.terms->amountMinor, refundEntry(id));
  if (moved == BankBooks::Moved::Yes) {
    refund.state = BankRefundState::Succeeded;
  } else {
    fail(refund, "insufficient_funds");
  }
}

void BankRegister::fail(BankRefund& refund, std::string reason) {
  refund.state = BankRefundState::Failed;
  refund.reason = std::move(reason);
  if (!refund.terms) return;
  operation(refund.terms->operationId)->refundedMinor -= refund.terms->amountMinor;
}

bool BankRegister::isMovedAsSaid(const std::string& id, const BankOperation& operation) const {
  if (operation.state != OperationState::Confirmed) return books_.transfers(id) == 0;
  const auto amount = operation.terms->amountMinor;
  return books_.transfers(id) == 1 &&
         books_.movedBy(id, payerAccount(operation.payer)) == -amount &&
         books_.movedBy(id, merchantAccount(operation.terms->merchantId)) == amount &&
         operation.refundedMinor >= 0 && operation.refundedMinor <= amount;
}

bool BankRegister::isMovedAsSaid(const std::string& id, const BankRefund& refund) const {
  const auto entry = refundEntry(id);
  if (refund.state != BankRefundState::Succeeded) return books_.transfers(entry) == 0;
  const auto paid = operations_.find(refund.terms->operationId);
  return books_.transfers(entry) == 1 && paid != operations_.end() &&
         books_.movedBy(entry, payerAccount(paid->second.payer)) == refund.terms->amountMinor;
}

bool BankRegister::conserved() const {
  std::map<std::string, std::int64_t> refunded;
  std::size_t moved = 0;
  for (const auto& [id, refund] : refunds_) {
    if (!isMovedAsSaid(id, refund)) return false;
    if (refund.state == BankRefundState::Failed) continue;
    refunded[refund.terms->operationId] += refund.terms->amountMinor;
    if (refund.state == BankRefundState::Succeeded) ++moved;
  }
  for (const auto& [id, operation] : operations_) {
    const auto found = refunded.find(id);
    const auto back = found == refunded.end() ? 0 : found->second;
    if (!isMovedAsSaid(id, operation) || back != operation.refundedMinor) return false;
    if (operation.state == OperationState::Confirmed) ++moved;
  }
  // What is left was put in at the opening.
  return moved + books_.transfers(kBankOpeningEntry) == books_.transfers();
}

}  // namespace kiosk::bridge
