#include "bridge/storage/secure_sql.h"

#include <algorithm>

#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

struct SealedRow {
  std::string name, sealed;
};

/// An owner's key as it is stored.
struct WrappedKey {
  std::string keyId, wrapped;
};

Error unreadable() {
  return {ErrorCode::HostError,
          "the secure storage cannot be read: it was altered, or its key is another; clear it to "
          "start anew"};
}

std::optional<WrappedKey> findOwner(soci::session& sql, const StorageOwner& owner) {
  WrappedKey found;
  sql << "SELECT key_id, wrapped_key FROM secure_owners WHERE user_id = :owner AND app_id = :app",
      soci::use(owner.user.value, "owner"), soci::use(owner.app.value, "app"),
      soci::into(found.keyId), soci::into(found.wrapped);
  if (!sql.got_data()) return std::nullopt;
  return found;
}

void putOwner(soci::session& sql, const StorageOwner& owner, const WrappedKey& key) {
  sql << "INSERT INTO secure_owners (user_id, app_id, key_id, wrapped_key)"
         " VALUES (:owner, :app, :id, :wrapped) ON CONFLICT (user_id, app_id)"
         " DO UPDATE SET key_id = excluded.key_id, wrapped_key = excluded.wrapped_key",
      soci::use(owner.user.value, "owner"), soci::use(owner.app.value, "app"),
      soci::use(key.keyId, "id"), soci::use(key.wrapped, "wrapped");
}

std::vector<SealedRow> allRows(soci::session& sql, const StorageOwner& owner) {
  std::vector<SealedRow> all;
  soci::rowset<soci::row> rows =
      (sql.prepare
           << "SELECT item_name, sealed FROM secure_items WHERE user_id = :owner AND app_id = :app",
       soci::use(owner.user.value, "owner"), soci::use(owner.app.value, "app"));
  for (const soci::row& row : rows) {
    all.push_back({row.get<std::string>(0), row.get<std::string>(1)});
  }
  return all;
}

StorageUse readSecureUse(soci::session& sql, const StorageOwner& owner) {
  long long bytes = 0, items = 0;
  sql << "SELECT COALESCE(SUM(bytes), 0), COUNT(*) FROM secure_items"
         " WHERE user_id = :owner AND app_id = :app",
      soci::use(owner.user.value, "owner"), soci::use(owner.app.value, "app"), soci::into(bytes),
      soci::into(items);
  return {bytes, items};
}

void putRow(soci::session& sql, const StorageOwner& owner, const SealedRow& row, long long bytes) {
  sql << "INSERT INTO secure_items (user_id, app_id, item_name, bytes, sealed)"
         " VALUES (:owner, :app, :name, :bytes, :sealed) ON CONFLICT (user_id, app_id, item_name)"
         " DO UPDATE SET bytes = excluded.bytes, sealed = excluded.sealed",
      soci::use(owner.user.value, "owner"), soci::use(owner.app.value, "app"),
      soci::use(row.name, "name"), soci::use(bytes, "bytes"), soci::use(row.sealed, "sealed");
}

Result<void> checkQuota(const StorageUse& use, const StorageQuota& quota) {
  if (KIOSK_GUARD("secure.quota", use.items <= quota.itemsMax && use.bytes <= quota.bytesMax)) {
    return {};
  }
  if (use.items > quota.itemsMax) {
    return Error{ErrorCode::QuotaExceeded, "the app would keep " + std::to_string(use.items) +
                                               " secure keys, it may keep " +
                                               std::to_string(quota.itemsMax)};
  }
  return Error{ErrorCode::QuotaExceeded, "the app would keep " + std::to_string(use.bytes) +
                                             " secure bytes, it may keep " +
                                             std::to_string(quota.bytesMax)};
}

std::int64_t eraseRows(soci::session& sql, const std::string& where, const std::string& user,
                       const std::string& app) {
  std::int64_t items = 0;
  for (const char* table : {"secure_items", "secure_owners"}) {
    soci::statement statement =
        app.empty()
            ? (sql.prepare << "DELETE FROM " + std::string(table) + where, soci::use(user, "owner"))
            : (sql.prepare << "DELETE FROM " + std::string(table) + where, soci::use(user, "owner"),
               soci::use(app, "app"));
    statement.execute(true);
    if (items == 0) items = statement.get_affected_rows();
  }
  return items;
}

/// What the jobs share: the keys once they are known, and chance. Used by the store's thread alone.
class Vault {
 public:
  Vault(StorageKeysSource source, Random& random) : source_(std::move(source)), random_(random) {}

  /// None when the owner has no key yet, and so no items.
  Result<std::optional<OwnerKey>> keyOf(soci::session& sql, const StorageOwner& owner) {
    const auto stored = findOwner(sql, owner);
    if (!stored) return std::optional<OwnerKey>();
    auto ready = load(stored->keyId);
    if (!ready) return ready.error();
    const auto* master = keys_->find(stored->keyId);
    if (master == nullptr) return unreadable();
    auto key = OwnerKey::unwrap(owner, *master, stored->wrapped);
    if (!key) return unreadable();
    return key;
  }

