// Goal: as store_faults_test, for the audit log and the host's keys: the log is sound after any
// fault, and has every record that was acknowledged.

#include <future>
#include <nlohmann/json.hpp>

#include "bridge/audit.h"
#include "bridge/identity/host_keys.h"
#include "tests/unit/faults/host_parts.h"
#include "tests/unit/faults/scenario.h"

using namespace kiosk;
using namespace kiosk::bridge;
using namespace kiosk::test;

namespace {

AuditKeys hostKeys() { return {{keyIdOf(hostKey().publicKey()), hostKey().publicKey()}}; }

std::unique_ptr<AuditLog> openLog(const std::string& dir) {
  AuditConfig config;
  config.dir = dir;
  config.segmentBytesMax = 600;  // so that the act crosses from one file to the next
  config.signer = {keyIdOf(hostKey().publicKey()),
                   [](std::string_view text) { return hostKey().sign(bytesOf(text)); }};
  auto log = AuditLog::open(std::move(config));
  return log ? std::move(*log) : nullptr;
}

bool append(AuditLog& log, const std::string& receipt) {
  DirectLoop loop;
  log.setLoop(&loop);
  std::promise<bool> written;
  auto outcome = written.get_future();
  AuditRecord record;
  record.kind = AuditKind::Intent;
  record.receipt = receipt;
  log.appendDurable(std::move(record),
                    [&](Result<void> done) { written.set_value(done.has_value()); });
  const bool done = outcome.get();
  log.setLoop(nullptr);
  return done;
}

/// The log as the next start leaves it: sound, with the records that it has.
std::vector<std::string> receipts(const std::string& dir) {
  REQUIRE(openLog(dir));
  const auto report = verifyAudit(dir, {hostKeys()});
  REQUIRE(report.has_value());
  REQUIRE_MESSAGE(report->sound, report->file << " " << report->firstBad << ": " << report->why);
  std::vector<std::string> found;
  REQUIRE(readAudit(dir, {.kind = "intent"}, [&](std::string_view line) {
            found.push_back(nlohmann::json::parse(line)["receipt"]);
          }).has_value());
  return found;
}

Scenario recordScenario(bool isNewLog) {
  return {.prepare =
              [isNewLog](const std::string& dir) {
                if (isNewLog) return;
                const auto log = openLog(dir);
                for (int i = 0; i < 3; ++i) REQUIRE(append(*log, "before"));
              },
          .act =
              [](const std::string& dir) {
                const auto log = openLog(dir);
                return log && append(*log, "act");
              },
          .look =
              [isNewLog](const std::string& dir) {
                const auto found = receipts(dir);
                const std::size_t before = isNewLog ? 0 : 3;
                REQUIRE(found.size() >= before);
                REQUIRE(found.size() <= before + 1);
                return found.size() == before ? State::Old : State::New;
              }};
}

}  // namespace

TEST_CASE("faults: a log is sound after any fault and has what it acknowledged") {
  faultsOfAllKinds(recordScenario(false));
}

TEST_CASE("faults: a new log is begun, or begun at the next start") {
  faultsOfAllKinds(recordScenario(true));
}

TEST_CASE("faults: the host's keys are there both, or can be made again") {
  faultsOfAllKinds(
      {.prepare = [](const std::string&) {},
       .act =
           [](const std::string& dir) {
             return HostKeys::load(dir + "/keys", systemRandom(), MissingKeys::Generate)
                 .has_value();
           },
       .look =
           [](const std::string& dir) {
             const bool isThere =
                 HostKeys::load(dir + "/keys", systemRandom(), MissingKeys::Refuse).has_value();
             const auto made = HostKeys::load(dir + "/keys", systemRandom(), MissingKeys::Generate);
             REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().message));
             const auto known = HostKeys::publicKeys(dir + "/keys");
             REQUIRE(known.has_value());
             CHECK(known->contains(made->signingKeyId()));
             return isThere ? State::New : State::Old;
           }});
}

TEST_CASE("faults: a new signing key leaves the old one or the new one, and the old one known") {
  std::string oldId;
  faultsOfAllKinds({.prepare =
                        [&](const std::string& dir) {
                          oldId =
                              HostKeys::load(dir + "/keys", systemRandom(), MissingKeys::Generate)
                                  ->signingKeyId();
                        },
                    .act =
                        [](const std::string& dir) {
                          return HostKeys::rotateSigning(dir + "/keys", systemRandom()).has_value();
                        },
                    .look =
                        [&](const std::string& dir) {
                          const auto keys =
                              HostKeys::load(dir + "/keys", systemRandom(), MissingKeys::Refuse);
                          REQUIRE_MESSAGE(keys.has_value(), (keys ? "" : keys.error().message));
                          const auto known = HostKeys::publicKeys(dir + "/keys");
                          REQUIRE_MESSAGE(known.has_value(), (known ? "" : known.error().message));
                          CHECK(known->contains(oldId));
                          CHECK(known->contains(keys->signingKeyId()));
                          return keys->signingKeyId() == oldId ? State::Old : State::New;
                        }});
}
