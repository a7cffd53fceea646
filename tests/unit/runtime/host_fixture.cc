#include "tests/unit/runtime/host_fixture.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace kiosk::test {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

std::shared_ptr<const Package> packageOf(std::string file, std::string content) {
  auto package = std::make_shared<Package>();
  package->manifest.appId = AppId("org.example.tested");
  package->manifest.name = "Tested";
  package->manifest.versionName = "1";
  package->manifest.versionCode = 1;
  package->files[std::move(file)] = std::move(content);
  return package;
}

struct Process {
  std::string name;
  int parent = 0;
};

std::map<int, Process> processes() {
  std::map<int, Process> found;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
    const int pid = std::atoi(entry.path().filename().c_str());
    if (pid == 0) continue;
    std::ifstream file(entry.path() / "stat");
    std::string text;
    std::getline(file, text);
    const auto open = text.find('('), close = text.rfind(')');
    if (close == std::string::npos) continue;
    std::istringstream rest(text.substr(close + 2));
    std::string state;
    Process process;
    process.name = text.substr(open + 1, close - open - 1);
    rest >> state >> process.parent;
    found[pid] = process;
  }
  return found;
}

}  // namespace

void RecordingDoor::opened(DoorSession& session) {
  open.insert(&session);
  if (closesAtOnce) session.closeFromApp();
}

void RecordingDoor::call(DoorSession& session, Call call, Reply reply) {
  CHECK(open.count(&session) == 1);
  ++calls;
  methods.push_back(call.method);
  const std::string word = call.method.substr(call.method.rfind('.') + 1);
  if (word == "big") {
    reply.result({{"text", std::string(call.params.value("bytes", 0), 'x')}});
  } else if (word == "keep") {
    kept.push_back({call.id, std::move(reply)});
  } else if (word == "fail") {
    reply.error(ErrorCode::NotFound, "there is none");
  } else if (word == "close") {
    session.closeFromApp();
    reply.result(json::object());
  } else if (word == "touch") {
    reply.result({{"used", session.activation().consume()}});
  } else if (word != "drop") {
    reply.result(call.params);
  }
}

void RecordingDoor::cancelled(DoorSession& session, std::uint64_t callId) {
  CHECK(open.count(&session) == 1);
  cancelledIds.push_back(callId);
}

void RecordingDoor::closed(DoorSession& session, const SessionEnd& end) {
  CHECK(open.erase(&session) == 1);
  ends.push_back(end);
}

void Watcher::started(std::chrono::microseconds took) {
  ++startedCount;
  launch = took;
  if (onStarted) onStarted();
}

void Watcher::viewChanged(const ViewNode& root) {
  view = viewText(root);
  if (onView) onView();
}

void Watcher::logged(LogLevel, std::string_view text) {
  logs.emplace_back(text);
  if (onLogged) onLogged();
}

void Watcher::called(std::string_view method, std::string_view outcome, std::chrono::microseconds) {
  CHECK(endedCount == 0);
  calls.push_back({std::string(method), std::string(outcome)});
  if (onCalled) onCalled();
}

void Watcher::ended(const SessionEnd& how) {
  ++endedCount;
  end = how;
  if (onEnded) onEnded();
}

std::string Watcher::outcomes(std::string_view method) const {
  std::string joined;
  for (const CallSeen& call : calls) {
    if (call.method == method) joined += (joined.empty() ? "" : " ") + call.outcome;
  }
  return joined;
}

std::string guestPath(Guest guest) {
  return KIOSK_BINARY_DIR +
         std::string(guest == Guest::Kiosk ? "/bin/kiosk-guest" : "/libexec/kiosk/forger-guest");
}

std::shared_ptr<const Package> appOf(std::string code) {
  return packageOf("app.js", std::move(code));
}

std::shared_ptr<const Package> forgeryOf(const std::string& lines) {
  return packageOf("script", "#forge\n" + lines + "\n#end\n");
}

HostFixture::HostFixture(Guest guest, HostConfig config)
    : guestName_(guest == Guest::Kiosk ? "kiosk-guest" : "forger-guest") {
  if (config.guestPath.empty()) config.guestPath = guestPath(guest);
  auto made = Host::create(std::move(config), door);
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().message));
  host = std::move(made).value();
}

int HostFixture::guestProcesses() const {
  const auto layers = host->jailLayers();
  const bool inNamespace = std::any_of(layers.begin(), layers.end(), [](const JailLayer& layer) {
    return layer.name == "pid-namespace" && layer.active;
  });
  return descendants()[guestName_] - (inNamespace ? 2 : 1);
}

std::unique_ptr<Session> HostFixture::open(std::shared_ptr<const Package> package, Watcher& watcher,
                                           const Limits& limits) {
  OpenOptions options;
  options.user = UserId("u-1");
  options.limits = limits;
  auto session = host->open(std::move(package), std::move(options), watcher);
  REQUIRE_MESSAGE(session.has_value(), (session ? "" : session.error().message));
  return std::move(session).value();
}

bool HostFixture::until(const std::function<bool()>& isTrue, milliseconds wait) {
  constexpr int kSlowness = 6;  // of a sanitizer, beside other tests
  const auto deadline =
      std::chrono::steady_clock::now() + (isSanitized() ? wait * kSlowness : wait);
  while (!isTrue()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    host->runOnce(milliseconds(50));
  }
  return true;
}

SessionEnd HostFixture::runToEnd(std::shared_ptr<const Package> package, Watcher& watcher,
                                 const Limits& limits) {
  const auto session = open(std::move(package), watcher, limits);
  REQUIRE_MESSAGE(until([&] { return watcher.end.has_value(); }), "the session did not end");
  return *watcher.end;
}

SessionEnd HostFixture::runToEnd(std::shared_ptr<const Package> package, const Limits& limits) {
  Watcher watcher;
  return runToEnd(std::move(package), watcher, limits);
}

bool prepared(HostFixture& fixture, const std::shared_ptr<const Package>& package) {
  std::optional<bool> ready;
  fixture.host->prepare(package, [&](bool isReady) { ready = isReady; });
  REQUIRE(fixture.until([&] { return ready.has_value(); }));
  return *ready;
}

std::size_t openDescriptors() {
  std::error_code ignored;
  const auto entries = std::filesystem::directory_iterator("/proc/self/fd", ignored);
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

std::map<std::string, int> descendants() {
  const auto all = processes();
  std::map<std::string, int> counts;
  for (const auto& [pid, process] : all) {
    int at = pid;
    while (at > 1 && at != getpid()) {
      const auto found = all.find(at);
      at = found == all.end() ? 0 : found->second.parent;
    }
    if (at == getpid() && pid != getpid()) ++counts[process.name];
  }
  return counts;
}

std::uint64_t residentKiB() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t pages = 0, resident = 0;
  file >> pages >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) / 1024;
}

bool isSanitized() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return true;
#else
  return false;
#endif
}

}  // namespace kiosk::test