  /// The owner's key, made and stored when there is none.
  Result<OwnerKey> keyForWriting(soci::session& sql, const StorageOwner& owner) {
    auto key = keyOf(sql, owner);
    if (!key) return key.error();
    if (*key) return std::move(**key);
    auto ready = load("");
    if (!ready) return ready.error();
    auto made = OwnerKey::make(owner, random_);
    putOwner(sql, owner, {keys_->current().id, made.wrap(keys_->current(), random_)});
    return made;
  }

  Random& random() { return random_; }

 private:
  /// Makes sure that there are keys, and asks once more for one that is not known.
  Result<void> load(const std::string& wanted) {
    if (keys_ && (wanted.empty() || keys_->find(wanted) != nullptr)) return {};
    auto keys = source_();
    if (keys) {
      keys_ = *std::move(keys);
    } else if (!keys_) {
      return Error{ErrorCode::Locked, "the secure storage is locked just now; try again later"};
    }
    return {};
  }

  StorageKeysSource source_;
  Random& random_;
  std::optional<StorageKeys> keys_;
};

Result<std::vector<StorageItem>> readAll(soci::session& sql, Vault& vault,
                                         const StorageOwner& owner) {
  std::vector<StorageItem> items;
  const auto key = vault.keyOf(sql, owner);
  if (!key) return key.error();
  if (!*key) return items;
  for (const auto& row : allRows(sql, owner)) {
    auto item = (*key)->open(row.name, row.sealed);
    if (!item) return unreadable();
    items.push_back(*std::move(item));
  }
  std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return items;
}

Result<std::vector<StorageItem>> readSome(soci::session& sql, Vault& vault,
                                          const StorageOwner& owner,
                                          const std::vector<std::string>& keys) {
  std::vector<StorageItem> items;
  const auto key = vault.keyOf(sql, owner);
  if (!key) return key.error();
  if (!*key) return items;
  for (const auto& wanted : keys) {
    const auto name = (*key)->nameOf(wanted);
    std::string sealed;
    sql << "SELECT sealed FROM secure_items"
           " WHERE user_id = :owner AND app_id = :app AND item_name = :name",
        soci::use(owner.user.value, "owner"), soci::use(owner.app.value, "app"),
        soci::use(name, "name"), soci::into(sealed);
    if (!sql.got_data()) continue;
    auto item = (*key)->open(name, sealed);
    if (!item || item->key != wanted) return unreadable();
    items.push_back(*std::move(item));
  }
  return items;
}

Result<void> writeSome(soci::session& sql, Vault& vault, const StorageOwner& owner,
                       const std::vector<StorageItem>& items, const StorageQuota& quota) {
  const auto key = vault.keyForWriting(sql, owner);
  if (!key) return key.error();
  for (const auto& item : items) {
    putRow(sql, owner, {key->nameOf(item.key), key->seal(item, vault.random())},
           static_cast<long long>(item.key.size() + item.valueJson.size()));
  }
  return checkQuota(readSecureUse(sql, owner), quota);
}

Result<bool> removeOne(soci::session& sql, Vault& vault, const StorageOwner& owner,
                       const std::string& itemKey) {
  const auto key = vault.keyOf(sql, owner);
  if (!key) return key.error();
  if (!*key) return false;
  const auto name = (*key)->nameOf(itemKey);
  soci::statement statement =
      (sql.prepare << "DELETE FROM secure_items"
                      " WHERE user_id = :owner AND app_id = :app AND item_name = :name",
       soci::use(owner.user.value, "owner"), soci::use(owner.app.value, "app"),
       soci::use(name, "name"));
  statement.execute(true);
  return statement.get_affected_rows() > 0;
}

Result<std::vector<OwnedItem>> readUser(soci::session& sql, Vault& vault, const UserId& user) {
  std::vector<std::string> apps;
  soci::rowset<std::string> rows =
      (sql.prepare << "SELECT app_id FROM secure_owners WHERE user_id = :owner ORDER BY app_id",
       soci::use(user.value, "owner"));
  apps.assign(rows.begin(), rows.end());
  std::vector<OwnedItem> all;
  for (const auto& app : apps) {
    auto items = readAll(sql, vault, {user, AppId(app)});
    if (!items) return items.error();
    for (auto& item : *items) all.push_back({AppId(app), std::move(item)});
  }
  return all;
}

class SqlSecureStorage final : public KeyValueStorage {
 public:
  SqlSecureStorage(Store& store, StorageKeysSource keys, Random& random)
      : store_(store), vault_(std::make_shared<Vault>(std::move(keys), random)) {}

