#pragma once
// storage.secure in the embedded store: sealed items, so that a copy of the database without the
// host's key tells nothing but who keeps how much in which app.

#include <functional>
#include <memory>

#include "bridge/storage/storage_keys.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {

/// Where the master keys come from. Threads: the store's own.
using StorageKeysSource = std::function<Result<StorageKeys>()>;

/// The keys of a file, read at first use and again when a row was sealed under one that is not
/// known yet.
StorageKeysSource keysOfFile(std::string path);
/// The one key of a host.
StorageKeysSource keysOfHost(StorageKeySource source);

/// Over `store`; both borrowed, and outlive the storage.
/// Errors of every method, beside those of KeyValueStorage:
///   Locked      the host's key is not to be had just now.
///   HostError   an item was altered, or sealed under a key that is lost.
std::unique_ptr<KeyValueStorage> sqlSecureStorage(Store& store, StorageKeysSource keys,
                                                  Random& random);

/// Every item of `user`, opened, in the order of apps and keys. Inside a job of the store.
/// Errors: Locked, HostError   as above.
Result<std::vector<OwnedItem>> secureItemsOf(soci::session& sql, const StorageKeysSource& keys,
                                             const UserId& user, Random& random);

/// Whether anything is kept that only the key can open. For start-up.
Result<bool> hasSecureItems(Store& store);

/// Seals the keys of all owners anew under `keys.current()`, all or none; how many. For tools.
/// Errors: HostError   one was sealed under a key that is not among `keys`; nothing was changed.
Result<std::int64_t> resealOwners(Store& store, const StorageKeys& keys, Random& random);

}  // namespace kiosk::bridge
