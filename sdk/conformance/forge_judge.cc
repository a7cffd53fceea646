#include "sdk/conformance/forge_judge.h"

#include "runtime/base/encoding.h"
#include "sdk/conformance/forge_program.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr std::size_t kReasonBytesMax = 64;
constexpr std::size_t kDetailBytesShown = 300;

/// Goes through the events of one run; each `forged` event ends what was said of one session.
class ForgedBench {
 public:
  ForgedBench(const Case& test, const std::vector<ForgedSession>& sessions, Judgement& judgement)
      : test_(test), sessions_(sessions), judgement_(judgement) {}

  void take(const RunRecord& run) {
    for (const auto& event : run.events) {
      const auto name = eventText(event, "event");
      if (name == "call" && eventText(event, "method") == kAfterMethod) heardAfter_ = true;
      if (name == "forged") takeSession(event);
      if (name == "neighbour") takeNeighbour(event);
    }
    if (told_ != sessions_.size()) {
      add("the host told of " + std::to_string(told_) + " forged sessions, not of " +
          std::to_string(sessions_.size()));
    }
    if (neighbourEnds_ != 1) add("the host did not tell one end of the good session");
    if (left_ > 0) add("and " + std::to_string(left_) + " more findings");
    judgement_.tried = {sessions_.size(), asPromised_};
  }

 private:
  void add(std::string what) { judgement_.findings.push_back(std::move(what)); }

  void takeSession(const json& event) {
    const std::size_t at = told_++;
    if (at >= sessions_.size()) return;
    const auto problem = problemOf(event, sessions_[at]);
    heardAfter_ = false;
    if (problem.empty()) {
      ++asPromised_;
    } else if (named_++ < kForgedFindingsMax) {
      add(printable("session " + sessions_[at].name + ": " + problem, 500));
      judgement_.evidence.push_back(printable(
          sessions_[at].name + ": " + std::string(eventText(event, "detail")), kDetailBytesShown));
    } else {
      ++left_;
    }
  }

  std::string problemOf(const json& event, const ForgedSession& session) {
    const auto reason = printable(eventText(event, "reason"), kReasonBytesMax);
    const auto detail = eventText(event, "detail");
    if (eventText(event, "name") != session.name) return "the host told of another one";
    if (reason != test_.expect.what) {
      return "ended " + test_.expect.what + " wanted, but: ended " + reason;
    }
    for (const auto& part : {test_.expect.detail, session.detail}) {
      if (part && detail.find(*part) == std::string::npos) {
        return "the end's detail lacks \"" + *part + "\"";
      }
    }
    if (heardAfter_) return "the host heard what came after the forgery";
    if (event.value("answered", json()) != true) return "the good session had no answer after it";
    const json held = event.value("descriptors", json());
    if (!held.is_number_unsigned()) return "the host did not count its descriptors";
    if (held_.is_null()) held_ = held;
    if (held != held_) return "the host holds another number of descriptors than after the first";
    return "";
  }

  void takeNeighbour(const json& event) {
    ++neighbourEnds_;
    const auto reason = printable(eventText(event, "reason"), kReasonBytesMax);
    if (reason != "closed") add("the good session ended " + reason);
  }

  const Case& test_;
  const std::vector<ForgedSession>& sessions_;
  Judgement& judgement_;
  std::size_t told_ = 0, asPromised_ = 0, named_ = 0, left_ = 0, neighbourEnds_ = 0;
  bool heardAfter_ = false;
  json held_;
};

}  // namespace

void judgeForged(const Case& test, const std::vector<ForgedSession>& sessions, const RunRecord& run,
                 Judgement& judgement) {
  ForgedBench(test, sessions, judgement).take(run);
}

}  // namespace kiosk::conformance
