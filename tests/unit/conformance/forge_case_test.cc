// Goal: what a case says of a forged guest becomes the program that it stands for, and what it
// cannot stand for is refused. Method: cases as text; programs compared line by line.

#include "sdk/conformance/forge_case.h"

#include <doctest/doctest.h>

#include "sdk/conformance/case_file.h"
#include "sdk/conformance/forge_program.h"

namespace kiosk::conformance {
namespace {

const std::string kStartedLine = R"(frame {"jsonrpc":"2.0","method":"$/started","params":{}})"
                                 "\n";
const std::string kAfterLines =
    R"(frame {"id":9007199254740992,"jsonrpc":"2.0","method":"after.forgery"})"
    "\nhold\n";

Result<Case> forgedCase(const std::string& lines, const std::string& body = "") {
  return readCase("proto/case.js",
                  "/*---\nid: PROTO-901\ntitle: a forgery\nlevel: 2\nexpect: ended protocol\n" +
                      lines + "\n---*/\n" + body);
}

/// The program of the first session of `lines`; the problem's message when there is one.
std::string programOf(const std::string& lines) {
  const auto test = forgedCase(lines);
  return test ? test->forge->sessions.at(0).program : test.error().message;
}

bool refuses(const std::string& lines, const std::string& why) {
  const auto test = forgedCase(lines);
  if (test) return false;
  CHECK_MESSAGE(test.error().message.find(why) != std::string::npos, test.error().message);
  return test.error().message.find("6: ") == 0;
}

}  // namespace

TEST_CASE("forge: each act becomes the line that plays it, after the start and before the end") {
  const auto framed = [](const std::string& acts, const std::string& line) {
    CHECK(programOf("forge: " + acts) == kStartedLine + line + kAfterLines);
  };
  framed("{ type: call, id: 7, method: host.info, params: { a: 1 }, key: k }",
         R"(frame {"id":7,"jsonrpc":"2.0","kiosk":{"idempotencyKey":"k"},"method":"host.info",)"
         R"("params":{"a":1}})"
         "\n");
  framed("{ type: reply, id: 7, result: null }",
         "frame {\"id\":7,\"jsonrpc\":\"2.0\",\"result\":null}\n");
  framed("{ type: call, id: 1, method: a, members: { jsonrpc: 2, paid: true } }",
         "frame {\"id\":1,\"jsonrpc\":2,\"method\":\"a\",\"paid\":true}\n");
  framed("{ json: [] }", "frame []\n");
  framed("{ records: [[1]] }",
         R"(frame {"jsonrpc":"2.0","method":"ui.commit","params":{"records":[[1]]}})"
         "\n");
  framed("{ text: ['a', { text: b, times: 3 }] }", "frame abbb\n");
  framed("{ text: \"a\\nb\" }", "bytes 03000000610a62\n");
  framed("{ hex: c0af }", "bytes 02000000c0af\n");
  framed("{ raw: '00ff' }", "bytes 00ff\n");
  framed("{ raw: [{ hex: '00', times: 3 }] }", "bytes 000000\n");
  framed("{ header: { length: 4294967295 } }", "bytes ffffffff\n");
  framed("{ header: { length: 2 }, text: ab }", "bytes 020000006162\n");
  framed("{ repeat: 3, of: { type: call, id: '#', method: a } }",
         "repeat 3 {\"id\":#,\"jsonrpc\":\"2.0\",\"method\":\"a\"}\n");
  framed("{ wait: '\"id\":1' }", "await \"id\":1\n");
  framed("{ touch: 64 }", "touch 64\n");
}

TEST_CASE("forge: an act that ends or waits is the last, and a system call must not return") {
  CHECK(programOf("forge: hold") == kStartedLine + "hold\n");
  CHECK(programOf("forge: { exit: 3 }") == kStartedLine + "exit 3\n");
  CHECK(programOf("forge: { die: segv }") == kStartedLine + "die segv\n");
  CHECK(programOf("forge: { flood: { json: 1 } }") == kStartedLine + "flood 1\n");
  CHECK(programOf("forge: { fds: 2 }") == kStartedLine + "fds 2\nexit 98\n");
  CHECK(programOf("forge: { syscall: 4095, args: [-100, '/a', 0] }") ==
        kStartedLine + "syscall 4095 -100 h:2f61 0\nexit 98\n");
  CHECK(programOf("forge: { syscall: no_such_call }").find("no system call") != std::string::npos);
}

TEST_CASE("forge: each item of a list has a session of its own, with what all do before") {
  const auto test = forgedCase(
      "forge: { before: { json: 0 }, each: [{ json: 1 }, [{ json: 2 }, { json: 3 }],"
      " { name: four, acts: { json: 4 }, detail: so }] }");
  REQUIRE_MESSAGE(test, test.error().message);
  const auto sessions = forgedSessions(*test->forge, "jit");
  REQUIRE(sessions.size() == 3);
  CHECK(sessions[0].name == "1");
  CHECK(sessions[0].program == kStartedLine + "frame 0\nframe 1\n" + kAfterLines);
  CHECK(sessions[1].program == kStartedLine + "frame 0\nframe 2\nframe 3\n" + kAfterLines);
  CHECK(sessions[2].name == "four");
  CHECK(sessions[2].detail == "so");
  CHECK(programOf("forge: { started: false, acts: { json: 1 } }") == "frame 1\n" + kAfterLines);
  CHECK(programOf("forge: { hangup: true, acts: hold }") == "#hangup\nhold\n");
  CHECK(programOf("forge: { fds: 3, acts: hold }").starts_with("#fds 3 32000000"));
}

TEST_CASE("forge: every forbidden system call is walked, and no call of the guest's list") {
  const auto test = forgedCase("forge: { each: every-forbidden-syscall }");
  REQUIRE_MESSAGE(test, test.error().message);
  const auto count = [&](std::string_view tier, const std::string& name) {
    const auto sessions = forgedSessions(*test->forge, tier);
    CHECK(sessions.size() > 550);
    return std::count_if(sessions.begin(), sessions.end(),
                         [&](const auto& session) { return session.name == name; });
  };
#ifdef __x86_64__
  CHECK(count("jit", "system call 59") == 1);   // execve
  CHECK(count("jit", "system call 257") == 1);  // openat
  CHECK(count("jit", "system call 0") == 0);    // read
  CHECK(count("jit", "system call 231") == 0);  // exit_group
  CHECK(count("jit", "system call 329") == 0);  // pkey_mprotect
  CHECK(count("jitless", "system call 329") == 1);
#endif
  CHECK(count("jit", "system call 599") == 1);
}

TEST_CASE("forge: what no forged guest can do is refused, with the line of the key") {
  CHECK(refuses("forge: sleep", "is no act"));
  CHECK(refuses("forge: { type: shout }", "call, notify, reply or error"));
  CHECK(refuses("forge: { type: call, user: anna }", "a message knows"));
  CHECK(refuses("forge: { raw: zz }", "not hex"));
  CHECK(refuses("forge: { header: { size: 1 } }", "\"header\" is"));
  CHECK(refuses("forge: { header: { length: 4294967296 } }", "0 to 4294967295"));
  CHECK(refuses("forge: { repeat: 1000001, of: { json: 1 } }", "1 to 1000000"));
  CHECK(refuses("forge: { repeat: 2, of: { exit: 1 } }", "one frame"));
  CHECK(refuses("forge: { text: [{ text: aaaaaaaaaaaaaaaaaaaa, times: 1000000 }] }", "too much"));
  CHECK(refuses("forge: { wait: \"a\\nb\" }", "line break"));
  CHECK(refuses("forge: { syscall: 1, args: [1, 2, 3, 4, 5, 6, 7] }", "up to 6"));
  CHECK(refuses("forge: { exit: 0, die: segv }", "one thing"));
  CHECK(refuses("forge: { each: [] }", "1 to 1024"));
  CHECK(refuses("forge: { acts: hold, each: [hold] }", "not both"));
  CHECK(refuses("forge: { acts: hold, twice: true }", "knows no \"twice\""));
  CHECK(refuses("forge: { each: every-forbidden-syscall, fds: 1 }", "nothing beside"));
  CHECK(refuses("forge: hold\nraw: true", "neither steps nor raw"));
}

TEST_CASE("forge: a forged case has no app of its own, and promises an end") {
  CHECK_FALSE(forgedCase("forge: hold", "kiosk.host.info();\n"));
  const auto told = readCase("proto/case.js",
                             "/*---\nid: PROTO-901\ntitle: a forgery\nlevel: 2\nexpect: ok\n"
                             "forge: hold\n---*/\n");
  REQUIRE_FALSE(told);
  CHECK(told.error().message == "5: \"expect\" is ended REASON here");
}

}  // namespace kiosk::conformance
