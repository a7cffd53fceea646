// Runs hostile one-liners, one session each, in one host, beside a well-behaved mini-app (the
// canary) that keeps calling the host. For each line it prints one JSON object: how the session
// ended, how long after the start, and the longest time that the canary waited for an answer
// meanwhile.
//
//   hostile LINES.json [--tier jit|jitless] [--only WORD]

#include <kiosk/host.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace {

using kiosk::Result;
using std::chrono::milliseconds;
using Time = std::chrono::steady_clock::time_point;

constexpr milliseconds kLineTimeMax{20'000};
constexpr milliseconds kCanaryStartMax{10'000};

constexpr const char* kCanaryCode = R"(
  setInterval(() => kiosk.call('canary.sing', {}), 10);
)";

Time now() { return std::chrono::steady_clock::now(); }

double msSince(Time start) {
  return std::chrono::duration<double, std::milli>(now() - start).count();
}

/// Answers every call at once and notes when the canary was last heard.
class CanaryDoor final : public kiosk::Door {
 public:
  void attached(kiosk::Executor&) override {}
  void opened(kiosk::DoorSession&) override {}
  void call(kiosk::DoorSession&, kiosk::Call call, kiosk::Reply reply) override {
    if (call.method == "canary.sing") heard();
    reply.result(nlohmann::json::object());
  }
  void cancelled(kiosk::DoorSession&, std::uint64_t) override {}
  void closed(kiosk::DoorSession&, const kiosk::SessionEnd&) override {}

  /// Begins a new watch.
  void watch() {
    last_ = now();
    gapMsMax_ = 0;
    calls_ = 0;
  }
  std::uint64_t calls() const { return calls_; }
  double gapMsMax() const { return std::max(gapMsMax_, msSince(last_)); }

 private:
  void heard() {
    gapMsMax_ = std::max(gapMsMax_, msSince(last_));
    last_ = now();
    ++calls_;
  }
  Time last_ = now();
  double gapMsMax_ = 0;
  std::uint64_t calls_ = 0;
};

class EndObserver final : public kiosk::SessionObserver {
 public:
  void ended(const kiosk::SessionEnd& end) override { end_ = end; }
  const std::optional<kiosk::SessionEnd>& end() const { return end_; }

 private:
  std::optional<kiosk::SessionEnd> end_;
};

std::shared_ptr<const kiosk::Package> packageOf(const std::string& appId, std::string code) {
  auto package = std::make_shared<kiosk::Package>();
  package->manifest.appId = kiosk::AppId(appId);
  package->manifest.name = appId;
  package->manifest.versionName = "1";
  package->manifest.versionCode = 1;
  package->files["app.js"] = std::move(code);
  return package;
}

/// Small limits for lines that only their time ends, so that ninety lines take a minute and not
/// ten. A line that ends by itself keeps the usual ones: on a slow machine it must not run into
/// its time first.
kiosk::Limits limitsFor(const nlohmann::json& line) {
  const nlohmann::json& ends = line.at("ends");
  kiosk::Limits limits;
  if (std::find(ends.begin(), ends.end(), "cpu") == ends.end()) return limits;
  limits.loadTimeMax = milliseconds{300};
  limits.turnTimeMax = milliseconds{150};
  return limits;
}

class Trial {
 public:
  Trial(kiosk::Host& host, CanaryDoor& door) : host_(host), door_(door) {}

  /// Opens the canary and waits for its first call.
  bool startCanary() {
    kiosk::OpenOptions options;
    options.user = kiosk::UserId("canary");
    auto session =
        host_.open(packageOf("org.example.canary", kCanaryCode), options, canaryObserver_);
    if (!session) return false;
    canary_ = std::move(*session);
    door_.watch();
    const Time start = now();
    while (door_.calls() == 0 && msSince(start) < kCanaryStartMax.count()) {
      host_.runOnce(milliseconds{50});
    }
    return door_.calls() > 0;
  }

  nlohmann::json run(const nlohmann::json& line) {
    kiosk::OpenOptions options;
    options.user = kiosk::UserId("victim");
    options.limits = limitsFor(line);
    EndObserver observer;
    door_.watch();
    const Time start = now();
    auto session = host_.open(packageOf("org.example.hostile", line.at("code").get<std::string>()),
                              options, observer);
    if (!session)
      return {{"id", line.at("id")}, {"reason", "not opened: " + session.error().message}};
    while (!observer.end() && msSince(start) < kLineTimeMax.count()) {
      host_.runOnce(milliseconds{20});
    }
    const double ms = msSince(start);
    sing();
    const std::string reason = observer.end()
                                   ? std::string(kiosk::endReasonName(observer.end()->reason))
                                   : "still running";
    return {{"id", line.at("id")},
            {"reason", reason},
            {"detail", observer.end() ? observer.end()->detail.substr(0, 200) : ""},
            {"ms", ms},
            {"cpuMs", observer.end() ? observer.end()->cpuMs : 0},
            {"canaryGapMs", door_.gapMsMax()},
            {"canaryRuns", canary_->running()}};
  }

 private:
  /// Gives the canary the time for one more call, so that it is seen alive after the line too.
  void sing() {
    const std::uint64_t before = door_.calls();
    const Time start = now();
    while (door_.calls() == before && msSince(start) < kCanaryStartMax.count()) {
      host_.runOnce(milliseconds{20});
    }
  }

  kiosk::Host& host_;
  CanaryDoor& door_;
  EndObserver canaryObserver_;
  std::unique_ptr<kiosk::Session> canary_;
};

int usage() {
  std::fprintf(stderr, "usage: hostile LINES.json [--tier jit|jitless] [--only WORD]\n");
  return 2;
}

int runLines(const nlohmann::json& lines, kiosk::Tier tier, const std::string& only) {
  CanaryDoor door;
  kiosk::HostConfig config;
  config.tier = tier;
  auto host = kiosk::Host::create(config, door);
  if (!host) {
    std::fprintf(stderr, "%s\n", host.error().message.c_str());
    return 1;
  }
  Trial trial(**host, door);
  if (!trial.startCanary()) {
    std::fprintf(stderr, "the canary did not start\n");
    return 1;
  }
  for (const nlohmann::json& line : lines) {
    if (line.at("id").get<std::string>().find(only) == std::string::npos) continue;
    const nlohmann::json verdict = trial.run(line);
    std::printf("%s\n",
                verdict.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::string path, only;
  kiosk::Tier tier = kiosk::Tier::Jit;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--tier" && i + 1 < argc) {
      tier = std::string(argv[++i]) == "jitless" ? kiosk::Tier::Jitless : kiosk::Tier::Jit;
    } else if (argument == "--only" && i + 1 < argc) {
      only = argv[++i];
    } else if (path.empty()) {
      path = argument;
    } else {
      return usage();
    }
  }
  if (path.empty()) return usage();
  std::ifstream file(path);
  const nlohmann::json lines = nlohmann::json::parse(file, nullptr, false);
  if (!lines.is_array()) return usage();
  return runLines(lines, tier, only);
}
