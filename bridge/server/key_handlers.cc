#include <optional>

#include "bridge/payments/jws.h"
#include "bridge/server/api_call.h"
#include "bridge/server/api_message.h"
#include "bridge/server/partner_bounds.h"

namespace kiosk::bridge::partner {
namespace {

constexpr std::string_view kKeyProofType = "kiosk-key+jwt";
constexpr std::size_t kPublicKeyBytes = 32, kPublicKeyDigits = 43;

struct KeyRow {
  std::string kid, publicKey;  ///< base64url
  bool revoked = false;
};

/// All keys that the merchant ever had; at most kKeysMax.
std::vector<KeyRow> keysOf(soci::session& sql, const std::string& merchantId) {
  std::vector<KeyRow> keys;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT kid, public_key, revoked FROM merchant_keys"
                      " WHERE merchant_id = :merchant ORDER BY kid",
       soci::use(merchantId, "merchant"));
  for (const soci::row& row : rows) {
    keys.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<long long>(2) != 0});
  }
  return keys;
}

nlohmann::json keyJson(const KeyRow& key) {
  return {{"kid", key.kid},
          {"publicKey", key.publicKey},
          {"state", key.revoked ? "revoked" : "active"}};
}

std::int64_t activeKeys(const std::vector<KeyRow>& keys) {
  std::int64_t count = 0;
  for (const KeyRow& key : keys) count += key.revoked ? 0 : 1;
  return count;
}

/// Whether whoever made `proof` holds the private half of the key, and means this merchant, now.
Result<void> checkProof(const std::string& proof, const KeyRow& key, const std::string& publicKey,
                        const ApiCall& call) {
  auto jws = parseJws(proof, kKeyProofType);
  if (!jws) return Error{ErrorCode::InvalidParams, "proof: " + jws.error().message};
  if (jws->kid != key.kid || !verifyJws(*jws, bytesOf(publicKey))) {
    return Error{ErrorCode::SignatureInvalid, "proof is not signed by the new key under its kid"};
  }
  const auto iat = jws->payload.find("iat");
  if (iat == jws->payload.end() || !iat->is_number_integer() ||
      jws->payload !=
          nlohmann::json{{"merchantId", call.merchantId}, {"kid", key.kid}, {"iat", *iat}}) {
    return Error{ErrorCode::SignatureInvalid,
                 "proof does not say exactly your merchantId, the kid, and iat in seconds"};
  }
  const double off = iat->get<double>() - static_cast<double>(call.nowMs / 1000);
  const auto most = static_cast<double>(kSignatureAgeMax.count());
  if (off > most || off < -most) {
    return Error{ErrorCode::SignatureInvalid, "proof was not made within the last 300 seconds"};
  }
  return {};
}

/// Whether the merchant may have `key` beside `keys`.
Result<void> checkNew(const std::vector<KeyRow>& keys, const KeyRow& key) {
  for (const KeyRow& other : keys) {
    if (other.kid == key.kid) {
      return Error{ErrorCode::KeyInvalid, "the kid was used before: take another"};
    }
    if (other.publicKey == key.publicKey) {
      return Error{ErrorCode::KeyInvalid, "the key was registered before: make a new one"};
    }
  }
  if (activeKeys(keys) >= kActiveKeysMax || static_cast<std::int64_t>(keys.size()) >= kKeysMax) {
    return Error{ErrorCode::QuotaExceeded,
                 "you have 8 active keys, or 200 in all: revoke one, or ask the host"};
  }
  return {};
}

}  // namespace

Result<ApiReply> readKeys(soci::session& sql, const ApiCall& call) {
  nlohmann::json items = nlohmann::json::array();
  for (const KeyRow& key : keysOf(sql, call.merchantId)) items.push_back(keyJson(key));
  return ApiReply{200, {{"items", std::move(items)}}};
}

Result<ApiReply> addKey(soci::session& sql, const ApiCall& call) {
  if (auto known = checkMembers(call.body, {"kid", "publicKey", "proof"}); !known) {
    return known.error();
  }
  auto kid = textMember(call.body, "kid", kWordBytesMax);
  if (!kid) return kid.error();
  if (!isWord(*kid, kWordBytesMax)) {
    return Error{ErrorCode::InvalidParams, "kid is not 1 to 64 of [A-Za-z0-9._-]"};
  }
  auto text = textMember(call.body, "publicKey", kPublicKeyDigits);
  if (!text) return text.error();
  const auto publicKey = fromBase64Url(*text);
  if (!publicKey || publicKey->size() != kPublicKeyBytes) {
    return Error{ErrorCode::InvalidParams, "publicKey is not 32 bytes in base64url"};
  }
  auto proof = textMember(call.body, "proof", kJwsBytesMax);
  if (!proof) return proof.error();
  const KeyRow key{*std::move(kid), *std::move(text), false};
  if (auto proved = checkProof(*proof, key, *publicKey, call); !proved) return proved.error();
  if (auto fits = checkNew(keysOf(sql, call.merchantId), key); !fits) return fits.error();
  sql << "INSERT INTO merchant_keys (merchant_id, kid, public_key, revoked)"
         " VALUES (:merchant, :kid, :public_key, 0)",
      soci::use(call.merchantId, "merchant"), soci::use(key.kid, "kid"),
      soci::use(key.publicKey, "public_key");
  return ApiReply{201, keyJson(key)};
}

Result<ApiReply> revokeKey(soci::session& sql, const ApiCall& call) {
  if (auto known = checkMembers(call.body, {}); !known) return known.error();
  const auto keys = keysOf(sql, call.merchantId);
  std::optional<KeyRow> found;
  for (const KeyRow& key : keys) {
    if (key.kid == call.parts.at(0)) found = key;
  }
  if (!found) return Error{ErrorCode::NotFound, "there is no such key of yours"};
  if (!found->revoked && activeKeys(keys) == 1) {
    return Error{ErrorCode::KeyInvalid, "it is your last key: register another one first"};
  }
  sql << "UPDATE merchant_keys SET revoked = 1 WHERE merchant_id = :merchant AND kid = :kid",
      soci::use(call.merchantId, "merchant"), soci::use(found->kid, "kid");
  found->revoked = true;
  return ApiReply{200, keyJson(*found)};
}

}  // namespace kiosk::bridge::partner
