#pragma once
// The host's public keys as they are now: after `kiosk keys rotate` a server that runs on goes by
// the new one too. Private keys are not among them.

#include <kiosk/clock.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "bridge/audit_head.h"

namespace kiosk::bridge::partner {

/// Threads: any.
class HostKeyRing {
 public:
  using Read = std::function<Result<AuditKeys>()>;

  /// `read` gives public keys by key id, usually HostKeys::publicKeys; asked at most every
  /// kKeysReadEvery. `clock` is borrowed; only its monotonic half is read.
  HostKeyRing(Read read, Clock& clock) : read_(std::move(read)), clock_(clock) {}

  /// The keys, as they were when they could last be read. Owners: the ring and who asked.
  /// Errors: as `read`, when they could never be read.
  Result<std::shared_ptr<const AuditKeys>> keys();

  /// The same as a JWKS (RFC 7517).
  Result<std::string> jwks();

 private:
  const Read read_;
  Clock& clock_;
  std::mutex mutex_;
  std::shared_ptr<const AuditKeys> keys_;  ///< guarded by mutex_
  std::int64_t readAtUs_ = 0;              ///< guarded by mutex_
};

}  // namespace kiosk::bridge::partner
