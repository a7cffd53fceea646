#pragma once
// The operator's commands on a data folder that a host made: its keys, its store, its audit log.

#include <kiosk/result.h>

#include <memory>
#include <string>

#include "bridge/audit.h"
#include "bridge/identity/host_keys.h"
#include "bridge/storage/secure_sql.h"
#include "bridge/store/store.h"

namespace kiosk::cli {

/// Says why on standard error; the exit status for it.
int failed(const Error& error);

struct DataFolder {
  std::string path;
  std::unique_ptr<bridge::HostKeys> keys;
  std::unique_ptr<bridge::AuditLog> audit;
  std::unique_ptr<bridge::Store> store;

  /// Opens what is there and makes nothing new.
  /// Errors: NotFound   there is no store in `path`. Others as HostKeys::load, AuditLog::open and
  ///         Store::open.
  static Result<DataFolder> open(const std::string& path);

  std::string storageKeyPath() const { return path + "/keys/storage.key"; }
  /// Writes what an operator did, and waits until it is on disk.
  void record(bridge::AuditKind kind, const std::string& what, const std::string& outcome);
};

}  // namespace kiosk::cli
