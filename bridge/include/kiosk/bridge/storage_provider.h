#pragma once
// Where apps keep data of their own. The default keeps it in the embedded store.

#include <kiosk/ids.h>
#include <kiosk/result.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kiosk::bridge {

/// Whose data: one user's in one app. Nothing is shared between two owners.
struct StorageOwner {
  UserId user;
  AppId app;
};

struct StorageItem {
  std::string key;
  std::string valueJson;  ///< JSON text
};

/// An item with the app that keeps it.
struct OwnedItem {
  AppId app;
  StorageItem item;
};

/// What an owner may keep. An item counts with the bytes of its key and of its JSON text.
struct StorageQuota {
  std::int64_t bytesMax = 0;
  std::int64_t itemsMax = 0;
};

struct StorageUse {
  std::int64_t bytes = 0;
  std::int64_t items = 0;
};

/// Writes are all or nothing, and `done` of a write comes when it would survive a power cut.
/// Threads: the loop's own.
class KeyValueStorage {
 public:
  template <class T>
  using Done = std::function<void(Result<T>)>;
  virtual ~KeyValueStorage() = default;

  /// Those of `keys` that are there, in the order of `keys`.
  virtual void read(const StorageOwner& owner, std::vector<std::string> keys,
                    Done<std::vector<StorageItem>> done) = 0;
  /// Stores all `items`, replacing what stood under their keys.
  /// Errors: QuotaExceeded   the owner would keep more than `quota`; nothing was changed.
  virtual void write(const StorageOwner& owner, std::vector<StorageItem> items, StorageQuota quota,
                     Done<void> done) = 0;
  /// False when there was nothing under `key`.
  virtual void remove(const StorageOwner& owner, const std::string& key, Done<bool> done) = 0;
  /// Removes everything of `owner`; how many items there were.
  virtual void clear(const StorageOwner& owner, Done<std::int64_t> done) = 0;
  /// All keys, sorted by code point.
  virtual void keys(const StorageOwner& owner, Done<std::vector<std::string>> done) = 0;
  virtual void use(const StorageOwner& owner, Done<StorageUse> done) = 0;

  /// Everything of `user` in all apps, for `kiosk user export` and its like in the host app.
  /// Errors: Unsupported   the provider cannot tell; the host app must see to it itself.
  virtual void exportAll(const UserId& user, Done<std::vector<OwnedItem>> done) {
    (void)user;
    done(Error{ErrorCode::Unsupported, "this storage cannot export"});
  }
  /// Removes everything of `user` in all apps; how many items there were.
  /// Errors: as exportAll.
  virtual void eraseAll(const UserId& user, Done<std::int64_t> done) {
    (void)user;
    done(Error{ErrorCode::Unsupported, "this storage cannot erase"});
  }
};

/// Gives the master key of storage.secure, 32 bytes, e.g. from a key store of the platform. Asked
/// when the first app needs it, and again after an error; while it fails, storage.secure answers
/// `locked`. Threads: the store's own, one call at a time.
using StorageKeySource = std::function<Result<std::string>()>;

}  // namespace kiosk::bridge
