// Goal: a host that is killed in the middle of payments loses no acknowledged payment, doubles
// none, and its books balance. Method: this program starts itself as a child that pays three orders
// and kills itself with SIGKILL before its Nth SQL statement (COMMIT included), for every N until a
// child comes through; after each, the database is opened again, checked, and the same calls are
// repeated under the same keys.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>

#include "tests/unit/bridge/shop_fixture.h"
#include "tests/unit/support/vectors.h"

namespace kiosk::bridge {
namespace {

using test::Outcome;
using test::Shop;

constexpr int kOrders = 3;
constexpr int kKillPointsMax = 500;

/// Counts the statements of a session, and ends the process before one of them.
class KillingLogger final : public soci::logger_impl {
 public:
  explicit KillingLogger(int killAt) : left_(killAt) {}
  void start_query(const std::string&) override {
    if (--left_ == 0) ::kill(::getpid(), SIGKILL);
  }

 private:
  soci::logger_impl* do_clone() const override { return new KillingLogger(left_); }
  int left_;
};

void acknowledge(int file, int index) {
  const std::string line = Shop::orderId(index) + "\n";
  KIOSK_CHECK(::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()),
              "the child can say what was acknowledged");
}

TEST_CASE("crash child: pays and dies" * doctest::skip()) {
  const char* folder = std::getenv("KIOSK_CRASH_DIR");
  const char* killAt = std::getenv("KIOSK_CRASH_AT");
  REQUIRE((folder != nullptr && killAt != nullptr));
  const int acks = ::open((std::string(folder) + "/acks").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  REQUIRE(acks >= 0);
  Shop shop(folder);
  // The first two race for one commit, the third comes alone.
  const ContextPtr racers[] = {shop.prepare(0), shop.prepare(1)};
  const int at = std::atoi(killAt);
  auto armed = shop.store->runNow<void>("test.arm", [at](soci::session& sql) -> Result<void> {
    sql.set_logger(soci::logger(new KillingLogger(at)));
    return {};
  });
  REQUIRE(armed.has_value());
  const auto finish = [&](int index, const std::shared_ptr<Outcome>& outcome) {
    shop.loop.runUntil([&] { return outcome->has_value(); });
    REQUIRE(**outcome);
    acknowledge(acks, index);
  };
  std::shared_ptr<Outcome> outcomes[] = {std::make_shared<Outcome>(), std::make_shared<Outcome>()};
  for (int i = 0; i < 2; ++i) shop.caller.start("payments.request", racers[i], outcomes[i]);
  for (int i = 0; i < 2; ++i) finish(i, outcomes[i]);
  auto last = std::make_shared<Outcome>();
  shop.caller.start("payments.request", shop.prepare(2), last);
  finish(2, last);
}

/// Runs the child; true when it came through.
bool childSurvives(const std::string& folder, int killAt) {
  ::setenv("KIOSK_CRASH_DIR", folder.c_str(), 1);
  ::setenv("KIOSK_CRASH_AT", std::to_string(killAt).c_str(), 1);
  char program[] = "/proc/self/exe", filter[] = "-tc=crash child*", all[] = "--no-skip",
       quiet[] = "-m";
  char* arguments[] = {program, filter, all, quiet, nullptr};
  pid_t child = 0;
  REQUIRE(::posix_spawn(&child, program, nullptr, nullptr, arguments, environ) == 0);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  if (WIFEXITED(status)) {
    CHECK(WEXITSTATUS(status) == 0);
    return true;
  }
  CHECK(WTERMSIG(status) == SIGKILL);
  return false;
}

TEST_CASE("payments: killed before any of its statements, the host lost and doubled nothing") {
  test::TempFolder seeded;
  { Shop shop(seeded.path().string()); }
  int killAt = 1;
  for (bool survived = false; !survived; killAt += static_cast<int>(test::faultStride())) {
    REQUIRE(killAt < kKillPointsMax);
    CAPTURE(killAt);
    test::TempFolder folder;
    folder.write("acks", "");
    std::filesystem::copy_file(seeded.path() / "kiosk.db", folder.path() / "kiosk.db");
    survived = childSurvives(folder.path().string(), killAt);

    std::istringstream acks(test::readWhole(folder.path() / "acks"));
    std::set<std::string> acknowledged;
    for (std::string line; std::getline(acks, line);) acknowledged.insert(line);
    Shop shop(folder.path().string());
    shop.checkSurvived(acknowledged);
    shop.payAgain(kOrders);
  }
  CHECK(killAt > 40);  // a payment has well over a dozen statements
  MESSAGE("killed at " << killAt / static_cast<int>(test::faultStride()) - 2 << " points");
}

}  // namespace
}  // namespace kiosk::bridge
