#include "sdk/conformance/html_texts.h"

#include <kiosk/check.h>

#include <array>

#include "sdk/conformance/case_file.h"
#include "sdk/conformance/markup.h"

namespace kiosk::conformance {
namespace {

/// `count` with `mark` between groups of three digits.
std::string groupedDigits(std::uint64_t count, std::string_view mark) {
  auto digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, mark);
  }
  return digits;
}

Phrase counted(std::uint64_t count, std::string_view english, std::string_view russian) {
  const auto digits = number(count);
  return {digits.en + " " + std::string(english), digits.ru + "\u00a0" + std::string(russian)};
}

}  // namespace

std::string both(const Phrase& phrase) {
  return "<span lang=\"en\">" + phrase.en + "</span><span lang=\"ru\">" + phrase.ru + "</span>";
}

Phrase number(std::uint64_t count) {
  return {groupedDigits(count, ","), groupedDigits(count, "\u00a0")};
}

std::string shownText(std::string_view text) { return "<bdi>" + markupText(text) + "</bdi>"; }

std::string_view englishForm(std::uint64_t count, std::string_view one, std::string_view many) {
  return count == 1 ? one : many;
}

std::string_view russianForm(std::uint64_t count, std::string_view one, std::string_view few,
                             std::string_view many) {
  const auto units = count % 10, tens = count / 10 % 10;
  if (tens == 1 || units == 0 || units > 4) return many;
  return units == 1 ? one : few;
}

Phrase casesText(std::uint64_t count) {
  return counted(count, englishForm(count, "case", "cases"),
                 russianForm(count, "проверка", "проверки", "проверок"));
}

Phrase runsText(std::uint64_t count) {
  return counted(count, englishForm(count, "run", "runs"),
                 russianForm(count, "прогон", "прогона", "прогонов"));
}

Phrase gapsText(std::uint64_t count) {
  return counted(count, englishForm(count, "known gap", "known gaps"),
                 russianForm(count, "известный пробел", "известных пробела", "известных пробелов"));
}

Phrase levelName(std::size_t level) {
  static const std::array<Phrase, kLevelMax + 1> kNames{{
      {"package and signature", "пакет и подпись"},
      {"realm and language, modules", "среда языка и модули"},
      {"bridge: marshalling and native layer; web API",
       "мост к хосту: передача значений, нативный слой; веб-API"},
      {"resources: processor, memory, stack, time", "ресурсы: процессор, память, стек, время"},
      {"authority: manifest, permissions, consent, isolation",
       "полномочия: манифест, разрешения, согласие, изоляция"},
      {"value: payments, identity, receipts, log",
       "ценности: платежи, личные данные, чеки, журнал"},
  }};
  KIOSK_CHECK(level < kNames.size(), "a report's level is checked");
  return kNames[level];
}

Phrase verdictName(std::string_view verdict) {
  if (verdict == "pass") return {"passed", "пройден"};
  if (verdict == "fail") return {"failed", "не пройден"};
  return {"known gap", "известный пробел"};
}

}  // namespace kiosk::conformance
