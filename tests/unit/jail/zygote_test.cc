// A zygote as a host sees it. Goal: one request has one story, ends are told truly, nothing leaks
// and nothing outlives its host. Method: real zygotes of jail-probe, every wait on a descriptor.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/unit/jail/zygote_fixture.h"

namespace kiosk::jail {
namespace {

using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

std::size_t openDescriptors() {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()));
}

/// Processes of the session that `leader` leads, with their state letter.
std::string statesOfSession(pid_t leader) {
  std::string states;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    std::ifstream file(entry.path() / "stat");
    std::string line;
    if (!std::getline(file, line)) continue;
    std::istringstream rest(line.substr(line.rfind(')') + 1));
    char state = '?';
    long parent = 0, group = 0, session = 0;
    if (rest >> state >> parent >> group >> session && session == leader) states += state;
  }
  return states;
}

std::map<std::string, std::string> statusOf(pid_t pid) {
  std::map<std::string, std::string> fields;
  std::ifstream file("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(file, line);) {
    const auto colon = line.find(':');
    const auto value = line.find_first_not_of("\t ", colon + 1);
    if (value != std::string::npos) fields[line.substr(0, colon)] = line.substr(value);
  }
  return fields;
}

bool endsWithin(int pidfd, int milliseconds) {
  pollfd watched = {pidfd, POLLIN, 0};
  return ::poll(&watched, 1, milliseconds) == 1;
}

}  // namespace

TEST_CASE("zygote: a guest gets its package and its configuration, and its exit status is told") {
  ZygoteFixture zygote;
  CHECK(zygote.run("package").said == "package bytes");
  const std::string longest = "config " + std::string(kConfigBytesMax - 7, 'x');
  CHECK(zygote.run(longest).said == std::to_string(kConfigBytesMax));
  const ProbeOutcome outcome = zygote.run("exit 42");
  CHECK(outcome.forked);
  CHECK(outcome.exit.statusKnown);
  CHECK(outcome.exit.exitCode == 42);
  CHECK(outcome.exit.signal == 0);
  CHECK(outcome.exit.jailFailure.empty());
}

TEST_CASE("zygote: the package is read-only in the guest") {
  ZygoteFixture zygote;
  CHECK(zygote.run("package-write").exit.signal == SIGSEGV);
}

