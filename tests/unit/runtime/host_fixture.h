#pragma once
// A host with a real zygote, a door that remembers, and sessions whose every word is kept. Waits on
// the host's own loop with a deadline, never by sleeping.

#include <kiosk/host.h>

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kiosk::test {

/// Answers calls by their method's last word:
///   echo   its params          big N   {text: N bytes}        keep   later, by the test
///   drop   never: the Reply is destroyed                      fail   not_found
///   close  closes the session as its app asked                touch  {used: activation consumed}
class RecordingDoor final : public Door {
 public:
  struct Kept {
    std::uint64_t id = 0;
    Reply reply;
  };

  void attached(Executor& loop) override { loop_ = &loop; }
  void detached() override { loop_ = nullptr; }
  void opened(DoorSession& session) override;
  void call(DoorSession& session, Call call, Reply reply) override;
  void cancelled(DoorSession& session, std::uint64_t callId) override;
  void closed(DoorSession& session, const SessionEnd& end) override;

  Executor* loop_ = nullptr;
  std::uint64_t calls = 0;
  std::vector<std::string> methods;
  std::list<Kept> kept;
  std::vector<std::uint64_t> cancelledIds;
  std::set<DoorSession*> open;
  std::vector<SessionEnd> ends;
  bool closesAtOnce = false;  ///< closes each session as soon as it is opened
};

struct CallSeen {
  std::string method, outcome;
};

/// Keeps what a session said, and does at each callback what a test asked.
class Watcher final : public SessionObserver {
 public:
  void started(std::chrono::microseconds launch) override;
  void viewChanged(const ViewNode& root) override;
  void logged(LogLevel level, std::string_view text) override;
  void called(std::string_view method, std::string_view outcome,
              std::chrono::microseconds duration) override;
  void ended(const SessionEnd& end) override;

  std::optional<std::chrono::microseconds> launch;
  std::optional<std::string> view;
  std::vector<std::string> logs;
  std::vector<CallSeen> calls;
  std::optional<SessionEnd> end;
  int startedCount = 0, endedCount = 0;

  std::function<void()> onStarted, onView, onLogged, onCalled, onEnded;

  /// The outcomes of `method`, joined by spaces.
  std::string outcomes(std::string_view method) const;
};

enum class Guest { Kiosk, Forger };

/// "kiosk-guest" or "forger-guest" in the build folder.
std::string guestPath(Guest guest);

/// A package whose `app.js` is `code`.
std::shared_ptr<const Package> appOf(std::string code);
/// A package that forger-guest plays: lines as in forger.cc.
std::shared_ptr<const Package> forgeryOf(const std::string& lines);

class HostFixture {
 public:
  explicit HostFixture(Guest guest, HostConfig config = {});

  /// Opens and requires that it opens.
  std::unique_ptr<Session> open(std::shared_ptr<const Package> package, Watcher& watcher,
                                const Limits& limits = {});
  /// Turns the loop until `isTrue`; false when `wait` has passed.
  bool until(const std::function<bool()>& isTrue,
             std::chrono::milliseconds wait = std::chrono::seconds(20));
  /// Opens `package` and turns the loop until it has ended, which is required.
  SessionEnd runToEnd(std::shared_ptr<const Package> package, Watcher& watcher,
                      const Limits& limits = {});
  SessionEnd runToEnd(std::shared_ptr<const Package> package, const Limits& limits = {});

  /// Processes of the guest program beside those of one zygote, which are two or, where no
  /// namespace can be made for them, one.
  int guestProcesses() const;

  RecordingDoor door;
  std::unique_ptr<Host> host;

 private:
  std::string guestName_;
};

/// Whether a template for `package` came to be.
bool prepared(HostFixture& fixture, const std::shared_ptr<const Package>& package);

/// An app that calls the host once and ends.
inline constexpr const char* kEchoApp = "console.log((await kiosk.call('a.echo', {n: 7})).n)";

/// Descriptors that this process has open.
std::size_t openDescriptors();
/// Processes that descend from this one, by name; those that have ended and wait to be reaped
/// count.
std::map<std::string, int> descendants();
/// Resident memory of this process, now and at most.
std::uint64_t residentKiB();

/// True in builds with a sanitizer, whose memory and speed say nothing.
bool isSanitized();

}  // namespace kiosk::test
