#include <kiosk/bridge/storage_provider.h>

#include <algorithm>

#include "bridge/sql_providers.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {
namespace {

StorageUse readUse(soci::session& sql, const StorageOwner& owner) {
  long long bytes = 0, items = 0;
  sql << "SELECT bytes, items FROM storage_usage WHERE user_id = :owner AND app_id = :app",
      soci::use(owner.user.value, "owner"), soci::use(owner.app.value, "app"), soci::into(bytes),
      soci::into(items);
  if (!sql.got_data()) return {};
  return {bytes, items};
}

void writeUse(soci::session& sql, const StorageOwner& owner, const StorageUse& use) {
  const long long bytes = use.bytes, items = use.items;
  sql << "INSERT INTO storage_usage (user_id, app_id, bytes, items)"
         " VALUES (:owner, :app, :bytes, :items) ON CONFLICT (user_id, app_id)"
         " DO UPDATE SET bytes = excluded.bytes, items = excluded.items",
      soci::use(owner.user.value, "owner"), soci::use(owner.app.value, "app"),
      soci::use(bytes, "bytes"), soci::use(items, "items");
}

/// Bytes of the item under `key`; 0 when there is none.
std::int64_t itemBytes(soci::session& sql, const StorageOwner& owner, const std::string& key) {
  long long bytes = 0;
  sql << "SELECT bytes FROM storage_items WHERE user_id = :owner AND app_id = :app AND item_key = "
         ":key",
      soci::use(owner.user.value, "owner"), soci::use(owner.app.value, "app"),
      soci::use(key, "key"), soci::into(bytes);
  return sql.got_data() ? bytes : 0;
}

void putItem(soci::session& sql, const StorageOwner& owner, const StorageItem& item,
             long long bytes) {
  sql << "INSERT INTO storage_items (user_id, app_id, item_key, bytes, value_json)"
         " VALUES (:owner, :app, :key, :bytes, :value) ON CONFLICT (user_id, app_id, item_key)"
         " DO UPDATE SET bytes = excluded.bytes, value_json = excluded.value_json",
      soci::use(owner.user.value, "owner"), soci::use(owner.app.value, "app"),
      soci::use(item.key, "key"), soci::use(bytes, "bytes"), soci::use(item.valueJson, "value");
}

Result<void> writeItems(soci::session& sql, const StorageOwner& owner,
                        const std::vector<StorageItem>& items, const StorageQuota& quota) {
  StorageUse use = readUse(sql, owner);
  for (const StorageItem& item : items) {
    const auto bytes = static_cast<std::int64_t>(item.key.size() + item.valueJson.size());
    const std::int64_t before = itemBytes(sql, owner, item.key);
    use.bytes += bytes - before;
    if (before == 0) ++use.items;
    putItem(sql, owner, item, bytes);
  }
  if (use.bytes > quota.bytesMax) {
    return Error{ErrorCode::QuotaExceeded, "the app would keep " + std::to_string(use.bytes) +
                                               " bytes, it may keep " +
                                               std::to_string(quota.bytesMax)};
  }
  if (use.items > quota.itemsMax) {
    return Error{ErrorCode::QuotaExceeded, "the app would keep " + std::to_string(use.items) +
                                               " keys, it may keep " +
                                               std::to_string(quota.itemsMax)};
  }
  writeUse(sql, owner, use);
  return {};
}

Result<std::vector<StorageItem>> readItems(soci::session& sql, const StorageOwner& owner,
                                           const std::vector<std::string>& keys) {
  std::vector<StorageItem> items;
  for (const std::string& key : keys) {
    std::string value;
    sql << "SELECT value_json FROM storage_items"
           " WHERE user_id = :owner AND app_id = :app AND item_key = :key",
        soci::use(owner.user.value, "owner"), soci::use(owner.app.value, "app"),
        soci::use(key, "key"), soci::into(value);
    if (sql.got_data()) items.push_back({key, std::move(value)});
  }
  return items;
}

Result<bool> removeItem(soci::session& sql, const StorageOwner& owner, const std::string& key) {
  const std::int64_t bytes = itemBytes(sql, owner, key);
  if (bytes == 0) return false;
  sql << "DELETE FROM storage_items WHERE user_id = :owner AND app_id = :app AND item_key = :key",
      soci::use(owner.user.value, "owner"), soci::use(owner.app.value, "app"),
      soci::use(key, "key");
  StorageUse use = readUse(sql, owner);
  writeUse(sql, owner, {use.bytes - bytes, use.items - 1});
  return true;
}

Result<std::int64_t> clearItems(soci::session& sql, const StorageOwner& owner) {
  const StorageUse use = readUse(sql, owner);
  for (const char* table : {"storage_items", "storage_usage"}) {
    sql << "DELETE FROM " + std::string(table) + " WHERE user_id = :owner AND app_id = :app",
        soci::use(owner.user.value, "owner"), soci::use(owner.app.value, "app");
  }
  return use.items;
}

Result<std::vector<std::string>> readKeys(soci::session& sql, const StorageOwner& owner) {
  std::vector<std::string> keys;
  soci::rowset<std::string> rows =
      (sql.prepare << "SELECT item_key FROM storage_items WHERE user_id = :owner AND app_id = :app",
       soci::use(owner.user.value, "owner"), soci::use(owner.app.value, "app"));
  keys.assign(rows.begin(), rows.end());
  // Sorted here, because what ORDER BY makes of text depends on the database's collation. The order
  // of the bytes of UTF-8 is that of the code points.
  std::sort(keys.begin(), keys.end());
  return keys;
}

class SqlStorage final : public KeyValueStorage {
 public:
  explicit SqlStorage(Store& store) : store_(store) {}

