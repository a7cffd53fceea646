#pragma once
// Host: what a host app opens mini-apps with. Everything happens on one loop; the host app either
// lends its thread (`run`, `runOnce`) or polls `pollFd` in a loop of its own and calls `runOnce`.
//
// No V8 and no libuv is visible here, and the process that embeds this library never maps libnode.

#include <kiosk/apps.h>
#include <kiosk/clock.h>
#include <kiosk/door.h>
#include <kiosk/executor.h>
#include <kiosk/limits.h>
#include <kiosk/package.h>
#include <kiosk/providers.h>
#include <kiosk/session.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// How guests of a zygote may make machine code.
enum class Tier : std::uint8_t {
  Jit,      ///< V8's compilers on
  Jitless,  ///< interpreter only, and no executable page can be made
};
std::string_view tierName(Tier tier);

/// Whether a host may run guests whose jail lacks a layer that must stand (seccomp, rlimits,
/// no-new-privileges).
enum class JailPolicy : std::uint8_t {
  Required,    ///< refuse to open sessions
  Disposable,  ///< development on a kernel without them: run, and say so
};

/// What becomes of sessions that the user does not see, and how many there may be.
struct LifecycleRules {
  /// How long a hidden app goes on before it is suspended; 0..1 h.
  std::chrono::milliseconds hiddenGrace{5000};
  /// How long an app stays hidden before it is ended as `evicted`; 1 s..7 days.
  std::chrono::milliseconds hiddenTimeMax = std::chrono::minutes(30);
  /// Hidden apps at once, suspended ones included; one more ends that which was hidden first.
  std::uint32_t hiddenSessionsMax = 64;
  /// Sessions of one user, and of one app, at once; one more is refused with `limit_exceeded`.
  std::uint32_t sessionsPerUserMax = 64;
  std::uint32_t sessionsPerAppMax = 1000;
};

/// How badly memory is wanted, as the embedder sees it.
enum class MemoryPressure : std::uint8_t {
  Moderate,  ///< hidden apps are suspended at once, and those that run are told
  Critical,  ///< hidden apps are ended as `evicted`, too
};

/// An app that fails again and again for a user is not started for a while; then not at all.
struct QuarantinedApp {
  AppId app;
  std::string payloadHash;  ///< another version may be opened
  UserId user;              ///< empty: it is not opened for anybody
};

struct HostConfig {
  /// The guest binary; empty: `kiosk-guest` beside the running executable.
  std::string guestPath;
  Tier tier = Tier::Jit;
  JailPolicy jail = JailPolicy::Required;
  /// A zygote retires after so many forks: children of one zygote share its address layout.
  std::uint32_t forksPerZygoteMax = 1000;
  /// Apps that have a template at once: a process in which the app is compiled and no more, from
  /// which its sessions are forked from the second open on. 0: none. Each costs memory, about as
  /// much as one session of its app.
  std::uint32_t templatesMax = 16;
  /// A template goes when its app was not opened for so long.
  std::chrono::milliseconds templateIdleMax{300'000};
  /// Sessions at once. One more ends the app that was hidden first; when none is hidden it is
  /// refused with `limit_exceeded`.
  std::uint32_t sessionsMax = 1000;
  LifecycleRules lifecycle;
  /// Draws the views of all sessions. Borrowed; must outlive the host. Null: only observers hear
  /// of views.
  ViewRenderer* renderer = nullptr;
  /// Where installed apps are kept (`<dataDir>/registry`); made with mode 0700 when absent. Empty:
  /// this host installs nothing, and opens packages that it is given.
  std::string dataDir;
  /// Whose packages are installed and opened by id.
  TrustStore trust;
  /// Leaves guests readable to profilers of the same user. For memory benchmarks only; said aloud.
  bool dumpable = false;
  /// Borrowed; must outlive the host. Null: the system's.
  Clock* clock = nullptr;
  Random* random = nullptr;
};

/// One layer of the jail and whether this machine gives it.
struct JailLayer {
  std::string name;  ///< e.g. "seccomp"
  bool active = false;
  bool required = false;
  std::string detail;  ///< why not, or what it holds
};

struct OpenOptions {
  UserId user;
  Limits limits;
  std::string entryPoint = "gallery";
  std::string startParam;
  std::string chatId;
  std::string language = "en";
};

/// Destroyed, it ends every session that is open: their observers hear of `ended`, `closed`, before
/// the destructor returns. Session objects may outlive it. Not to be destroyed, nor `run` nested,
/// within a callback of its own.
class Host : public Executor {
 public:
  template <class T>
  using Done = std::function<void(Result<T>)>;

