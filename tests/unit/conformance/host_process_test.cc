// Goal: nothing that a host does or leaves escapes whoever watches it. Method: shell scripts in
// place of the host, each watched in a process of its own, as runs are.

#include "sdk/conformance/host_process.h"

#include <doctest/doctest.h>

#include <csignal>

#include "runtime/base/json.h"
#include "sdk/conformance/isolated.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr std::chrono::milliseconds kScriptTimeMax{5000};

/// What the watcher saw of `script`.
json watched(const std::string& script, bool stopWhenTold = false,
             std::chrono::milliseconds timeMax = kScriptTimeMax) {
  json seen;
  const bool whole = runIsolated(
      {.count = 1,
       .work =
           [&](std::size_t) {
             const auto run = runHost({"/bin/sh", {"-c", script}, timeMax, stopWhenTold});
             if (!run) return std::string("null");
             return dumpJson({{"status", run->exitStatus.value_or(-1)},
                              {"signal", run->signal.value_or(0)},
                              {"events", run->events},
                              {"stray", run->strayLines},
                              {"errors", run->errorText},
                              {"timedOut", run->timedOut},
                              {"stopped", run->stopped},
                              {"cut", run->outputCut},
                              {"left", run->leftBehind}});
           },
       .done =
           [&](std::size_t, const std::optional<std::string>& answer) {
             if (answer) seen = parseJson(*answer).value();
           }});
  CHECK(whole);
  REQUIRE(seen.is_object());
  return seen;
}

TEST_CASE("host process: its status, events, stray lines and errors are told") {
  const auto seen = watched("echo '{\"event\":\"started\"}'; echo stray; echo why >&2; exit 3");
  CHECK(seen["status"] == 3);
  CHECK(seen["events"] == json::array({{{"event", "started"}}}));
  CHECK(seen["stray"] == 1);
  CHECK(seen["errors"] == "why\n");
  CHECK(seen["left"].empty());
}

TEST_CASE("host process: what outlives it is named and ended, in a session of its own too") {
  const auto seen = watched("setsid sleep 611 & sleep 0.2; exit 0");
  CHECK(seen["status"] == 0);
  CHECK(seen["left"] == json::array({"sleep"}));
}

TEST_CASE("host process: one that dies of a signal or hangs is told apart") {
  CHECK(watched("kill -SEGV $$")["signal"] == SIGSEGV);
  const auto hung = watched("while :; do sleep 1; done", false, std::chrono::milliseconds(300));
  CHECK(hung["timedOut"] == true);
  CHECK(hung["signal"] == SIGKILL);
}

TEST_CASE("host process: one whose case has said its outcome is asked to end") {
  const std::string told =
      "trap 'exit 7' INT; echo '{\"event\":\"log\",\"text\":\"@case ok\"}'; "
      "while :; do sleep 0.1; done";
  const auto seen = watched(told, true);
  CHECK(seen["stopped"] == true);
  CHECK(seen["status"] == 7);
}

TEST_CASE("host process: one that has told its end is let go, however long it takes") {
  const auto seen = watched(
      "echo '{\"event\":\"log\",\"text\":\"@case ok\"}'; echo '{\"event\":\"ended\"}'; sleep 1",
      true);
  CHECK(seen["stopped"] == false);
  CHECK(seen["status"] == 0);
}

TEST_CASE("host process: output past its bound is cut and told") {
  CHECK(watched("head -c 9000000 /dev/zero")["cut"] == true);
}

TEST_CASE("isolated: a piece that dies has no answer, and the others have theirs in any order") {
  std::vector<std::string> answers(6, "none");
  const bool whole =
      runIsolated({.count = answers.size(),
                   .jobs = 3,
                   .work =
                       [](std::size_t index) {
                         if (index == 2) ::raise(SIGKILL);
                         return std::string(index == 3 ? 2 * kAnswerBytesMax : 1, 'x');
                       },
                   .done =
                       [&](std::size_t index, std::optional<std::string> answer) {
                         answers[index] = answer.value_or("died");
                       }});
  CHECK(whole);
  CHECK(answers == std::vector<std::string>{"x", "x", "died", "died", "x", "x"});
}

}  // namespace
}  // namespace kiosk::conformance