TEST_CASE("zygote: a package that could still change is refused before the fork") {
  ZygoteFixture zygote;
  std::array<int, 2> ends = {-1, -1};
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
  const Fd ours(ends[0]);
  ForkRequest request;
  request.requestId = 77;
  request.sessionSocket = Fd(ends[1]);
  request.package = Fd(::memfd_create("open", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  REQUIRE(zygote.zygote().fork(std::move(request)).has_value());
  const ProbeOutcome outcome = zygote.finish(77);
  CHECK(!outcome.forked);
  CHECK(outcome.refusedWhy == "the package is not a memfd sealed against any change");
}

TEST_CASE("zygote: requests that make no sense are refused at the call") {
  ZygoteFixture zygote;
  ForkRequest noSocket;
  CHECK(zygote.zygote().fork(std::move(noSocket)).error().code == ErrorCode::InvalidParams);
  const std::uint64_t id = zygote.begin("wait");
  CHECK(zygote.hear(id) == "waiting");
  ForkRequest again;
  again.requestId = id;
  again.sessionSocket = Fd(::open("/dev/null", O_RDWR | O_CLOEXEC));
  CHECK(zygote.zygote().fork(std::move(again)).error().code == ErrorCode::InvalidParams);
  ForkRequest tooLong;
  tooLong.requestId = 900;
  tooLong.sessionSocket = Fd(::open("/dev/null", O_RDWR | O_CLOEXEC));
  tooLong.config.assign(kConfigBytesMax + 1, 'x');
  CHECK(zygote.zygote().fork(std::move(tooLong)).error().code == ErrorCode::PayloadTooLarge);
  zygote.hangUp(id);
  CHECK(zygote.finish(id).exit.exitCode == 0);
}

TEST_CASE("zygote: CPU time and memory growth are the guest's own") {
  ZygoteFixture zygote;
  const auto ownKiB = [&zygote](const char* probe) {
    const GuestExited exit = zygote.run(probe).exit;
    CHECK(exit.baselineRssKiB > 0);
    return exit.maxRssKiB - exit.baselineRssKiB;
  };
  const std::uint64_t idle = ownKiB("exit 0");
  CHECK(idle < 8 * 1024);  // files, and a few pages
  const std::uint64_t grown = ownKiB("touch 20");
  CHECK(grown >= 20 * 1024);
  CHECK(grown < idle + 22 * 1024);
  const ProbeOutcome busy = zygote.run("spin 60");
  CHECK((busy.exit.userTime + busy.exit.systemTime).count() >= 60'000);
  CHECK((busy.exit.userTime + busy.exit.systemTime).count() < 1'000'000);
}

TEST_CASE("limits: memory beyond the limit is not given") {
  ZygoteFixture zygote;
  GuestLimits limits;
  limits.memoryBytesMax = std::uint64_t{48} << 20;
  const ProbeOutcome outcome = zygote.run("allocate", limits);
  std::istringstream words(outcome.said);
  int mebibytes = 0;
  words >> mebibytes;
  CHECK(mebibytes <= 48);
  CHECK(mebibytes >= 46);
  CHECK(outcome.said.ends_with("Cannot allocate memory"));
}

TEST_CASE("limits: CPU time beyond the guest's life bound ends it by SIGKILL") {
  ZygoteFixture zygote;
  GuestLimits limits;
  limits.cpuSecondsMax = 1;
  CHECK(zygote.run("hang", limits).exit.signal == SIGKILL);
}

TEST_CASE("zygote: a guest is killed by its pidfd, and the pid of the host's namespace is known") {
  ZygoteFixture zygote;
  const std::uint64_t id = zygote.begin("hang");
  const int pidfd = zygote.pidfdOf(id);
  CHECK(zygote.hear(id) == "spinning");
  const pid_t pid = pidOf(pidfd);
  CHECK(pid > 0);
  CHECK(statusOf(pid)["Name"] == "jail-probe");
  killGuest(pidfd);
  CHECK(zygote.finish(id).exit.signal == SIGKILL);
}

TEST_CASE("zygote: the host's descriptors, environment and standard streams do not reach it") {
  const Fd leaky(::open("/dev/null", O_RDONLY));  // no FD_CLOEXEC
  const Fd high(::fcntl(leaky.get(), F_DUPFD, 200));
  ::setenv("KIOSK_PROBE_SECRET", "password", 1);
  ZygoteFixture zygote;
  ::unsetenv("KIOSK_PROBE_SECRET");
  CHECK(zygote.run("descriptors").said == "0 1 2 3 ");
  CHECK(zygote.run("environment").said == "hidden");
}

TEST_CASE("zygote: the layers it reports are those that /proc shows of a guest") {
  ZygoteFixture zygote;
  REQUIRE(zygote.waitReady());
  std::map<std::string, JailLayer> layers;
  for (const JailLayer& layer : zygote.zygote().jailLayers()) {
    layers[layer.name] = layer;
    MESSAGE((layer.active ? "active  " : "absent  ") << layer.name << ": " << layer.detail);
    if (layer.required) CHECK_MESSAGE(layer.active, layer.name, ": ", layer.detail);
  }
  CHECK(missingRequiredLayers(zygote.zygote().jailLayers()).empty());
  const std::uint64_t id = zygote.begin("wait");
  REQUIRE(zygote.hear(id) == "waiting");
  const pid_t pid = pidOf(zygote.pidfdOf(id));
  const auto status = statusOf(pid);
  CHECK(status.at("NoNewPrivs") == "1");
  CHECK(status.at("Seccomp") == "2");
  CHECK(status.at("Threads") == "1");
  CHECK(layers["unprivileged"].active);
  CHECK(status.at("CapEff") == "0000000000000000");
  // Only who has capabilities, in a namespace of his own at least, may shorten the bounding set.
  if (layers["pid-namespace"].active) CHECK(status.at("CapBnd") == "0000000000000000");
  CHECK(!status.at("Uid").starts_with("0"));
  // "NSpid: <host's> <zygote's>" when there is a namespace between.
  CHECK((status.at("NSpid").find('\t') != std::string::npos) == layers["pid-namespace"].active);
  zygote.hangUp(id);
  CHECK(zygote.finish(id).exit.exitCode == 0);
}

TEST_CASE("zygote: only a dumpable one lets its user read the memory of guests, and says so") {
  for (const bool dumpable : {false, true}) {
    ZygoteLaunch launch;
    launch.dumpable = dumpable;
    ZygoteFixture zygote(launch);
    REQUIRE(zygote.waitReady());
    const std::uint64_t id = zygote.begin("wait");
    REQUIRE(zygote.hear(id) == "waiting");
    const auto& layers = zygote.zygote().jailLayers();
    const auto layer = std::find_if(layers.begin(), layers.end(), [](const JailLayer& one) {
      return one.name == "not-dumpable";
    });
    REQUIRE(layer != layers.end());
    CHECK(layer->active == !dumpable);
    const std::string memory = "/proc/" + std::to_string(pidOf(zygote.pidfdOf(id))) + "/mem";
    const bool readable = Fd(::open(memory.c_str(), O_RDONLY | O_CLOEXEC)).get() >= 0;
    CHECK(readable == (dumpable || ::geteuid() == 0));  // root reads all
    zygote.hangUp(id);
    zygote.finish(id);
  }
}

TEST_CASE("zygote: 200 guests leave no descriptor and no process behind") {
  ZygoteFixture zygote;
  zygote.run("exit 0");
  const std::size_t descriptors = openDescriptors();
  const std::string processes = statesOfSession(zygote.zygote().pid());
  for (int i = 0; i < 200; ++i) REQUIRE(zygote.run("exit 0").exit.exitCode == 0);
  CHECK(openDescriptors() == descriptors);
  CHECK(statesOfSession(zygote.zygote().pid()).size() == processes.size());
  CHECK(statesOfSession(zygote.zygote().pid()).find('Z') == std::string::npos);
  CHECK(zygote.zygote().guestCount() == 0);
}

TEST_CASE("zygote: after its number of forks it takes no more and ends with its last guest") {
  ZygoteFixture zygote(Tier::Jit, "", 2);
  const std::uint64_t first = zygote.begin("wait");
  const std::uint64_t second = zygote.begin("wait");
  CHECK(zygote.zygote().retired());
  ForkRequest third;
  third.requestId = 3;
  third.sessionSocket = Fd(::open("/dev/null", O_RDWR | O_CLOEXEC));
  CHECK(zygote.zygote().fork(std::move(third)).error().code == ErrorCode::NotReady);
  CHECK(zygote.hear(first) == "waiting");
  CHECK(zygote.hear(second) == "waiting");
  zygote.hangUp(first);
  CHECK(zygote.finish(first).exit.exitCode == 0);
  CHECK(zygote.zygote().guestCount() == 1);
  zygote.hangUp(second);
  CHECK(zygote.finish(second).exit.exitCode == 0);
  CHECK(zygote.waitGone());
  CHECK(zygote.goneWhy().empty());
}

TEST_CASE("zygote: told to retire without a guest, it ends at once") {
  ZygoteFixture zygote;
  REQUIRE(zygote.waitReady());
  zygote.zygote().retire();
  CHECK(zygote.waitGone());
  CHECK(zygote.goneWhy().empty());
}

TEST_CASE("zygote: destroying it ends the guests it has") {
  ZygoteFixture zygote;
  const std::uint64_t id = zygote.begin("hang");
  const Fd pidfd(::fcntl(zygote.pidfdOf(id), F_DUPFD_CLOEXEC, 0));
  REQUIRE(zygote.hear(id) == "spinning");
  zygote.destroy();
  CHECK(endsWithin(pidfd.get(), 5000));
}

TEST_CASE("zygote: when it is killed, its guests end and each request hears of it") {
  ZygoteFixture zygote;
  const std::uint64_t id = zygote.begin("hang");
  const int pidfd = zygote.pidfdOf(id);
  REQUIRE(zygote.hear(id) == "spinning");
  REQUIRE(::kill(zygote.zygote().pid(), SIGKILL) == 0);
  CHECK(zygote.waitGone());
  CHECK(zygote.goneWhy() == "the zygote died");
  CHECK(endsWithin(pidfd, 5000));
  CHECK(!zygote.finish(id).exit.statusKnown);
}

TEST_CASE("zygote: a zygote that cannot be forked safely says so and does not serve") {
  ZygoteFixture threads(Tier::Jit, "thread");
  CHECK(threads.waitGone());
  CHECK(threads.goneWhy() == "the zygote has more than one thread after warming up");
  ZygoteFixture holes(Tier::Jit, "dontfork");
  CHECK(holes.waitGone());
  CHECK(holes.goneWhy().starts_with("a mapping of the zygote is marked MADV_DONTFORK"));
  ZygoteFixture cold(Tier::Jit, "cold");
  CHECK(cold.waitGone());
  CHECK(cold.goneWhy() == "the guest program could not be started");
}

TEST_CASE("zygote: a guest whose engine cannot be prepared never runs, and the step is named") {
  ZygoteFixture zygote(Tier::Jit, "unprepared");
  const ProbeOutcome outcome = zygote.run("exit 0");
  CHECK(outcome.exit.exitCode == kExitJailFailed);
  CHECK(outcome.exit.jailFailure == "preparing the engine");
}

TEST_CASE("zygote: a missing guest binary is told at start") {
  ZygoteLaunch launch;
  launch.guestPath = "/nonexistent/kiosk-guest";
  const auto started = ZygoteProcess::start(launch);
  REQUIRE(!started.has_value());
  CHECK(started.error().code == ErrorCode::HostError);
}

TEST_CASE("zygote: fork to the guest's first word, printed and not judged") {
  ZygoteFixture zygote;
  zygote.run("exit 0");
  std::vector<double> micros;
  for (int i = 0; i < 200; ++i) {
    const auto began = Clock::now();
    const std::uint64_t id = zygote.begin("wait");
    REQUIRE(zygote.hear(id) == "waiting");
    micros.push_back(std::chrono::duration<double, std::micro>(Clock::now() - began).count());
    zygote.hangUp(id);
    zygote.finish(id);
  }
  std::sort(micros.begin(), micros.end());
  MESSAGE("fork to first word, us: min " << micros.front() << ", median " << micros[100] << ", p95 "
                                         << micros[190]);
}

}  // namespace kiosk::jail
