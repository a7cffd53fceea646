#include "bridge/payments_module/once.h"

#include "bridge/payments/ledger.h"
#include "runtime/base/crypto.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kIdDigits = 32;

std::string derivedId(const std::string& text) { return sha256Hex(text).substr(0, kIdDigits); }

}  // namespace

Result<RefundRow> refundOnce(soci::session& sql, const RefundRequest& request, std::int64_t nowMs) {
  RefundCall call;
  call.merchantId = request.merchantId;
  call.orderId = request.orderId;
  call.refundId = derivedId("kiosk refund v1\n" + request.merchantId + "\n" + request.orderId +
                            "\n" + request.idempotencyKey);
  call.amountMinor = request.amountMinor;
  call.reason = request.reason;
  call.nowMs = nowMs;
  auto earlier = findRefund(sql, call.merchantId, call.refundId);
  if (!earlier) return refundOrder(sql, call);
  const bool sameSum = call.amountMinor == 0 || call.amountMinor == earlier->amountMinor;
  if (!sameSum || call.reason != earlier->reason) {
    return Error{ErrorCode::InvalidParams, "the refund's key was used for another refund"};
  }
  return *std::move(earlier);
}

Result<void> fundOnce(soci::session& sql, const Funding& funding, std::int64_t nowMs) {
  using ledger::OwnerKind;
  const std::string id = derivedId("kiosk funding v1\n" + funding.reference);
  std::string user, currency;
  long long amount = 0;
  sql << "SELECT a.owner_id, a.currency, e.amount_minor FROM ledger_entries e"
         " JOIN accounts a ON a.id = e.account_id"
         " WHERE e.transaction_id = :id AND a.owner_kind = 'user'",
      soci::use(id, "id"), soci::into(user), soci::into(currency), soci::into(amount);
  if (sql.got_data()) {
    if (user == funding.user.value && currency == funding.currency &&
        amount == funding.amountMinor) {
      return {};
    }
    return Error{ErrorCode::InvalidParams, "the reference was used for another funding"};
  }
  const ledger::Entry entries[] = {
      {{OwnerKind::Host, "funding", funding.currency}, -funding.amountMinor},
      {{OwnerKind::User, funding.user.value, funding.currency}, funding.amountMinor}};
  return ledger::post(sql, {.id = id, .createdAtMs = nowMs}, entries);
}

}  // namespace kiosk::bridge
