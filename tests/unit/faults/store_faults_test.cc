// Goal: whichever system call of the store fails, fails from then on, or is the process's last,
// there is the old state or the new one, and what was acknowledged is there. Method: the real files
// of a real store; the fault moves one call further each time, until the act completes.

#include <optional>

#include "bridge/payments/ledger.h"
#include "bridge/receipts/receipt_book.h"
#include "bridge/sql_providers.h"
#include "bridge/storage/secure_sql.h"
#include "bridge/store/backup.h"
#include "bridge/store/grants.h"
#include "bridge/store/store.h"
#include "bridge/userdata/user_data.h"
#include "tests/unit/faults/host_parts.h"
#include "tests/unit/faults/scenario.h"
#include "tests/unit/support/vectors.h"

using namespace kiosk;
using namespace kiosk::bridge;
using namespace kiosk::test;

namespace {

constexpr const char* kCanary = "canary-0d15";

std::unique_ptr<Store> openStore(const std::string& dir) {
  auto store = Store::open({.path = dir + "/kiosk.db"});
  return store ? std::move(*store) : nullptr;
}

/// Waits for an answer that comes on another thread.
template <class T>
Result<T> waitFor(const std::function<void(std::function<void(Result<T>)>)>& start) {
  std::promise<Result<T>> promise;
  auto future = promise.get_future();
  start([&promise](Result<T> result) { promise.set_value(std::move(result)); });
  return future.get();
}

long long count(Store& store, const std::string& query) {
  const auto rows = store.runNow<long long>("test.count", [&](soci::session& sql) {
    long long value = 0;
    sql << query, soci::into(value);
    return Result<long long>(value);
  });
  REQUIRE(rows.has_value());
  return *rows;
}

/// Opens without faults, as the next start does; the database must be sound.
std::unique_ptr<Store> reopen(const std::string& dir) {
  auto store = Store::open({.path = dir + "/kiosk.db"});
  REQUIRE_MESSAGE(store.has_value(), (store ? "" : store.error().message));
  CHECK(count(**store,
              "SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'") == 1);
  return std::move(*store);
}

State allOrNone(Store& store, const std::string& query, long long all) {
  const auto rows = count(store, query);
  REQUIRE((rows == 0 || rows == all));
  return rows == 0 ? State::Old : State::New;
}

const StorageOwner kOwner{UserId("anna"), AppId("app")};
const StorageQuota kQuota{1 << 20, 100};

std::vector<StorageItem> items() {
  std::vector<StorageItem> all;
  for (int i = 0; i < 3; ++i) {
    all.push_back({"k" + std::to_string(i), "\"" + std::string(3000, 'v') + kCanary + "\""});
  }
  return all;
}

bool write(KeyValueStorage& storage) {
  return waitFor<void>([&](auto done) { storage.write(kOwner, items(), kQuota, done); })
      .has_value();
}

Result<std::unique_ptr<AuditLog>> openAudit(const std::string& dir) {
  AuditConfig config;
  config.dir = dir + "/audit";
  return AuditLog::open(std::move(config));
}

StorageKeysSource keyFile(const std::string& dir) { return keysOfFile(dir + "/storage.key"); }

void fillSecure(const std::string& dir) {
  REQUIRE(StorageKeys::make(dir + "/storage.key", systemRandom()).has_value());
  DirectLoop loop;
  auto store = openStore(dir);
  store->attached(loop);
  REQUIRE(write(*sqlSecureStorage(*store, keyFile(dir), systemRandom())));
}

/// How many secure items open with the keys that are there.
std::size_t readableItems(const std::string& dir) {
  const auto store = reopen(dir);
  const auto read = store->runNow<std::vector<OwnedItem>>("test.secure", [&](soci::session& sql) {
    return secureItemsOf(sql, keyFile(dir), kOwner.user, systemRandom());
  });
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().message));
  return read->size();
}

}  // namespace

TEST_CASE("faults: a batch of storage.local is all there or not at all") {
  faultsOfAllKinds({.prepare = [](const std::string& dir) { REQUIRE(openStore(dir)); },
                    .act =
                        [](const std::string& dir) {
                          DirectLoop loop;
                          const auto store = openStore(dir);
                          if (!store) return false;
                          store->attached(loop);
                          return write(*sqlStorage(*store));
                        },
                    .look =
                        [](const std::string& dir) {
                          return allOrNone(*reopen(dir), "SELECT COUNT(*) FROM storage_items", 3);
                        }});
}

