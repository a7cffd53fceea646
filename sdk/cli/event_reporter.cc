#include <cstdio>

#include "runtime/base/json.h"
#include "sdk/cli/reporter.h"

namespace kiosk::cli {
namespace {

using nlohmann::ordered_json;

void printEvent(const ordered_json& event) {
  const std::string line =
      event.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fflush(stdout);
}

class EventReporter final : public Reporter {
 public:
  void started(const SessionInfo& session, std::chrono::microseconds launch) override {
    printEvent({{"event", "started"},
                {"session", session.id.value},
                {"app", session.manifest().appId.value},
                {"version", session.manifest().versionName},
                {"ms", static_cast<double>(launch.count()) / 1000}});
  }
  void view(const ViewNode& root) override {
    printEvent({{"event", "view"}, {"text", renderText(root)}});
  }
  void log(LogLevel level, std::string_view text) override {
    printEvent({{"event", "log"}, {"level", logLevelName(level)}, {"text", text}});
  }
  void call(std::string_view method, std::string_view outcome,
            std::chrono::microseconds took) override {
    printEvent({{"event", "call"}, {"method", method}, {"outcome", outcome}, {"us", took.count()}});
  }
  void consentAnswered(const ConsentPrompt& prompt, bool granted) override {
    printEvent({{"event", "consent"},
                {"permission", prompt.permission},
                {"answer", granted ? "granted" : "refused"}});
  }
  void chrome(const bridge::ChromeState& chrome) override {
    ordered_json event = {{"event", "chrome"}};
    event.update(ordered_json(bridge::chromeJson(chrome)));
    printEvent(event);
  }
  void toast(std::string_view message, std::string_view tone) override {
    printEvent({{"event", "toast"}, {"message", message}, {"tone", tone}});
  }
  void forged(const ForgedEnd& forged) override {
    printEvent({{"event", "forged"},
                {"name", forged.name},
                {"reason", endReasonName(forged.end.reason)},
                {"detail", forged.end.detail},
                {"answered", forged.answered},
                {"descriptors", forged.descriptors}});
  }
  void neighbourEnded(const SessionEnd& end) override {
    printEvent(
        {{"event", "neighbour"}, {"reason", endReasonName(end.reason)}, {"detail", end.detail}});
  }
  void ended(const SessionEnd& end) override {
    printEvent({{"event", "ended"},
                {"reason", endReasonName(end.reason)},
                {"detail", end.detail},
                {"cpuMs", end.cpuMs},
                {"peakKiB", end.peakKiB}});
  }
};

}  // namespace

std::unique_ptr<Reporter> eventReporter() { return std::make_unique<EventReporter>(); }

void tellRefused(const Error& error) {
  printEvent({{"event", "refused"}, {"code", errorName(error.code)}, {"detail", error.message}});
}

}  // namespace kiosk::cli
