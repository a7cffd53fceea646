// Goal: what is made of a report for others says what the report says, in right words, and no text
// of it becomes markup. Method: reports of runs made up here;
// tests/e2e/conformance_formats.test.mjs and tests/browser/conformance_report.test.mjs hold whole
// files against a schema and a browser.

#include "sdk/conformance/report_formats.h"

#include <doctest/doctest.h>

#include "sdk/conformance/html_texts.h"
#include "sdk/conformance/html_verdict.h"
#include "sdk/conformance/markup.h"
#include "sdk/conformance/report.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

/// One run of a case of the level `level`; it failed when there are `findings`.
json reportWith(int level, const std::vector<std::string>& findings, const ReportHead& head = {},
                const std::vector<KnownGap>& gaps = {}) {
  Case test;
  test.id = "A-001";
  test.title = "<b>&'\"";
  test.family = "family";
  test.file = "family/a.js";
  test.level = level;
  return reportOf(head, {{&test, {"jit", false}, {"ok", findings, {}}, 0, 0}}, gaps, "2026-01-01");
}

bool isNotTried(const json& report, const std::string& part) {
  for (const auto& left : verdictOf(report).notTried) {
    if (left.en.find(part) != std::string::npos) return true;
  }
  return false;
}

TEST_CASE("report.html: Russian words have the form that goes with their number") {
  const auto form = [](std::uint64_t count) { return russianForm(count, "one", "few", "many"); };
  for (const std::uint64_t count : {1, 21, 101, 1001}) CHECK(form(count) == "one");
  for (const std::uint64_t count : {2, 3, 4, 22, 104, 1003}) CHECK(form(count) == "few");
  for (const std::uint64_t count : {0, 5, 10, 11, 12, 14, 19, 20, 111, 1012}) {
    CHECK(form(count) == "many");
  }
  CHECK(runsText(1003).en == "1,003 runs");
  CHECK(runsText(1003).ru == "1\u00a0003\u00a0прогона");
  CHECK(casesText(1'234'567).en == "1,234,567 cases");
}

TEST_CASE("report.html: the verdict is good only when all was tried and all passed") {
  const ReportHead whole{
      .suiteDigest = "", .hostVersion = "", .engineVersion = "", .suiteCases = 1};
  const std::vector<KnownGap> gap{{"A-001", "me", "why", "2030-01-01"}};
  CHECK(verdictOf(reportWith(5, {}, whole)).tone == "pass");
  CHECK(verdictOf(reportWith(5, {}, whole)).headline.en == "Level 5 of 5 passed");
  CHECK(verdictOf(reportWith(5, {"x"}, whole)).tone == "fail");
  CHECK(verdictOf(reportWith(5, {"x"}, whole)).headline.ru == "Ни один уровень не пройден");
  CHECK(verdictOf(reportWith(5, {"x"}, whole, gap)).tone == "gap");
  auto head = whole;
  head.level = 4;
  CHECK(verdictOf(reportWith(3, {}, head)).tone == "gap");
  head = whole;
  head.filter = "A";
  CHECK(verdictOf(reportWith(5, {}, head)).tone == "gap");
}

TEST_CASE("report.html: what was not tried is told, and nothing else is") {
  ReportHead head;
  head.suiteCases = 2;
  head.level = 4;
  head.filter = "A<";
  const auto part = reportWith(1, {}, head);
  CHECK(isNotTried(part, "only cases with “<bdi>A&lt;</bdi>”"));
  CHECK(isNotTried(part, "only levels up to 4 of 5"));
  CHECK(isNotTried(part, "1 of 2 cases of the suite was tried"));
  CHECK(isNotTried(part, "No case was tried at levels 0, 2, 3, 4."));
  head = {};
  head.suiteCases = 1;
  CHECK_FALSE(isNotTried(reportWith(1, {}, head), "only"));
  CHECK_FALSE(isNotTried(reportWith(1, {}, head), "of the suite"));
}

TEST_CASE("report.html: a level's state says why it is no pass") {
  CHECK(levelStateOf(reportWith(1, {}), 1).words.en == "passed");
  CHECK(levelStateOf(reportWith(1, {"x"}), 1).words.en == "failed");
  CHECK(levelStateOf(reportWith(1, {}), 2).words.en == "not tried");
  const std::vector<KnownGap> gap{{"A-001", "me", "why", "2030-01-01"}};
  CHECK(levelStateOf(reportWith(1, {"x"}, {}, gap), 1).words.en == "known gaps");
  ReportHead head;
  head.filter = "A";
  CHECK(levelStateOf(reportWith(1, {}, head), 1).words.en == "in part");
}

TEST_CASE("report.html: who signed is told, and that a page cannot say whose key it is") {
  const auto report = reportWith(1, {});
  CHECK(htmlOf(report, {"hash", ""}).find("Not signed") != std::string::npos);
  const auto page = htmlOf(report, {"hash", "0123abcd"});
  CHECK(page.find("<bdi>0123abcd</bdi>") != std::string::npos);
  CHECK(page.find("cannot say whose key that is") != std::string::npos);
  CHECK(page.find("Not signed") == std::string::npos);
}

TEST_CASE("markup: no text is read as markup, and what XML cannot hold is made visible") {
  CHECK(markupText("<a b='c' d=\"e\">&amp;") == "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;amp;");
  CHECK(markupText("\x1b[31m\n") == "\\x1b[31m\\n");
  CHECK(markupText("a\ufffe\uffff\ufffd") == "a\\u{fffe}\\u{ffff}\ufffd");
  CHECK(markupText("\u202e\u200b") == "\\u{202e}\\u{200b}");
  CHECK(markupText(std::string(5000, 'x')).size() == kMarkupTextBytesMax);
}

}  // namespace
}  // namespace kiosk::conformance
