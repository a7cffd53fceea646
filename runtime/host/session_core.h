#pragma once
// A session from the host's side: one socket, one guest, one view, the calls in flight.
//
//   Opening ──$/started──► Running
//      └───────┬──────────────┘
//              ├─ close(), a broken rule, the watchdog ──► Ending   (the reason is ours)
//              └─ the guest's own end ───────────────────► Ending   (the reason is the guest's
//              word,
//                                                                   held against its exit status)
//   Ending ──socket at its end and guest reaped──► Ended (observer.ended)
//
// Running has three shades (session.h): shown, hidden, suspended. A suspended guest is stopped by
// SIGSTOP: it holds even for a guest that would not listen, and takes no part of the guest's own.
//
// In Ending nothing is read any more and nothing is sent. A guest that is told to go by the end of
// its socket, or that closed it itself, has kCloseGrace to be gone; then it is killed.

#include <kiosk/host.h>

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "runtime/channel/frame.h"
#include "runtime/channel/rpc.h"
#include "runtime/channel/socket_stream.h"
#include "runtime/host/end_verdict.h"
#include "runtime/host/guest_meter.h"
#include "runtime/host/token_bucket.h"
#include "runtime/host/view/view_tree.h"
#include "runtime/jail/zygote_client.h"

namespace kiosk {

constexpr std::chrono::seconds kActivationTime{5};
/// Bytes that may wait for a guest that does not read; more ends it as `protocol`.
constexpr std::size_t kOutboundBytesMax = std::size_t{16} << 20;
/// With so many waiting, an answer of more than kSmallAnswerBytes is replaced by `busy`: an app
/// that asked for much at once hears of it, rather than being ended for it.
constexpr std::size_t kAnswersWaitingMax = std::size_t{12} << 20;
constexpr std::size_t kSmallAnswerBytes = 4096;
/// How long a guest may take to end by itself after its socket was closed.
constexpr std::chrono::milliseconds kCloseGrace{300};

class SessionCore;

/// What the core needs of its host.
class SessionOwner {
 public:
  virtual ~SessionOwner() = default;
  virtual UvLoop& loop() = 0;
  virtual Door& door() = 0;
  virtual Clock& clock() = 0;
  /// Null: there is none.
  virtual ViewRenderer* renderer() = 0;
  /// What guests of this host usually have of shared files in memory, in KiB; kept up by sessions.
  virtual std::uint64_t& filesKiBUsual() = 0;
  /// The app is hidden or shown again; the owner keeps the order in which apps were hidden.
  virtual void visibilityChanged(SessionCore& core) = 0;
  /// The session has ended for good; the owner lets go of it.
  virtual void finished(std::uint64_t requestId, const SessionEnd& end) = 0;
};

class SessionCore final : public DoorSession, public std::enable_shared_from_this<SessionCore> {
 public:
  SessionCore(SessionOwner& owner, SessionInfo info, Limits limits, SessionObserver& observer,
              std::uint64_t requestId);
  ~SessionCore() override;

  /// Takes the host's end of the socket; the fork was asked for.
  void start(Fd socket);
  /// Whether nothing came from the guest and nothing went to it, so that another can take its
  /// place.
  bool untouched() const { return phase_ == Phase::Opening && !touched_ && !pidfd_; }
  /// Takes the end of another socket instead, of another guest. Only while `untouched`.
  void moveTo(Fd socket);

  // What the zygote says.
  void forked(Fd pidfd);
  void forkRefused(const std::string& why);
  void exited(const jail::GuestExited& exit);

