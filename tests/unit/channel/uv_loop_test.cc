// Goal: what is posted from any thread runs on the loop, timers fire in time and not when
// cancelled, and a foreign loop that polls one descriptor drives all of it. Method: threads that
// post and stop; a plain poll(2) loop that never waits in ours.

#include "runtime/channel/uv_loop.h"

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "runtime/channel/socket_stream.h"

namespace kiosk {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Turns `loop` by its descriptor alone until `isTrue`; how often it was turned, or -1 after 5 s.
template <class Condition>
int pollUntil(UvLoop& loop, Condition isTrue) {
  const auto deadline = steady_clock::now() + milliseconds(5000);
  for (int turns = 0;; ++turns) {
    if (isTrue()) return turns;
    pollfd watched = {loop.pollFd(), POLLIN, 0};
    if (poll(&watched, 1, 5000) != 1 || steady_clock::now() > deadline) return -1;
    loop.runOnce(milliseconds(0));
  }
}

std::array<Fd, 2> socketPair() {
  std::array<int, 2> ends = {-1, -1};
  REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
  return {Fd(ends[0]), Fd(ends[1])};
}

}  // namespace

TEST_CASE("loop: tasks posted by many threads all run, each thread's in its order") {
  UvLoop loop;
  constexpr int kThreads = 4, kTasks = 2000;
  std::vector<int> last(kThreads, -1);
  int ran = 0;
  bool inOrder = true;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kTasks; ++i) {
        loop.post([&, thread, i] {
          inOrder = inOrder && last[static_cast<std::size_t>(thread)] == i - 1;
          last[static_cast<std::size_t>(thread)] = i;
          if (++ran == kThreads * kTasks) loop.stop();
        });
      }
    });
  }
  loop.run();
  for (auto& thread : threads) thread.join();
  CHECK(ran == kThreads * kTasks);
  CHECK(inOrder);
}

TEST_CASE("loop: stop ends run, from another thread and also when it came first") {
  UvLoop loop;
  std::thread stopper([&loop] { loop.stop(); });
  loop.run();
  stopper.join();
  loop.stop();
  loop.run();
  loop.stop();
  CHECK_FALSE(loop.runOnce(milliseconds(0)));
  CHECK(loop.runOnce(milliseconds(0)));
}

TEST_CASE("loop: turned with nothing to do, it sleeps each time and not only the first") {
  UvLoop loop;
  const auto began = steady_clock::now();
  for (int i = 0; i < 5; ++i) CHECK(loop.runOnce(milliseconds(20)));
  CHECK(steady_clock::now() - began >= milliseconds(95));
}

TEST_CASE("loop: a timer fires once and not early, a cancelled one never") {
  UvLoop loop;
  int fired = 0;
  const auto begin = steady_clock::now();
  loop.after(milliseconds(30), [&] { ++fired; });
  const auto never = loop.after(milliseconds(1), [&] { fired += 100; });
  loop.cancelTimer(never);
  loop.cancelTimer(never);
  while (fired == 0) loop.runOnce(milliseconds(1000));
  CHECK(steady_clock::now() - begin >= milliseconds(29));
  loop.runOnce(milliseconds(5));
  CHECK(fired == 1);
}

TEST_CASE("loop: tasks that never ran are dropped with it, and may cancel timers as they go") {
  struct Canceller {
    UvLoop* loop;
    Executor::TimerId timer;
    ~Canceller() { loop->cancelTimer(timer); }
  };
  bool ran = false;
  {
    UvLoop loop;
    auto owned =
        std::make_shared<Canceller>(&loop, loop.after(milliseconds(1), [&] { ran = true; }));
    loop.post([owned = std::move(owned), &ran] { ran = true; });
  }
  CHECK_FALSE(ran);
}