  void read(const StorageOwner& owner, std::vector<std::string> keys,
            Done<std::vector<StorageItem>> done) override {
    store_.run<std::vector<StorageItem>>(
        "storage.read",
        [owner, keys = std::move(keys)](soci::session& sql) { return readItems(sql, owner, keys); },
        std::move(done));
  }

  void write(const StorageOwner& owner, std::vector<StorageItem> items, StorageQuota quota,
             Done<void> done) override {
    store_.run<void>(
        "storage.write",
        [owner, items = std::move(items), quota](soci::session& sql) {
          return writeItems(sql, owner, items, quota);
        },
        std::move(done));
  }

  void remove(const StorageOwner& owner, const std::string& key, Done<bool> done) override {
    store_.run<bool>(
        "storage.remove", [owner, key](soci::session& sql) { return removeItem(sql, owner, key); },
        std::move(done));
  }

  void clear(const StorageOwner& owner, Done<std::int64_t> done) override {
    store_.run<std::int64_t>(
        "storage.clear", [owner](soci::session& sql) { return clearItems(sql, owner); },
        std::move(done));
  }

  void keys(const StorageOwner& owner, Done<std::vector<std::string>> done) override {
    store_.run<std::vector<std::string>>(
        "storage.keys", [owner](soci::session& sql) { return readKeys(sql, owner); },
        std::move(done));
  }

  void use(const StorageOwner& owner, Done<StorageUse> done) override {
    store_.run<StorageUse>(
        "storage.use",
        [owner](soci::session& sql) -> Result<StorageUse> { return readUse(sql, owner); },
        std::move(done));
  }

  void exportAll(const UserId& user, Done<std::vector<OwnedItem>> done) override {
    store_.run<std::vector<OwnedItem>>(
        "storage.exportAll",
        [user](soci::session& sql) -> Result<std::vector<OwnedItem>> {
          std::vector<OwnedItem> all;
          soci::rowset<soci::row> rows =
              (sql.prepare << "SELECT app_id, item_key, value_json FROM storage_items"
                              " WHERE user_id = :owner ORDER BY app_id, item_key",
               soci::use(user.value, "owner"));
          for (const soci::row& row : rows) {
            all.push_back({AppId(row.get<std::string>(0)),
                           {row.get<std::string>(1), row.get<std::string>(2)}});
          }
          return all;
        },
        std::move(done));
  }

  void eraseAll(const UserId& user, Done<std::int64_t> done) override {
    store_.run<std::int64_t>(
        "storage.eraseAll",
        [user](soci::session& sql) -> Result<std::int64_t> {
          soci::statement items =
              (sql.prepare << "DELETE FROM storage_items WHERE user_id = :owner",
               soci::use(user.value, "owner"));
          items.execute(true);
          const std::int64_t count = items.get_affected_rows();
          sql << "DELETE FROM storage_usage WHERE user_id = :owner", soci::use(user.value, "owner");
          return count;
        },
        std::move(done));
  }

 private:
  Store& store_;
};

}  // namespace

std::unique_ptr<KeyValueStorage> sqlStorage(Store& store) {
  return std::make_unique<SqlStorage>(store);
}

}  // namespace kiosk::bridge
