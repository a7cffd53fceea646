// Goal: whatever a guest that has lost its engine to an attacker puts on its socket, its own
// session ends with `protocol`, and nothing else happens: the host lives, another session is
// served, no descriptor and no process is left. Method: forger-guest in a real jail says each line
// of a table; beside all of them one well-behaved guest of the same host answers after each.

#include <doctest/doctest.h>

#include "runtime/base/encoding.h"
#include "tests/unit/runtime/host_fixture.h"

namespace kiosk::test {
namespace {

struct Forgery {
  std::string name;
  std::string script;
  std::string detail;  ///< what the end's detail must hold
  EndReason reason = EndReason::Protocol;
};

std::string hexFrame(std::string_view text) {
  const auto length = static_cast<std::uint32_t>(text.size());
  std::string bytes(reinterpret_cast<const char*>(&length), sizeof length);
  return "bytes " + toHex(bytesOf(bytes.append(text)));
}

std::string header(std::uint32_t length) {
  return "bytes " + toHex(bytesOf({reinterpret_cast<const char*>(&length), sizeof length}));
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

/// A call with id 1, with `members` besides or instead.
std::string call(const std::string& members) {
  return R"(frame {"jsonrpc":"2.0",)" + members + "}";
}

std::string notify(const std::string& method, const std::string& params) {
  return R"(frame {"jsonrpc":"2.0","method":")" + method + R"(","params":)" + params + "}";
}

std::string commit(const std::string& records) {
  return notify("ui.commit", R"({"records":)" + records + "}");
}

/// A guest that says more after its forgery and waits must not be heard, nor live on.
std::string lines(std::vector<std::string> parts) {
  parts.push_back(call(R"("id":1000,"method":"after.echo")"));
  parts.push_back("hold");
  std::string joined;
  for (const std::string& part : parts) joined += part + "\n";
  return joined;
}

const std::vector<Forgery>& brokenFrames() {
  static const std::vector<Forgery> table = {
      {"a length of zero", lines({header(0)}), "an empty frame"},
      {"a length of 2^32-1", lines({header(0xFFFFFFFF)}), "4294967295"},
      {"a length of 2^31", lines({header(0x80000000)}), "2147483648"},
      {"a length one above the bound", lines({header((1u << 20) + 1)}), "1048577"},
      {"bytes that are no frame", lines({"bytes 474554202f20485454502f312e310d0a"}), "a frame of"},
      {"an empty text", lines({"frame  "}), "JSON"},
      {"half a text", lines({"frame {\"jsonrpc\":\"2.0\","}), ""},
      {"a text after the text", lines({"frame {\"jsonrpc\":\"2.0\",\"method\":\"a\"} {}"}), ""},
      {"arrays nested 100000 deep",
       lines({"frame " + repeated("[", 100'000) + repeated("]", 100'000)}), "deep"},
      {"objects nested 100000 deep",
       lines({"frame " + repeated("{\"a\":", 100'000) + "1" + repeated("}", 100'000)}), "deep"},
      {"params nested one too deep",
       lines({call(R"("id":1,"method":"a.echo","params":{"a":)" + repeated("[", 31) +
                   repeated("]", 31) + "}")}),
       "deep"},
      {"more values than a frame may hold",
       lines(
           {call(R"("id":1,"method":"a.echo","params":{"a":[)" + repeated("0,", 17'000) + "0]}")}),
       "values"},
      {"a duplicate key", lines({call(R"("method":"a","method":"b")")}), ""},
      {"a duplicate key deep inside",
       lines({call(R"("id":1,"method":"a.echo","params":{"a":[{"b":1,"b":2}]})")}), ""},
      {"a duplicate key by escapes",
       lines({call(R"("id":1,"method":"a.echo","params":{"a":1,"\u0061":2})")}), ""},
      {"an overlong encoding", lines({hexFrame("{\"jsonrpc\":\"2.0\",\"method\":\"a\xC0\xAF\"}")}),
       "not JSON"},
      {"a cut character", lines({hexFrame("{\"jsonrpc\":\"2.0\",\"method\":\"a\xE2\x82\"}")}),
       "not JSON"},
      {"a surrogate", lines({hexFrame("{\"jsonrpc\":\"2.0\",\"method\":\"\xED\xA0\x80\"}")}),
       "not JSON"},
      {"a lone surrogate by escape",
       lines({call(R"("id":1,"method":"a.echo","params":{"a":"\ud800"})")}), ""},
      {"a byte order mark", lines({hexFrame("\xEF\xBB\xBF{\"jsonrpc\":\"2.0\"}")}), ""},
      {"a zero byte", lines({hexFrame(std::string_view("{\"jsonrpc\":\"2.0\"\0}", 18))}), ""},
      {"NaN", lines({call(R"("id":1,"method":"a.echo","params":{"a":NaN})")}), ""},
      {"a number out of range", lines({call(R"("id":1,"method":"a.echo","params":{"a":1e999})")}),
       ""},
      {"a comment", lines({"frame /**/{\"jsonrpc\":\"2.0\",\"method\":\"a\"}"}), ""},
  };
  return table;
}

const std::vector<Forgery>& brokenMessages() {
  static const std::vector<Forgery> table = {
      {"a batch", lines({"frame [{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a.echo\"}]"}),
       "object"},
      {"an empty batch", lines({"frame []"}), "object"},
      {"a number", lines({"frame 1"}), "object"},
      {"null", lines({"frame null"}), "object"},
      {"no version", lines({"frame {\"id\":1,\"method\":\"a.echo\"}"}), "jsonrpc"},
      {"version 1.0", lines({"frame {\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"a.echo\"}"}),
       "jsonrpc"},
      {"version as a number", lines({"frame {\"jsonrpc\":2.0,\"id\":1,\"method\":\"a.echo\"}"}),
       "jsonrpc"},
      {"a result", lines({call(R"("id":1,"result":{})")}), "not known"},
      {"an error", lines({call(R"("id":1,"error":{"code":1,"message":"x"})")}), "not known"},
      {"no method", lines({call(R"("id":1)")}), "without a method"},
      {"an empty method", lines({call(R"("id":1,"method":"")")}), "method"},
      {"a method of 65 letters", lines({call(R"("id":1,"method":")" + repeated("a", 65) + "\"")}),
       "method"},
      {"a method with a blank", lines({call(R"("id":1,"method":"a b")")}), "method"},
      {"a method that is an object", lines({call(R"("id":1,"method":{})")}), "method"},
      {"params that are a list", lines({call(R"("id":1,"method":"a.echo","params":[])")}),
       "params"},
      {"params that are null", lines({call(R"("id":1,"method":"a.echo","params":null)")}),
       "params"},
      {"a member that is not known", lines({call(R"("id":1,"method":"a.echo","user":"root")")}),
       "not known"},
      {"an extension that is not known",
       lines({call(R"("id":1,"method":"a.echo","kiosk":{"granted":true})")}), "kiosk"},
      {"an empty idempotency key",
       lines({call(R"("id":1,"method":"a.echo","kiosk":{"idempotencyKey":""})")}), "idempotency"},
      {"an idempotency key of 256 bytes",
       lines({call(R"("id":1,"method":"a.echo","kiosk":{"idempotencyKey":")" + repeated("k", 256) +
                   "\"}")}),
       "idempotency"},
      {"id 0", lines({call(R"("id":0,"method":"a.echo")")}), "id"},
      {"id -1", lines({call(R"("id":-1,"method":"a.echo")")}), "id"},
      {"id 2^53+1", lines({call(R"("id":9007199254740993,"method":"a.echo")")}), "id"},
      {"id 2^64", lines({call(R"("id":18446744073709551616,"method":"a.echo")")}), ""},
      {"id 1.5", lines({call(R"("id":1.5,"method":"a.echo")")}), "id"},
      {"an id of text", lines({call(R"("id":"1","method":"a.echo")")}), "id"},
      {"an id of null", lines({call(R"("id":null,"method":"a.echo")")}), "id"},
      {"an id that is used again",
       lines({call(R"("id":7,"method":"a.echo")"), call(R"("id":7,"method":"a.echo")")}),
       "not above"},
      {"an id that goes back",
       lines({call(R"("id":7,"method":"a.echo")"), call(R"("id":6,"method":"a.echo")")}),
       "not above"},
      {"an id that is used while its call is in flight",
       lines({call(R"("id":7,"method":"a.keep")"), call(R"("id":7,"method":"a.echo")")}),
       "not above"},
      {"a call of a notification's name", lines({call(R"("id":1,"method":"$/started")")}),
       "notifications"},
      {"a notification that is not known", lines({notify("a.echo", "{}")}), "not known"},
      {"the host's own ping", lines({notify("$/ping", "{}")}), "not known"},
      {"an event of the host's", lines({notify("ui.event", "{}")}), "not known"},
      {"a second start", lines({notify("$/started", "{}"), notify("$/started", "{}")}),
       "not known"},
      {"a cancel without an id", lines({notify("$/cancel", "{}")}), "not known"},
      {"a cancel of a text", lines({notify("$/cancel", R"({"id":"1"})")}), "not known"},
      {"a log of no level", lines({notify("$/log", R"({"text":"x"})")}), "$/log"},
      {"a log of level 4", lines({notify("$/log", R"({"level":4,"text":"x"})")}), "$/log"},
      {"a log of level -1", lines({notify("$/log", R"({"level":-1,"text":"x"})")}), "$/log"},
      {"a log of no text", lines({notify("$/log", R"({"level":1,"text":{}})")}), "$/log"},
      {"an end without a reason", lines({notify("$/end", R"({"detail":""})")}), "$/end"},
      {"an end of a reason that is none",
       lines({notify("$/end", R"({"reason":"bliss","detail":""})")}), "$/end"},
      {"an end that is the caller's to give",
       lines({notify("$/end", R"({"reason":"timeout","detail":""})")}), "$/end"},
      {"an end that is the jail's to give",
       lines({notify("$/end", R"({"reason":"syscall","detail":""})")}), "$/end"},
      {"an end with a detail that is none",
       lines({notify("$/end", R"({"reason":"error","detail":7})")}), "$/end"},
  };
  return table;
}

std::string manyNodes(int count) {
  std::string children;
  for (int i = 1; i <= count; ++i) {
    children += (i > 1 ? "," : "") + std::string(R"({"id":"n)") + std::to_string(i) +
                R"(","type":3,"data":""})";
  }
  return R"([[0,"~",{"id":"p","type":1,"element":"p","children":[)" + children + "]},0]]";
}

std::string deepNodes(int depth) {
  std::string records;
  for (int i = 1; i <= depth; ++i) {
    records += (i > 1 ? "," : "") + std::string("[0,\"") + (i == 1 ? "~" : std::to_string(i - 1)) +
               R"(",{"id":")" + std::to_string(i) + R"(","type":1,"element":"div"},0])";
  }
  return "[" + records + "]";
}

const std::vector<Forgery>& brokenViews() {
  const auto one = [](const std::string& name, const std::string& records,
                      const std::string& detail = "ui.commit") {
    return Forgery{name, lines({commit(records)}), detail};
  };
  // Text node "t" and element "e", then `record`.
  const auto after = [](const std::string& name, const std::string& record) {
    return Forgery{name,
                   lines({commit(R"([[0,"~",{"id":"t","type":3,"data":"x"},0],)"
                                 R"([0,"~",{"id":"e","type":1,"element":"p"},1],)" +
                                 record + "]")}),
                   "ui.commit"};
  };
  static const std::vector<Forgery> table = {
      {"no records", lines({notify("ui.commit", "{}")}), "ui.commit"},
      one("records that are an object", "{}"),
      one("a record that is a number", "[1]"),
      one("a record of nothing", "[[]]"),
      one("a record of type 4", "[[4]]"),
      one("a record of type -1", "[[-1]]"),
      one("a record of type 2^64-1", "[[18446744073709551615]]"),
      one("an insert of nothing", "[[0]]"),
      one("an insert below nobody", R"([[0,"x",{"id":"1","type":3,"data":""},0]])"),
      one("an insert below a number", R"([[0,7,{"id":"1","type":3,"data":""},0]])"),
      after("an insert below a text", R"([0,"t",{"id":"1","type":3,"data":""},0])"),
      one("an insert beyond the end", R"([[0,"~",{"id":"1","type":3,"data":""},1]])"),
      one("an insert at 2^63", R"([[0,"~",{"id":"1","type":3,"data":""},9223372036854775808]])"),
      one("an insert at -2", R"([[0,"~",{"id":"1","type":3,"data":""},-2]])"),
      one("an insert at 0.5", R"([[0,"~",{"id":"1","type":3,"data":""},0.5]])"),
      one("a node that is text", R"([[0,"~","x",0]])"),
      one("a node without id", R"([[0,"~",{"type":3,"data":""},0]])"),
      one("a node with an empty id", R"([[0,"~",{"id":"","type":3,"data":""},0]])"),
      one("a node with a long id",
          R"([[0,"~",{"id":")" + repeated("i", 25) + R"(","type":3,"data":""},0]])"),
      one("a node with the root's id", R"([[0,"~",{"id":"~","type":3,"data":""},0]])"),
      after("a node with an id in use", R"([0,"~",{"id":"t","type":3,"data":""},0])"),
      one("a node inside itself", R"([[0,"~",{"id":"1","type":1,"element":"p",)"
                                  R"("children":[{"id":"1","type":3,"data":""}]},0]])"),
      one("a node without type", R"([[0,"~",{"id":"1"},0]])"),
      one("a document as a node", R"([[0,"~",{"id":"1","type":9},0]])"),
      one("a text without data", R"([[0,"~",{"id":"1","type":3},0]])"),
      one("an element without name", R"([[0,"~",{"id":"1","type":1},0]])"),
      one("attributes that are a list",
          R"([[0,"~",{"id":"1","type":1,"element":"p","attributes":[]},0]])"),
      one("listeners that are a list",
          R"([[0,"~",{"id":"1","type":1,"element":"p","eventListeners":[]},0]])"),
      one("children that are an object",
          R"([[0,"~",{"id":"1","type":1,"element":"p","children":{}},0]])"),
      one("a removal from nobody", R"([[1,"x",0]])"),
      one("a removal of nothing", R"([[1,"~",0]])"),
      one("a removal of -1", R"([[1,"~",-1]])"),
      one("a text of nobody", R"([[2,"x","y"]])"),
      one("a text that is a number", R"([[2,"~",1]])"),
      after("a text of a node that was removed", R"([1,"~",0],[2,"t","y"])"),
      one("a property of nobody", R"([[3,"x","label","y",1]])"),
      after("a property without a name", R"([3,"e",1,"y",1])"),
      after("a property without a kind", R"([3,"e","label","y"])"),
      one("one node too many", manyNodes(200), "nodes"),
      one("one level too many", deepNodes(129), "deep"),
      {"texts without end",
       [] {
         const std::string text = repeated("x", 16'000);
         std::string script;
         constexpr int kCommits = 10, kTexts = 55;
         for (int i = 0; i < kCommits; ++i) {
           std::string records;
           for (int k = 0; k < kTexts; ++k) {
             records += (k > 0 ? "," : "") + std::string(R"([0,"~",{"id":")") +
                        std::to_string(i * kTexts + k) + R"(","type":3,"data":")" + text +
                        "\"},-1]";
           }
           script += commit("[" + records + "]") + "\n";
         }
         return script + "hold\n";
       }(),
       "texts"},
  };
  return table;
}

/// Fails where `host` does not end each forgery as the table says, or is not itself afterwards.
void playAll(const std::vector<Forgery>& table, const Limits& limits) {
  HostFixture fixture(Guest::Forger);
  Watcher goodWatcher;
  const auto good = fixture.open(forgeryOf(notify("$/started", "{}") + "\nread\n"), goodWatcher);
  REQUIRE(fixture.until([&] { return goodWatcher.launch.has_value(); }));
  (void)fixture.runToEnd(forgeryOf("exit 0"));
  const std::size_t descriptorsBefore = openDescriptors();
  const auto processesBefore = descendants();
  for (const Forgery& forgery : table) {
    CAPTURE(forgery.name);
    Watcher watcher;
    const std::uint64_t callsBefore = fixture.door.calls;
    const SessionEnd end = fixture.runToEnd(forgeryOf(forgery.script), watcher, limits);
    CHECK(endReasonName(end.reason) == endReasonName(forgery.reason));
    CHECK_MESSAGE(end.detail.find(forgery.detail) != std::string::npos, end.detail);
    CHECK(watcher.endedCount == 1);
    CHECK(watcher.outcomes("after.echo").empty());
    CHECK(fixture.door.calls - callsBefore <= 1);
    CHECK(fixture.door.open.size() == 1);
    fixture.door.kept.clear();
    CHECK(good->running());
  }
  CHECK(openDescriptors() == descriptorsBefore);
  CHECK(descendants() == processesBefore);
}

}  // namespace

TEST_CASE("host: frames that are none end their guest with protocol, and no other") {
  playAll(brokenFrames(), {});
}

TEST_CASE("host: messages that no guest of ours sends end their guest with protocol") {
  playAll(brokenMessages(), {});
}

TEST_CASE("host: views that no DOM makes end their guest with protocol") {
  Limits limits;
  limits.viewNodesMax = 200;
  playAll({brokenViews().begin(), brokenViews().end() - 1}, limits);
  playAll({brokenViews().back()}, {});
}

}  // namespace kiosk::test
