#include "sdk/conformance/oracle.h"

#include <algorithm>

#include "runtime/base/encoding.h"
#include "runtime/base/json.h"
#include "sdk/conformance/refusal.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr std::string_view kCaseOk = "@case ok";
constexpr std::string_view kCaseError = "@case error ";
constexpr std::size_t kCodeBytesMax = 64;
constexpr std::size_t kEvidenceBytesMax = 1000;
constexpr std::string_view kNoTemplate = "no app template";

bool isEvent(const json& event, std::string_view name) { return eventText(event, "event") == name; }

const json* lastEvent(const RunRecord& run, std::string_view name) {
  const auto found = std::find_if(run.events.rbegin(), run.events.rend(),
                                  [&](const json& event) { return isEvent(event, name); });
  return found == run.events.rend() ? nullptr : &*found;
}

std::size_t countEvents(const RunRecord& run, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(run.events.begin(), run.events.end(),
                    [&](const json& event) { return isEvent(event, name); }));
}

/// Findings of one run, gathered in a fixed order.
class Bench {
 public:
  Bench(const Case& test, const Way& way, const RunRecord& run)
      : test_(test), way_(way), run_(run), end_(lastEvent(run, "ended")) {}

  Judgement take() {
    outcome();
    hostEnd();
    hostProcess();
    told("logs", test_.expect.logs, "log");
    told("view", test_.expect.views, "view");
    facts();
    return std::move(judgement_);
  }

 private:
  void find(std::string what) { judgement_.findings.push_back(std::move(what)); }
  void note(std::string_view what) {
    if (!what.empty()) judgement_.evidence.push_back(printable(what, kEvidenceBytesMax));
  }

  void outcome() {
    std::optional<std::string> said;
    for (const auto& event : run_.events) {
      auto told = outcomeTold(event);
      if (!told) continue;
      said = std::move(told);
      if (*said != "ok") note(eventText(event, "text"));
    }
    const Expectation& expect = test_.expect;
    if (expect.kind == Expectation::Kind::Ended) {
      judgement_.outcome = end_ == nullptr ? "nothing" : "ended " + endReason();
      if (judgement_.outcome != "ended " + expect.what) {
        find("ended " + expect.what + " wanted, but: " + judgement_.outcome);
      }
      return;
    }
    const auto code = refusedCode(run_);
    judgement_.outcome = code ? "refused " + *code : said.value_or("nothing");
    if (isRefusal()) {
      const auto& outcome = judgement_.outcome;
      if (outcome != "refused " + expect.what) {
        find("refused " + expect.what + " wanted, but: " + outcome);
      }
      return;
    }
    const auto wanted = expect.kind == Expectation::Kind::Ok ? "ok" : "error " + expect.what;
    if (judgement_.outcome != wanted) find(wanted + " wanted, but: " + judgement_.outcome);
  }

  bool isRefusal() const { return test_.expect.kind == Expectation::Kind::Refused; }

  std::string endReason() const { return printable(eventText(*end_, "reason"), kCodeBytesMax); }

  /// The host tells one start and one end, the end last, and leaves with the status of it.
  void hostEnd() {
    if (isRefusal()) {
      for (auto& finding : refusalFindings(test_.expect, run_)) find(std::move(finding));
      if (const auto* told = lastEvent(run_, "refused")) note(eventText(*told, "detail"));
      return;
    }
    if (countEvents(run_, "started") > 1) find("the host told more than one start");
    if (end_ == nullptr) return find("the host told no end");
    note(eventText(*end_, "detail"));
    if (countEvents(run_, "ended") > 1) find("the host told more than one end");
    if (end_ != &run_.events.back()) find("the host told something after the end");
    const auto reason = endReason();
    if (test_.expect.kind != Expectation::Kind::Ended && reason != "closed") {
      find("the session ended " + reason + " and not closed");
    }
    if (test_.expect.detail &&
        eventText(*end_, "detail").find(*test_.expect.detail) == std::string_view::npos) {
      find("the end's detail lacks \"" + *test_.expect.detail + "\"");
    }
    if (!run_.exitStatus) return;
    // With steps the status is theirs: none is left undone, unless the case ended the app before.
    const bool good = reason == "closed";
    const bool bySteps = test_.steps.has_value() && (run_.stopped || !good);
    if (!bySteps && *run_.exitStatus != (good ? 0 : 1)) {
      find("the host left with status " + std::to_string(*run_.exitStatus) + " after " + reason);
    }
  }

