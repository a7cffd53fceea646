#include "sdk/cli/forge_host.h"

#include <filesystem>
#include <functional>

#include "sdk/cli/exit_status.h"

namespace kiosk::cli {
namespace {

using std::chrono::milliseconds;
using ForgeClock = std::chrono::steady_clock;

constexpr milliseconds kForgeTurn{50};
constexpr const char* kGoodUser = "boris";
/// What the good session does: it starts, and for each event of the host it asks the host and is
/// answered.
constexpr const char* kGoodProgram = R"(frame {"jsonrpc":"2.0","method":"$/started","params":{}}
sing {"jsonrpc":"2.0","id":#,"method":"host.info"}
)";
/// Events that a session has of the host when it starts: launched, shown.
constexpr std::size_t kFirstEvents = 2;

/// The package of `app` that holds `program` and nothing else.
std::shared_ptr<const Package> forgedPackage(const Package& app, const std::string& program) {
  auto package = std::make_shared<Package>();
  package->manifest = app.manifest;
  package->files["program"] = "#forge\n" + program + "#end\n";
  return package;
}

std::size_t descriptorsHeld() {
  std::error_code problem;
  const std::filesystem::directory_iterator entries("/proc/self/fd", problem);
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

/// Counts the answers of the good session.
class GoodWatch final : public SessionObserver {
 public:
  void called(std::string_view, std::string_view outcome, std::chrono::microseconds) override {
    if (outcome == "ok") ++answers;
  }
  void ended(const SessionEnd& how) override { end = how; }

  std::size_t answers = 0;
  std::optional<SessionEnd> end;
};

/// Passes on what a forged session does.
class ForgedWatch final : public SessionObserver {
 public:
  explicit ForgedWatch(Reporter& reporter) : reporter_(reporter) {}
  void logged(LogLevel level, std::string_view text) override { reporter_.log(level, text); }
  void called(std::string_view method, std::string_view outcome,
              std::chrono::microseconds took) override {
    reporter_.call(method, outcome, took);
  }
  void ended(const SessionEnd& how) override { end = how; }

  std::optional<SessionEnd> end;

 private:
  Reporter& reporter_;
};

class ForgePlay {
 public:
  ForgePlay(Host& host, const Package& app, const ForgeOrder& order, Reporter& reporter,
            Interrupt& interrupt)
      : host_(host), app_(app), order_(order), reporter_(reporter), interrupt_(interrupt) {}

  Result<int> run() {
    if (auto opened = openGood(); !opened) return opened.error();
    for (const auto& session : order_.sessions) {
      if (interrupted_ || ForgeClock::now() >= deadline_) break;
      if (auto played = play(session); !played) return played.error();
    }
    closeGood();
    reporter_.ended(whole_.value_or(SessionEnd{}));
    return whole_ && whole_->reason == EndReason::Closed ? kExitOk : kExitFailed;
  }

 private:
  /// Turns the loop until `isTrue`; false when `until` has come, or somebody wants it to end.
  bool waitFor(const std::function<bool()>& isTrue, ForgeClock::time_point until) {
    while (!isTrue()) {
      interrupted_ = interrupted_ || interrupt_.take();
      if (interrupted_ || ForgeClock::now() >= until) return false;
      host_.runOnce(kForgeTurn);
    }
    return true;
  }

  Result<void> openGood() {
    OpenOptions open = order_.open;
    open.user = UserId(kGoodUser);
    open.limits = Limits{};
    auto session = host_.open(forgedPackage(app_, kGoodProgram), std::move(open), good_);
    if (!session) return session.error();
    goodSession_ = std::move(*session);
    if (!waitFor([&] { return good_.answers >= kFirstEvents; },
                 ForgeClock::now() + kNeighbourTimeMax)) {
      return Error{ErrorCode::NotReady, "the good session beside the forged ones does not come up"};
    }
    return {};
  }

  Result<void> play(const conformance::ForgedSession& session) {
    ForgedWatch watch(reporter_);
    auto opened = host_.open(forgedPackage(app_, session.program), order_.open, watch);
    if (!opened) return opened.error();
    const auto isOver = [&] { return watch.end.has_value(); };
    if (!waitFor(isOver, deadline_)) {
      (*opened)->close(EndReason::Timeout);
      waitFor(isOver, ForgeClock::now() + kNeighbourTimeMax);
    }
    const SessionEnd end = watch.end.value_or(SessionEnd{EndReason::Timeout, "", 0, 0});
    opened->reset();
    const bool answered = goodAnswers();
    reporter_.forged({session.name, end, answered, descriptorsHeld()});
    if (!whole_ || (!differs_ && end.reason != whole_->reason)) {
      differs_ = whole_.has_value();
      whole_ = end;
    }
    return {};
  }

  /// Whether the good session, asked anew, has an answer of the host.
  bool goodAnswers() {
    if (!goodSession_->running()) return false;
    const auto before = good_.answers;
    goodSession_->sendEvent("sing", nlohmann::json::object());
    return waitFor([&] { return good_.answers > before; }, ForgeClock::now() + kNeighbourTimeMax);
  }

  void closeGood() {
    goodSession_->close();
    waitFor([&] { return good_.end.has_value(); }, ForgeClock::now() + kNeighbourTimeMax);
    if (good_.end) reporter_.neighbourEnded(*good_.end);
  }

  Host& host_;
  const Package& app_;
  const ForgeOrder& order_;
  Reporter& reporter_;
  Interrupt& interrupt_;
  const ForgeClock::time_point deadline_ = ForgeClock::now() + order_.timeMax;
  GoodWatch good_;
  std::unique_ptr<Session> goodSession_;
  std::optional<SessionEnd> whole_;
  bool differs_ = false, interrupted_ = false;
};

}  // namespace

Result<int> playForgedSessions(Host& host, const Package& app, const ForgeOrder& order,
                               Reporter& reporter, Interrupt& interrupt) {
  return ForgePlay(host, app, order, reporter, interrupt).run();
}

}  // namespace kiosk::cli
