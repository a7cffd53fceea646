#pragma once
// What a user may ask of the operator: all that is kept of them, and that it be removed. Each
// answer comes with a receipt that the host signed, and is on record in the audit log.
//
// Removing reaches the files: free pages are overwritten, the database is rewritten and its
// write-ahead log emptied. Backups are the operator's to expire.

#include <kiosk/clock.h>
#include <kiosk/ids.h>
#include <kiosk/result.h>

#include <nlohmann/json.hpp>
#include <string>

#include "bridge/audit.h"
#include "bridge/identity/host_keys.h"
#include "bridge/storage/secure_sql.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {

/// The `typ` of the receipts, which are JWS of the host's key.
inline constexpr std::string_view kExportReceiptType = "kiosk-export+jws";
inline constexpr std::string_view kErasureReceiptType = "kiosk-erasure+jws";

/// What both need. Borrowed, for the calls.
struct UserDataParts {
  Store& store;
  AuditLog& audit;
  const HostKeys& keys;
  StorageKeysSource storageKeys;
  Clock& clock;
  Random& random;
};

struct UserExport {
  nlohmann::json
      data;  ///< {"user", "exportedAt", "tables": {…}, "secure": [{"app", "key", "value"}]}
  std::string receipt;  ///< over the SHA-256 of the canonical `data`
  std::string receiptId;
};

struct UserErasure {
  nlohmann::json counts;  ///< rows by table
  /// Under which payments and the ledger go on; tells who it was only to who knows the id and the
  /// host's secret.
  std::string pseudonym;
  std::string receipt;  ///< over `counts` and the pseudonym
  std::string receiptId;
};

/// Waits for the store and the disk: for tools, never on the loop.
/// Errors: NotFound    nothing is kept of this user.
///         Locked      storage.secure cannot be opened just now.
///         HostError   the store or the audit log failed.
Result<UserExport> exportUser(const UserDataParts& parts, const UserId& user);

/// Waits as above. The intent is on record before anything is removed, the outcome after. Erasing
/// again is harmless and finishes what a crash cut short: it cleans the files also when no row is
/// left.
/// Errors: HostError   the store, the files or the audit log failed; repeat it.
Result<UserErasure> eraseUser(const UserDataParts& parts, const UserId& user);

}  // namespace kiosk::bridge
