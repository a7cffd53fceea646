#include "bridge/payments/merchants.h"

#include <string>

#include "runtime/base/encoding.h"

namespace kiosk::bridge {

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
