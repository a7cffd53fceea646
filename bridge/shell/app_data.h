#pragma once
// One user's data in one app: handed out, or removed, with a record of it.

#include <kiosk/bridge/shell_data.h>
#include <kiosk/bridge/storage_provider.h>

#include "bridge/bridge.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {

/// What both need. Borrowed; outlives the calls.
struct AppDataParts {
  KeyValueStorage& local;
  KeyValueStorage& secure;
  Store& store;
  Bridge& bridge;
};

/// See `Services`. Threads: the loop's own.
void exportAppData(const AppDataParts& parts, const StorageOwner& owner,
                   std::function<void(Result<nlohmann::json>)> done);
void eraseAppData(const AppDataParts& parts, const StorageOwner& owner,
                  std::function<void(Result<AppDataErased>)> done);

}  // namespace kiosk::bridge