TEST_CASE("faults: a batch of storage.secure is all there and opens, or not at all") {
  faultsOfAllKinds({.prepare =
                        [](const std::string& dir) {
                          REQUIRE(
                              StorageKeys::make(dir + "/storage.key", systemRandom()).has_value());
                          REQUIRE(openStore(dir));
                        },
                    .act =
                        [](const std::string& dir) {
                          DirectLoop loop;
                          const auto store = openStore(dir);
                          if (!store) return false;
                          store->attached(loop);
                          return write(*sqlSecureStorage(*store, keyFile(dir), systemRandom()));
                        },
                    .look =
                        [](const std::string& dir) {
                          const auto readable = readableItems(dir);
                          REQUIRE((readable == 0 || readable == 3));
                          return readable == 0 ? State::Old : State::New;
                        }});
}

TEST_CASE("faults: money is booked on both sides or not at all") {
  faultsOfAllKinds(
      {.prepare = [](const std::string& dir) { REQUIRE(openStore(dir)); },
       .act =
           [](const std::string& dir) {
             const auto store = openStore(dir);
             if (!store) return false;
             return store
                 ->runNow<void>("test.post",
                                [](soci::session& sql) {
                                  using ledger::OwnerKind;
                                  const ledger::Entry entries[] = {
                                      {{OwnerKind::User, "anna", "RUB"}, 500},
                                      {{OwnerKind::Host, "bank", "RUB"}, -500}};
                                  return ledger::post(sql, {.id = "x1", .createdAtMs = 1}, entries);
                                })
                 .has_value();
           },
       .look =
           [](const std::string& dir) {
             const auto store = reopen(dir);
             const auto sound = store->runNow<bool>("test.audit", [](soci::session& sql) {
               return Result<bool>(ledger::audit(sql).sound());
             });
             REQUIRE(sound.has_value());
             CHECK(*sound);
             return allOrNone(*store, "SELECT COUNT(*) FROM ledger_entries", 2);
           }});
}

TEST_CASE("faults: a grant that replaces another leaves the one or the other, with its receipt") {
  const auto put = [](const std::string& dir, const std::string& id) {
    DirectLoop loop;
    const auto keys = HostKeys::load(dir + "/keys", systemRandom(), MissingKeys::Generate);
    const auto store = openStore(dir);
    if (!keys || !store) return false;
    store->attached(loop);
    const ReceiptBook book(ed25519Signer(keys->signing(), keys->signingKeyId()), {});
    const auto grants = sqlGrantStore(*store, book, *keys);
    Grant grant;
    grant.user = kOwner.user;
    grant.app = kOwner.app;
    grant.permission = "p";
    grant.receiptId = id;
    ReceiptDraft receipt;
    receipt.id = id;
    receipt.user = kOwner.user;
    receipt.app = kOwner.app;
    receipt.permission = "p";
    return waitFor<void>([&](auto done) { grants->put(grant, receipt, done); }).has_value();
  };
  faultsOfAllKinds(
      {.prepare = [put](const std::string& dir) { REQUIRE(put(dir, "first")); },
       .act = [put](const std::string& dir) { return put(dir, "second"); },
       .look =
           [](const std::string& dir) {
             const auto store = reopen(dir);
             REQUIRE(count(*store, "SELECT COUNT(*) FROM grants") == 1);
             const auto state =
                 allOrNone(*store, "SELECT COUNT(*) FROM grants WHERE receipt_id = 'second'", 1);
             CHECK(count(*store, "SELECT COUNT(*) FROM receipts") == (state == State::New ? 2 : 1));
             return state;
           }});
}

TEST_CASE("faults: a new store is made whole, or made at the next start") {
  faultsOfAllKinds({.prepare = [](const std::string&) {},
                    .act = [](const std::string& dir) { return openStore(dir) != nullptr; },
                    .look =
                        [](const std::string& dir) {
                          const bool isThere = std::filesystem::exists(dir + "/kiosk.db") &&
                                               std::filesystem::file_size(dir + "/kiosk.db") > 0;
                          reopen(dir);
                          return isThere ? State::New : State::Old;
                        }});
}