  void read(const StorageOwner& owner, std::vector<std::string> keys,
            Done<std::vector<StorageItem>> done) override {
    store_.run<std::vector<StorageItem>>(
        "secure.read",
        [vault = vault_, owner, keys = std::move(keys)](soci::session& sql) {
          return readSome(sql, *vault, owner, keys);
        },
        std::move(done));
  }

  void write(const StorageOwner& owner, std::vector<StorageItem> items, StorageQuota quota,
             Done<void> done) override {
    store_.run<void>(
        "secure.write",
        [vault = vault_, owner, items = std::move(items), quota](soci::session& sql) {
          return writeSome(sql, *vault, owner, items, quota);
        },
        std::move(done));
  }

  void remove(const StorageOwner& owner, const std::string& key, Done<bool> done) override {
    store_.run<bool>(
        "secure.remove",
        [vault = vault_, owner, key](soci::session& sql) {
          return removeOne(sql, *vault, owner, key);
        },
        std::move(done));
  }

  void clear(const StorageOwner& owner, Done<std::int64_t> done) override {
    store_.run<std::int64_t>(
        "secure.clear",
        [owner](soci::session& sql) -> Result<std::int64_t> {
          return eraseRows(sql, " WHERE user_id = :owner AND app_id = :app", owner.user.value,
                           owner.app.value);
        },
        std::move(done));
  }

  void keys(const StorageOwner& owner, Done<std::vector<std::string>> done) override {
    store_.run<std::vector<std::string>>(
        "secure.keys",
        [vault = vault_, owner](soci::session& sql) -> Result<std::vector<std::string>> {
          auto items = readAll(sql, *vault, owner);
          if (!items) return items.error();
          std::vector<std::string> keys;
          for (auto& item : *items) keys.push_back(std::move(item.key));
          return keys;
        },
        std::move(done));
  }

  void use(const StorageOwner& owner, Done<StorageUse> done) override {
    store_.run<StorageUse>(
        "secure.use",
        [owner](soci::session& sql) -> Result<StorageUse> { return readSecureUse(sql, owner); },
        std::move(done));
  }

  void exportAll(const UserId& user, Done<std::vector<OwnedItem>> done) override {
    store_.run<std::vector<OwnedItem>>(
        "secure.exportAll",
        [vault = vault_, user](soci::session& sql) { return readUser(sql, *vault, user); },
        std::move(done));
  }

  void eraseAll(const UserId& user, Done<std::int64_t> done) override {
    store_.run<std::int64_t>(
        "secure.eraseAll",
        [user](soci::session& sql) -> Result<std::int64_t> {
          return eraseRows(sql, " WHERE user_id = :owner", user.value, "");
        },
        std::move(done));
  }

 private:
  Store& store_;
  std::shared_ptr<Vault> vault_;  // owners: this storage and its jobs in the queue
};

}  // namespace

StorageKeysSource keysOfFile(std::string path) {
  return [path = std::move(path)] { return StorageKeys::load(path); };
}

StorageKeysSource keysOfHost(StorageKeySource source) {
  return [source = std::move(source)]() -> Result<StorageKeys> {
    auto key = source();
    if (!key) return key.error();
    return StorageKeys::of(*std::move(key));
  };
}

std::unique_ptr<KeyValueStorage> sqlSecureStorage(Store& store, StorageKeysSource keys,
                                                  Random& random) {
  return std::make_unique<SqlSecureStorage>(store, std::move(keys), random);
}

Result<std::vector<OwnedItem>> secureItemsOf(soci::session& sql, const StorageKeysSource& keys,
                                             const UserId& user, Random& random) {
  Vault vault(keys, random);
  return readUser(sql, vault, user);
}

Result<bool> hasSecureItems(Store& store) {
  return store.runNow<bool>("secure.any", [](soci::session& sql) -> Result<bool> {
    long long count = 0;
    sql << "SELECT COUNT(*) FROM secure_owners", soci::into(count);
    return count > 0;
  });
}

Result<std::int64_t> resealOwners(Store& store, const StorageKeys& keys, Random& random) {
  return store.runNow<std::int64_t>(
      "secure.reseal", [&](soci::session& sql) -> Result<std::int64_t> {
        std::vector<StorageOwner> owners;
        soci::rowset<soci::row> rows =
            (sql.prepare << "SELECT user_id, app_id FROM secure_owners WHERE key_id <> :current",
             soci::use(keys.current().id, "current"));
        for (const soci::row& row : rows) {
          owners.push_back({UserId(row.get<std::string>(0)), AppId(row.get<std::string>(1))});
        }
        for (const auto& owner : owners) {
          const auto stored = findOwner(sql, owner);
          const auto* master = stored ? keys.find(stored->keyId) : nullptr;
          if (master == nullptr) return unreadable();
          const auto key = OwnerKey::unwrap(owner, *master, stored->wrapped);
          if (!key) return unreadable();
          putOwner(sql, owner, {keys.current().id, key->wrap(keys.current(), random)});
        }
        return static_cast<std::int64_t>(owners.size());
      });
}

}  // namespace kiosk::bridge
