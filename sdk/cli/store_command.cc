// kiosk store and kiosk keys: backup, restore, and what is done when a key is changed or lost.

#include <cstdio>
#include <ctime>

#include "bridge/store/backup.h"
#include "bridge/store/dialect.h"
#include "sdk/cli/command_line.h"
#include "sdk/cli/data_folder.h"
#include "sdk/cli/exit_status.h"
#include "sdk/cli/run_command.h"

namespace kiosk::cli {
namespace {

struct StoreArguments {
  std::string dataDir, folder;
  bool keys = false, yes = false;

  std::string data() const { return dataDir.empty() ? defaultDataDir() : dataDir; }
};

void printFacts(const char* done, const bridge::BackupFacts& facts) {
  std::printf("%s: %llu bytes, schema %d, sha256 %s\n", done,
              static_cast<unsigned long long>(facts.bytes), facts.schema, facts.sha256.c_str());
}

int backup(const StoreArguments& given) {
  const auto facts = bridge::backupStore(
      given.data(), given.folder,
      given.keys ? bridge::BackupKeys::Include : bridge::BackupKeys::Leave, systemClock().wallMs());
  if (!facts) return failed(facts.error());
  printFacts("backed up", *facts);
  return kExitOk;
}

int restore(const StoreArguments& given) {
  const auto facts =
      bridge::restoreStore(given.folder, given.data(),
                           given.yes ? bridge::RestoreOver::Store : bridge::RestoreOver::Nothing);
  if (!facts) return failed(facts.error());
  printFacts("restored", *facts);
  auto folder = DataFolder::open(given.data());
  if (!folder) return failed(folder.error());
  folder->record(bridge::AuditKind::Restored, "operator", "sha256 " + facts->sha256.substr(0, 32));
  return kExitOk;
}

/// Empties the files of what was removed from the tables.
Result<void> scrub(bridge::Store& store) {
  return store.maintainNow("store.scrub", [](soci::session& sql) -> Result<void> {
    bridge::dialect::scrub(sql);
    return {};
  });
}

int rotateStorageKey(const StoreArguments& given) {
  auto folder = DataFolder::open(given.data());
  if (!folder) return failed(folder.error());
  const auto keys = bridge::StorageKeys::addKey(folder->storageKeyPath(), systemRandom());
  if (!keys) return failed(keys.error());
  const auto owners = bridge::resealOwners(*folder->store, *keys, systemRandom());
  if (!owners) return failed(owners.error());
  if (auto done = scrub(*folder->store); !done) return failed(done.error());
  const auto dropped = bridge::StorageKeys::dropOldKeys(folder->storageKeyPath());
  if (!dropped) return failed(dropped.error());
  folder->record(bridge::AuditKind::Rotated, "storage.key", keys->current().id);
  std::printf("storage.secure has key %s now; the keys of %lld owners were sealed anew\n",
              keys->current().id.c_str(), static_cast<long long>(*owners));
  return kExitOk;
}

int resetSecure(const StoreArguments& given) {
  if (!given.yes) {
    return failed({ErrorCode::InvalidParams, "this gives up all of storage.secure: say --yes"});
  }
  auto folder = DataFolder::open(given.data());
  if (!folder) return failed(folder.error());
  auto emptied =
      folder->store->runNow<void>("secure.reset", [](soci::session& sql) -> Result<void> {
        sql << "DELETE FROM secure_items";
        sql << "DELETE FROM secure_owners";
        return {};
      });
  if (emptied) emptied = scrub(*folder->store);
  if (!emptied) return failed(emptied.error());
  folder->record(bridge::AuditKind::Erased, "storage.secure", "ok");
  std::printf("storage.secure is empty; the next start makes a key when there is none\n");
  return kExitOk;
}

int rotateHostKey(const StoreArguments& given) {
  const auto old = bridge::HostKeys::rotateSigning(given.data() + "/keys", systemRandom());
  if (!old) return failed(old.error());
  auto folder = DataFolder::open(given.data());
  if (!folder) return failed(folder.error());
  folder->record(bridge::AuditKind::Rotated, "host.key", *old);
  std::printf("the host signs with %s now; %s is kept to verify with\n",
              folder->keys->signingKeyId().c_str(), old->c_str());
  return kExitOk;
}

}  // namespace

void addStore(CLI::App& app, Command& chosen) {
  auto given = std::make_shared<StoreArguments>();  // owners: CLI11's bindings and the commands
  auto* store = app.add_subcommand("store", "The store of a data folder");
  store->require_subcommand(1);
  auto* keys = app.add_subcommand("keys", "The keys of a data folder");
  keys->require_subcommand(1);
  const auto add = [&](CLI::App* group, const char* name, const char* help,
                       int (*run)(const StoreArguments&)) {
    auto* command = group->add_subcommand(name, help);
    command->add_option("--data", given->dataDir, "where services keep their data");
    command->callback([given, &chosen, run] { chosen = [given, run] { return run(*given); }; });
    return command;
  };
  auto* saving = add(store, "backup", "Copy the store to a new folder; the host may run", &backup);
  saving->add_option("DIR", given->folder)->required();
  saving->add_flag("--keys", given->keys, "with the host's keys: guard the copy like them");
  auto* restoring = add(store, "restore", "Put a backup back; the host must not run", &restore);
  restoring->add_option("DIR", given->folder)->required();
  restoring->add_flag("--yes", given->yes, "in the place of the store that is there");
  add(store, "rotate-key", "Give storage.secure a new key", &rotateStorageKey);
  add(store, "reset-secure", "Give up storage.secure, when its key is lost", &resetSecure)
      ->add_flag("--yes", given->yes, "yes, for good");
  add(keys, "rotate", "Give the host a new signing key; the old public key is kept",
      &rotateHostKey);
}

}  // namespace kiosk::cli
