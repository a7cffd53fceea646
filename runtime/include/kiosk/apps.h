#pragma once
// Installed apps: which packages a host has, which version of each runs, and how that changes.
//
//   install ─► verified, kept by hash ─┬─► active                    (first version, or an update
//                                      │                              that asks for nothing more)
//                                      └─► waiting ── approve ─► active
//                                          (asks for more than the active one, or that is pinned)
//   rollback: the version before the active one becomes active, without a download
//   pin:      one version stays active, whatever is installed later
//
// On disk, below the folder that `AppRegistry::open` is given:
//
//   apps/<app id>.json        the record of one app; replaced whole (draft, fsync, rename)
//   packages/<sha256>.ma      package files by the hash of their bytes, as they were signed
//   lock                      held by whoever changes something; several processes may share a
//   folder
//
// A package is on disk before a record names it, and is removed after no record does, so a crash
// at any moment leaves each app as it was or as it was to be; what nothing names is removed at the
// next start.

#include <kiosk/clock.h>
#include <kiosk/ids.h>
#include <kiosk/package.h>
#include <kiosk/result.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kiosk {

/// Versions of one app that are kept; the oldest that neither runs nor waits goes first.
constexpr std::size_t kAppVersionsMax = 4;
/// Apps in one registry.
constexpr std::size_t kAppsMax = 10'000;

/// One version of an installed app.
struct AppVersion {
  std::string versionName;
  std::int64_t versionCode = 0;
  std::string payloadHash;  ///< the identity of its code; consents are bound to it
  std::int64_t installedAtMs = 0;
  /// What it may ask its users for: "permission payments.charge", "network https://…",
  /// "claim snils", "merchant post".
  std::vector<std::string> rights;
};

struct InstalledApp {
  AppId id;
  std::string name;                  ///< of the active version
  std::vector<AppVersion> versions;  ///< the newest first
  std::int64_t activeCode = 0;       ///< the version that `open` runs
  bool pinned = false;               ///< `activeCode` stays, whatever is installed
  /// A version that is installed and does not run yet; it waits for `approve` or for `unpin`.
  std::optional<std::int64_t> waitingCode;
  std::string developerKey;  ///< hex; updates must be signed by the same

  /// Null when there is none of that code. Borrowed.
  const AppVersion* version(std::int64_t code) const;
};

/// What to do with an update that asks for more than the version that runs.
enum class NewRights : std::uint8_t {
  Wait,    ///< it is installed and waits for `approve`; the old version goes on
  Accept,  ///< it becomes active: the operator has seen what it asks for
};

struct InstallOptions {
  NewRights newRights = NewRights::Wait;
};

enum class InstallOutcome : std::uint8_t {
  Installed,  ///< the app is new, and active
  Updated,    ///< the version is active
  Waiting,    ///< the version waits for `approve` or `unpin`
  Unchanged,  ///< this very version is there already
};
std::string_view installOutcomeName(InstallOutcome outcome);

struct InstallReport {
  AppId id;
  std::string name;
  InstallOutcome outcome = InstallOutcome::Installed;
  AppVersion version;
  /// Rights that the version which ran before did not have; all of them for a new app.
  std::vector<std::string> newRights;
};

/// The apps of one host. Verifying a package and syncing it to disk take milliseconds: not for the
/// host's loop (`Host` has asynchronous calls for that).
/// Threads: any; calls wait for each other, and for other processes that change the same folder.
class AppRegistry {
 public:
  /// Opens or makes the registry in `folder`, whose parent must exist. Packages must be signed by
  /// a key in `trust`, when they are installed and again whenever they are loaded.
  /// Errors: HostError   the folder cannot be made or written.
  static Result<std::unique_ptr<AppRegistry>> open(const std::string& folder, TrustStore trust,
                                                   const Clock& clock = systemClock());
  virtual ~AppRegistry() = default;

  /// Installs the `.ma` at `path`. The file is copied; it is not needed afterwards.
  /// Errors: NotFound, package.*   as loadPackage(path, trust)
  ///         PackageDowngrade      older than what was installed before, or other content under a
  ///                               version code that was used
  ///         PackageUntrusted      also: an update by another developer than the installed version
  ///         LimitExceeded         the registry is full
  ///         StorageFull, HostError   the disk's
  virtual Result<InstallReport> install(const std::string& path,
                                        const InstallOptions& options = {}) = 0;

  /// All apps, by id. A record that cannot be read is skipped, and logged.
  virtual Result<std::vector<InstalledApp>> list() = 0;
  /// Errors: NotFound   not installed; HostError   its record is damaged.
  virtual Result<InstalledApp> find(const AppId& app) = 0;

  /// Removes the app with all versions. Sessions that run go on. What users stored in it stays:
  /// see the bridge for erasing that. The same version may be installed again.
  /// Errors: NotFound.
  virtual Result<void> uninstall(const AppId& app) = 0;

  /// Makes the version `code` active and keeps it so until `unpin`.
  /// Errors: NotFound   no such app or version.
  virtual Result<InstalledApp> pin(const AppId& app, std::int64_t code) = 0;
  /// From now on updates become active again; one that waits only for this does so at once.
  /// Errors: NotFound.
  virtual Result<InstalledApp> unpin(const AppId& app) = 0;

  /// Makes the waiting version active: the operator has seen its new rights.
  /// Errors: NotFound   no such app, or none waits.
  virtual Result<InstalledApp> approve(const AppId& app) = 0;

  /// Makes the version before the active one active. The version that it leaves stays installed
  /// and is not activated again but by `install`, `pin` or a newer version; a pin moves along.
  /// Errors: NotFound   no such app, or no version before the active one is kept.
  virtual Result<InstalledApp> rollback(const AppId& app) = 0;

  /// The active version, verified anew unless it is still in memory.
  /// Errors: NotFound; PackageUntrusted, package.*   it does not verify any more.
  virtual Result<std::shared_ptr<const Package>> load(const AppId& app) = 0;

  /// The keys that are trusted from now on.
  virtual void setTrust(TrustStore trust) = 0;
};

}  // namespace kiosk
