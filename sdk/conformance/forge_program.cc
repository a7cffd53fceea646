#include "sdk/conformance/forge_program.h"

#include <seccomp.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "runtime/base/encoding.h"
#include "runtime/base/json.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr std::size_t kSyscallArgumentsMax = 6;
constexpr std::int64_t kForgedFdsMax = 64;
constexpr std::int64_t kTouchedMiBMax = 4096;
constexpr std::int64_t kExitStatusMax = 255;
constexpr auto kPlainActs = std::to_array<std::string_view>({"hold", "read", "spin"});
constexpr auto kDeaths =
    std::to_array<std::string_view>({"segv", "ill", "trap", "fpe", "abort", "syscall"});

Error actProblem(std::string what) { return {ErrorCode::InvalidParams, std::move(what)}; }

template <class List>
bool isAmong(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string lengthHeader(std::int64_t length) {
  const auto bytes = static_cast<std::uint32_t>(length);
  return std::string(reinterpret_cast<const char*>(&bytes), sizeof bytes);
}

std::string bytesLine(std::string_view bytes) { return "bytes " + toHex(bytesOf(bytes)) + "\n"; }

/// Whether a frame of `text` can stand in a line of a program, which is JSON on its way.
bool fitsLine(std::string_view text) {
  return text.find('\n') == std::string_view::npos && isUtf8(text);
}

/// The member `name` of `act` as a whole number from `min` to `max`.
Result<std::int64_t> numberIn(const json& act, const char* name, std::int64_t min,
                              std::int64_t max) {
  const auto found = act.find(name);
  if (found != act.end() && found->is_number_integer()) {
    const auto number = found->get<std::int64_t>();
    if (number >= min && number <= max) return number;
  }
  return actProblem(std::string("\"") + name + "\" is a whole number, " + std::to_string(min) +
                    " to " + std::to_string(max));
}

/// Whether `act` has members beside those of `known`.
bool hasOthers(const json& act, std::initializer_list<std::string_view> known) {
  return std::any_of(act.items().begin(), act.items().end(),
                     [&](const auto& item) { return !isAmong(known, item.key()); });
}

/// A JSON-RPC message: `type` call, notify, reply or error.
Result<std::string> messageOf(const json& act) {
  if (hasOthers(act, {"type", "id", "method", "params", "result", "error", "key", "members"})) {
    return actProblem("a message knows type, id, method, params, result, error, key and members");
  }
  const auto type = act.at("type");
  if (type != "call" && type != "notify" && type != "reply" && type != "error") {
    return actProblem("\"type\" is call, notify, reply or error");
  }
  json message = {{"jsonrpc", "2.0"}};
  for (const char* name : {"id", "method", "params", "result", "error"}) {
    if (act.contains(name)) message[name] = act[name];
  }
  if (act.contains("key")) message["kiosk"] = {{"idempotencyKey", act["key"]}};
  if (act.contains("members")) {
    if (!act["members"].is_object()) return actProblem("\"members\" is a map");
    message.update(act["members"]);
  }
  std::string text = dumpJson(message);
  // In a `repeat` the number of a frame may stand as its id.
  constexpr std::string_view kNumberedId = R"("id":"#")";
  if (const auto at = text.find(kNumberedId); at != std::string::npos) {
    text.replace(at, kNumberedId.size(), R"("id":#)");
  }
  return text;
}

/// The text that `act` puts into a frame; none when it is no act of one frame.
Result<std::optional<std::string>> frameText(const json& act) {
  Result<std::string> text = std::string();
  if (act.contains("type")) {
    text = messageOf(act);
  } else if (act.size() != 1) {
    return std::optional<std::string>();
  } else if (act.contains("json")) {
    text = dumpJson(act["json"]);
  } else if (act.contains("records")) {
    const json params = {{"records", act["records"]}};
    text = dumpJson({{"jsonrpc", "2.0"}, {"method", "ui.commit"}, {"params", params}});
  } else if (act.contains("text")) {
    text = forgedBytes(act["text"]);
  } else if (act.contains("hex")) {
    text = forgedBytes(json::array({act}));
  } else {
    return std::optional<std::string>();
  }
  if (!text) return text.error();
  return std::optional(*std::move(text));
}

/// Compiles acts one after the other.
class Forge {
 public:
  Result<void> add(const json& act) {
    if (++acts_ > kForgedActsMax) return actProblem("there are too many acts");
    last_ = Last::Says;
    auto added = act.is_string() ? addPlain(act.get<std::string>()) : addMap(act);
    if (added && program_.size() > kForgedProgramBytesMax) return actProblem("it says too much");
    return added;
  }

  std::string take() {
    if (last_ == Last::Calls) program_ += "exit 98\n";
    if (last_ == Last::Says) {
      const json after = {
          {"jsonrpc", "2.0"}, {"id", std::int64_t{1} << 53}, {"method", kAfterMethod}};
      program_ += "frame " + dumpJson(after) + "\nhold\n";
    }
    return std::move(program_);
  }

 private:
  enum class Last : std::uint8_t { Says, Calls, Ends };

  Result<void> addPlain(const std::string& word) {
    if (!isAmong(kPlainActs, word)) return actProblem("\"" + word + "\" is no act");
    return line(Last::Ends, word);
  }

  Result<void> addMap(const json& act) {
    if (!act.is_object() || act.empty()) return actProblem("an act is a word or a map");
    if (act.contains("repeat")) return addRepeat(act);
    if (act.contains("header")) return addHeader(act);
    if (act.contains("syscall")) return addSyscall(act);
    auto text = frameText(act);
    if (!text) return text.error();
    if (*text) return addFrame(**text);
    if (act.size() != 1) return actProblem("an act does one thing: " + dumpJson(act));
    return addOne(act.begin().key(), act);
  }

  Result<void> addFrame(const std::string& text) {
    if (fitsLine(text)) return line(Last::Says, "frame " + text);
    program_ += bytesLine(lengthHeader(static_cast<std::int64_t>(text.size())) + text);
    return {};
  }

  /// `act` has the one member `name`.
  Result<void> addOne(const std::string& name, const json& act) {
    const json& value = act[name];
    if (name == "raw") {
      auto bytes = forgedBytes(value.is_string() ? json::array({{{"hex", value}}}) : value);
      if (!bytes) return bytes.error();
      program_ += bytesLine(*bytes);
      return {};
    }
    if (name == "flood") return addFlood(value);
    if (name == "wait" && value.is_string() && value != "") {
      return line(Last::Says, "await " + value.get<std::string>());
    }
    if (name == "die" && value.is_string() && isAmong(kDeaths, value.get<std::string>())) {
      return line(Last::Ends, "die " + value.get<std::string>());
    }
    if (name == "exit") return addNumber(Last::Ends, "exit", act, 0, kExitStatusMax);
    if (name == "touch") return addNumber(Last::Says, "touch", act, 1, kTouchedMiBMax);
    if (name == "fds") return addNumber(Last::Calls, "fds", act, 1, kForgedFdsMax);
    return actProblem("no act is " + dumpJson(act));
  }

  Result<void> addNumber(Last last, const char* word, const json& act, std::int64_t min,
                         std::int64_t max) {
    const auto number = numberIn(act, word, min, max);
    if (!number) return number.error();
    return line(last, std::string(word) + " " + std::to_string(*number));
  }

  Result<void> addRepeat(const json& act) {
    const auto times = numberIn(act, "repeat", 1, kForgedTimesMax);
    if (!times) return times.error();
    if (act.size() != 2 || !act.contains("of")) return actProblem("\"repeat\" takes one \"of\"");
    auto text = frameText(act["of"]);
    if (!text) return text.error();
    if (!*text || !fitsLine(**text)) {
      return actProblem("\"repeat\" is of one frame of one line");
    }
    return line(Last::Says, "repeat " + std::to_string(*times) + " " + **text);
  }

  Result<void> addFlood(const json& of) {
    auto text = frameText(of);
    if (!text) return text.error();
    if (!*text || !fitsLine(**text)) {
      return actProblem("\"flood\" is of one frame of one line");
    }
    return line(Last::Ends, "flood " + **text);
  }

  /// A length that the text after it need not have.
  Result<void> addHeader(const json& act) {
    if (hasOthers(act, {"header", "text", "hex"}) || !act["header"].is_object() ||
        hasOthers(act["header"], {"length"})) {
      return actProblem("\"header\" is { length }, with text or hex after it");
    }
    const auto length = numberIn(act["header"], "length", 0, UINT32_MAX);
    if (!length) return length.error();
    json rest = act;
    rest.erase("header");
    auto bytes =
        rest.empty() ? Result<std::string>(std::string()) : forgedBytes(json::array({rest}));
    if (!bytes) return bytes.error();
    program_ += bytesLine(lengthHeader(*length) + *bytes);
    return {};
  }

  Result<void> addSyscall(const json& act) {
    if (hasOthers(act, {"syscall", "args"})) return actProblem("\"syscall\" takes args alone");
    const json& call = act["syscall"];
    std::string words;
    if (call.is_number_integer()) {
      words = call.dump();
    } else if (call.is_string()) {
      const int number = seccomp_syscall_resolve_name(call.get_ref<const std::string&>().c_str());
      if (number < 0) return actProblem(dumpJson(call) + " is no system call of this machine");
      words = std::to_string(number);
    } else {
      return actProblem("\"syscall\" is a name or a number");
    }
    const json arguments = act.value("args", json::array());
    if (!arguments.is_array() || arguments.size() > kSyscallArgumentsMax) {
      return actProblem("\"args\" is a list of up to 6");
    }
    for (const auto& argument : arguments) {
      if (argument.is_string()) {
        words += " h:" + toHex(bytesOf(argument.get_ref<const std::string&>()));
      } else if (argument.is_number_integer()) {
        words += " " + argument.dump();
      } else {
        return actProblem("an argument is a number or a text");
      }
    }
    return line(Last::Calls, "syscall " + words);
  }

  /// A line of the program; what it holds is one line.
  Result<void> line(Last last, const std::string& text) {
    if (text.find('\n') != std::string::npos) return actProblem("a line break in an act");
    last_ = last;
    program_ += text + "\n";
    return {};
  }

  std::string program_;
  std::size_t acts_ = 0;
  Last last_ = Last::Says;
};

Result<std::string> onePart(const json& part) {
  if (part.is_string()) return part.get<std::string>();
  const bool known = part.is_object() && part.contains("text") != part.contains("hex") &&
                     !hasOthers(part, {"text", "hex", "times"});
  if (!known) return actProblem("a part is a text, or { text or hex, times }");
  const auto& what = part.contains("text") ? part["text"] : part["hex"];
  if (!what.is_string()) return actProblem("a part's text is none: " + dumpJson(what));
  auto bytes = what.get<std::string>();
  if (part.contains("hex")) {
    auto read = fromHex(bytes);
    if (!read) return actProblem("\"" + bytes + "\" is not hex");
    bytes = *std::move(read);
  }
  std::int64_t times = 1;
  if (part.contains("times")) {
    const auto given = numberIn(part, "times", 1, kForgedTimesMax);
    if (!given) return given.error();
    times = *given;
  }
  if (bytes.size() * static_cast<std::size_t>(times) > kForgedProgramBytesMax) {
    return actProblem("it says too much");
  }
  std::string all;
  for (; times > 0; --times) all += bytes;
  return all;
}

}  // namespace

Result<std::string> forgedBytes(const json& parts) {
  std::string all;
  for (const auto& part : parts.is_array() ? parts : json::array({parts})) {
    auto bytes = onePart(part);
    if (!bytes) return bytes;
    all += *bytes;
    if (all.size() > kForgedProgramBytesMax) return actProblem("it says too much");
  }
  return all;
}

Result<std::string> forgeProgram(const json& acts) {
  Forge forge;
  for (const auto& act : acts.is_array() ? acts : json::array({acts})) {
    if (auto added = forge.add(act); !added) return added.error();
  }
  return forge.take();
}

}  // namespace kiosk::conformance
