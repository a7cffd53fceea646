#include <fcntl.h>
#include <kiosk/apps.h>
#include <sys/file.h>

#include <algorithm>
#include <filesystem>
#include <list>
#include <mutex>
#include <set>

#include "runtime/base/crypto.h"
#include "runtime/base/fd.h"
#include "runtime/base/files.h"
#include "runtime/base/guard.h"
#include "runtime/base/log.h"
#include "runtime/package/app_record.h"
#include "runtime/package/archive.h"
#include "runtime/package/manifest_rules.h"
#include "runtime/package/pack.h"

namespace kiosk {
namespace {

constexpr std::size_t kRecordBytesMax = std::size_t{1} << 20;
/// Unpacked bytes of packages that are kept at hand although nothing runs them.
constexpr std::size_t kCachedBytesMax = std::size_t{64} << 20;
constexpr std::string_view kRecordEnd = ".json";
constexpr std::string_view kPackageEnd = ".ma";

Error notInstalled(const AppId& app) {
  return Error{ErrorCode::NotFound, app.value + " is not installed"};
}

std::size_t bytesIn(const Package& package) {
  std::size_t bytes = 0;
  for (const auto& [name, content] : package.files) bytes += content.size();
  return bytes;
}

/// The developer's key of a package that verified.
std::string developerOf(const Package& package) {
  for (const Signer& signer : package.signers) {
    if (signer.role == "developer") return signer.publicKeyHex;
  }
  return {};
}

/// Names of the files in `folder` that end in `end`, without that end.
std::vector<std::string> namesIn(const std::string& folder, std::string_view end) {
  std::vector<std::string> names;
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator(folder, problem)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(end)) names.push_back(name.substr(0, name.size() - end.size()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// Packages that were loaded, the most recently used first.
class PackageCache {
 public:
  std::shared_ptr<const Package> find(const std::string& payloadHash) {
    for (auto it = kept_.begin(); it != kept_.end(); ++it) {
      if ((*it)->payloadHash != payloadHash) continue;
      kept_.splice(kept_.begin(), kept_, it);
      return kept_.front();
    }
    return nullptr;
  }
  void put(std::shared_ptr<const Package> package) {
    bytes_ += bytesIn(*package);
    kept_.push_front(std::move(package));
    while (bytes_ > kCachedBytesMax && kept_.size() > 1) {
      bytes_ -= bytesIn(*kept_.back());
      kept_.pop_back();
    }
  }
  void clear() {
    kept_.clear();
    bytes_ = 0;
  }

 private:
  std::list<std::shared_ptr<const Package>> kept_;  // owners: this and the sessions that run them
  std::size_t bytes_ = 0;
};

class DiskRegistry final : public AppRegistry {
 public:
  DiskRegistry(std::string folder, TrustStore trust, const Clock& clock)
      : folder_(std::move(folder)), trust_(std::move(trust)), clock_(clock) {}

  Result<void> start();

  Result<InstallReport> install(const std::string& path, const InstallOptions& options) override;
  Result<std::vector<InstalledApp>> list() override;
  Result<InstalledApp> find(const AppId& app) override;
  Result<void> uninstall(const AppId& app) override;
  Result<InstalledApp> pin(const AppId& app, std::int64_t code) override;
  Result<InstalledApp> unpin(const AppId& app) override;
  Result<InstalledApp> approve(const AppId& app) override;
  Result<InstalledApp> rollback(const AppId& app) override;
  Result<std::shared_ptr<const Package>> load(const AppId& app) override;
  void setTrust(TrustStore trust) override {
    const std::lock_guard lock(mutex_);
    trust_ = std::move(trust);
    cache_.clear();
  }

 private:
  std::string recordPath(const AppId& app) const {
    return folder_ + "/apps/" + app.value + std::string(kRecordEnd);
  }
  std::string packagePath(const std::string& fileHash) const {
    return folder_ + "/packages/" + fileHash + std::string(kPackageEnd);
  }
  /// Keeps other processes from changing the folder until it goes.
  Result<Fd> lockFolder() const;
  Result<AppRecord> read(const AppId& app) const;
  Result<void> write(const AppRecord& record) const;
  template <class Change>
  Result<InstalledApp> change(const AppId& app, Change change);
  Result<AppRecord> recordForInstall(const Package& package) const;
  Result<std::optional<InstallOutcome>> repeated(AppRecord& record, const Package& package) const;
  void add(AppRecord& record, const Package& package, const std::string& fileHash) const;
  void dropOldest(AppRecord& record) const;
  void removeUnnamed() const;

  const std::string folder_;
  std::mutex mutex_;
  TrustStore trust_;
  const Clock& clock_;
  PackageCache cache_;
};

Result<void> DiskRegistry::start() {
  for (const auto& folder : {folder_, folder_ + "/apps", folder_ + "/packages"}) {
    if (auto made = makeFolder(folder); !made) return made;
  }
  const auto lock = lockFolder();
  if (!lock) return lock.error();
  removeUnnamed();
  return {};
}

Result<Fd> DiskRegistry::lockFolder() const {
  Fd file(::open((folder_ + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  int locked = -1;
  while (file && (locked = ::flock(file.get(), LOCK_EX)) != 0 && errno == EINTR) continue;
  if (locked != 0) return Error{ErrorCode::HostError, "cannot lock the registry in " + folder_};
  return file;
}

Result<AppRecord> DiskRegistry::read(const AppId& app) const {
  // The name becomes a path, so it is looked at before it is used as one.
  if (!rules::kAppId.accepts(app.value)) return notInstalled(AppId("an app of that name"));
  auto text = readFileWhole(recordPath(app), kRecordBytesMax);
  if (!text) {
    return text.error().code == ErrorCode::NotFound ? notInstalled(app) : text.error();
  }
  auto record = readAppRecord(*text);
  if (record && record->app.id != app) {
    return Error{ErrorCode::HostError, "the record of " + app.value + " is another app's"};
  }
  return record;
}

Result<void> DiskRegistry::write(const AppRecord& record) const {
  return replaceFileDurably(recordPath(record.app.id), writeAppRecord(record));
}

/// Package files that no record names, and drafts: what a crash or a removal left.
void DiskRegistry::removeUnnamed() const {
  std::set<std::string> named;
  for (const auto& name : namesIn(folder_ + "/apps", kRecordEnd)) {
    const auto record = read(AppId(name));
    if (!record) return;  // what a damaged record names must not be lost
    for (const auto& [code, hash] : record->fileHashes) named.insert(hash);
  }
  for (const auto& hash : namesIn(folder_ + "/packages", kPackageEnd)) {
    if (!named.contains(hash)) (void)removeFileDurably(packagePath(hash));
  }
  for (const char* inside : {"/apps", "/packages"}) {
    for (const auto& draft : namesIn(folder_ + inside, ".part")) {
      (void)removeFileDurably(folder_ + inside + "/" + draft + ".part");
    }
  }
}

/// The record that `package` joins: the app's own, or an empty one.
Result<AppRecord> DiskRegistry::recordForInstall(const Package& package) const {
  const AppId& app = package.manifest.appId;
  auto record = read(app);
  if (!KIOSK_GUARD("apps.developer", !record || record->app.developerKey == developerOf(package))) {
    return Error{ErrorCode::PackageUntrusted,
                 app.value +
                     " is installed from another developer; uninstall it first if the "
                     "change of hands is meant"};
  }
  if (record || record.error().code != ErrorCode::NotFound) return record;
  if (namesIn(folder_ + "/apps", kRecordEnd).size() >= kAppsMax) {
    return Error{ErrorCode::LimitExceeded, "10000 apps are installed; uninstall one first"};
  }
  AppRecord fresh;
  fresh.app.id = app;
  fresh.app.developerKey = developerOf(package);
  return fresh;
}

/// Nothing for a version that is new; otherwise what installing it again means.
Result<std::optional<InstallOutcome>> DiskRegistry::repeated(AppRecord& record,
                                                             const Package& package) const {
  const std::int64_t code = package.manifest.versionCode;
  const std::string& id = record.app.id.value;
  if (record.app.versions.empty() || code > record.highestCode) {
    return std::optional<InstallOutcome>();
  }
  const AppVersion* known = record.app.version(code);
  const bool isNewest = known != nullptr && code == record.highestCode;
  const bool isOther = known != nullptr && known->payloadHash != package.payloadHash;
  if (!KIOSK_GUARD("apps.downgrade", isNewest || isOther)) {
    return Error{ErrorCode::PackageDowngrade,
                 id + " had version code " + std::to_string(record.highestCode) + " already, and " +
                     std::to_string(code) + " is older; use rollback or pin to go back"};
  }
  if (isOther) {
    return Error{ErrorCode::PackageDowngrade,
                 id + ": version code " + std::to_string(code) +
                     " was used for other content; a new build needs a higher code"};
  }
  if (code == record.app.activeCode) return std::optional(InstallOutcome::Unchanged);
  // Rolled back from, or waiting: the same file again asks for it anew.
  record.app.waitingCode = code;
  return std::optional(InstallOutcome::Updated);
}

void DiskRegistry::add(AppRecord& record, const Package& package,
                       const std::string& fileHash) const {
  const Manifest& manifest = package.manifest;
  record.app.versions.insert(record.app.versions.begin(),
                             {manifest.versionName, manifest.versionCode, package.payloadHash,
                              clock_.wallMs(), rightsOf(manifest)});
  record.fileHashes[manifest.versionCode] = fileHash;
  record.titles[manifest.versionCode] = manifest.name;
  record.highestCode = manifest.versionCode;
  record.app.waitingCode = manifest.versionCode;
}

void DiskRegistry::dropOldest(AppRecord& record) const {
  auto& versions = record.app.versions;
  while (versions.size() > kAppVersionsMax) {
    const auto oldest = std::find_if(versions.rbegin(), versions.rend(), [&](const auto& one) {
      return one.versionCode != record.app.activeCode && one.versionCode != record.app.waitingCode;
    });
    record.fileHashes.erase(oldest->versionCode);
    record.titles.erase(oldest->versionCode);
    versions.erase(std::next(oldest).base());
  }
}

Result<InstallReport> DiskRegistry::install(const std::string& path,
                                            const InstallOptions& options) {
  const std::lock_guard lock(mutex_);
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return Error{ErrorCode::PackageUntrusted,
                 path + " is a folder, which nobody signed: pack and sign it"};
  }
  const auto bytes = readArchiveFile(path);
  if (!bytes) return bytes.error();
  const auto package = readPackage(*bytes, &trust_);
  if (!package) return package.error();
  const auto folderLock = lockFolder();
  if (!folderLock) return folderLock.error();
  auto record = recordForInstall(**package);
  if (!record) return record.error();
  const bool isNew = record->app.versions.empty();
  const AppVersion* active = record->app.version(record->app.activeCode);
  const std::vector<std::string> rightsBefore =
      active ? active->rights : std::vector<std::string>();
  auto outcome = repeated(*record, **package);
  if (!outcome) return outcome.error();

  const std::int64_t code = (*package)->manifest.versionCode;
  if (!*outcome) {
    const std::string fileHash = sha256Hex(*bytes);
    if (auto kept = replaceFileDurably(packagePath(fileHash), *bytes); !kept) return kept.error();
    add(*record, **package, fileHash);
    *outcome = isNew ? InstallOutcome::Installed : InstallOutcome::Updated;
  }
  InstallReport report;
  report.id = record->app.id;
  report.name = (*package)->manifest.name;
  report.version = *record->app.version(code);
  report.newRights = rightsBeyond(report.version.rights, rightsBefore);
  report.outcome = **outcome;
  if (report.outcome == InstallOutcome::Unchanged) return report;
  const bool mayRun = KIOSK_GUARD(
      "apps.rights", isNew || report.newRights.empty() || options.newRights == NewRights::Accept);
  const bool waits = !mayRun || (!isNew && record->app.pinned);
  if (waits) {
    report.outcome = InstallOutcome::Waiting;
  } else {
    record->activate(code);
  }
  dropOldest(*record);
  if (auto written = write(*record); !written) return written.error();
  cache_.put(*package);
  removeUnnamed();
  return report;
}

Result<std::vector<InstalledApp>> DiskRegistry::list() {
  const std::lock_guard lock(mutex_);
  std::vector<InstalledApp> apps;
  for (const auto& name : namesIn(folder_ + "/apps", kRecordEnd)) {
    auto record = read(AppId(name));
    if (record) {
      apps.push_back(std::move(record->app));
    } else if (record.error().code != ErrorCode::NotFound) {
      logWarn(name + ": " + record.error().message);
    }
  }
  return apps;
}

Result<InstalledApp> DiskRegistry::find(const AppId& app) {
  const std::lock_guard lock(mutex_);
  auto record = read(app);
  if (!record) return record.error();
  return std::move(record->app);
}

Result<void> DiskRegistry::uninstall(const AppId& app) {
  const std::lock_guard lock(mutex_);
  const auto folderLock = lockFolder();
  if (!folderLock) return folderLock.error();
  const auto record = read(app);
  // A damaged record is no reason to keep an app for ever.
  if (!record && record.error().code == ErrorCode::NotFound) return record.error();
  if (auto removed = removeFileDurably(recordPath(app)); !removed) return removed;
  removeUnnamed();
  return {};
}

/// Reads the record, lets `change` have its way with it, and writes it.
template <class Change>
Result<InstalledApp> DiskRegistry::change(const AppId& app, Change change) {
  const std::lock_guard lock(mutex_);
  const auto folderLock = lockFolder();
  if (!folderLock) return folderLock.error();
  auto record = read(app);
  if (!record) return record.error();
  if (auto changed = change(*record); !changed) return std::move(changed).error();
  if (auto written = write(*record); !written) return written.error();
  return std::move(record->app);
}

Result<InstalledApp> DiskRegistry::pin(const AppId& app, std::int64_t code) {
  return change(app, [&](AppRecord& record) -> Result<void> {
    if (record.app.version(code) == nullptr) {
      return Error{ErrorCode::NotFound,
                   app.value + " has no version of code " + std::to_string(code) + " here"};
    }
    record.activate(code);
    record.app.pinned = true;
    return {};
  });
}

Result<InstalledApp> DiskRegistry::unpin(const AppId& app) {
  return change(app, [](AppRecord& record) -> Result<void> {
    record.app.pinned = false;
    if (!record.app.waitingCode) return {};
    const AppVersion& waiting = *record.app.version(*record.app.waitingCode);
    const AppVersion& active = *record.app.version(record.app.activeCode);
    if (rightsBeyond(waiting.rights, active.rights).empty()) record.activate(waiting.versionCode);
    return {};
  });
}

Result<InstalledApp> DiskRegistry::approve(const AppId& app) {
  return change(app, [&](AppRecord& record) -> Result<void> {
    if (!record.app.waitingCode) {
      return Error{ErrorCode::NotFound, "no version of " + app.value + " waits"};
    }
    record.activate(*record.app.waitingCode);
    return {};
  });
}

Result<InstalledApp> DiskRegistry::rollback(const AppId& app) {
  return change(app, [&](AppRecord& record) -> Result<void> {
    for (const AppVersion& version : record.app.versions) {  // the newest first
      if (version.versionCode >= record.app.activeCode) continue;
      record.activate(version.versionCode);
      return {};
    }
    return Error{ErrorCode::NotFound, "no version of " + app.value + " before this one is kept"};
  });
}

Result<std::shared_ptr<const Package>> DiskRegistry::load(const AppId& app) {
  const std::lock_guard lock(mutex_);
  const auto record = read(app);
  if (!record) return record.error();
  const AppVersion& active = *record->app.version(record->app.activeCode);
  if (auto cached = cache_.find(active.payloadHash)) return cached;
  auto package = loadPackage(packagePath(record->fileHashes.at(active.versionCode)), trust_);
  if (!package) return package.error();
  if ((*package)->payloadHash != active.payloadHash || (*package)->manifest.appId != app) {
    return Error{ErrorCode::PackageHashMismatch,
                 "the package of " + app.value + " on disk is not the one that was installed"};
  }
  cache_.put(*package);
  return package;
}

}  // namespace

const AppVersion* InstalledApp::version(std::int64_t code) const {
  for (const AppVersion& one : versions) {
    if (one.versionCode == code) return &one;
  }
  return nullptr;
}

std::string_view installOutcomeName(InstallOutcome outcome) {
  switch (outcome) {
    case InstallOutcome::Installed:
      return "installed";
    case InstallOutcome::Updated:
      return "updated";
    case InstallOutcome::Waiting:
      return "waiting";
    case InstallOutcome::Unchanged:
      return "unchanged";
  }
  return "unchanged";
}

Result<std::unique_ptr<AppRegistry>> AppRegistry::open(const std::string& folder, TrustStore trust,
                                                       const Clock& clock) {
  auto registry = std::make_unique<DiskRegistry>(folder, std::move(trust), clock);
  if (auto started = registry->start(); !started) return started.error();
  return std::unique_ptr<AppRegistry>(std::move(registry));
}

}  // namespace kiosk