  // What the embedder does.
  Result<void> act(ViewNodeId node, const UserAct& act);
  void close(EndReason reason);
  void show();
  void hide();
  void suspend();
  void resume();
  SessionState state() const;
  SessionMetrics metrics() const;
  const std::optional<SessionEnd>& endSeen() const { return ended_; }
  /// The Session object is gone: nobody listens any more.
  void abandon();
  bool running() const { return phase_ == Phase::Opening || phase_ == Phase::Running; }
  const Limits& limits() const { return limits_; }
  const ViewNode& view() const { return tree_.root(); }
  int guestPid() const { return guestPid_; }
  std::uint64_t requestId() const { return requestId_; }
  /// Monotonic time at which the app was hidden; none while it is shown.
  std::optional<std::int64_t> hiddenSinceUs() const { return hiddenSinceUs_; }

  /// Looks at the guest's CPU time and memory; called a few times a second.
  void watch();

  // DoorSession
  const SessionInfo& info() const override { return info_; }
  Activation& activation() override { return activation_; }
  void noteTouch() override { activation_.note(); }
  bool shown() const override { return !hiddenSinceUs_; }
  void sendEvent(const std::string& type, const nlohmann::json& detail) override;
  void closeFromApp() override { close(EndReason::Closed); }

 private:
  enum class Phase : std::uint8_t { Opening, Running, Ending, Ended };

  class Touch final : public Activation {
   public:
    explicit Touch(Clock& clock) : clock_(clock) {}
    void note() { touchedUs_ = clock_.monotonicUs(); }
    void forget() { touchedUs_.reset(); }
    bool consume() override;

   private:
    Clock& clock_;
    std::optional<std::int64_t> touchedUs_;
  };

  struct InFlight {
    std::string method;
    std::int64_t startedUs = 0;
  };

  void received(std::string_view bytes);
  void handle(Incoming message);
  void handleCall(Incoming message);
  void handleNotification(Incoming message);
  void settle(std::uint64_t callId, Result<nlohmann::json> outcome);
  void commit(const nlohmann::json& params);
  void logLine(const nlohmann::json& params);
  void noteClaim(const nlohmann::json& params);
  void send(std::string_view message);
  void flush();
  std::size_t outboundBytes() const;
  void end(EndReason reason, std::string detail);
  void hangUp();
  void socketEnded();
  void awaitExit();
  void kill();
  void finishIfOver();
  void sendLifecycle(const char* type, const nlohmann::json& detail = nlohmann::json::object());
  void tellView();
  void tellPatch();
  void tellPatchSoon();
  void recordPatch();
  void clearView();
  void tellState();
  void stopGuest();
  void continueGuest();
  SessionEnd howItEnded() const;
  void lookAtMemory();

  SessionOwner& owner_;
  const SessionInfo info_;
  const Limits limits_;
  SessionObserver* observer_;
  const std::uint64_t requestId_;
  const std::int64_t openedUs_;
  Phase phase_ = Phase::Opening;
  Touch activation_;
  ViewTree tree_;
  FrameDecoder decoder_;
  TokenBucket bytes_, logs_;
  std::unique_ptr<SocketStream> stream_;
  std::unordered_map<std::uint64_t, InFlight> inFlight_;
  std::uint64_t lastCallId_ = 0;
  std::string outbound_;
  bool corked_ = false, viewDirty_ = false, patchPosted_ = false, doorOpen_ = false,
       touched_ = false;

  Fd pidfd_;
  int guestPid_ = 0;
  GuestMeter meter_;
  bool socketEnded_ = false;
  std::optional<jail::GuestExited> exit_;
  std::optional<SessionEnd> decision_;  // the host's own reason to end
  std::optional<EndClaim> claim_;       // the guest's last words
  std::optional<Executor::TimerId> graceTimer_, readTimer_;

  std::optional<std::int64_t> hiddenSinceUs_;
  bool suspended_ = false, dropsEvents_ = false, drawn_ = false;
  std::optional<SessionEnd> ended_;  // once the observer was told
  std::chrono::microseconds launch_{0};
  SessionMetrics counted_;  // only what is counted as it happens

  std::uint64_t framesSeen_ = 0, framesAtWatch_ = 0;
  std::int64_t cpuUsAtHeard_ = 0;
  bool pinged_ = false, lookedEarly_ = false;
};

}  // namespace kiosk