TEST_CASE("faults: a new key of storage.secure never leaves an item that does not open") {
  faultsOfAllKinds({.prepare = fillSecure,
                    .act =
                        [](const std::string& dir) {
                          const auto path = dir + "/storage.key";
                          const auto store = openStore(dir);
                          if (!store) return false;
                          const auto keys = StorageKeys::addKey(path, systemRandom());
                          return keys && resealOwners(*store, *keys, systemRandom()) &&
                                 StorageKeys::dropOldKeys(path);
                        },
                    .look =
                        [](const std::string& dir) {
                          REQUIRE(readableItems(dir) == 3);
                          const auto lines = readWhole(dir + "/storage.key");
                          const auto keys = StorageKeys::load(dir + "/storage.key");
                          REQUIRE(keys.has_value());
                          const auto store = reopen(dir);
                          return allOrNone(*store,
                                           "SELECT COUNT(*) FROM secure_owners WHERE key_id = '" +
                                               keys->current().id + "'",
                                           1);
                        }});
}

TEST_CASE("faults: a backup is there whole, or not there") {
  faultsOfAllKinds(
      {.prepare =
           [](const std::string& dir) {
             std::filesystem::create_directories(dir + "/data");
             DirectLoop loop;
             auto store = openStore(dir + "/data");
             store->attached(loop);
             REQUIRE(write(*sqlStorage(*store)));
           },
       .act =
           [](const std::string& dir) {
             return backupStore(dir + "/data", dir + "/saved", BackupKeys::Leave, 1).has_value();
           },
       .look =
           [](const std::string& dir) {
             reopen(dir + "/data");
             if (!std::filesystem::exists(dir + "/saved")) {
               // The next try is not held up by what the last one left.
               REQUIRE(backupStore(dir + "/data", dir + "/saved", BackupKeys::Leave, 1));
               return State::Old;
             }
             REQUIRE(restoreStore(dir + "/saved", dir + "/fresh", RestoreOver::Nothing));
             const auto state =
                 allOrNone(*reopen(dir + "/fresh"), "SELECT COUNT(*) FROM storage_items", 3);
             CHECK(state == State::New);
             return State::New;
           }});
}

TEST_CASE("faults: a restore leaves the store before it or the one of the backup") {
  faultsOfAllKinds(
      {.prepare =
           [](const std::string& dir) {
             std::filesystem::create_directories(dir + "/data");
             DirectLoop loop;
             {
               auto store = openStore(dir + "/data");
               store->attached(loop);
               REQUIRE(write(*sqlStorage(*store)));
             }
             REQUIRE(backupStore(dir + "/data", dir + "/saved", BackupKeys::Leave, 1));
             auto store = openStore(dir + "/data");
             store->attached(loop);
             REQUIRE(waitFor<std::int64_t>(
                 [&](auto done) { sqlStorage(*store)->clear(kOwner, done); }));
           },
       .act =
           [](const std::string& dir) {
             return restoreStore(dir + "/saved", dir + "/data", RestoreOver::Store).has_value();
           },
       .look =
           [](const std::string& dir) {
             return allOrNone(*reopen(dir + "/data"), "SELECT COUNT(*) FROM storage_items", 3);
           }});
}

TEST_CASE("faults: an erasure takes all of a user or nothing, and then no file tells of them") {
  const auto parts = [](const std::string& dir, Store& store, AuditLog& audit,
                        const HostKeys& keys) {
    return UserDataParts{store, audit, keys, keyFile(dir), systemClock(), systemRandom()};
  };
  faultsOfAllKinds(
      {.prepare =
           [](const std::string& dir) {
             REQUIRE(HostKeys::load(dir + "/keys", systemRandom(), MissingKeys::Generate));
             fillSecure(dir);
             DirectLoop loop;
             auto store = openStore(dir);
             store->attached(loop);
             REQUIRE(write(*sqlStorage(*store)));
             REQUIRE(openAudit(dir));
           },
       .act =
           [parts](const std::string& dir) {
             const auto keys = HostKeys::load(dir + "/keys", systemRandom(), MissingKeys::Refuse);
             const auto store = openStore(dir);
             const auto audit = openAudit(dir);
             if (!keys || !store || !audit) return false;
             return eraseUser(parts(dir, *store, **audit, *keys), kOwner.user).has_value();
           },
       .look =
           [](const std::string& dir) {
             const auto store = reopen(dir);
             const auto kept = allOrNone(*store, "SELECT COUNT(*) FROM storage_items", 3);
             CHECK(kept == allOrNone(*store, "SELECT COUNT(*) FROM secure_items", 3));
             return kept == State::New ? State::Old : State::New;
           },
       .afterwards =
           [](const std::string& dir) {
             for (const auto& entry : std::filesystem::recursive_directory_iterator(dir)) {
               if (!entry.is_regular_file()) continue;
               CHECK(readWhole(entry.path()).find(kCanary) == std::string::npos);
             }
           }});
}
