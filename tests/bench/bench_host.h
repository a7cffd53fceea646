#pragma once
// A host as an operator runs it (real gate, services and audit log on disk) with one namespace for
// the benchmarks.

#include <kiosk/host.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "bridge/bridge.h"
#include "bridge/default_services.h"

namespace kiosk::bench {

double nowMs();

struct BenchHostOptions {
  Tier tier = Tier::Jit;
  bool dumpable = false;
  bool fromTemplate = false;
};

/// Answers `bench.send({chatId, text}) → {ok, id}`, `bench.done({ok, id, view}) → {}` and
/// `bench.report({ms}) → {}`. Threads: one.
class BenchHost final : private ConsentUi, private Picker {
 public:
  /// Ends the program with a message when it cannot start.
  explicit BenchHost(const BenchHostOptions& options = {});
  ~BenchHost() override;

  Host& host() { return *host_; }
  /// Runs the loop until `isTrue`, which is asked when a call arrived or a session ended; false
  /// when `timeout` passed first.
  bool runUntil(const std::function<bool()>& isTrue, std::chrono::milliseconds timeout);
  /// Something happened that `runUntil` may wait for.
  void noteEvent();

  std::uint64_t sendCount() const { return sends_; }
  /// What the last `bench.done` brought; reading takes it.
  std::optional<nlohmann::json> takeDone() { return std::exchange(done_, std::nullopt); }
  std::optional<double> takeReport() { return std::exchange(report_, std::nullopt); }
  std::function<void()> onSend;

 private:
  std::vector<bridge::MethodBinding> bindings();
  void ask(const SessionInfo&, const ConsentPrompt&, std::function<void(ConsentAnswer)>) override;
  void withdraw(std::uint64_t) override {}
  void pick(const SessionInfo&, const std::string&, const std::vector<PickerOption>&,
            std::function<void(std::string)> chosen) override;

  std::string dataDir_;
  bridge::DefaultServices services_;
  std::unique_ptr<bridge::Bridge> bridge_;
  std::unique_ptr<Host> host_;
  const std::function<bool()>* awaited_ = nullptr;
  std::uint64_t sends_ = 0;
  std::optional<nlohmann::json> done_;
  std::optional<double> report_;
};

/// Keeps what a session said.
class Listener final : public SessionObserver {
 public:
  explicit Listener(BenchHost& bench) : bench_(bench) {}
  void started(std::chrono::microseconds launch) override { launch_ = launch; }
  void logged(LogLevel, std::string_view text) override { lastLog_ = text; }
  void ended(const SessionEnd& end) override {
    end_ = end;
    bench_.noteEvent();
  }
  bool hasStarted() const { return launch_.has_value(); }
  const std::optional<SessionEnd>& end() const { return end_; }
  const std::string& lastLog() const { return lastLog_; }

 private:
  BenchHost& bench_;
  std::optional<std::chrono::microseconds> launch_;
  std::optional<SessionEnd> end_;
  std::string lastLog_;
};

/// Prints `why` and ends the program: a figure of a broken run is worse than none.
[[noreturn]] void giveUp(const std::string& why);

}  // namespace kiosk::bench