  void hostProcess() {
    if (run_.timedOut) {
      find("the host hung and was stopped");
    } else if (run_.signal) {
      find("the host died of signal " + std::to_string(*run_.signal));
    }
    if (run_.exitStatus && *run_.exitStatus > 1 && !isRefusal()) {
      find("the host left with status " + std::to_string(*run_.exitStatus));
    }
    for (const auto& name : run_.leftBehind) {
      find("a process was left behind: " + printable(name, kCodeBytesMax));
    }
    if (run_.strayLines > 0) find("the host printed lines that are no events");
    if (run_.outputCut) find("the host printed more than is kept");
    if (test_.expect.withinMs && run_.ms > *test_.expect.withinMs) {
      find("it took longer than " + std::to_string(*test_.expect.withinMs) + " ms");
    }
    // An app that ends with an error may be one that does not compile, and so has no template.
    if (way_.fromTemplate && test_.expect.what != "error" &&
        run_.errorText.find(kNoTemplate) != std::string::npos) {
      find("it was not opened from a template");
    }
    if (!judgement_.findings.empty()) note(run_.errorText);
  }

  void told(const char* what, const std::vector<std::string>& wanted, std::string_view event) {
    for (const auto& text : wanted) {
      const bool found = std::any_of(run_.events.begin(), run_.events.end(), [&](const json& one) {
        return isEvent(one, event) && eventText(one, "text").find(text) != std::string_view::npos;
      });
      if (!found) find(std::string("nothing in ") + what + " has \"" + printable(text, 200) + "\"");
    }
  }

  json fact(std::string_view name) const {
    const auto isOk = [](const json& event) {
      return isEvent(event, "call") && eventText(event, "outcome") == "ok";
    };
    const auto count = [&](const auto& wanted) {
      return std::count_if(run_.events.begin(), run_.events.end(), wanted);
    };
    if (name == "consentsAsked") return countEvents(run_, "consent");
    if (name == "callsOk") return count(isOk);
    if (name == "paymentsAsked") {
      return count([&](const json& event) {
        return isOk(event) && eventText(event, "method") == "payments.request";
      });
    }
    json calls = json::array();
    for (const auto& event : run_.events) {
      if (!isEvent(event, "call")) continue;
      calls.push_back(std::string(eventText(event, "method")) + " " +
                      std::string(eventText(event, "outcome")));
    }
    return calls;
  }

  void facts() {
    for (const auto& [name, wanted] : test_.expect.host.items()) {
      const json actual = fact(name);
      if (actual == wanted) continue;
      find(printable(name + " is " + dumpJson(actual) + ", not " + dumpJson(wanted), 500));
    }
  }

  const Case& test_;
  const Way& way_;
  const RunRecord& run_;
  const json* const end_;
  Judgement judgement_;
};

}  // namespace

std::optional<std::string> outcomeTold(const json& event) {
  if (!isEvent(event, "log")) return std::nullopt;
  const auto text = eventText(event, "text");
  if (text == kCaseOk) return "ok";
  if (!text.starts_with(kCaseError)) return std::nullopt;
  const auto rest = text.substr(kCaseError.size());
  const auto end = rest.find(": ");
  if (end == std::string_view::npos) return std::nullopt;
  return "error " + printable(rest.substr(0, end), kCodeBytesMax);
}

std::string_view eventText(const json& event, const char* name) {
  const auto found = event.find(name);
  return found != event.end() && found->is_string() ? found->get_ref<const std::string&>()
                                                    : std::string_view();
}

bool isHostFact(std::string_view name) {
  return name == "consentsAsked" || name == "callsOk" || name == "paymentsAsked" || name == "calls";
}

Judgement judge(const Case& test, const Way& way, const RunRecord& run) {
  return Bench(test, way, run).take();
}

}  // namespace kiosk::conformance
