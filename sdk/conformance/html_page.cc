// report.html: one file that holds all it shows. It has no script and loads nothing, and its
// policy says so: the one style sheet is named by its digest. Both languages stand in it.

#include <algorithm>

#include "runtime/base/crypto.h"
#include "runtime/base/encoding.h"
#include "sdk/conformance/case_file.h"
#include "sdk/conformance/html_cases.h"
#include "sdk/conformance/html_style.h"
#include "sdk/conformance/html_verdict.h"
#include "sdk/conformance/report_formats.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

/// "sha256-…" of `text` as a policy names it: base64 with padding (CSP Level 3, 2.3.1).
std::string policyDigest(std::string_view text) {
  Sha256 digest;
  digest.update(text);
  auto base64 = toBase64Url(digest.finish());
  std::replace(base64.begin(), base64.end(), '-', '+');
  std::replace(base64.begin(), base64.end(), '_', '/');
  return "sha256-" + base64 + "=";  // 32 bytes are 43 digits and one of padding
}

std::string pageHead() {
  const std::string style(htmlStyle());
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '" +
         policyDigest(style) +
         "'; base-uri 'none'; form-action 'none'\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n"
         "<title>Kiosk: conformance report · отчёт о соответствии</title>\n<style>" +
         style + "</style>\n</head>\n";
}

/// The choice of a language: radio buttons that the style looks at, before all that it changes.
std::string languageChoice() {
  return "<input type=\"radio\" name=\"language\" id=\"in-english\" autocomplete=\"off\" checked>"
         "<label for=\"in-english\" lang=\"en\">English</label>\n"
         "<input type=\"radio\" name=\"language\" id=\"in-russian\" autocomplete=\"off\">"
         "<label for=\"in-russian\" lang=\"ru\">Русский</label>\n";
}

std::string verdictPanel(const Verdict& verdict) {
  std::string html =
      "<div class=\"verdict " + verdict.tone + "\">\n<h1>" + both(verdict.headline) + "</h1>\n";
  for (const auto& sentence : verdict.sentences) html += "<p>" + both(sentence) + "</p>\n";
  if (verdict.notTried.empty()) {
    return html + "<p>" +
           both({"Nothing was left out: no filter, every level, every case of the suite.",
                 "Ничего не пропущено: без отбора, все уровни, все проверки набора."}) +
           "</p>\n</div>\n";
  }
  html +=
      "<p class=\"left\">" + both({"What was not tried", "Что не проверялось"}) + "</p>\n<ul>\n";
  for (const auto& left : verdict.notTried) html += "<li>" + both(left) + "</li>\n";
  return html + "</ul>\n</div>\n";
}

/// The kind of a fact that takes a line of its own.
constexpr const char* kWideFact = " class=\"wide\"";

/// A fact with its name; `value` is markup.
std::string fact(const Phrase& name, const std::string& value, const char* kind = "") {
  return "<div" + std::string(kind) + "><dt>" + both(name) + "</dt><dd>" + value + "</dd></div>\n";
}

std::string named(const json& part) {
  return shownText(part["name"].get<std::string>() + " " + part["version"].get<std::string>());
}

std::string digestText(const std::string& digest) {
  return "<code>" + shownText(digest) + "</code>";
}

std::string signerFact(const ReportSeal& seal) {
  if (seal.signer.empty()) {
    return fact({"Signature", "Подпись"},
                both({"Not signed: nothing says who made this report.",
                      "Не подписан: не сказано, кто сделал этот отчёт."}),
                kWideFact);
  }
  return fact({"Signed with the key", "Подписан ключом"},
              digestText(seal.signer) + "<p>" +
                  both({"This page cannot say whose key that is. Hold the report against the key "
                        "you were given:",
                        "Чей это ключ, страница сказать не может. Проверьте отчёт ключом, который "
                        "вам передали:"}) +
                  " <code>kiosk conformance verify report.json --key KEY.pub</code></p>",
              kWideFact);
}

