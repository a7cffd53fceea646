// Goal: what is compiled in passes the lint, and the lint refuses each kind of oversight.
// Method: load the embedded catalogue; then one small catalogue with one thing wrong at a time.
#include <doctest/doctest.h>
#include <kiosk/bridge/catalogue.h>

#include <array>

#include "bridge/formats.h"
#include "bridge/schema.h"

using namespace kiosk;
using namespace kiosk::bridge;
using nlohmann::json;

namespace {

constexpr std::string_view kPermissions = R"({"permissions":[
  {"name":"test.once","consent":"once","privacyPoints":1,"title":"T",
   "titleRu":"Т","summary":"s"}]})";

json soundMethod() {
  return json::parse(R"({"name":"go","summary":"s","since":1,"permission":null,"consent":"none",
    "activation":false,"timeoutMs":10000,"errors":[],"result":{"type":"null"},
    "params":{"type":"object","additionalProperties":false,"required":["a"],
              "properties":{"a":{"type":"string","maxLength":3}}}})");
}

/// The lint's complaint about a catalogue of this one method; empty when there is none.
std::string complaint(const json& method) {
  const json file = {{"namespace", "test"}, {"summary", "s"}, {"methods", json::array({method})}};
  const std::string text = file.dump();
  const std::array<CatalogueFile, 1> files = {{{"test/test.api.json", text}}};
  auto loaded = Catalogue::load(files, kPermissions);
  return loaded ? "" : loaded.error().message;
}

std::string complaintAboutParam(const char* schema) {
  auto method = soundMethod();
  method["params"]["properties"]["a"] = json::parse(schema);
  return complaint(method);
}

}  // namespace

TEST_CASE("catalogue: what is compiled in passes its own lint") {
  auto catalogue = Catalogue::embedded();
  REQUIRE_MESSAGE(catalogue.has_value(), (catalogue ? "" : catalogue.error().message));
  CHECK(catalogue->methods().size() > 10);
  CHECK(catalogue->find("host.info") != nullptr);
  CHECK(catalogue->find(std::string_view("host.info\0", 10)) == nullptr);
  CHECK(catalogue->find("Host.info") == nullptr);
  CHECK(catalogue->supports("host.supports", "param"));
  CHECK_FALSE(catalogue->supports("host.supports", "nothing"));
}

TEST_CASE("catalogue: a sound method loads") { CHECK(complaint(soundMethod()) == ""); }

TEST_CASE("catalogue: each oversight in a schema refuses to load, with the place") {
  const std::array<std::pair<const char*, const char*>, 15> cases = {{
      {R"({"type":"string"})", "a string needs maxLength"},
      {R"({"type":"string","maxLength":9,"pattern":"^a"})", "'pattern' is not allowed"},
      {R"({"type":"string","maxLength":9,"format":"email"})", "format is one of"},
      {R"({"type":"object","properties":{}})", "additionalProperties: false"},
      {R"({"type":"object","properties":{},"additionalProperties":true})",
       "additionalProperties: false"},
      {R"({"type":"object","additionalProperties":false})", "needs properties"},
      {R"({"type":"array","items":{"type":"null"}})", "needs maxItems"},
      {R"({"type":"array","maxItems":3})", "needs items"},
      {R"({"type":"array","maxItems":300,"uniqueItems":true,"items":{"type":"null"}})",
       "at most 256"},
      {R"({"description":"anything"})", "type is missing"},
      {R"({"type":"text"})", "type is one of"},
      {R"({"type":["string","integer"],"maxLength":3})", "exactly one type and"},
      {R"({"oneOf":[{"type":"null"}],"type":"null"})", "'oneOf' is not allowed"},
      {R"({"type":"integer","minimum":"1"})", "minimum is a number"},
      {R"({"type":"array","maxItems":2,"items":{"type":"string"}})", "a string needs maxLength"},
  }};
  for (const auto& [schema, expected] : cases) {
    CAPTURE(schema);
    const auto got = complaintAboutParam(schema);
    CAPTURE(got);
    CHECK(got.find(expected) != std::string::npos);
    CHECK(got.find("test/test.api.json \"go\".params.a") != std::string::npos);
  }
}

TEST_CASE("catalogue: each oversight in a method's fields refuses to load") {
  const std::array<std::pair<const char*, const char*>, 10> cases = {{
      {R"({"consent":"always"})", "none, once, each"},
      {R"({"consent":"once"})", "needs the host's words"},
      {R"({"permission":"no.such"})", "bridge/permissions.json"},
      {R"({"privileged":true})", "needs a permission"},
      {R"({"errors":["no_such_error"]})", "no code of kiosk/error.h"},
      {R"({"rate":{"perMinute":0}})", "from 1 to 6000"},
      {R"({"rate":{"perSecond":1}})", "perSecond: is not a field"},
      {R"({"extra":1})", "extra: is not a field"},
      {R"({"timeoutMs":99})", "from 100 to 600000"},
      {R"({"name":"Go"})", "camelCase"},
  }};
  for (const auto& [patch, expected] : cases) {
    auto method = soundMethod();
    method.merge_patch(json::parse(patch));
    const auto got = complaint(method);
    CAPTURE(patch);
    CAPTURE(got);
    CHECK(got.find(expected) != std::string::npos);
  }
}

TEST_CASE("catalogue: a file stands in the folder of its namespace") {
  const std::array<CatalogueFile, 1> files = {
      {{"other/other.api.json", R"({"namespace":"test","summary":"s","methods":[]})"}}};
  CHECK_FALSE(Catalogue::load(files, kPermissions).has_value());
}

