#include "sdk/cli/data_folder.h"

#include <unistd.h>

#include <cstdio>

#include "bridge/bridge.h"
#include "sdk/cli/exit_status.h"

namespace kiosk::cli {

int failed(const Error& error) {
  std::fprintf(stderr, "kiosk: %s\n", error.message.c_str());
  return kExitUsage;
}

Result<DataFolder> DataFolder::open(const std::string& path) {
  const std::string database = path + "/kiosk.db";
  if (::access(database.c_str(), F_OK) != 0) {
    return Error{ErrorCode::NotFound, "there is no store in " + path};
  }
  DataFolder folder;
  folder.path = path;
  auto keys = bridge::HostKeys::load(path + "/keys", systemRandom(), bridge::MissingKeys::Refuse);
  if (!keys) return keys.error();
  folder.keys = std::make_unique<bridge::HostKeys>(std::move(*keys));
  bridge::AuditConfig config;
  config.dir = bridge::auditDir(path);
  config.signer = bridge::auditSigner(*folder.keys);
  auto audit = bridge::AuditLog::open(std::move(config));
  if (!audit) return audit.error();
  folder.audit = std::move(*audit);
  auto store = bridge::Store::open({.path = database});
  if (!store) return store.error();
  folder.store = std::move(*store);
  return folder;
}

void DataFolder::record(bridge::AuditKind kind, const std::string& what,
                        const std::string& outcome) {
  bridge::AuditRecord record;
  record.kind = kind;
  record.timeMs = systemClock().wallMs();
  record.decision = "allowed";
  record.reason = what;
  record.outcome = outcome;
  audit->append(std::move(record));
  audit->flush();
}

}  // namespace kiosk::cli
