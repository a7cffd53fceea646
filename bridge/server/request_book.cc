#include "bridge/server/request_book.h"

#include "bridge/server/partner_bounds.h"

namespace kiosk::bridge::partner {
namespace {

/// Old answers that one request removes: more than it adds.
constexpr long long kPurgeAnswersMax = 16;

std::int64_t oldestAnswerMs(std::int64_t nowMs) {
  return nowMs - std::chrono::milliseconds(kAnswerKeptFor).count();
}

}  // namespace

Result<void> rememberNonce(soci::session& sql, const SignatureClaim& claim, std::int64_t nowMs) {
  const long long now = nowMs;
  const long long until =
      claim.createdSeconds * 1000 + std::chrono::milliseconds(kNonceKeptFor).count();
  sql << "DELETE FROM partner_nonces WHERE until_ms < :now", soci::use(now, "now");
  long long same = 0, all = 0;
  sql << "SELECT COUNT(*) FROM partner_nonces WHERE merchant_id = :merchant AND nonce = :nonce",
      soci::use(claim.merchantId, "merchant"), soci::use(claim.nonce, "nonce"), soci::into(same);
  if (same > 0) {
    return Error{ErrorCode::SignatureInvalid,
                 "the nonce was used: sign again with a new nonce, also for a retry"};
  }
  sql << "SELECT COUNT(*) FROM partner_nonces WHERE merchant_id = :merchant",
      soci::use(claim.merchantId, "merchant"), soci::into(all);
  if (all >= kNoncesPerMerchantMax) {
    return Error{ErrorCode::RateLimited, "too many requests in the last minutes: wait",
                 std::chrono::milliseconds(kSignatureAgeMax).count()};
  }
  sql << "INSERT INTO partner_nonces (merchant_id, nonce, until_ms)"
         " VALUES (:merchant, :nonce, :until)",
      soci::use(claim.merchantId, "merchant"), soci::use(claim.nonce, "nonce"),
      soci::use(until, "until");
  return {};
}

std::optional<StoredAnswer> findAnswer(soci::session& sql, const std::string& merchantId,
                                       const std::string& key, std::int64_t nowMs) {
  StoredAnswer answer;
  long long status = 0;
  const long long oldest = oldestAnswerMs(nowMs);
  sql << "SELECT request_hash, status, type, body FROM partner_answers"
         " WHERE merchant_id = :merchant AND key = :key AND created_at_ms >= :oldest",
      soci::use(merchantId, "merchant"), soci::use(key, "key"), soci::use(oldest, "oldest"),
      soci::into(answer.requestHash), soci::into(status), soci::into(answer.type),
      soci::into(answer.body);
  if (!sql.got_data()) return std::nullopt;
  answer.status = static_cast<int>(status);
  return answer;
}

void keepAnswer(soci::session& sql, const std::string& merchantId, const std::string& key,
                const StoredAnswer& answer, std::int64_t nowMs) {
  const long long oldest = oldestAnswerMs(nowMs), now = nowMs, status = answer.status;
  sql << "DELETE FROM partner_answers WHERE merchant_id = :merchant AND key = :key",
      soci::use(merchantId, "merchant"), soci::use(key, "key");
  sql << "DELETE FROM partner_answers WHERE (merchant_id, key) IN (SELECT merchant_id, key"
         " FROM partner_answers WHERE created_at_ms < :oldest ORDER BY created_at_ms LIMIT :most)",
      soci::use(oldest, "oldest"), soci::use(kPurgeAnswersMax, "most");
  sql << "INSERT INTO partner_answers (merchant_id, key, request_hash, status, type, body,"
         " created_at_ms) VALUES (:merchant, :key, :hash, :status, :type, :body, :now)",
      soci::use(merchantId, "merchant"), soci::use(key, "key"),
      soci::use(answer.requestHash, "hash"), soci::use(status, "status"),
      soci::use(answer.type, "type"), soci::use(answer.body, "body"), soci::use(now, "now");
}

}  // namespace kiosk::bridge::partner
