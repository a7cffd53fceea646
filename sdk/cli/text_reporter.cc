#include <cstdio>

#include "runtime/base/encoding.h"
#include "runtime/base/json.h"
#include "sdk/cli/chrome_buttons.h"
#include "sdk/cli/reporter.h"

namespace kiosk::cli {
namespace {

using nlohmann::ordered_json;

ordered_json treeOf(const ViewNode& node) {
  if (node.component.empty()) return node.text;
  ordered_json out = {{"component", node.component}, {"id", node.id}};
  if (!node.properties.empty()) out["properties"] = node.properties;
  if (!node.events.empty()) out["events"] = node.events;
  if (!node.children.empty()) {
    auto& children = out["children"] = ordered_json::array();
    for (const auto& child : node.children) children.push_back(treeOf(*child));
  }
  return out;
}

class TextReporter final : public Reporter {
 public:
  explicit TextReporter(const TextReporterOptions& options) : options_(options) {}

  void notice(std::string_view text) override { say(dim(std::string(text))); }

  void started(const SessionInfo&, std::chrono::microseconds launch) override {
    char text[64];
    std::snprintf(text, sizeof text, "started in %.1f ms",
                  static_cast<double>(launch.count()) / 1000);
    say(dim(text));
  }

  void view(const ViewNode& root) override {
    if (options_.render == Render::None) return;
    if (options_.render == Render::Json) {
      return print(treeOf(root).dump(-1, ' ', false, ordered_json::error_handler_t::replace),
                   stdout);
    }
    TextRenderOptions render;
    render.widthColumns = options_.widthColumns;
    render.numbers = options_.numbers;
    render.colour = options_.colour;
    render.language = options_.language;
    std::string framed = rule(clean(chrome_.title)) + "\n";
    framed += renderText(root, render) + "\n" + buttons(viewTargets(root).size()) + rule("");
    if (framed == lastView_) return;
    lastView_ = framed;
    say(framed);
  }

  void chrome(const bridge::ChromeState& chrome) override { chrome_ = chrome; }

  void toast(std::string_view message, std::string_view) override {
    say(dim("* " + clean(message)));
  }

  void log(LogLevel level, std::string_view text) override {
    std::fprintf(stderr, "[%s] %.*s\n", std::string(logLevelName(level)).c_str(),
                 static_cast<int>(text.size()), text.data());
  }

  void call(std::string_view, std::string_view, std::chrono::microseconds) override {}

  void consentAsked(const ConsentPrompt& prompt) override {
    std::string sheet = rule("the host asks") + "\n";
    sheet += "  " + bold(prompt.title) + "\n";
    sheet += "  for " + clean(prompt.appName) + ", by " + clean(prompt.operatorName) + "\n";
    for (const auto& fact : prompt.facts) {
      sheet += "    " + clean(fact.label) + ": " + bold(clean(fact.value)) + "\n";
    }
    if (!prompt.reason.empty()) sheet += "  the app says: \"" + clean(prompt.reason) + "\"\n";
    if (options_.numbers) sheet += "  " + dim("y allows, n refuses") + "\n";
    sheet += rule("");
    say(sheet);
  }

  void consentAnswered(const ConsentPrompt& prompt, bool granted) override {
    say(std::string(granted ? "granted" : "refused") + ": " + prompt.permission);
  }

  void pickerShown(std::string_view title, const std::vector<PickerOption>& options) override {
    std::string sheet = rule("the host asks") + "\n  " + bold(clean(title)) + "\n";
    for (std::size_t i = 0; i < options.size(); ++i) {
      sheet += "    " + std::to_string(i + 1) + "  " + clean(options[i].label) + "\n";
    }
    say(sheet + rule(""));
  }

  void step(std::string_view text) override { say(dim("> " + std::string(text))); }

  void ended(const SessionEnd& end) override {
    std::string text = "ended: " + std::string(endReasonName(end.reason));
    if (!end.detail.empty()) text += "\n" + detailLines(end.detail);
    text += "\n" + dim("CPU " + std::to_string(end.cpuMs) + " ms, peak memory " +
                       std::to_string(end.peakKiB) + " KiB");
    say(text);
  }

 private:
  /// With the view as text all goes to standard output; otherwise that holds the view's JSON, or
  /// nothing.
  void say(const std::string& text) const {
    print(text, options_.render == Render::Text ? stdout : stderr);
  }
  static void print(const std::string& text, std::FILE* to) {
    std::fwrite(text.data(), 1, text.size(), to);
    std::fputc('\n', to);
    std::fflush(to);
  }
  static std::string clean(std::string_view text) { return printable(text, 500); }
  /// A stack has lines; each is cleaned on its own.
  static std::string detailLines(std::string_view detail) {
    std::string out;
    while (!detail.empty()) {
      const auto end = detail.find('\n');
      out += (out.empty() ? "  " : "\n  ") + clean(detail.substr(0, end));
      detail = end == std::string_view::npos ? "" : detail.substr(end + 1);
    }
    return out;
  }
  std::string paint(const char* code, const std::string& text) const {
    return options_.colour ? std::string("\x1b[") + code + "m" + text + "\x1b[0m" : text;
  }
  std::string dim(const std::string& text) const { return paint("2", text); }
  std::string bold(const std::string& text) const { return paint("1", text); }
  std::string rule(const std::string& title) const {
    std::string line = title.empty() ? "" : "-- " + title + " ";
    while (line.size() < options_.widthColumns) line += '-';
    return dim(line);
  }

  /// The frame's buttons, numbered after the `targets` of the view.
  std::string buttons(std::size_t targets) const {
    std::string line;
    for (const auto& button : chromeButtons(chrome_, options_.language)) {
      line +=
          (line.empty() ? "[ " : "  [ ") + clean(button.label) + (button.busy ? "…" : "") + " ]";
      if (options_.numbers && button.enabled) line += "(" + std::to_string(++targets) + ")";
    }
    return line.empty() ? "" : line + "\n";
  }

  TextReporterOptions options_;
  bridge::ChromeState chrome_;
  std::string lastView_;
};

}  // namespace

std::unique_ptr<Reporter> textReporter(const TextReporterOptions& options) {
  return std::make_unique<TextReporter>(options);
}

}  // namespace kiosk::cli
