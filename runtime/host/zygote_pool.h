#pragma once
// The zygotes of a host: the one that forks, those that wait for their last guest, and the one
// that is being warmed to take over.
//
//   start ─► warming ─► current ── forks used up, restart, replaced binary ──► retired ─► gone
//                          ▲                                                      (its guests go
//                          on)
//   restart ─► candidate ──┘ when it is ready; when it fails, the current one goes on

#include <sys/stat.h>

#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/channel/uv_loop.h"
#include "runtime/jail/zygote_client.h"

namespace kiosk {

/// Threads: the loop's own.
class ZygotePool {
 public:
  /// What zygotes say of guests and templates, and that one is gone: all events but ZygoteReady.
  using OnEvent = std::function<void(const jail::ZygoteProcess& zygote, jail::ZygoteEvent event)>;
  /// A template that was asked for, and the zygote whose child it is; that outlives its ZygoteGone
  /// until the loop's next turn.
  struct MadeTemplate {
    std::unique_ptr<jail::ZygoteProcess> process;
    const jail::ZygoteProcess* zygote = nullptr;
  };
  using Restarted = std::function<void(Result<void>)>;

  ZygotePool(UvLoop& loop, jail::ZygoteLaunch launch, OnEvent onEvent);
  ~ZygotePool();
  ZygotePool(const ZygotePool&) = delete;
  ZygotePool& operator=(const ZygotePool&) = delete;

  /// Starts the first zygote and waits, turning the loop, until it is warm.
  /// Errors: HostError   the guest binary does not start, or the jail lacks a required layer.
  Result<void> start();

  /// Asks the current zygote for a guest, starting one if there is none. What it answers comes on
  /// the loop, later.
  /// Errors: as ZygoteProcess::fork; HostError   no zygote can be started.
  Result<void> fork(jail::ForkRequest request);

  /// Asks the current zygote for a template, as fork() for a guest.
  Result<MadeTemplate> makeTemplate(jail::TemplateRequest request);

  /// Host::restartZygote.
  void restart(Restarted done);

  /// Layers of the jail as the current zygote found them.
  const std::vector<JailLayer>& layers() const { return layers_; }
  /// Zygotes that live, and the process id of the current one; 0 when there is none.
  std::size_t count() const { return zygotes_.size() + (candidate_ ? 1 : 0); }
  /// Ends every zygote with the guests it has left.
  void clear();

 private:
  struct Zygote {
    std::unique_ptr<jail::ZygoteProcess> process;
    std::unique_ptr<FdWatch> watch;
    bool gone = false;
  };
  /// What tells one guest binary from another.
  struct Binary {
    dev_t device = 0;
    ino_t inode = 0;
    off_t bytes = 0;
    std::int64_t changedNs = 0;
    bool operator==(const Binary&) const = default;
  };

  Result<std::unique_ptr<Zygote>> launch();
  Result<void> add();
  Result<Zygote*> current();
  void noteAsked(Zygote& zygote);
  void onZygote(Zygote& zygote);
  void candidateReady();
  void candidateFailed(const std::string& why);
  void dropGone();
  void finishRestart(const Result<void>& outcome);
  Binary binaryNow() const;
  void lookAtBinary();

  UvLoop& loop_;
  const jail::ZygoteLaunch launch_;
  OnEvent onEvent_;
  std::list<std::unique_ptr<Zygote>> zygotes_;  // the newest last; the others are retiring
  std::unique_ptr<Zygote> candidate_;
  std::vector<Restarted> restarted_;  // who waits for the candidate
  std::optional<Executor::TimerId> candidateTimer_;
  Binary binary_;  // of the newest zygote, the candidate included
  std::vector<JailLayer> layers_;
  std::string goneWhy_;  // of the last one that ended
  /// Posted tasks hold it weakly; gone with the pool.
  std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
};

}  // namespace kiosk
