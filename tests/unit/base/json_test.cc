// Goal: nothing unbounded, ambiguous or inexact comes out of parseJson. Method: small hand-written
// cases for each rule, both sides of each bound, and a seeded storm of mutations.
#include "runtime/base/json.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace kiosk;
using nlohmann::json;

namespace {

std::string messageOf(std::string_view text, const JsonBounds& bounds = {}) {
  const auto parsed = parseJson(text, bounds);
  REQUIRE_FALSE(parsed.has_value());
  return parsed.error().message;
}

ErrorCode codeOf(std::string_view text, const JsonBounds& bounds = {}) {
  const auto parsed = parseJson(text, bounds);
  REQUIRE_FALSE(parsed.has_value());
  return parsed.error().code;
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("parseJson: JSON of every kind is read as it stands") {
  for (const std::string text :
       {"null", "true", "false", "0", "-1", "9223372036854775807", "-9223372036854775808",
        "18446744073709551615", "1.5", "-0.25", "1e+30", "\"\"", R"("é€😀")", "[]", "{}",
        R"([1,[2,[3]],{"a":[{}]}])", R"({"a":{"b":null},"b":[true]})", R"({"":1})"}) {
    CAPTURE(text);
    const auto parsed = parseJson(text);
    REQUIRE(parsed.has_value());
    CHECK(*parsed == json::parse(text));
  }
  CHECK(*parseJson(" \t\r\n{ \"a\" : 1 } \n") == json{{"a", 1}});
  CHECK(*parseJson(R"("\u00e9\ud83d\ude00\/\\\"\b\f\n\r\t\u0000")") ==
        json(std::string("\u00e9\U0001f600/\\\"\b\f\n\r\t\0", 15)));
}

TEST_CASE("parseJson: what is not one JSON text is refused") {
  const std::vector<std::string> cases = {"",
                                          " ",
                                          "nul",
                                          "truee",
                                          "[",
                                          "]",
                                          "{",
                                          "[1,]",
                                          "[,1]",
                                          "[1 2]",
                                          "{\"a\"}",
                                          "{\"a\":}",
                                          "{\"a\":1,}",
                                          "{a:1}",
                                          "{'a':1}",
                                          "{1:1}",
                                          "[1]]",
                                          "[1] 2",
                                          "{}{}",
                                          "01",
                                          "+1",
                                          ".5",
                                          "1.",
                                          "1e",
                                          "-",
                                          "0x10",
                                          "NaN",
                                          "Infinity",
                                          "-Infinity",
                                          "\"",
                                          "\"\\x\"",
                                          "\"\\u12\"",
                                          "\"\\ud800\"",
                                          "\"\\udc00\"",
                                          "\"\\ud800\\u0041\"",
                                          "\"a\nb\"",
                                          "\"\t\"",
                                          "// c\n1",
                                          "/* c */ 1",
                                          "\"\xff\"",
                                          "\"\xc0\x80\"",
                                          "\"\xed\xa0\x80\"",
                                          "\xef\xbb\xbf{}",
                                          "\xef\xbb",
                                          "\xff\xfe[\x00]\x00",
                                          std::string("[1]\0", 4),
                                          std::string("\0[1]", 4),
                                          std::string("\"\0\"", 3)};
  for (const auto& text : cases) {
    CAPTURE(text);
    CHECK(codeOf(text) == ErrorCode::InvalidParams);
  }
}

TEST_CASE("parseJson: a duplicate key is refused at any depth and however it is spelt") {
  CHECK(messageOf(R"({"a":1,"b":2,"a":1})").find("'a' stands twice") != std::string::npos);
  CHECK(codeOf(R"([{"x":{"k":1,"k":[]}}])") == ErrorCode::InvalidParams);
  CHECK(codeOf(R"({"a":1,"\u0061":2})") == ErrorCode::InvalidParams);
  CHECK(codeOf(R"({"":1,"":2})") == ErrorCode::InvalidParams);
  CHECK(parseJson(R"({"a":{"a":{"a":1}},"b":{"a":1}})").has_value());
}

TEST_CASE("parseJson: the bound of depth holds on both of its sides and for both containers") {
  CHECK(parseJson(nested(32)).has_value());
  CHECK(codeOf(nested(33)) == ErrorCode::PayloadTooLarge);
  CHECK(messageOf(nested(33)).find("deeper than 32") != std::string::npos);
  CHECK(codeOf(nested(100'000)) == ErrorCode::PayloadTooLarge);
  CHECK(codeOf(std::string(1'000'000, '[')) == ErrorCode::PayloadTooLarge);
  std::string objects;
  for (int i = 0; i < 33; ++i) objects += R"({"a":)";
  CHECK(codeOf(objects) == ErrorCode::PayloadTooLarge);
  CHECK(parseJson("1", {100, 0, 10}).has_value());
  CHECK(codeOf("[]", {100, 0, 10}) == ErrorCode::PayloadTooLarge);
}

TEST_CASE("parseJson: values and keys are counted, and bytes before anything is read") {
  CHECK(parseJson("[1,2,3]", {100, 32, 4}).has_value());
  CHECK(codeOf("[1,2,3]", {100, 32, 3}) == ErrorCode::PayloadTooLarge);
  CHECK(parseJson(R"({"a":1,"b":2})", {100, 32, 5}).has_value());
  CHECK(codeOf(R"({"a":1,"b":2})", {100, 32, 4}) == ErrorCode::PayloadTooLarge);
  CHECK(parseJson("[1,2]", {5, 32, 10}).has_value());
  CHECK(codeOf("[1,22]", {5, 32, 10}) == ErrorCode::PayloadTooLarge);
  CHECK(messageOf("[1,22]", {5, 32, 10}).find("more than 5 bytes") != std::string::npos);
}

TEST_CASE("parseJson: numbers that would change on the way in are refused") {
  for (const std::string text :
       {"18446744073709551617", "-9223372036854775809", "123456789012345678901234567890", "1e400",
        "-1e400", "1e-400", "0.000001e-400"}) {
    CAPTURE(text);
    CHECK(codeOf(text) == ErrorCode::InvalidParams);
  }
  // 10^20 is an integer that a double holds exactly; 0.1 is what everybody means by the double;
  // zero stays zero.
  for (const std::string text : {"18446744073709551616", "100000000000000000000", "0.1", "1e308",
                                 "5e-324", "0e-999", "0.0"}) {
    CAPTURE(text);
    CHECK(parseJson(text).has_value());
  }
}

TEST_CASE("parseJson: a refusal names the byte where it happened") {
  CHECK(messageOf(R"({"a":1,"a":2})").find("near byte 10") != std::string::npos);
  CHECK(messageOf("[1,x]").find("near byte 4") != std::string::npos);
  CHECK(messageOf(std::string("[\0]", 3)).find("at byte 1") != std::string::npos);
}

TEST_CASE(
    "parseJson: mutations of good JSON never crash, and what is accepted is within its bounds") {
  const std::string good = R"({"jsonrpc":"2.0","id":17,"method":"m.n",)"
                           R"("params":{"a":[1,-2.5e3,"\u00e9\n",null,true],"b":{}}})";
  const JsonBounds bounds{256, 6, 32};
  std::mt19937 random(20260117);
  const auto pick = [&random](std::size_t n) { return random() % n; };
  const std::string alphabet = "{}[]\",:\\0123456789-+.eEtfnu \n\x80\xc3\xed\xf4\xff";
  int accepted = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string text = good;
    for (std::size_t edits = 1 + pick(4); edits > 0; --edits) {
      const std::size_t at = pick(text.size());
      switch (pick(4)) {
        case 0:
          text[at] = alphabet[pick(alphabet.size())];
          break;
        case 1:
          text.erase(at, 1 + pick(8));
          break;
        case 2:
          text.insert(at, text.substr(pick(text.size()), pick(24)));
          break;
        default:
          text.insert(at, 1, alphabet[pick(alphabet.size())]);
      }
      if (text.empty()) text = " ";
    }
    const auto parsed = parseJson(text, bounds);
    if (!parsed) continue;
    ++accepted;
    CHECK(text.size() <= bounds.bytesMax);
    const auto again = parseJson(dumpJson(*parsed), {4096, 6, 32});
    REQUIRE(again.has_value());
    CHECK(*again == *parsed);
  }
  CHECK(accepted > 1000);
}

TEST_CASE("canonicalJson: members by UTF-16 code units, numbers and strings as ECMAScript's") {
  const auto canonical = [](const json& value) { return canonicalJson(value).value(); };
  CHECK(canonical(json::parse(R"({"b":1,"a":[ 1 , {"d":null,"c":true} ]})")) ==
        R"({"a":[1,{"c":true,"d":null}],"b":1})");
  // U+1F600 is D83D DE00 in UTF-16, before U+E000 and U+FB33; as UTF-8 bytes it comes after both.
  CHECK(canonical(json::parse("{\"\ufb33\":1,\"\U0001f600\":2,\"\ue000\":3,\"\u20ac\":4}")) ==
        "{\"\u20ac\":4,\"\U0001f600\":2,\"\ue000\":3,\"\ufb33\":1}");
  CHECK(canonical(json(std::string("\x01\x1f\x7f\"\\/\b\f\n\r\t\u2028", 14))) ==
        "\"\\u0001\\u001f\x7f\\\"\\\\/\\b\\f\\n\\r\\t\u2028\"");
  const std::pair<double, std::string_view> numbers[] = {
      {0.0, "0"},
      {-0.0, "0"},
      {1.0, "1"},
      {-1.5, "-1.5"},
      {5e-324, "5e-324"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {9007199254740992.0, "9007199254740992"},
      {295147905179352830000.0, "295147905179352830000"},
      {1e21, "1e+21"},
      {1e20, "100000000000000000000"},
      {9.999999999999997e22, "9.999999999999997e+22"},
      {1e-6, "0.000001"},
      {1e-7, "1e-7"},
      {333333333.33333329, "333333333.3333333"},
      {0.1 + 0.2, "0.30000000000000004"}};
  for (const auto& [value, text] : numbers) CHECK(canonical(json(value)) == text);
  CHECK(canonical(json(std::int64_t{-9007199254740992})) == "-9007199254740992");
}

TEST_CASE("canonicalJson: what RFC 8785 cannot write is refused") {
  json deep = 1;
  for (int i = 0; i < 100; ++i) deep = json::array({deep});
  for (const json& value : {json(NAN), json(INFINITY), json(std::int64_t{9007199254740993}),
                            json(INT64_MIN), json(UINT64_MAX), json("\xff"), json{{"\xc3", 1}},
                            json::array({NAN}), deep, json::binary({1})}) {
    CHECK_FALSE(canonicalJson(value).has_value());
  }
}

TEST_CASE("dumpJson: invalid UTF-8 is replaced, not thrown") {
  CHECK(dumpJson(json("a\xff")) == "\"a\ufffd\"");
}