std::string facts(const json& report, const ReportSeal& seal) {
  std::string tiers;
  for (const auto& tier : report["tiers"]) {
    tiers += (tiers.empty() ? "" : ", ") + tier.get<std::string>();
  }
  const auto& suite = report["suite"];
  return "<dl class=\"facts\">\n" + fact({"Host", "Хост"}, named(report["host"])) +
         fact({"Engine", "Движок"}, named(report["engine"])) +
         fact({"Tiers of the engine", "Режимы движка"}, shownText(tiers)) +
         fact({"Cases of the suite", "Проверок в наборе"},
              both(number(suite["cases"].get<std::uint64_t>()))) +
         fact({"Order of runs (seed)", "Порядок прогонов (зерно)"},
              std::to_string(report["seed"].get<std::uint64_t>())) +
         signerFact(seal) +
         fact({"Digest of the suite (SHA-256)", "Отпечаток набора (SHA-256)"},
              digestText(suite["digest"].get<std::string>()), kWideFact) +
         fact({"Digest of report.json (SHA-256)", "Отпечаток report.json (SHA-256)"},
              digestText(seal.hash), kWideFact) +
         "</dl>\n";
}

/// The heads of the columns that `countCells` fills.
std::string countHeads() {
  std::string heads;
  for (const auto& name : {Phrase{"Passed", "Пройдено"}, Phrase{"Failed", "Не пройдено"},
                           Phrase{"Known gaps", "Пробелы"}}) {
    heads += "<th scope=\"col\" class=\"figure\">" + both(name) + "</th>";
  }
  return heads;
}

/// A section of one table; `heads` are those of its columns before the counts.
std::string tableSection(const Phrase& title, const std::string& heads, const std::string& rows) {
  return "<section>\n<h2>" + both(title) + "</h2>\n<table>\n<thead><tr>" + heads + countHeads() +
         "</tr></thead>\n<tbody>\n" + rows + "</tbody>\n</table>\n</section>\n";
}

std::string levelsTable(const json& report) {
  std::string rows;
  for (std::size_t level = 0; level <= kLevelMax; ++level) {
    const auto state = levelStateOf(report, level);
    rows += "<tr><th scope=\"row\"><span class=\"level\"><b>" + std::to_string(level) +
            "</b> <span>" + both(levelName(level)) + "</span> <span class=\"mark " + state.tone +
            "\">" + both(state.words) + "</span></span></th>" +
            countCells(report["totals"]["byLevel"][level]) + "</tr>\n";
  }
  return tableSection({"Runs by level", "Прогоны по уровням"},
                      "<th scope=\"col\">" + both({"Level", "Уровень"}) + "</th>", rows);
}

std::string familiesTable(const json& report) {
  return tableSection({"Runs by family", "Прогоны по группам"},
                      "<th scope=\"col\">" + both({"Family", "Группа"}) +
                          "</th><th scope=\"col\" class=\"figure cases\">" +
                          both({"Cases", "Проверок"}) + "</th>",
                      familyRows(report));
}

std::string pageFoot() {
  return "<footer>\n<p>" +
         both({"The report tells that these promises were kept or broken when they were tried, by "
               "this build on one machine. It is no proof that nothing else is wrong.",
               "Отчёт говорит, что эти обещания соблюдены или нарушены в этой сборке на одной "
               "машине. Что других ошибок нет, он не доказывает."}) +
         "</p>\n<p>" +
         both({"This page has no signature of its own. To make it again, from a report that is "
               "checked first:",
               "У самой страницы подписи нет. Проверить отчёт и сделать её заново:"}) +
         " <code>kiosk conformance render report.json --out DIR</code></p>\n</footer>\n";
}

}  // namespace

std::string htmlOf(const json& report, const ReportSeal& seal) {
  const auto verdict = verdictOf(report);
  return pageHead() + "<body>\n<main>\n" + languageChoice() + "<p class=\"kicker\">" +
         both({"Kiosk conformance report", "Kiosk: отчёт о соответствии"}) + "</p>\n<header>\n" +
         verdictPanel(verdict) + facts(report, seal) + "</header>\n" + failuresSection(report) +
         gapsSection(report) + levelsTable(report) + familiesTable(report) +
         familiesSection(report) + pageFoot() + "</main>\n</body>\n</html>\n";
}

}  // namespace kiosk::conformance
