#include "sdk/conformance/html_cases.h"

#include <array>
#include <map>
#include <vector>

#include "sdk/conformance/html_texts.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

/// A member of a report's counts, its class in the page's style, and the verdict that it counts.
struct Tally {
  const char *member, *tone, *verdict;
};
constexpr std::array<Tally, 3> kTallies{
    {{"pass", "pass", "pass"}, {"fail", "fail", "fail"}, {"knownGap", "gap", "known-gap"}}};

/// The runs of one case, which stand side by side in a report; borrowed from it.
using CaseRuns = std::vector<const json*>;

std::vector<CaseRuns> runsByCase(const json& report) {
  std::vector<CaseRuns> cases;
  for (const auto& run : report["runs"]) {
    if (cases.empty() || (*cases.back().front())["id"] != run["id"]) cases.emplace_back();
    cases.back().push_back(&run);
  }
  return cases;
}

bool hasVerdict(const CaseRuns& runs, std::string_view verdict) {
  for (const json* run : runs) {
    if ((*run)["verdict"] == verdict) return true;
  }
  return false;
}

std::string memberText(const json& object, const char* name) {
  return object[name].get<std::string>();
}

/// Ways of one case that went the same: one of their runs, and the names of all.
struct Course {
  const json* run;
  std::string ways;
};

std::vector<Course> coursesOf(const CaseRuns& runs) {
  std::vector<Course> courses;
  for (const json* run : runs) {
    const auto way = memberText(*run, "way");
    bool joined = false;
    for (auto& [first, ways] : courses) {
      joined = (*first)["verdict"] == (*run)["verdict"] &&
               (*first)["outcome"] == (*run)["outcome"] &&
               (*first)["findings"] == (*run)["findings"] &&
               first->value("tried", json()) == run->value("tried", json());
      if (joined) ways += ", " + way;
      if (joined) break;
    }
    if (!joined) courses.push_back({run, way});
  }
  return courses;
}

/// "11,984 of 11,984 as promised", of a run that tried many variants; empty for others.
std::string triedPart(const json& run) {
  const auto tried = run.find("tried");
  if (tried == run.end()) return "";
  const auto kept = number((*tried)["asPromised"].get<std::uint64_t>());
  const auto count = number((*tried)["count"].get<std::uint64_t>());
  return " <span>" +
         both({kept.en + " of " + count.en + " as promised",
               kept.ru + " из " + count.ru + " как обещано"}) +
         "</span>";
}

/// "passed · ok · jit, jitless", each a part of its own.
std::string courseLine(const Course& course) {
  const auto verdict = memberText(*course.run, "verdict");
  const std::string tone = verdict == "known-gap" ? "gap" : verdict;
  return "<p class=\"course\"><span class=\"mark " + tone + "\">" + both(verdictName(verdict)) +
         "</span> <code>" + shownText(memberText(*course.run, "outcome")) + "</code> <span>" +
         shownText(course.ways) + "</span>" + triedPart(*course.run) + "</p>\n";
}

std::string findingsList(const json& findings) {
  std::string list;
  std::size_t shown = 0;
  for (const auto& finding : findings) {
    if (++shown > kFindingsShownMax) break;
    list += "<li>" + shownText(finding.get<std::string>()) + "</li>\n";
  }
  if (list.empty()) return "";
  if (findings.size() > kFindingsShownMax) {
    const auto more = number(findings.size() - kFindingsShownMax);
    list += "<li>" + both({more.en + " more in report.json", "ещё " + more.ru + ": report.json"}) +
            "</li>\n";
  }
  return "<ul class=\"findings\">\n" + list + "</ul>\n";
}

/// A case with all its courses and their findings, as an article of the tone `tone`.
std::string caseArticle(const CaseRuns& runs, const std::string& tone, const std::string& more) {
  const json& first = *runs.front();
  const auto level = std::to_string(first["level"].get<int>());
  std::string html = "<article class=\"" + tone + "\">\n<h3><code>" +
                     shownText(memberText(first, "id")) + "</code> " +
                     shownText(memberText(first, "title")) + "</h3>\n<p class=\"where\">" +
                     both({"level " + level, "уровень " + level}) + " · " +
                     shownText(memberText(first, "file")) + "</p>\n" + more;
  for (const auto& course : coursesOf(runs)) {
    html += courseLine(course) + findingsList((*course.run)["findings"]);
  }
  return html + "</article>\n";
}

std::string gapFacts(const json& gap) {
  const auto fact = [&](const Phrase& name, const char* member) {
    return "<div><dt>" + both(name) + "</dt><dd>" + shownText(memberText(gap, member)) +
           "</dd></div>\n";
  };
  return "<dl>\n" + fact({"Owner", "Ответственный"}, "owner") +
         fact({"Reason", "Причина"}, "reason") + fact({"Good until", "Действует до"}, "until") +
         "</dl>\n";
}

