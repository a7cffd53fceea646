#pragma once
// A copy of the store that can be put back.
//
//   DIR/kiosk.db      the database as it was at one moment, without a write-ahead log
//   DIR/backup.json   {"createdAt", "schema", "bytes", "sha256"} of it
//   DIR/keys/…        the host's keys, only when they were asked for
//
// The audit log is no part of it: it must never go back. Both functions leave either what was there
// before or all of the new, whenever the machine stops.

#include <kiosk/result.h>

#include <cstdint>
#include <string>

namespace kiosk::bridge {

struct BackupFacts {
  std::int64_t createdAtMs = 0;
  int schema = 0;
  std::uint64_t bytes = 0;
  std::string sha256;
};

enum class BackupKeys : std::uint8_t { Leave, Include };

/// Copies the store of `dataDir` to the new folder `outDir`; a host may go on writing meanwhile.
/// Errors: NotFound      there is no store.
///         HostError     `outDir` is there already, or a disk refused.
Result<BackupFacts> backupStore(const std::string& dataDir, const std::string& outDir,
                                BackupKeys keys, std::int64_t nowMs);

enum class RestoreOver : std::uint8_t {
  Nothing,  ///< `dataDir` has no store
  Store,    ///< the store that is there is kept as kiosk.db.before-restore
};

/// Puts the store of `backupDir` into `dataDir`, with the keys that the backup has and the folder
/// lacks. No host may run on it.
/// Errors: NotFound      there is no backup.
///         HostError     the backup is damaged or of a newer program, there is a store and `over`
///         is
///                       Nothing, a host runs, or a disk refused.
Result<BackupFacts> restoreStore(const std::string& backupDir, const std::string& dataDir,
                                 RestoreOver over);

}  // namespace kiosk::bridge
