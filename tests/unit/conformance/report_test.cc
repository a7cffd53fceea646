// Goal: a report tells its runs and nothing else, and no edit of it passes the check. Method: a
// report of runs made up here, signed, with one edit at a time.

#include "sdk/conformance/report.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "runtime/base/json.h"
#include "sdk/conformance/report_check.h"
#include "sdk/conformance/suite.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

Case plainCase(const std::string& id, int level) {
  Case test;
  test.id = id;
  test.title = "promise <of> " + id;
  test.family = "family";
  test.level = level;
  return test;
}

CaseRun runOf(const Case& test, std::vector<std::string> findings) {
  return {&test, {"jit", false}, {"ok", std::move(findings), {}}, 12, 34};
}

Ed25519Key testKey() { return *Ed25519Key::fromSeed(bytesOf("a seed of exactly 32 bytes .....")); }

TEST_CASE("report: a level is passed when it and all below it passed, and a gap holds it back") {
  const auto one = plainCase("A-001", 1), three = plainCase("A-003", 3), five = plainCase("B-5", 5);
  const auto passed = [&](std::vector<CaseRun> runs, const std::string& filter = "") {
    ReportHead head;
    head.filter = filter;
    return reportOf(head, runs, {{"A-003", "me", "why", "2030-01-01"}},
                    "2026-01-01")["levelPassed"];
  };
  CHECK(passed({runOf(one, {}), runOf(five, {})}) == 5);
  CHECK(passed({runOf(one, {}), runOf(three, {"x"}), runOf(five, {})}) == 1);
  CHECK(passed({runOf(one, {"x"}), runOf(five, {})}) == nullptr);
  CHECK(passed({runOf(one, {})}, "A") == nullptr);
}

TEST_CASE("report: a known gap counts until its day, and one that passes is a failure") {
  const auto test = plainCase("A-001", 1);
  const auto verdict = [&](std::vector<std::string> findings, const std::string& today) {
    return reportOf({}, {runOf(test, std::move(findings))}, {{"A-001", "me", "why", "2026-05-01"}},
                    today)["runs"][0]["verdict"];
  };
  CHECK(verdict({"x"}, "2026-05-01") == "known-gap");
  CHECK(verdict({"x"}, "2026-05-02") == "fail");
  CHECK(verdict({}, "2026-05-01") == "fail");
}

TEST_CASE("report: what was measured does not change it") {
  const auto test = plainCase("A-001", 1);
  auto slow = runOf(test, {});
  slow.ms = 99'999;
  slow.judgement.evidence = {"it took long"};
  CHECK(reportOf({}, {slow}, {}, "2026-01-01") ==
        reportOf({}, {runOf(test, {})}, {}, "2030-01-01"));
}

TEST_CASE("report: a signed one is sound, and each edit is found") {
  const auto one = plainCase("A-001", 1), two = plainCase("A-002", 2);
  const auto key = testKey();
  const auto report = reportOf({}, {runOf(one, {}), runOf(two, {"x"})}, {}, "2026-01-01");
  const auto bytes = canonicalJson(report).value();
  const auto signature = signReport(bytes, key);
  CHECK(checkReport(bytes, signature, key.publicKey()).problem == "");
  CHECK(checkReport(bytes, std::nullopt, std::nullopt).sound());
  CHECK_FALSE(checkReport(bytes, std::nullopt, key.publicKey()).sound());
  CHECK_FALSE(checkReport(bytes + "\n", signature, key.publicKey()).sound());
  const auto other = *Ed25519Key::fromSeed(bytesOf("another seed of exactly 32 bytes"));
  CHECK_FALSE(checkReport(bytes, signature, other.publicKey()).sound());
  CHECK_FALSE(checkReport(bytes, signReport(bytes, other), key.publicKey()).sound());

  const auto unsignedProblem = [&](const std::function<void(json&)>& edit) {
    json edited = report;
    edit(edited);
    const auto text = canonicalJson(edited).value();
    CHECK_FALSE(checkReport(text, signature, key.publicKey()).sound());
    return checkReport(text, std::nullopt, std::nullopt).problem;
  };
  CHECK(unsignedProblem([](json& r) { r["runs"][1]["verdict"] = "pass"; }) ==
        "A-002 has a verdict that does not go with its findings");
  CHECK(unsignedProblem([](json& r) {
          r["runs"][1]["verdict"] = "pass";
          r["runs"][1]["findings"] = json::array();
        }) == "its totals are not those of its runs");
  CHECK(unsignedProblem([](json& r) { r["levelPassed"] = 5; }) ==
        "the level passed is not that of its runs");
  CHECK(unsignedProblem([](json& r) { std::swap(r["runs"][0], r["runs"][1]); }) ==
        "A-001 is not in the order of ids");
  CHECK(unsignedProblem([](json& r) { r["note"] = "fine"; }) ==
        "it has not the members of a report");
  CHECK(unsignedProblem([](json& r) { r["seed"] = 9; }) == "");  // the signature's part
}

TEST_CASE("report: a run that passed has gone as promised in each of its attempts") {
  const auto test = plainCase("A-001", 1);
  const auto problemOf = [&](std::vector<std::string> findings, Tried tried) {
    auto run = runOf(test, std::move(findings));
    run.judgement.tried = tried;
    const auto text = canonicalJson(reportOf({}, {run}, {}, "2026-01-01")).value();
    return checkReport(text, std::nullopt, std::nullopt).problem;
  };
  CHECK(problemOf({}, {7, 7}) == "");
  CHECK(problemOf({"x"}, {7, 6}) == "");
  CHECK(problemOf({}, {7, 6}) == "A-001 passed though not all that it tried went as promised");
  CHECK(problemOf({}, {0, 0}) == "A-001 passed though not all that it tried went as promised");
  CHECK(problemOf({"x"}, {6, 7}) == "A-001 has a count that is none");
}

TEST_CASE("report: junit.xml escapes what cases say") {
  const auto test = plainCase("A-001", 1);
  const auto xml = junitOf(reportOf({}, {runOf(test, {"\"<&\x1b[31m"})}, {}, "2026-01-01"));
  CHECK(xml.find("promise &lt;of&gt; A-001") != std::string::npos);
  CHECK(xml.find("&quot;&lt;&amp;") != std::string::npos);
  CHECK(xml.find('\x1b') == std::string::npos);
}

TEST_CASE("suite: a seed stands for one order, of all places once, on every machine") {
  CHECK(shuffledOrder(8, 7) == shuffledOrder(8, 7));
  CHECK(shuffledOrder(8, 7) != shuffledOrder(8, 8));
  auto order = shuffledOrder(100, 1);
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; i < order.size(); ++i) CHECK(order[i] == i);
}

}  // namespace
}  // namespace kiosk::conformance