  /// Starts a host and its first zygote. `door` is borrowed and must outlive the host.
  /// Errors: HostError   the guest binary is missing or does not start, or the jail lacks a
  /// required layer.
  static Result<std::unique_ptr<Host>> create(HostConfig config, Door& door);

  /// Opens `package` for `options.user`. `observer` is borrowed and must outlive the session.
  /// The call returns at once; `observer` hears of `started` or `ended`.
  /// Errors: LimitExceeded   too many sessions, of all, of this user or of this app.
  ///         NotReady        the app failed for this user a short while ago; retryAfterMs says
  ///                         when it may be opened again. Signed packages only.
  ///         Locked          the app is in quarantine, see `quarantined`. Signed packages only.
  ///         InvalidParams   an option or a limit is out of its range.
  ///         HostError       no descriptor is left, or no zygote can be started.
  virtual Result<std::unique_ptr<Session>> open(std::shared_ptr<const Package> package,
                                                OpenOptions options, SessionObserver& observer) = 0;

  /// Opens the active version of an installed app. `opened` is called later, on the loop, once.
  /// Errors, beyond those of `open`: NotFound    not installed
  ///                                 package.*   its package does not verify any more
  virtual void open(const AppId& app, OpenOptions options, SessionObserver& observer,
                    Done<std::unique_ptr<Session>> opened) = 0;

  /// Installed apps: as AppRegistry (apps.h), on a thread of the host's own. `done` is called
  /// later, on the loop, once; not any more when the host has gone.
  /// Errors, beyond those of AppRegistry: Unsupported   HostConfig::dataDir is empty.
  virtual void install(const std::string& path, InstallOptions options,
                       Done<InstallReport> done) = 0;
  virtual void list(Done<std::vector<InstalledApp>> done) = 0;
  virtual void uninstall(const AppId& app, Done<void> done) = 0;
  virtual void pin(const AppId& app, std::int64_t versionCode, Done<InstalledApp> done) = 0;
  virtual void unpin(const AppId& app, Done<InstalledApp> done) = 0;
  virtual void approve(const AppId& app, Done<InstalledApp> done) = 0;
  virtual void rollback(const AppId& app, Done<InstalledApp> done) = 0;

  /// Memory is short, or was: the embedder's own watch (PSI, a cgroup's events, the system's
  /// warning) calls this.
  virtual void memoryPressure(MemoryPressure pressure) = 0;

  /// Apps that are not opened because they failed too often, and the way back. `release` takes
  /// every entry of `app` away.
  virtual std::vector<QuarantinedApp> quarantined() const = 0;
  virtual void release(const AppId& app) = 0;

  /// Starts a new zygote, e.g. because V8 was upgraded, and lets the old one go with its last
  /// guest: no session ends by this, and apps are opened meanwhile. `done` comes when new sessions
  /// are forked from the new one. A guest binary that was replaced is noticed by itself, at the
  /// next `open`.
  /// Errors: HostError   the new one does not start or lacks a layer of the jail; the old goes on.
  virtual void restartZygote(Done<void> done) = 0;

  /// Makes the template of `package` in the background, so that the next open is forked from it.
  /// `done` is told on the loop, possibly before the call returns, whether it will be: not when
  /// the app does not compile, or templates are off. A host that goes tells nobody.
  virtual void prepare(std::shared_ptr<const Package> package,
                       std::function<void(bool ready)> done) = 0;

  /// Layers of the jail as the running zygote found them.
  virtual std::vector<JailLayer> jailLayers() const = 0;

  /// Runs the loop until `stop`.
  virtual void run() = 0;
  /// Ends `run` after the task that calls it. Threads: any.
  virtual void stop() = 0;
  /// Runs what is due, waiting at most `wait` for something to be. False when `stop` was called.
  virtual bool runOnce(std::chrono::milliseconds wait) = 0;
  /// Becomes readable when `runOnce` has something to do.
  virtual int pollFd() const = 0;
};

}  // namespace kiosk
