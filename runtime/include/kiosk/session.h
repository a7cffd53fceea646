#pragma once
// Session: one running mini-app for one user, as the host app holds it; and what it is told of it.
//
//              ┌───────────── show ─────────────┐
//   open ─► Opening ─► Shown ── hide ──► Hidden ─┴─ grace over, suspend ─► Suspended
//              │         ▲                 ▲                                   │ │
//              │         │                 └─────────── resume ────────────────┘ │
//              │         └───────────────────── show ────────────────────────────┘
//              └─ close, its own end, a limit, eviction: from any state ─► Ended
//
// The app hears of it as events of `kiosk.on` (W3C MiniApp Lifecycle): `launched` and `shown` once
// it runs, `shown` and `hidden` afterwards, `unloaded` before an orderly end, `memoryWarning`.
// A suspended guest is stopped (SIGSTOP): it uses no CPU time, whatever it was doing; what is sent
// to it waits.

#include <kiosk/door.h>
#include <kiosk/limits.h>
#include <kiosk/result.h>
#include <kiosk/view.h>

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

enum class LogLevel : std::uint8_t { Debug, Info, Warn, Error };
std::string_view logLevelName(LogLevel level);

enum class SessionState : std::uint8_t {
  Opening,    ///< its module is not evaluated yet
  Shown,      ///< the user sees it
  Hidden,     ///< the user does not see it; it may ask nobody and pay nothing
  Suspended,  ///< hidden, and its process stopped
  Ended,      ///< `ended` was told, or is about to be
};
/// "opening", "shown", …
std::string_view sessionStateName(SessionState state);

/// What a session has used so far.
struct SessionMetrics {
  SessionState state = SessionState::Opening;
  std::chrono::microseconds openFor{0};
  std::chrono::microseconds launch{0};  ///< from `open` to `started`; 0 before
  std::chrono::microseconds cpu{0};     ///< of its process
  /// Private memory of its process as last sampled (ten times a second while it runs), with what
  /// the fork brought along; 0: no sample yet.
  std::uint64_t memoryKiB = 0;
  std::uint64_t calls = 0;        ///< that it made, whatever became of them
  std::uint64_t callsFailed = 0;  ///< of those, answered with an error
  std::uint32_t callsInFlight = 0;
  std::uint64_t messages = 0;  ///< that came from it, calls included
  std::uint64_t bytesIn = 0;   ///< that came from it
  std::uint64_t bytesOut = 0;  ///< that it was sent
  std::uint64_t suspensions = 0;
};

/// What a person did to one node of the view.
struct UserAct {
  /// click    the node was tapped: also what turns a checkbox, chooses a radio or a tab
  /// input    text was typed (the whole text), an option was chosen (its value): with a value
  /// change   the same, when the person was done; "true" or "" for what is on or off
  /// submit   a form was sent: by the return key in one of its fields
  /// close    a sheet or dialog was put away
  /// focus, blur
  std::string event;
  std::optional<std::string> value;
};

/// What the host app is told about a session. Called on the loop; `detail` strings from the guest
/// are valid UTF-8 and bounded, but are the app's words: escape them where they are shown.
class SessionObserver {
 public:
  virtual ~SessionObserver() = default;
  /// The app runs: its module was evaluated, or drew, logged or called while it waits at its top
  /// level. Comes before all that follows from it. `launch` is the time since `open`.
  virtual void started(std::chrono::microseconds launch) { (void)launch; }
  /// Whether `viewPatched` is to be told. Asked before each change; an observer that begins to want
  /// patches takes the view as it is then (viewJson), and the patches go on from there.
  virtual bool wantsPatches() const { return false; }
  /// What changed in the view since it was told last, in the form of view.h; just before
  /// `viewChanged`, and then at most once per turn of the app. What the user changed (a text, a
  /// box) comes alone, without `viewChanged`, when the host's loop turns next.
  virtual void viewPatched(const nlohmann::json& patch) { (void)patch; }
  /// The view changed; at most once per turn of the app.
  virtual void viewChanged(const ViewNode& root) { (void)root; }
  virtual void logged(LogLevel level, std::string_view text) { (void)level, (void)text; }
  /// A call settled. `outcome` is "ok" or an error's name.
  virtual void called(std::string_view method, std::string_view outcome,
                      std::chrono::microseconds duration) {
    (void)method, (void)outcome, (void)duration;
  }
  /// The host showed, hid, suspended or resumed it, by its own rules or because it was told to.
  virtual void stateChanged(SessionState state) { (void)state; }
  /// Last of all; the session may be destroyed from here on.
  virtual void ended(const SessionEnd& end) { (void)end; }
};

/// One running mini-app. Owned by the caller; destroying it ends the guest and cancels its calls,
/// and its observer hears no more. May be destroyed within any callback. Threads: the loop's own.
class Session {
 public:
  virtual ~Session() = default;
  virtual const SessionInfo& info() const = 0;
  virtual bool running() const = 0;
  virtual SessionState state() const = 0;
  virtual const ViewNode& view() const = 0;
  virtual SessionMetrics metrics() const = 0;
  /// How it ended; none before `ended` was told.
  virtual const std::optional<SessionEnd>& end() const = 0;

  /// The user sees the app from now on; a suspended one goes on first.
  virtual void show() = 0;
  /// The user does not see the app any more. It goes on for `LifecycleRules::hiddenGrace`, to save
  /// what it must, and is suspended then.
  virtual void hide() = 0;
  /// Hides the app, if need be, and stops its process at once.
  virtual void suspend() = 0;
  /// Lets a suspended app go on, hidden; `hiddenGrace` later it is suspended again.
  virtual void resume() = 0;

  /// The user did something to a node. The view shows what it changed at once; the app hears of it.
  /// All but `close`, `focus` and `blur` gives the app an activation.
  /// Errors: NotFound        no such node, out of sight, disabled, or nothing of that kind can be
  ///                         done there.
  ///         NotReady        the app is not shown.
  ///         InvalidParams   an event of no such name, a value that is not UTF-8 of at most 16 KiB,
  ///                         that is none of the options, no day within the bounds, or more than
  ///                         one message may hold.
  virtual Result<void> act(ViewNodeId node, const UserAct& act) = 0;
  /// The user tapped a node: `act` with `click`.
  /// Errors: NotFound   no such node, or it listens for no tap.
  ///         NotReady   the app is not shown.
  virtual Result<void> tap(ViewNodeId node) = 0;
  /// The user typed `text` into a node, replacing what was there: `act` with `input`.
  /// Errors: NotFound        no such node, or it takes no text.
  ///         NotReady        the app is not shown.
  ///         InvalidParams   not UTF-8, more than 16 KiB, or more than one message may hold.
  virtual Result<void> type(ViewNodeId node, std::string_view text) = 0;
  /// Sends the app an event of the host, e.g. "themeChanged". Dropped, and logged, when it is
  /// larger than one message may be, or when too much waits for the app already.
  virtual void sendEvent(const std::string& type, const nlohmann::json& detail) = 0;
  /// Ends the session as `closed`, or as `timeout` when a deadline of the caller's passed.
  virtual void close(EndReason reason = EndReason::Closed) = 0;

  /// Process id of the guest in the host's own namespace; 0 when it has ended.
  virtual int guestPid() const = 0;
};

}  // namespace kiosk
