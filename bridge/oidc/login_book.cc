#include "bridge/oidc/login_book.h"

#include <algorithm>
#include <optional>

#include "bridge/oidc/client_book.h"
#include "bridge/oidc/login_bounds.h"
#include "runtime/base/crypto.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge::oidc {
namespace {

constexpr std::int64_t kMsOfASecond = 1000;

std::int64_t milliseconds(std::chrono::seconds seconds) { return seconds.count() * kMsOfASecond; }

Error notGood(const char* message) { return {ErrorCode::SignatureInvalid, message}; }

/// Removes what nobody can use any more, a bounded part at a time. A code is kept for as long as a
/// token that was given for it may live, so that its second use is seen.
void sweep(soci::session& sql, std::int64_t nowMs) {
  const long long codes = nowMs - milliseconds(kAccessTokenLife), now = nowMs, max = kSweptMax;
  sql << "DELETE FROM login_codes WHERE code_hash IN (SELECT code_hash FROM login_codes"
         " WHERE expires_at_ms < :before ORDER BY expires_at_ms LIMIT :max)",
      soci::use(codes, "before"), soci::use(max, "max");
  sql << "DELETE FROM login_tokens WHERE token_hash IN (SELECT token_hash FROM login_tokens"
         " WHERE expires_at_ms < :before ORDER BY expires_at_ms LIMIT :max)",
      soci::use(now, "before"), soci::use(max, "max");
}

void sweepAssertions(soci::session& sql, std::int64_t nowMs) {
  const long long now = nowMs, max = kSweptMax;
  sql << "DELETE FROM login_assertions WHERE (app_id, jti_hash) IN (SELECT app_id, jti_hash"
         " FROM login_assertions WHERE until_ms < :before ORDER BY until_ms LIMIT :max)",
      soci::use(now, "before"), soci::use(max, "max");
}

/// The user took the consent back, or gave another one in its place.
bool consentHasEnded(soci::session& sql, const std::string& receiptId) {
  long long count = 0;
  sql << "SELECT COUNT(*) FROM grants_ended WHERE receipt_id = :receipt",
      soci::use(receiptId, "receipt"), soci::into(count);
  return count > 0;
}

bool isInTime(std::int64_t issuedAtMs, std::int64_t expiresAtMs, std::int64_t nowMs) {
  return nowMs < expiresAtMs && nowMs >= issuedAtMs - milliseconds(kClockBackMax);
}

struct CodeRow {
  LoginCode code;
  bool isUsed = false;
};

std::optional<CodeRow> findCode(soci::session& sql, const std::string& hash) {
  CodeRow row;
  LoginCode& code = row.code;
  code.hash = hash;
  long long used = 0, issued = 0, expires = 0;
  sql << "SELECT app_id, user_id, scope, issuer, code_challenge, receipt_id, sealed, used,"
         " issued_at_ms, expires_at_ms FROM login_codes WHERE code_hash = :hash",
      soci::use(hash, "hash"), soci::into(code.app), soci::into(code.user), soci::into(code.scope),
      soci::into(code.issuer), soci::into(code.challenge), soci::into(code.receiptId),
      soci::into(code.sealed), soci::into(used), soci::into(issued), soci::into(expires);
  if (!sql.got_data()) return std::nullopt;
  code.issuedAtMs = issued;
  code.expiresAtMs = expires;
  row.isUsed = used != 0;
  return row;
}

}  // namespace

void putCode(soci::session& sql, const LoginCode& code) {
  sweep(sql, code.issuedAtMs);
  const long long kept = kCodesPerUserMax - 1, max = kSweptMax;
  sql << "DELETE FROM login_codes WHERE code_hash IN (SELECT code_hash FROM login_codes"
         " WHERE user_id = :user AND app_id = :app AND used = 0"
         " ORDER BY issued_at_ms DESC, code_hash LIMIT :max OFFSET :kept)",
      soci::use(code.user, "user"), soci::use(code.app, "app"), soci::use(max, "max"),
      soci::use(kept, "kept");
  const long long issued = code.issuedAtMs, expires = code.expiresAtMs;
  sql << "INSERT INTO login_codes (code_hash, app_id, user_id, scope, issuer, code_challenge,"
         " receipt_id, sealed, used, issued_at_ms, expires_at_ms) VALUES (:hash, :app, :user,"
         " :scope, :issuer, :challenge, :receipt, :sealed, 0, :issued, :expires)",
      soci::use(code.hash, "hash"), soci::use(code.app, "app"), soci::use(code.user, "user"),
      soci::use(code.scope, "scope"), soci::use(code.issuer, "issuer"),
      soci::use(code.challenge, "challenge"), soci::use(code.receiptId, "receipt"),
      soci::use(code.sealed, "sealed"), soci::use(issued, "issued"), soci::use(expires, "expires");
}

