// Goal: a case file means one thing or is refused, with the line that is wrong. Method: small
// files.

#include "sdk/conformance/case_file.h"

#include <doctest/doctest.h>

namespace kiosk::conformance {
namespace {

/// A well-formed case with `more` lines in its front matter, from line 6 on.
std::string caseWith(const std::string& more) {
  return "/*---\nid: A-001\ntitle: a promise\nlevel: 1\nexpect: ok\n" + more + "---*/\nbody();\n";
}

std::string problemOf(const std::string& text) {
  const auto test = readCase("guest/a.js", text);
  return test ? "none" : test.error().message;
}

TEST_CASE("case files: what a key holds is read as its kind, and the body follows as it is") {
  const auto test = readCase(
      "guest/a.js", caseWith("grants: [a.b, c.d]\nbudget: { timers: 50, heap: 32M }\n"
                             "user: \"vera\"\nfiles: {\n  a.js: \"import './b.js'; // 'x'\",\n"
                             "  b.js: 'two\\n' }\nsteps: [ { tap: \"Pay\" } ]\n"));
  REQUIRE_MESSAGE(test, test.error().message);
  CHECK(test->family == "guest");
  CHECK(test->grants == "a.b,c.d");
  CHECK(test->budget == std::vector<std::string>{"heap=32M", "timers=50"});
  CHECK(test->files["a.js"] == "import './b.js'; // 'x'");
  CHECK(test->files["b.js"] == "two\\n");
  CHECK(*test->steps == "{\"tap\":\"Pay\"}\n");
  CHECK(test->body == "body();\n");
  CHECK(waysOf(*test).size() == 2);
}

TEST_CASE("case files: a case is run from a template when it says so, in whatever folder it lies") {
  const auto test = readCase("pay/a.js", caseWith("template: true\ntier: jitless\n"));
  REQUIRE_MESSAGE(test, test.error().message);
  const auto ways = waysOf(*test);
  REQUIRE(ways.size() == 2);
  CHECK(ways[0].name() == "jitless");
  CHECK(ways[1].name() == "jitless template");
  CHECK(problemOf(caseWith("template: twice\n")) == "6: \"template\" is true or false");
}

TEST_CASE("case files: what is not well-formed is refused with its line") {
  CHECK(problemOf("body();\n") == "1: the file does not begin with /*---");
  CHECK(problemOf("/*---\nid: A-001\n") == "1: the front matter is not closed by ---*/");
  CHECK(problemOf(caseWith("level: 2\n")) == "6: \"level\" stands twice");
  CHECK(problemOf(caseWith("promise: x\n")) == "6: \"promise\" is not a key of a case");
  CHECK(problemOf(caseWith("raw: yes\n")) == "6: \"raw\" is true or false");
  CHECK(problemOf(caseWith("timeout: 121\n")) == "6: \"timeout\" is a whole number, 1 to 120");
  CHECK(problemOf(caseWith("user: &a vera\n")).starts_with("6: an anchor"));
  CHECK(problemOf(caseWith("user: !x vera\n")).starts_with("6: a tag"));
  CHECK(problemOf(caseWith("files: { a: 1 }\n")) == "6: \"files\" holds paths and texts");
  CHECK(problemOf(caseWith("guards: [gate.schema]\n")) == "none");
  CHECK(problemOf(caseWith("guards: [gate.x]\n")) ==
        "6: \"guards\" names gate.x, which is no guard");
  CHECK(problemOf(caseWith("refs: [a, a\n")).starts_with("6: "));
  CHECK(problemOf("/*---\nid: A-1\ntitle: x\nlevel: 0\nexpect: ok\n---*/\n") ==
        "2: \"id\" is WORD-NNN: capitals, digits and dashes, then three digits");
  CHECK(problemOf("/*---\nid: A-001\ntitle: x\nlevel: 0\nexpect: fine\n---*/\n") ==
        "5: \"expect\" is ok, error CODE, ended REASON, refused CODE or a map");
  CHECK(problemOf("/*---\nid: A-001\ntitle: x\nlevel: 0\nexpect: { host: { x: 1 } }\n---*/\n")
            .starts_with("5: \"expect\" has a bad \"host\""));
}

TEST_CASE("case files: a front matter that is nested without end is refused") {
  const std::string deep(1000, '[');
  CHECK(problemOf(caseWith("refs: " + deep + "\n")).find("deep") != std::string::npos);
}

}  // namespace
}  // namespace kiosk::conformance