TEST_CASE(
    "loop: one descriptor tells a foreign loop of tasks, timers and sockets made outside a turn") {
  UvLoop loop;
  (void)loop.pollFd();
  REQUIRE(pollUntil(loop, [turns = 0]() mutable { return turns++ == 1; }) >= 0);

  bool ran = false;
  std::thread poster([&] { loop.post([&] { ran = true; }); });
  CHECK(pollUntil(loop, [&] { return ran; }) >= 0);
  poster.join();

  int fired = 0;
  loop.after(milliseconds(20), [&] {
    loop.after(milliseconds(20), [&] { ++fired; });
    ++fired;
  });
  // Not by turning for ever: a timer costs few turns.
  const int turns = pollUntil(loop, [&] { return fired == 2; });
  CHECK(turns >= 2);
  CHECK(turns < 20);

  auto [ours, theirs] = socketPair();
  std::string heard;
  SocketStream stream(loop, std::move(ours),
                      {[&](std::string_view bytes) { heard += bytes; }, [] {}});
  REQUIRE(::send(theirs.get(), "hello", 5, 0) == 5);
  CHECK(pollUntil(loop, [&] { return heard == "hello"; }) >= 0);
}

TEST_CASE("stream: bytes that the peer has no room for wait, and leave in order when it reads") {
  UvLoop loop;
  auto [ours, theirs] = socketPair();
  const int peer = theirs.get();
  SocketStream stream(loop, std::move(ours), {[](std::string_view) {}, [] {}});
  std::string sent;
  for (int i = 0; i < 100; ++i) {
    const std::string part(50'000, static_cast<char>('a' + i % 26));
    stream.write(part);
    sent += part;
  }
  CHECK(stream.waitingBytes() > 1'000'000);
  std::string heard;
  while (heard.size() < sent.size()) {
    char bytes[65536];
    const ssize_t got = ::recv(peer, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got > 0) {
      heard.append(bytes, static_cast<std::size_t>(got));
    } else {
      loop.runOnce(milliseconds(100));
    }
  }
  CHECK(heard == sent);
  CHECK(stream.waitingBytes() == 0);
}

TEST_CASE(
    "stream: what is not read while paused is read afterwards, and the end comes once and last") {
  UvLoop loop;
  auto [ours, theirs] = socketPair();
  std::string heard;
  int ends = 0;
  SocketStream stream(loop, std::move(ours),
                      {[&](std::string_view bytes) {
                         CHECK(ends == 0);
                         heard += bytes;
                       },
                       [&] { ++ends; }});
  stream.pauseReading();
  REQUIRE(::send(theirs.get(), "late", 4, 0) == 4);
  theirs.reset();
  for (int i = 0; i < 5; ++i) loop.runOnce(milliseconds(1));
  CHECK(heard.empty());
  CHECK(ends == 0);
  stream.resumeReading();
  while (ends == 0) loop.runOnce(milliseconds(100));
  stream.resumeReading();
  for (int i = 0; i < 5; ++i) loop.runOnce(milliseconds(1));
  CHECK(heard == "late");
  CHECK(ends == 1);
}

TEST_CASE("stream: writing to a peer that is gone costs nothing, no signal and no memory") {
  UvLoop loop;
  auto [ours, theirs] = socketPair();
  SocketStream stream(loop, std::move(ours), {[](std::string_view) {}, [] {}});
  stream.write(std::string(5'000'000, 'x'));
  CHECK(stream.waitingBytes() > 0);
  theirs.reset();
  for (int i = 0; i < 20 && stream.waitingBytes() > 0; ++i) loop.runOnce(milliseconds(10));
  CHECK(stream.waitingBytes() == 0);
  stream.write(std::string(5'000'000, 'x'));
  CHECK(stream.waitingBytes() == 0);
}

TEST_CASE("stream: it may be destroyed within each of its callbacks") {
  UvLoop loop;
  for (const bool withinEnd : {false, true}) {
    auto [ours, theirs] = socketPair();
    std::unique_ptr<SocketStream> stream;
    bool destroyed = false;
    const auto destroy = [&] {
      stream.reset();
      destroyed = true;
    };
    stream = std::make_unique<SocketStream>(loop, std::move(ours),
                                            SocketStream::Callbacks{[&](std::string_view) {
                                                                      if (!withinEnd) destroy();
                                                                    },
                                                                    [&] {
                                                                      if (withinEnd) destroy();
                                                                    }});
    REQUIRE(::send(theirs.get(), "x", 1, 0) == 1);
    if (withinEnd) theirs.reset();
    while (!destroyed) loop.runOnce(milliseconds(100));
  }
}

}  // namespace kiosk
