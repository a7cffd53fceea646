#include "bridge/payments/amount.h"
#include "bridge/payments/order_book.h"
#include "bridge/payments/refund_book.h"
#include "bridge/server/api_call.h"
#include "bridge/server/partner_bounds.h"
#include "runtime/base/short_text.h"

namespace kiosk::bridge::partner {
namespace {

/// 0 stands for all that is left, and is not to be said.
Result<std::int64_t> refundAmount(const nlohmann::json& body) {
  const auto found = body.find("amountMinor");
  if (found == body.end()) return std::int64_t{0};
  const bool isWhole = found->is_number_integer() && !found->is_number_float();
  const bool isHuge = found->is_number_unsigned() &&
                      found->get<std::uint64_t>() > static_cast<std::uint64_t>(kAmountMinorMax);
  if (!isWhole || isHuge || found->get<std::int64_t>() < 1) {
    return Error{ErrorCode::InvalidParams,
                 "amountMinor is not a whole number from 1 to 10^12: leave it out to refund all"
                 " that is left"};
  }
  return found->get<std::int64_t>();
}

Result<std::string> refundReason(const nlohmann::json& body) {
  if (!body.contains("reason")) return std::string();
  auto reason = textMember(body, "reason", kReasonBytesMax);
  if (!reason) return reason;
  if (!isPrintable(*reason)) {
    return Error{ErrorCode::InvalidParams, "reason is not one line of text"};
  }
  return reason;
}

}  // namespace

Result<ApiReply> createRefund(soci::session& sql, const ApiCall& call) {
  if (auto known = checkMembers(call.body, {"amountMinor", "reason"}); !known) {
    return known.error();
  }
  auto amount = refundAmount(call.body);
  if (!amount) return amount.error();
  auto reason = refundReason(call.body);
  if (!reason) return reason.error();
  RefundCall refund;
  refund.merchantId = call.merchantId;
  refund.orderId = call.parts.at(0);
  refund.refundId = call.freshId;
  refund.amountMinor = *amount;
  refund.reason = *std::move(reason);
  refund.nowMs = call.nowMs;
  auto row = refundOrder(sql, refund);
  if (!row) return row.error();
  return ApiReply{201, refundJson(*row)};
}

Result<ApiReply> readRefunds(soci::session& sql, const ApiCall& call) {
  if (!findOrder(sql, call.merchantId, call.parts.at(0))) {
    return Error{ErrorCode::NotFound, "there is no such order of yours"};
  }
  nlohmann::json items = nlohmann::json::array();
  for (const RefundRow& row : refundsOf(sql, call.merchantId, call.parts.at(0))) {
    items.push_back(refundJson(row));
  }
  return ApiReply{200, {{"items", std::move(items)}}};
}

Result<ApiReply> readRefund(soci::session& sql, const ApiCall& call) {
  const auto row = findRefund(sql, call.merchantId, call.parts.at(0));
  if (!row) return Error{ErrorCode::NotFound, "there is no such refund of yours"};
  return ApiReply{200, refundJson(*row)};
}

}  // namespace kiosk::bridge::partner
