#include "bridge/payments/merchants.h"

#include <string>

#include "runtime/base/encoding.h"

namespace kiosk::bridge {
namespace {

bool isMerchantWord(std::string_view text) {
  return !text.empty() && text.size() <= kMerchantIdBytesMax &&
         text.find_first_not_of(
             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") ==
             std::string_view::npos;
}

}  // namespace

Result<void> admitMerchant(Store& store, const MerchantRegistration& merchant) {
  if (!isMerchantWord(merchant.id) || !isMerchantWord(merchant.keyId)) {
    return Error{ErrorCode::InvalidParams,
                 "a merchant's id and key id are 1 to 64 of A-Za-z0-9._-"};
  }
  if (merchant.name.empty() || merchant.name.size() > kMerchantNameBytesMax ||
      !isUtf8(merchant.name)) {
    return Error{ErrorCode::InvalidParams, "a merchant's name is 1 to 128 bytes of UTF-8"};
  }
  if (merchant.publicKey.size() != 32) {
    return Error{ErrorCode::InvalidParams, "a merchant's public key is 32 raw bytes"};
  }
  return putMerchant(store, merchant);
}

Result<void> putMerchant(Store& store, const MerchantRegistration& merchant) {
  return store.runNow<void>("merchants.put", [merchant](soci::session& sql) -> Result<void> {
    const std::string publicKey = toBase64Url(bytesOf(merchant.publicKey));
    sql << "INSERT INTO merchants (id, name) VALUES (:id, :name)"
           " ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        soci::use(merchant.id, "id"), soci::use(merchant.name, "name");
    sql << "INSERT INTO merchant_keys (merchant_id, kid, public_key, revoked)"
           " VALUES (:id, :kid, :public_key, 0)"
           " ON CONFLICT (merchant_id, kid) DO UPDATE SET public_key = excluded.public_key,"
           " revoked = 0",
        soci::use(merchant.id, "id"), soci::use(merchant.keyId, "kid"),
        soci::use(publicKey, "public_key");
    return {};
  });
}

}  // namespace kiosk::bridge
