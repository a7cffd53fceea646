#include "bridge/server/host_key_ring.h"

#include "bridge/receipts/signature_suite.h"
#include "bridge/server/partner_bounds.h"
#include "runtime/base/json.h"
#include "runtime/base/log.h"

namespace kiosk::bridge::partner {

Result<std::shared_ptr<const AuditKeys>> HostKeyRing::keys() {
  const std::int64_t nowUs = clock_.monotonicUs();
  const std::lock_guard lock(mutex_);
  const bool isFresh =
      keys_ != nullptr && nowUs - readAtUs_ < std::chrono::microseconds(kKeysReadEvery).count();
  if (isFresh) return keys_;
  auto read = read_();
  if (!read && keys_ == nullptr) return read.error();
  if (read) {
    keys_ = std::make_shared<const AuditKeys>(*std::move(read));
  } else {
    logWarn("the host's public keys cannot be read; the ones before are used");
  }
  readAtUs_ = nowUs;
  return keys_;
}

Result<std::string> HostKeyRing::jwks() {
  const auto present = keys();
  if (!present) return present.error();
  nlohmann::json all = nlohmann::json::array();
  for (const auto& [id, key] : **present) all.push_back(ed25519Jwk(key, id));
  return dumpJson({{"keys", std::move(all)}});
}

}  // namespace kiosk::bridge::partner
