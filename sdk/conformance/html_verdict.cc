#include "sdk/conformance/html_verdict.h"

#include <set>

#include "sdk/conformance/case_file.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

std::uint64_t countIn(const json& count, const char* name) {
  return count[name].get<std::uint64_t>();
}

std::uint64_t runsIn(const json& count) {
  return countIn(count, "pass") + countIn(count, "fail") + countIn(count, "knownGap");
}

/// How many cases have a run with the verdict `verdict`.
std::uint64_t casesWith(const json& report, std::string_view verdict) {
  std::set<std::string> ids;
  for (const auto& run : report["runs"]) {
    if (run["verdict"] == verdict) ids.insert(run["id"].get<std::string>());
  }
  return ids.size();
}

Phrase headlineOf(const json& report) {
  const auto& level = report["levelPassed"];
  const auto last = std::to_string(kLevelMax);
  if (level.is_number()) {
    const auto passed = std::to_string(level.get<int>());
    return {"Level " + passed + " of " + last + " passed",
            "Пройден уровень " + passed + " из " + last};
  }
  if (countIn(report["totals"]["all"], "fail") == 0 && !report["filter"].get<std::string>().empty())
    return {"A part of the suite was tried", "Проверена часть набора"};
  return {"No level passed", "Ни один уровень не пройден"};
}

Phrase failedSentence(std::uint64_t failed, std::uint64_t cases, std::uint64_t all) {
  const auto count = number(failed), of = number(all), in = number(cases);
  const auto english =
      count.en + " of " + runsText(all).en + " failed, in " + casesText(cases).en + ".";
  return {english,
          count.ru + "\u00a0" + std::string(russianForm(failed, "прогон", "прогона", "прогонов")) +
              " из " + of.ru + " " +
              std::string(russianForm(failed, "не пройден", "не пройдены", "не пройдено")) +
              ", в\u00a0" + in.ru + "\u00a0" +
              std::string(russianForm(cases, "проверке", "проверках", "проверках")) + "."};
}

std::vector<Phrase> sentencesOf(const json& report) {
  const auto& all = report["totals"]["all"];
  const auto runs = runsIn(all), failed = countIn(all, "fail"), gaps = countIn(all, "knownGap");
  std::vector<Phrase> sentences;
  if (failed != 0) {
    sentences.push_back(failedSentence(failed, casesWith(report, "fail"), runs));
  } else {
    const auto cases = casesText(casesOf(report)), runsWords = runsText(runs);
    sentences.push_back({cases.en + ", " + runsWords.en + ": nothing failed.",
                         cases.ru + ", " + runsWords.ru + ": всё пройдено."});
    if (gaps != 0) sentences.back().ru = cases.ru + ", " + runsWords.ru + ": новых ошибок нет.";
  }
  if (gaps != 0) {
    const auto known = gapsText(casesWith(report, "known-gap"));
    sentences.push_back(
        {known.en + ", listed below with owner and day. A known gap is no pass.",
         known.ru + ": ниже указаны ответственный и срок. " + "Уровень с пробелом не пройден."});
  }
  if (report["levelPassed"].is_number()) {
    const auto name = levelName(report["levelPassed"].get<std::size_t>());
    sentences.push_back({"Passed up to and including “" + name.en + "”.",
                         "Пройдено всё до уровня «" + name.ru + "» включительно."});
  }
  return sentences;
}

/// The levels of `report` that have no run, as "0, 3".
std::string levelsWithoutRuns(const json& report) {
  std::string levels;
  for (std::size_t level = 0; level <= report["level"].get<std::size_t>(); ++level) {
    if (runsIn(report["totals"]["byLevel"][level]) != 0) continue;
    levels += (levels.empty() ? "" : ", ") + std::to_string(level);
  }
  return levels;
}

std::vector<Phrase> notTriedOf(const json& report) {
  std::vector<Phrase> left;
  const auto filter = report["filter"].get<std::string>();
  if (!filter.empty()) {
    left.push_back({"A filter was set: only cases with “" + shownText(filter) +
                        "” in id, file or title. Such a report passes no level.",
                    "Задан отбор: только проверки, где «" + shownText(filter) +
                        "» есть в номере, файле или названии. Такой отчёт уровня не даёт."});
  }
  const int level = report["level"].get<int>();
  if (level < kLevelMax) {
    const auto limit = std::to_string(level), last = std::to_string(kLevelMax);
    left.push_back({"A limit was set: only levels up to " + limit + " of " + last + ".",
                    "Задан предел: только уровни до " + limit + " из " + last + "."});
  }
  const auto cases = casesOf(report), of = report["suite"]["cases"].get<std::uint64_t>();
  if (cases < of) {
    const auto some = number(cases), all = casesText(of);
    left.push_back({some.en + " of " + all.en + " of the suite " +
                        std::string(englishForm(cases, "was", "were")) + " tried.",
                    "Из набора (" + all.ru + ") выполнено: " + some.ru + "."});
  }
  const auto without = levelsWithoutRuns(report);
  if (!without.empty()) {
    const bool one = without.find(',') == std::string::npos;
    left.push_back(
        {"No case was tried at level" + std::string(one ? " " : "s ") + without + ".",
         "Нет проверок на " + std::string(one ? "уровне " : "уровнях ") + without + "."});
  }
  return left;
}

}  // namespace

std::uint64_t casesOf(const json& report) {
  std::uint64_t cases = 0;
  const json* before = nullptr;
  for (const auto& run : report["runs"]) {
    if (before == nullptr || (*before)["id"] != run["id"]) ++cases;
    before = &run;
  }
  return cases;
}

Verdict verdictOf(const json& report) {
  const auto& all = report["totals"]["all"];
  const bool whole = report["level"] == kLevelMax && report["filter"] == "" &&
                     report["levelPassed"].is_number() && countIn(all, "knownGap") == 0;
  const bool failed = countIn(all, "fail") != 0;
  return {failed  ? "fail"
          : whole ? "pass"
                  : "gap",
          headlineOf(report), sentencesOf(report), notTriedOf(report)};
}

LevelState levelStateOf(const json& report, std::size_t level) {
  const auto& count = report["totals"]["byLevel"][level];
  const auto& passed = report["levelPassed"];
  if (runsIn(count) == 0) return {"none", {"not tried", "не проверялся"}};
  if (countIn(count, "fail") != 0) return {"fail", {"failed", "не пройден"}};
  if (countIn(count, "knownGap") != 0) return {"gap", {"known gaps", "есть пробелы"}};
  if (passed.is_number() && level <= passed.get<std::size_t>()) {
    return {"pass", {"passed", "пройден"}};
  }
  if (report["filter"] != "") return {"none", {"in part", "частично"}};
  return {"none", {"held back by a lower level", "не засчитан из-за уровня ниже"}};
}

}  // namespace kiosk::conformance
