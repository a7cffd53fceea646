#include "bridge/acquirer/http_acquirer.h"

#include <utility>

#include "bridge/acquirer/inquiry.h"
#include "bridge/acquirer/wire.h"
#include "runtime/base/json.h"
#include "runtime/base/log.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kIdBytesLogged = 8;
constexpr std::int64_t kUnclearLogEveryUs = 10'000'000;

std::string operationPath(const std::string& id) { return "/v1/operations/" + id; }
std::string refundPath(const std::string& id) { return "/v1/refunds/" + id; }

bool isSound(const wire::ChargeTerms& terms) {
  return terms.amountMinor >= 1 && terms.amountMinor <= wire::kAmountMinorMax &&
         wire::isCurrency(terms.currency) && wire::isId(terms.merchantId) &&
         wire::isId(terms.orderId);
}

bool isSound(const wire::RefundTerms& terms) {
  return terms.amountMinor >= 1 && terms.amountMinor <= wire::kAmountMinorMax &&
         wire::isCurrency(terms.currency) && wire::isId(terms.operationId);
}

}  // namespace

HttpAcquirer::HttpAcquirer(AcquirerOptions options, std::unique_ptr<AcquirerTransport> transport)
    : options_(std::move(options)),
      clock_(options_.clock != nullptr ? *options_.clock : systemClock()),
      transport_(std::move(transport)) {}

void HttpAcquirer::noteUnclear(const char* what, const std::string& id, std::string_view why) {
  ++unclear_;
  const auto nowUs = clock_.monotonicUs();
  if (loggedUs_ && nowUs - *loggedUs_ < kUnclearLogEveryUs) return;
  loggedUs_ = nowUs;
  logWarn("acquirer: " + std::string(what) + " " + id.substr(0, kIdBytesLogged) + "… is unknown: " +
          std::string(why) + " (" + std::to_string(unclear_) + " unknown answers so far)");
}

ChargeAnswer HttpAcquirer::chargeAnswer(const std::string& id, BankReading reading) {
  switch (reading.verdict) {
    case BankVerdict::Open:
      return {ChargeOutcome::Pending, std::move(reading.link)};
    case BankVerdict::Carried:
      return ChargeOutcome::Paid;
    case BankVerdict::Refused:
      return ChargeOutcome::Declined;
    case BankVerdict::RefusedFunds:
      return ChargeOutcome::InsufficientFunds;
    case BankVerdict::Absent:
    case BankVerdict::Unclear:
      break;
  }
  noteUnclear("charge", id, reading.why);
  return ChargeOutcome::Unknown;
}

RefundOutcome HttpAcquirer::refundOutcome(const std::string& id, const BankReading& reading) {
  switch (reading.verdict) {
    case BankVerdict::Open:
      return RefundOutcome::Pending;
    case BankVerdict::Carried:
      return RefundOutcome::Succeeded;
    case BankVerdict::Refused:
    case BankVerdict::RefusedFunds:
      return RefundOutcome::Failed;
    case BankVerdict::Absent:
    case BankVerdict::Unclear:
      break;
  }
  noteUnclear("refund", id, reading.why);
  return RefundOutcome::Unknown;
}

void HttpAcquirer::charge(const WalletCharge& charge, std::function<void(ChargeAnswer)> done) {
  const std::string id = charge.paymentId;
  const wire::ChargeTerms terms{charge.amountMinor, charge.currency, charge.merchantId,
                                charge.orderId};
  const std::string payer = options_.payerOf ? options_.payerOf(charge.user) : charge.user.value;
  if (!wire::isId(id) || !isSound(terms) || !wire::isId(payer)) {
    noteUnclear("charge", "", "its id, terms or payer cannot be said to the bank; it was not sent");
    return done(ChargeOutcome::Unknown);
  }
  const auto validity =
      std::chrono::duration_cast<std::chrono::milliseconds>(options_.linkValidity);
  const nlohmann::json body{{"amountMinor", terms.amountMinor},
                            {"currency", terms.currency},
                            {"merchantId", terms.merchantId},
                            {"orderId", terms.orderId},
                            {"payer", payer},
                            {"deadlineMs", clock_.wallMs() + validity.count()},
                            {"reference", wire::referenceOf(id, terms)}};
  charging_.insert(id);
  Inquiry::create(
      *transport_, operationPath(id), dumpJson(body),
      [id, terms](const Result<AcquirerReply>& reply) { return readOperation(reply, id, &terms); },
      [this, id, done = std::move(done)](BankReading reading) {
        charging_.erase(charging_.find(id));
        done(chargeAnswer(id, std::move(reading)));
      });
}

void HttpAcquirer::lookup(const std::string& paymentId, std::function<void(ChargeAnswer)> done) {
  // A look-up cancels what the bank does not know, and a charge that is on its way is not known.
  if (!wire::isId(paymentId) || charging_.contains(paymentId)) return done(ChargeOutcome::Unknown);
  Inquiry::lookup(
      *transport_, operationPath(paymentId),
      [id = paymentId](const Result<AcquirerReply>& reply) {
        return readOperation(reply, id, nullptr);
      },
      [this, id = paymentId, done = std::move(done)](BankReading reading) {
        done(chargeAnswer(id, std::move(reading)));
      });
}

void HttpAcquirer::refund(const WalletRefund& refund, std::function<void(RefundOutcome)> done) {
  const std::string id = refund.refundId;
  const wire::RefundTerms terms{refund.paymentId, refund.amountMinor, refund.currency};
  if (!wire::isId(id) || !isSound(terms)) {
    noteUnclear("refund", "", "its id or terms cannot be said to the bank; it was not sent");
    return done(RefundOutcome::Unknown);
  }
  const nlohmann::json body{{"operationId", terms.operationId},
                            {"amountMinor", terms.amountMinor},
                            {"currency", terms.currency},
                            {"reference", wire::referenceOf(id, terms)}};
  refunding_.insert(id);
  Inquiry::create(
      *transport_, refundPath(id), dumpJson(body),
      [id, terms](const Result<AcquirerReply>& reply) { return readRefund(reply, id, &terms); },
      [this, id, done = std::move(done)](BankReading reading) {
        refunding_.erase(refunding_.find(id));
        done(refundOutcome(id, reading));
      });
}

void HttpAcquirer::lookupRefund(const std::string& refundId,
                                std::function<void(RefundOutcome)> done) {
  if (!wire::isId(refundId) || refunding_.contains(refundId)) return done(RefundOutcome::Unknown);
  Inquiry::lookup(
      *transport_, refundPath(refundId),
      [id = refundId](const Result<AcquirerReply>& reply) {
        return readRefund(reply, id, nullptr);
      },
      [this, id = refundId, done = std::move(done)](BankReading reading) {
        done(refundOutcome(id, reading));
      });
}

}  // namespace kiosk::bridge