Result<LoginCode> takeCode(soci::session& sql, const CodeClaim& claim) {
  auto row = findCode(sql, claim.hash);
  if (!row) return notGood("there is no such code, or it has expired");
  const LoginCode& code = row->code;
  if (!KIOSK_GUARD("login.client", code.app == claim.app)) {
    return notGood("there is no such code, or it has expired");
  }
  if (!KIOSK_GUARD("login.once", !row->isUsed)) {
    sql << "DELETE FROM login_tokens WHERE code_hash = :hash", soci::use(claim.hash, "hash");
    return notGood("the code was used before: what it gave is revoked, log in again");
  }
  if (!KIOSK_GUARD("login.expiry", isInTime(code.issuedAtMs, code.expiresAtMs, claim.nowMs))) {
    return notGood("there is no such code, or it has expired");
  }
  sql << "UPDATE login_codes SET used = 1 WHERE code_hash = :hash", soci::use(claim.hash, "hash");
  if (!KIOSK_GUARD("login.verifier",
                   equalConstantTime(bytesOf(code.challenge), bytesOf(claim.challenge)))) {
    return notGood("code_verifier is not that of the codeChallenge: the code is used up");
  }
  if (code.issuer != claim.issuer) return notGood("the code is for another issuer");
  if (!KIOSK_GUARD("login.consent", !consentHasEnded(sql, code.receiptId))) {
    return notGood("the user took the consent back");
  }
  return std::move(row->code);
}

void putToken(soci::session& sql, const AccessToken& token) {
  sweep(sql, token.issuedAtMs);
  const long long issued = token.issuedAtMs, expires = token.expiresAtMs;
  sql << "INSERT INTO login_tokens (token_hash, code_hash, app_id, user_id, receipt_id, sealed,"
         " issued_at_ms, expires_at_ms) VALUES (:hash, :code, :app, :user, :receipt, :sealed,"
         " :issued, :expires)",
      soci::use(token.hash, "hash"), soci::use(token.codeHash, "code"), soci::use(token.app, "app"),
      soci::use(token.user, "user"), soci::use(token.receiptId, "receipt"),
      soci::use(token.sealed, "sealed"), soci::use(issued, "issued"), soci::use(expires, "expires");
}

Result<AccessToken> findToken(soci::session& sql, const std::string& hash, std::int64_t nowMs) {
  AccessToken token;
  token.hash = hash;
  long long issued = 0, expires = 0;
  sql << "SELECT code_hash, app_id, user_id, receipt_id, sealed, issued_at_ms, expires_at_ms"
         " FROM login_tokens WHERE token_hash = :hash",
      soci::use(hash, "hash"), soci::into(token.codeHash), soci::into(token.app),
      soci::into(token.user), soci::into(token.receiptId), soci::into(token.sealed),
      soci::into(issued), soci::into(expires);
  if (!sql.got_data()) return notGood("there is no such token, or it has expired");
  token.issuedAtMs = issued;
  token.expiresAtMs = expires;
  if (!KIOSK_GUARD("login.tokenExpiry", isInTime(issued, expires, nowMs))) {
    return notGood("there is no such token, or it has expired");
  }
  if (!KIOSK_GUARD("login.tokenConsent", !consentHasEnded(sql, token.receiptId))) {
    return notGood("the user took the consent back");
  }
  return token;
}

Result<void> rememberAssertion(soci::session& sql, const UsedAssertion& assertion) {
  sweepAssertions(sql, assertion.nowMs);
  const std::string hash = sha256Hex(assertion.jti);
  long long count = 0;
  sql << "SELECT COUNT(*) FROM login_assertions WHERE app_id = :app AND jti_hash = :hash",
      soci::use(assertion.app, "app"), soci::use(hash, "hash"), soci::into(count);
  if (!KIOSK_GUARD("login.assertionOnce", count == 0)) {
    return notGood("the client assertion was used before: sign a new one for each request");
  }
  sql << "SELECT COUNT(*) FROM login_assertions WHERE app_id = :app",
      soci::use(assertion.app, "app"), soci::into(count);
  if (count >= kJtisPerClientMax) {
    return Error{ErrorCode::RateLimited, "the client has too many assertions remembered: wait"};
  }
  const long long until =
      std::max(assertion.expSeconds * kMsOfASecond, assertion.nowMs) + milliseconds(kJtiKeptAfter);
  sql << "INSERT INTO login_assertions (app_id, jti_hash, until_ms) VALUES (:app, :hash, :until)"
         " ON CONFLICT (app_id, jti_hash) DO NOTHING",
      soci::use(assertion.app, "app"), soci::use(hash, "hash"), soci::use(until, "until");
  return {};
}

}  // namespace kiosk::bridge::oidc
