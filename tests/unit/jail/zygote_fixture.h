#pragma once
// A zygote of jail-probe, driven to the end of each question. Waits on descriptors with a deadline,
// never by sleeping.

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/jail/zygote_client.h"

namespace kiosk::jail {

/// How one probe went.
struct ProbeOutcome {
  bool forked = false;
  std::string refusedWhy;
  /// What the guest said before it ended.
  std::string said;
  GuestExited exit;
  /// Its number as its template named it, when that went first.
  pid_t orphanedPid = 0;
};

class ZygoteFixture {
 public:
  explicit ZygoteFixture(Tier tier = Tier::Jit, std::string appArgument = "",
                         std::uint32_t forksMax = 100'000);
  /// As `launch` says, but of jail-probe.
  explicit ZygoteFixture(ZygoteLaunch launch);
  /// A template of `parent`, which outlives it; `act` is what it does with its package.
  ZygoteFixture(ZygoteFixture& parent, const std::string& act, GuestLimits limits = {},
                std::uint32_t forksMax = 1000);

  /// Asks for a guest that runs `probe`; returns its request id. Its socket is kept until `finish`.
  std::uint64_t begin(const std::string& probe, GuestLimits limits = {},
                      std::string_view package = "package bytes");
  /// Waits until `requestId` has its pidfd; -1 when it was refused.
  int pidfdOf(std::uint64_t requestId);
  /// Reads what the guest says first, leaving it running.
  std::string hear(std::uint64_t requestId);
  /// Closes our end of the guest's socket.
  void hangUp(std::uint64_t requestId);
  /// Waits for the guest's end.
  ProbeOutcome finish(std::uint64_t requestId);
  /// begin and finish.
  ProbeOutcome run(const std::string& probe, GuestLimits limits = {});

  /// Waits for the zygote to be ready, or to end; then `goneWhy` says why.
  bool waitReady();
  /// Waits for ZygoteGone.
  bool waitGone();
  /// The request with which the template was asked for, in its parent.
  std::uint64_t idInParent() const { return idInParent_; }
  /// Waits until `requestId` is known to have lost its template; its number, or 0.
  pid_t orphanedPid(std::uint64_t requestId);
  /// Waits for the end of the orphan `pid` of a template; nothing after ten seconds.
  std::optional<GuestExited> orphanExit(pid_t pid);

  ZygoteProcess& zygote() { return *zygote_; }
  const std::string& goneWhy() const { return goneWhy_; }
  /// Ends the zygote as a host does.
  void destroy() { zygote_.reset(); }

 private:
  struct Guest {
    Fd socket;
    Fd pidfd;
    bool ended = false;
    ProbeOutcome outcome;
  };

  /// Waits for events once; false after ten quiet seconds.
  bool step();
  void take(ZygoteEvent event);

  std::unique_ptr<ZygoteProcess> zygote_;
  std::map<std::uint64_t, Guest> guests_;
  std::uint64_t lastId_ = 0;
  bool ready_ = false;
  bool gone_ = false;
  std::string goneWhy_;
  std::uint64_t idInParent_ = 0;  ///< of a template
  std::map<pid_t, GuestExited> orphans_;
};

/// Absolute path of jail-probe.
std::string probePath();

}  // namespace kiosk::jail
