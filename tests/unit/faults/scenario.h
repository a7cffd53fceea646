#pragma once
// One act on files, tried with a fault at each of its system calls in turn.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>

#include "tests/unit/faults/faults.h"
#include "tests/unit/support/stride.h"
#include "tests/unit/support/temp_folder.h"

namespace kiosk::test {

enum class State : std::uint8_t { Old, New };

struct Scenario {
  /// Makes what is there before; once.
  std::function<void(const std::string& dir)> prepare;
  /// The act; true when it was acknowledged. Runs in a process of its own.
  std::function<bool(const std::string& dir)> act;
  /// What is there now, read without faults as the next start would; fails the test when it is
  /// neither.
  std::function<State(const std::string& dir)> look;
  /// More that must hold once the act was acknowledged. May be empty.
  std::function<void(const std::string& dir)> afterwards = nullptr;
};

namespace scenario {

inline constexpr std::uint64_t kCallsMax = 5000;
inline constexpr int kAcknowledged = 0, kRefused = 1, kNotReached = 2;

/// Runs the act in a child with the fault at call `number`; the child's exit status.
inline int attempt(const Scenario& scenario, const std::string& dir, std::uint64_t number,
                   Fault fault) {
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    // What the act logs of its failures is expected; KIOSK_FAULTS_VERBOSE shows it.
    if (std::getenv("KIOSK_FAULTS_VERBOSE") == nullptr) {
      ::dup2(::open("/dev/null", O_WRONLY), STDERR_FILENO);
    }
    armFault(number, fault);
    const bool acknowledged = scenario.act(dir);
    const auto calls = disarmFault();
    ::_exit(!acknowledged ? kRefused : calls < number ? kNotReached : kAcknowledged);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE_MESSAGE(WIFEXITED(status), "the act ended by signal " << WTERMSIG(status));
  return WEXITSTATUS(status);
}

}  // namespace scenario

/// Tries `scenario` with `fault` at every call until it completes without meeting it. Each time
/// there is the old state or the new one afterwards, and the new one when it was acknowledged.
inline void faultAtEveryCall(const Scenario& scenario, Fault fault) {
  namespace fs = std::filesystem;
  // In memory, where a sync costs nothing: thousands of them are tried.
  if (::access("/dev/shm", W_OK) == 0) ::setenv("TMPDIR", "/dev/shm", 0);
  TempFolder folder;
  const auto pristine = (folder.path() / "pristine").string(),
             dir = (folder.path() / "now").string();
  fs::create_directories(pristine);
  scenario.prepare(pristine);
  const auto stride = test::faultStride();
  std::uint64_t number = 1, olds = 0, news = 0;
  for (;; number += stride) {
    REQUIRE(number < scenario::kCallsMax);
    CAPTURE(number);
    fs::remove_all(dir);
    fs::copy(pristine, dir, fs::copy_options::recursive);
    const int status = scenario::attempt(scenario, dir, number, fault);
    const auto state = scenario.look(dir);
    ++(state == State::Old ? olds : news);
    if (status == scenario::kAcknowledged || status == scenario::kNotReached) {
      REQUIRE(state == State::New);
      if (scenario.afterwards) scenario.afterwards(dir);
    }
    if (status == scenario::kNotReached) break;
  }
  // An act that meets no call, or never the old state, was not tried at all.
  CHECK(number > 3);
  CHECK((olds > 0 || stride > 1));
  CHECK(news > 0);
}

inline void faultsOfAllKinds(const Scenario& scenario) {
  SUBCASE("a call that fails once") { faultAtEveryCall(scenario, Fault::Once); }
  SUBCASE("a disk that fails from a call on") { faultAtEveryCall(scenario, Fault::Stays); }
  SUBCASE("a process that ends within a call") { faultAtEveryCall(scenario, Fault::Crash); }
}

}  // namespace kiosk::test
