#include "sdk/conformance/front_matter.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>
#include <vector>

#include "runtime/base/encoding.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr std::string_view kOpening = "/*---\n";
constexpr std::string_view kClosing = "\n---*/";
/// The front matter begins on the second line, and yaml-cpp counts from 0.
constexpr int kFirstLine = 2;
/// What most often makes a line that looks like YAML none.
constexpr std::string_view kQuoteHint = " (a text with \": \" in it stands in quotes)";

/// What a scalar without quotes stands for.
json plainValue(const std::string& text) {
  if (text == "true") return true;
  if (text == "false") return false;
  const char* const end = text.data() + text.size();
  std::int64_t whole = 0;
  if (const auto read = std::from_chars(text.data(), end, whole);
      read.ec == std::errc{} && read.ptr == end) {
    return whole;
  }
  double number = 0;
  const auto read = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (read.ec == std::errc{} && read.ptr == end && std::isfinite(number)) return number;
  return text;
}

/// Makes JSON of yaml-cpp's events. After the first problem it ignores all others.
class MatterBuilder final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuseAnchor(mark, anchor);
    add(mark, nullptr, "null");
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    fail(mark, "an alias (*name) has no place in a case");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuseAnchor(mark, anchor);
    if (tag != "?" && tag != "!") fail(mark, "a tag (!name) has no place in a case");
    if (!isUtf8(value)) return fail(mark, "the text is not UTF-8");
    add(mark, tag == "?" ? plainValue(value) : json(value), value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, anchor, json::array());
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, anchor, json::object());
  }
  void OnMapEnd() override { close(); }

  const std::optional<Error>& problem() const { return problem_; }
  json& root() { return root_; }
  std::map<std::string, int>& lines() { return lines_; }

 private:
  struct Level {
    json value;
    YAML::Mark mark;
    std::optional<std::string> key;  ///< of a map, while its value is awaited
  };

  void fail(const YAML::Mark& mark, const std::string& what) {
    if (!problem_) problem_ = lineError(mark.line + kFirstLine, what);
  }
  void refuseAnchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) fail(mark, "an anchor (&name) has no place in a case");
  }
  void open(const YAML::Mark& mark, YAML::anchor_t anchor, json empty) {
    refuseAnchor(mark, anchor);
    if (open_.size() >= kFrontMatterDepthMax) fail(mark, "the front matter is nested too deep");
    if (!problem_) open_.push_back({std::move(empty), mark, std::nullopt});
  }
  void close() {
    if (problem_) return;
    Level done = std::move(open_.back());
    open_.pop_back();
    add(done.mark, std::move(done.value), std::nullopt);
  }
  void add(const YAML::Mark& mark, json value, const std::optional<std::string>& text) {
    if (++values_ > kFrontMatterValuesMax) fail(mark, "the front matter holds too many values");
    if (problem_) return;
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (Level& level = open_.back(); level.value.is_array()) {
      level.value.push_back(std::move(value));
    } else if (level.key) {
      level.value[*std::exchange(level.key, std::nullopt)] = std::move(value);
    } else {
      addKey(mark, level, text);
    }
  }
  void addKey(const YAML::Mark& mark, Level& level, const std::optional<std::string>& text) {
    if (!text) return fail(mark, "a key is a word");
    if (level.value.contains(*text)) return fail(mark, "\"" + *text + "\" stands twice");
    if (open_.size() == 1) lines_[*text] = mark.line + kFirstLine;
    level.key = *text;
  }

  json root_;
  std::map<std::string, int> lines_;
  std::vector<Level> open_;
  std::size_t values_ = 0;
  std::optional<Error> problem_;
};

/// yaml-cpp throws; nothing leaves this function.
std::optional<Error> feed(const std::string& yaml, MatterBuilder& builder) {
  try {
    std::istringstream stream(yaml);
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
    return builder.problem();
  } catch (const YAML::Exception& problem) {
    if (builder.problem()) return builder.problem();
    return lineError(problem.mark.line + kFirstLine, problem.msg + std::string(kQuoteHint));
  } catch (const std::exception& problem) {
    return lineError(kFirstLine, problem.what());
  }
}

}  // namespace

Error lineError(int line, const std::string& what) {
  return {ErrorCode::InvalidParams, std::to_string(line) + ": " + what};
}

Result<FrontMatter> readFrontMatter(std::string_view text) {
  if (!text.starts_with(kOpening)) return lineError(1, "the file does not begin with /*---");
  text.remove_prefix(kOpening.size() - 1);  // the line break stays, before an empty front matter
  const auto end = text.find(kClosing);
  if (end == std::string_view::npos) return lineError(1, "the front matter is not closed by ---*/");
  const std::string yaml(text.substr(1, end == 0 ? 0 : end - 1));
  if (yaml.size() > kFrontMatterBytesMax) return lineError(1, "the front matter is too long");
  text.remove_prefix(end + kClosing.size());
  if (text.starts_with('\n')) text.remove_prefix(1);
  MatterBuilder builder;
  if (auto problem = feed(yaml, builder)) return *std::move(problem);
  if (!builder.root().is_object()) return lineError(kFirstLine, "the front matter is not a map");
  return FrontMatter{std::move(builder.root()), std::move(builder.lines()), std::string(text)};
}

}  // namespace kiosk::conformance
