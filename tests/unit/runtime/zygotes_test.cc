// Goal: zygotes come and go, guests are killed, embedders have habits, and sessions either go on or
// end with `killed`; the next open works, and nothing is left behind. Method: real zygotes of
// kiosk-guest; embedders are child processes of the test that tell by their exit status.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <thread>

#include "tests/unit/runtime/host_fixture.h"
#include "tests/unit/support/temp_folder.h"

namespace kiosk::test {
namespace {

using std::chrono::milliseconds;

constexpr const char* kWaitingApp = "kiosk.call('a.keep', {}); setInterval(() => {}, 1000)";

/// The living process of that name among our descendants that is a zygote's outermost.
int ownZygote() {
  std::string path = "/proc/self/task/" + std::to_string(getpid()) + "/children";
  FILE* file = std::fopen(path.c_str(), "re");
  int pid = 0;
  if (file == nullptr) return 0;
  if (std::fscanf(file, "%d", &pid) != 1) pid = 0;
  std::fclose(file);
  return pid;
}

/// Runs `embedder` in a process of its own; its exit status, or -signal.
template <class Embedder>
int inOtherProcess(Embedder embedder) {
  const pid_t pid = fork();
  if (pid == 0) _exit(embedder());
  int status = 0;
  REQUIRE(waitpid(pid, &status, 0) == pid);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// Opens, calls, closes and kills as any embedder does; 0 when all of it went well.
int embed() {
  HostFixture fixture(Guest::Kiosk);
  Watcher echo;
  if (fixture.runToEnd(appOf(kEchoApp), echo).reason != EndReason::Closed) return 1;
  if (echo.logs != std::vector<std::string>{"7"}) return 2;
  Watcher killed;
  const auto session = fixture.open(appOf(kWaitingApp), killed);
  if (!fixture.until([&] { return killed.launch && session->guestPid() > 0; })) return 3;
  kill(session->guestPid(), SIGKILL);
  // Written to a guest that is dead or dying: no SIGPIPE may come of it.
  for (int i = 0; i < 50 && !killed.end; ++i) {
    session->sendEvent("tick", {{"text", std::string(100'000, 'x')}});
    fixture.host->runOnce(milliseconds(1));
  }
  if (!fixture.until([&] { return killed.end.has_value(); })) return 4;
  if (killed.end->reason != EndReason::Killed) return 5;
  Watcher failed;
  if (fixture.runToEnd(appOf("throw 1"), failed).reason != EndReason::Error) return 6;
  return 0;
}

}  // namespace

TEST_CASE("zygotes: one that has forked its share goes when its last guest has, the next serves") {
  HostConfig config;
  config.forksPerZygoteMax = 2;
  HostFixture fixture(Guest::Kiosk, config);
  Watcher old;
  const auto session = fixture.open(appOf(kWaitingApp), old);
  REQUIRE(fixture.until([&] { return fixture.door.kept.size() == 1; }));
  for (int i = 0; i < 6; ++i) {
    Watcher watcher;
    CHECK(fixture.runToEnd(appOf(kEchoApp), watcher).reason == EndReason::Closed);
    CHECK(watcher.logs == std::vector<std::string>{"7"});
  }
  CHECK(session->running());
  fixture.door.kept.front().reply.result(nlohmann::json::object());
  REQUIRE(fixture.until([&] { return old.outcomes("a.keep") == "ok"; }));
  const auto processesWhileOpen = descendants();
  session->close();
  REQUIRE(fixture.until([&] { return old.end.has_value(); }));
  // The first zygote goes with its guest: its process, and that which made its namespaces.
  CHECK(fixture.until([&] {
    fixture.host->runOnce(milliseconds(5));
    return descendants()["kiosk-guest"] + 2 <= processesWhileOpen.at("kiosk-guest");
  }));
  fixture.host.reset();
  CHECK(descendants().empty());
}

TEST_CASE("zygotes: killed, its sessions end killed, its guests die, and the next open works") {
  HostFixture fixture(Guest::Kiosk);
  const std::size_t descriptorsBefore = openDescriptors();
  Watcher first, second;
  const auto a = fixture.open(appOf(kWaitingApp), first);
  const auto b = fixture.open(appOf(kWaitingApp), second);
  REQUIRE(fixture.until([&] { return fixture.door.kept.size() == 2; }));
  const int zygote = ownZygote();
  REQUIRE(zygote > 0);
  REQUIRE(kill(zygote, SIGKILL) == 0);
  REQUIRE(fixture.until([&] { return first.end && second.end; }));
  CHECK(first.end->reason == EndReason::Killed);
  CHECK(second.end->reason == EndReason::Killed);
  CHECK(first.outcomes("a.keep") == "cancelled");
  CHECK(fixture.until([&] {
    fixture.host->runOnce(milliseconds(5));
    return descendants().empty();
  }));
  fixture.door.kept.clear();
  Watcher third;
  CHECK(fixture.runToEnd(appOf(kEchoApp), third).reason == EndReason::Closed);
  fixture.host->runOnce(milliseconds(0));
  fixture.host->runOnce(milliseconds(0));
  // The images of three packages came and went; two handles still hold theirs.
  CHECK(openDescriptors() <= descriptorsBefore + 2);
}

TEST_CASE("zygotes: killed while guests are being opened, each open is told, and none hangs") {
  HostFixture fixture(Guest::Kiosk);
  for (int round = 0; round < 5; ++round) {
    std::vector<std::unique_ptr<Watcher>> watchers;
    std::vector<std::unique_ptr<Session>> sessions;
    for (int i = 0; i < 4; ++i) {
      watchers.push_back(std::make_unique<Watcher>());
      sessions.push_back(fixture.open(appOf(kEchoApp), *watchers.back()));
      if (i == round % 4) kill(ownZygote(), SIGKILL);
    }
    for (const auto& watcher : watchers) {
      REQUIRE(fixture.until([&] { return watcher->end.has_value(); }));
      const bool told =
          watcher->end->reason == EndReason::Killed || watcher->end->reason == EndReason::Closed;
      CHECK_MESSAGE(told, endReasonName(watcher->end->reason));
    }
  }
}

TEST_CASE("zygotes: restarted, the old one goes with its last guest and no session ends by it") {
  HostFixture fixture(Guest::Kiosk);
  Watcher old;
  const auto session = fixture.open(appOf(kWaitingApp), old);
  REQUIRE(fixture.until([&] { return fixture.door.kept.size() == 1; }));
  const auto processes = descendants().at("kiosk-guest");
  int told = 0;
  for (int i = 0; i < 3; ++i) {
    fixture.host->restartZygote([&](const Result<void>& outcome) {
      CHECK(outcome.has_value());
      ++told;
    });
  }
  CHECK(told == 0);
  Watcher meanwhile;
  CHECK(fixture.runToEnd(appOf(kEchoApp), meanwhile).reason == EndReason::Closed);
  REQUIRE(fixture.until([&] { return told == 3; }));
  Watcher fresh;
  CHECK(fixture.runToEnd(appOf(kEchoApp), fresh).reason == EndReason::Closed);
  CHECK(session->running());
  fixture.door.kept.front().reply.result(nlohmann::json::object());
  REQUIRE(fixture.until([&] { return old.outcomes("a.keep") == "ok"; }));
  session->close();
  REQUIRE(fixture.until([&] { return old.end.has_value(); }));
  CHECK(fixture.until([&] { return descendants()["kiosk-guest"] < processes; }));
}

TEST_CASE(
    "zygotes: a guest binary that is replaced takes over at the next open, a broken one not") {
  const TempFolder folder;
  const std::string path = (folder.path() / "kiosk-guest").string();
  const auto put = [&](const std::string& from) {
    std::filesystem::copy_file(from, path + ".new",
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::rename(path + ".new", path);
  };
  put(guestPath(Guest::Forger));
  HostConfig config;
  config.guestPath = path;
  HostFixture fixture(Guest::Forger, config);
  Watcher first;
  const auto session = fixture.open(forgeryOf("read"), first);
  REQUIRE(fixture.until([&] { return session->guestPid() > 0; }));
  put(guestPath(Guest::Kiosk));
  const auto isServedByNew = [&] {
    Watcher watcher;
    (void)fixture.runToEnd(appOf(kEchoApp), watcher);
    return watcher.logs == std::vector<std::string>{"7"};
  };
  CHECK(fixture.until(isServedByNew));
  CHECK(session->running());
  session->close();
  REQUIRE(fixture.until([&] { return first.end.has_value(); }));

  put("/bin/true");
  for (int i = 0; i < 20; ++i) {
    Watcher watcher;
    CHECK(fixture.runToEnd(appOf(kEchoApp), watcher).reason == EndReason::Closed);
  }
  std::optional<Result<void>> outcome;
  fixture.host->restartZygote([&](Result<void> done) { outcome = std::move(done); });
  REQUIRE(fixture.until([&] { return outcome.has_value(); }));
  CHECK(outcome->error().code == ErrorCode::HostError);
  CHECK(fixture.runToEnd(appOf(kEchoApp)).reason == EndReason::Closed);
}

TEST_CASE("zygotes: a guest binary that is none is an error that says so") {
  RecordingDoor door;
  HostConfig config;
  config.guestPath = "/nonexistent/kiosk-guest";
  CHECK(Host::create(config, door).error().code == ErrorCode::HostError);
  config.guestPath = "/bin/true";
  const auto made = Host::create(config, door);
  REQUIRE_FALSE(made.has_value());
  CHECK(made.error().message.find("did not start") != std::string::npos);
  CHECK(door.loop_ == nullptr);
  CHECK(descendants().empty());
}

TEST_CASE("zygotes: hosts and sessions leave no descriptor and no process") {
  const auto once = [] {
    HostFixture fixture(Guest::Kiosk);
    for (int i = 0; i < 3; ++i) (void)fixture.runToEnd(appOf(kEchoApp));
    Watcher watcher;
    const auto session = fixture.open(appOf(kWaitingApp), watcher);
    REQUIRE(fixture.until([&] { return watcher.launch.has_value(); }));
  };
  once();  // what libraries open once for good
  const std::size_t descriptorsBefore = openDescriptors();
  for (int i = 0; i < 3; ++i) once();
  CHECK(openDescriptors() == descriptorsBefore);
  CHECK(descendants().empty());
}

TEST_CASE("embedder: one that leaves SIGPIPE as it is survives the death of guests") {
  CHECK(inOtherProcess([] {
          signal(SIGPIPE, SIG_DFL);
          return embed();
        }) == 0);
}

TEST_CASE("embedder: one that ignores SIGCHLD and blocks all signals is served") {
  CHECK(inOtherProcess([] {
          signal(SIGCHLD, SIG_IGN);
          sigset_t all;
          sigfillset(&all);
          sigprocmask(SIG_BLOCK, &all, nullptr);
          return embed();
        }) == 0);
}

TEST_CASE("embedder: one with a thread that reaps every child is served") {
  CHECK(inOtherProcess([] {
          std::atomic<bool> stop = false;
          std::thread reaper([&stop] {
            while (!stop) {
              if (waitpid(-1, nullptr, WNOHANG) <= 0) std::this_thread::yield();
            }
          });
          const int outcome = embed();
          stop = true;
          reaper.join();
          return outcome;
        }) == 0);
}

TEST_CASE("embedder: one with handlers of its own keeps them, with its mask, and they run") {
  CHECK(inOtherProcess([] {
          static std::atomic<int> alarms = 0;
          struct sigaction mine = {};
          mine.sa_handler = [](int) { ++alarms; };  // without SA_RESTART: our calls see EINTR
          for (const int number : {SIGALRM, SIGCHLD, SIGPIPE, SIGUSR1, SIGTERM}) {
            sigaction(number, &mine, nullptr);
          }
          sigset_t before, after;
          pthread_sigmask(SIG_SETMASK, nullptr, &before);
          const itimerval often = {{0, 2000}, {0, 2000}};
          setitimer(ITIMER_REAL, &often, nullptr);
          const int outcome = embed();
          const itimerval never = {};
          setitimer(ITIMER_REAL, &never, nullptr);
          if (outcome != 0) return outcome;
          if (alarms == 0) return 30;
          for (const int number : {SIGALRM, SIGCHLD, SIGPIPE, SIGUSR1, SIGTERM}) {
            struct sigaction now = {};
            sigaction(number, nullptr, &now);
            if (now.sa_handler != mine.sa_handler) return 31;
          }
          pthread_sigmask(SIG_SETMASK, nullptr, &after);
          for (int number = 1; number < NSIG; ++number) {
            if (sigismember(&before, number) != sigismember(&after, number)) return 32;
          }
          return 0;
        }) == 0);
}

TEST_CASE("embedder: one that waits for signals gets them all, for no thread of ours takes any") {
  CHECK(inOtherProcess([] {
          TempFolder folder;
          HostConfig config;
          config.dataDir = folder.path().string();
          HostFixture fixture(Guest::Kiosk, config);
          bool listed = false;
          fixture.host->list([&](const auto& apps) { listed = apps.has_value(); });
          if (!fixture.until([&] { return listed; })) return 40;  // the host's thread runs
          struct sigaction stray = {};
          stray.sa_handler = [](int) { _exit(41); };
          sigaction(SIGUSR1, &stray, nullptr);
          sigset_t usr1;
          sigemptyset(&usr1);
          sigaddset(&usr1, SIGUSR1);
          pthread_sigmask(SIG_BLOCK, &usr1, nullptr);
          const timespec soon = {5, 0};
          for (int i = 0; i < 50; ++i) {
            kill(getpid(), SIGUSR1);
            if (sigtimedwait(&usr1, nullptr, &soon) != SIGUSR1) return 42;
          }
          return 0;
        }) == 0);
}

TEST_CASE("embedder: one with busy threads, a host in each of two, is served in both") {
  CHECK(inOtherProcess([] {
          std::atomic<bool> stop = false;
          std::vector<std::thread> busy;
          for (int i = 0; i < 3; ++i) {
            busy.emplace_back([&stop] {
              // Descriptors come and go beside ours, not close-on-exec, and children too.
              while (!stop) {
                const int fd = open("/dev/null", O_RDONLY);
                std::this_thread::yield();
                close(fd);
              }
            });
          }
          int outcomes[2] = {-1, -1};
          std::thread other([&] { outcomes[0] = embed(); });
          outcomes[1] = embed();
          other.join();
          stop = true;
          for (auto& thread : busy) thread.join();
          return outcomes[0] * 100 + outcomes[1];
        }) == 0);
}

TEST_CASE("embedder: what it inherits and opens does not reach a guest or keep a pipe open") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);  // not close-on-exec
  HostFixture fixture(Guest::Kiosk);
  Watcher watcher;
  const auto session = fixture.open(appOf(kWaitingApp), watcher);
  REQUIRE(fixture.until([&] { return watcher.launch.has_value(); }));
  close(ends[1]);
  pollfd watched = {ends[0], POLLIN, 0};
  CHECK(poll(&watched, 1, 2000) == 1);
  CHECK((watched.revents & POLLHUP) != 0);  // nobody else holds the writing end
  close(ends[0]);
}

TEST_CASE("embedder: one without standard streams and with descriptors that leak is served") {
  CHECK(inOtherProcess([] {
          for (int fd = 0; fd < 3; ++fd) close(fd);
          return embed();
        }) == 0);
  CHECK(inOtherProcess([] {
          // Not close-on-exec, at the numbers that a zygote uses and beyond.
          const int null = open("/dev/null", O_RDWR);
          for (const int fd : {3, 4, 5, 10, 11, 200}) {
            if (fcntl(fd, F_GETFD) < 0 && dup2(null, fd) < 0) return 20;
          }
          return embed();
        }) == 0);
}

}  // namespace kiosk::test
