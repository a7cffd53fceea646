#include "bridge/shell/app_data.h"

#include <utility>

#include "bridge/shell/shell_rows.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

using ItemsDone = std::function<void(Result<nlohmann::json>)>;

void readAll(KeyValueStorage& storage, const StorageOwner& owner, ItemsDone done) {
  storage.keys(
      owner, [&storage, owner, done = std::move(done)](Result<std::vector<std::string>> keys) {
        if (!keys) return done(keys.error());
        storage.read(owner, *std::move(keys), [done](Result<std::vector<StorageItem>> items) {
          if (!items) return done(items.error());
          auto all = nlohmann::json::object();
          for (const auto& item : *items) {
            auto value = parseJson(item.valueJson);
            all[item.key] = value ? *std::move(value) : nlohmann::json(item.valueJson);
          }
          done(std::move(all));
        });
      });
}

/// One erasure from its intent to its outcome.
struct Erasure {
  AppDataParts parts;
  StorageOwner owner;
  AppDataErased counts;
  std::function<void(Result<AppDataErased>)> done;
};
// Owners: the callback that waits, one after the other.
using ErasurePtr = std::shared_ptr<Erasure>;

void recordErased(const ErasurePtr& erasure) {
  erasure->parts.bridge.recordUserData(AuditKind::Erased, erasure->owner.user, erasure->owner.app,
                                       "ok", [erasure](Result<void> recorded) {
                                         if (!recorded) return erasure->done(recorded.error());
                                         erasure->done(erasure->counts);
                                       });
}

void eraseTicketsOf(const ErasurePtr& erasure) {
  erasure->parts.store.run<std::int64_t>(
      "shell.eraseTickets",
      [owner = erasure->owner](soci::session& sql) -> Result<std::int64_t> {
        return eraseTickets(sql, owner.user, owner.app);
      },
      [erasure](Result<std::int64_t> count) {
        if (!count) return erasure->done(count.error());
        erasure->counts.tickets = *count;
        recordErased(erasure);
      });
}

void eraseStorage(const ErasurePtr& erasure) {
  erasure->parts.local.clear(erasure->owner, [erasure](Result<std::int64_t> local) {
    if (!local) return erasure->done(local.error());
    erasure->counts.localItems = *local;
    erasure->parts.secure.clear(erasure->owner, [erasure](Result<std::int64_t> secure) {
      if (!secure) return erasure->done(secure.error());
      erasure->counts.secureItems = *secure;
      eraseTicketsOf(erasure);
    });
  });
}

}  // namespace

void exportAppData(const AppDataParts& parts, const StorageOwner& owner,
                   std::function<void(Result<nlohmann::json>)> done) {
  readAll(parts.local, owner, [parts, owner, done = std::move(done)](Result<nlohmann::json> local) {
    if (!local) return done(local.error());
    readAll(parts.secure, owner, [parts, owner, done, local](Result<nlohmann::json> secure) {
      if (!secure) return done(secure.error());
      nlohmann::json all = {{"local", *local}, {"secure", *secure}};
      parts.bridge.recordUserData(AuditKind::Exported, owner.user, owner.app, "ok",
                                  [done, all](Result<void> recorded) {
                                    if (!recorded) return done(recorded.error());
                                    done(all);
                                  });
    });
  });
}

void eraseAppData(const AppDataParts& parts, const StorageOwner& owner,
                  std::function<void(Result<AppDataErased>)> done) {
  auto erasure = std::make_shared<Erasure>(Erasure{parts, owner, {}, std::move(done)});
  parts.bridge.recordUserData(AuditKind::Intent, owner.user, owner.app, "erase",
                              [erasure](Result<void> recorded) {
                                if (!recorded) return erasure->done(recorded.error());
                                eraseStorage(erasure);
                              });
}

}  // namespace kiosk::bridge