TEST_CASE(
    "schema: the explanation and valijson agree on every kind of value, and the path is named") {
  const auto schema = json::parse(R"({"type":"object","additionalProperties":false,"required":["s"],
    "minProperties":1,"maxProperties":4,"properties":{
      "s":{"type":"string","minLength":1,"maxLength":3},
      "u":{"type":"string","maxLength":99,"format":"uri-https"},
      "n":{"type":["integer","null"],"minimum":0,"maximum":9},
      "e":{"type":"string","enum":["x","y"]},
      "l":{"type":"array","maxItems":2,"uniqueItems":true,"items":{"type":"object",
           "additionalProperties":false,"properties":{
             "k":{"type":"boolean"},"any":{"x-any":true}}}}}})");
  REQUIRE(lintSchema(schema, "test").has_value());
  auto compiled = CompiledSchema::compile(schema);
  REQUIRE(compiled.has_value());
  const std::array<std::pair<const char*, const char*>, 21> cases = {{
      {R"({"s":"abc"})", ""},
      {R"({"s":"абв"})", ""},
      {R"({"s":"a","n":null,"e":"y","l":[{"k":true,"any":{"z":[1]}},{}]})", ""},
      {R"({"s":"a","u":"https://post.example/a?b"})", ""},
      {R"({"s":"abcd"})", "params.s "},
      {R"({"s":""})", "params.s "},
      {R"({})", "params.s is missing"},
      {R"({"s":1})", "params.s "},
      {R"({"s":"a","extra":1})", "params has no property 'extra'"},
      {R"({"s":"a","u":"http://post.example"})", "params.u "},
      {R"({"s":"a","u":"https://u:p@post.example"})", "params.u "},
      {R"({"s":"a","n":10})", "params.n "},
      {R"({"s":"a","n":-1})", "params.n "},
      {R"({"s":"a","n":1.5})", "params.n "},
      {R"({"s":"a","e":"z"})", "params.e is not allowed; allowed is one of \"x\", \"y\""},
      {R"({"s":"a","l":[{},{},{}]})", "params.l "},
      {R"({"s":"a","l":[{},{}]})", "params.l "},
      {R"({"s":"a","l":[{"k":1}]})", "params.l[0].k is not allowed; allowed is true or false"},
      {R"({"s":"a","l":[{"q":1}]})", "params.l[0] has no property 'q'"},
      {R"([])", "params is not allowed"},
      {R"({"s":"a","n":1,"e":"x","l":[],"u":"https://a"})", "params has 5 properties"},
  }};
  for (const auto& [text, expected] : cases) {
    const auto value = json::parse(text);
    CAPTURE(text);
    const auto checked = (*compiled)->check(value, "params");
    const auto why = explainViolation(schema, value, "params");
    CAPTURE(why);
    CHECK(checked.has_value() == why.empty());
    CHECK(why.starts_with(expected));
    CHECK((expected[0] == '\0') == why.empty());
  }
}

TEST_CASE("formats: each takes its own and refuses what resembles it") {
  struct Case {
    const char* format;
    std::vector<std::string> good, bad;
  };
  const std::vector<Case> cases = {
      {"identifier", {"a", "A1._-"}, {"", "-a", "a b", std::string(129, 'a')}},
      {"key",
       {"a b", "ключ"},
       {"", "a\nb", "\u200b", std::string("a\0b", 3), std::string(129, 'k')}},
      {"line",
       {"", "Привет, мир"},
       {"a\nb", "a\x1b[0m", "a\u202eb", "a\u2066b", "a\u0085b", "a\u2028b", "a\u200bb", "\u00ad",
        "\u3164", "\ufeff", "a\u200fb", "\U000e0041", "a\xff"}},
      {"lines", {"", "a\n\tb"}, {"a\rb", "a\u202eb", "a\u200bb", "a\u2028b", "a\xff"}},
      {"text", {"a\n\tb", "a\u200d\u200bb"}, {"a\rb", "a\u202eb", "a\x7f"}},
      {"base64url", {"", "ab", "a_-1"}, {"a", "ab=", "a+b/"}},
      {"hex", {"", "0aff"}, {"0", "0G", "AA"}},
      {"uri-https",
       {"https://a.ru/x?y#z", "https://a:443"},
       {"http://a", "https://", "https://a@b", "https:///x", "https://a..b", "https://a b",
        "https://-a", "https://a:b", "https://a/\u0430", "https://a\\b", "HTTPS://a"}},
      {"uuid",
       {"01234567-89ab-cdef-0123-456789abcdef"},
       {"", "01234567-89ab-cdef-0123-456789abcdeG"}},
      {"currency", {"RUB"}, {"rub", "RU", "RUBL"}},
      {"phone", {"+79001234567"}, {"79001234567", "+7", "+7900123456789012", "+7900a234567"}},
      {"method", {"a.b", "storage.local.get"}, {"a", "a.", ".a", "A.b", "a.b c"}},
      {"permission", {"identity.basic", "a.b_c"}, {"identity", "Identity.basic", "a..b"}},
      {"jws-compact", {"a1.bb.cc"}, {"aa.bb", "aa..cc", "aa.bb.cc.dd", "a+.bb.cc"}},
      {"date-time",
       {"2026-02-28T00:00:00Z", "2024-02-29T23:59:60.5+03:00"},
       {"2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01 00:00:00Z",
        "2026-01-01T24:00:00Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00+3:00"}},
  };
  for (const auto& one : cases) {
    const auto* format = findFormat(one.format);
    REQUIRE(format != nullptr);
    for (const auto& text : one.good) CHECK_MESSAGE(format->check(text), one.format << " " << text);
    for (const auto& text : one.bad)
      CHECK_FALSE_MESSAGE(format->check(text), one.format << " " << text);
  }
  CHECK(findFormat("email") == nullptr);
}