/// A line of a family's list.
std::string caseItem(const CaseRuns& runs) {
  const json& first = *runs.front();
  std::string html = "<li><code>" + shownText(memberText(first, "id")) + "</code><div><p>" +
                     shownText(memberText(first, "title")) + "</p>\n";
  for (const auto& course : coursesOf(runs)) html += courseLine(course);
  return html + "</div></li>\n";
}

std::map<std::string, std::vector<CaseRuns>> casesByFamily(const json& report) {
  std::map<std::string, std::vector<CaseRuns>> families;
  for (auto& runs : runsByCase(report)) {
    families[memberText(*runs.front(), "family")].push_back(std::move(runs));
  }
  return families;
}

std::string familyName(const std::string& family) {
  return family.empty() ? both({"no family", "без группы"}) : shownText(family);
}

/// What a folded family says of itself: "31 cases", and what did not pass.
std::string familyCounts(std::size_t cases, const json& count) {
  std::string html = "<span class=\"count\">" + both(casesText(cases)) + "</span>";
  for (const auto& [member, tone, verdict] : kTallies) {
    const auto runs = count[member].get<std::uint64_t>();
    if (runs == 0 || std::string_view(tone) == "pass") continue;
    const auto digits = number(runs);
    const auto name = verdictName(verdict);
    html += " <span class=\"mark " + std::string(tone) + "\">" +
            both({name.en + ": " + digits.en, name.ru + ": " + digits.ru}) + "</span>";
  }
  return html;
}

}  // namespace

std::string countCells(const json& count) {
  std::string cells;
  for (const auto& [member, tone, verdict] : kTallies) {
    const auto runs = count[member].get<std::uint64_t>();
    cells += "<td class=\"" + std::string(runs == 0 ? "zero" : tone) + "\">" +
             (runs < 1000 ? std::to_string(runs) : both(number(runs))) + "</td>";
  }
  return cells;
}

std::string failuresSection(const json& report) {
  std::string articles;
  for (const auto& runs : runsByCase(report)) {
    if (hasVerdict(runs, "fail")) articles += caseArticle(runs, "fail", "");
  }
  if (articles.empty()) return "";
  return "<section>\n<h2>" + both({"Failures", "Что не пройдено"}) + "</h2>\n" + articles +
         "</section>\n";
}

std::string gapsSection(const json& report) {
  std::map<std::string, const json*> gaps;
  for (const auto& gap : report["knownGaps"]) gaps[memberText(gap, "id")] = &gap;
  std::string articles;
  for (const auto& runs : runsByCase(report)) {
    const auto gap = gaps.find(memberText(*runs.front(), "id"));
    if (gap == gaps.end() || !hasVerdict(runs, "known-gap")) continue;
    articles += caseArticle(runs, "gap", gapFacts(*gap->second));
  }
  if (articles.empty()) return "";
  return "<section>\n<h2>" + both({"Known gaps", "Известные пробелы"}) + "</h2>\n" + articles +
         "</section>\n";
}

std::string familyRows(const json& report) {
  std::string rows;
  std::size_t at = 0;
  for (const auto& [family, cases] : casesByFamily(report)) {
    rows += "<tr><th scope=\"row\"><a href=\"#family-" + std::to_string(++at) + "\">" +
            familyName(family) + "</a></th><td class=\"cases\">" + std::to_string(cases.size()) +
            "</td>" + countCells(report["totals"]["byFamily"][family]) + "</tr>\n";
  }
  return rows;
}

std::string familiesSection(const json& report) {
  std::string html =
      "<section>\n<h2>" + both({"All cases by family", "Все проверки по группам"}) +
      "</h2>\n<p class=\"where\">" +
      both({"Of each case: the verdict, the outcome that the host saw, the ways it was run.",
            "О каждой проверке: итог, исход, увиденный хостом, и режимы, в которых она шла."}) +
      "</p>\n";
  std::size_t at = 0;
  for (const auto& [family, cases] : casesByFamily(report)) {
    // The list has the id: a browser unfolds what holds the target of a link.
    html += "<details>\n<summary><b>" + familyName(family) + "</b> " +
            familyCounts(cases.size(), report["totals"]["byFamily"][family]) +
            "</summary>\n<ol id=\"family-" + std::to_string(++at) + "\">\n";
    for (const auto& runs : cases) html += caseItem(runs);
    html += "</ol>\n</details>\n";
  }
  return html + "</section>\n";
}

}  // namespace kiosk::conformance
