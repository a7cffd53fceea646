// Goal: a structured field has one reading, and what it is written as is that reading again.
// Method: examples of RFC 8941, and each rule of ours broken once.

#include "bridge/server/structured_field.h"

#include <doctest/doctest.h>

namespace kiosk::bridge::partner {
namespace {

bool isRefused(std::string_view text) {
  const auto parsed = parseDictionary(text);
  return !parsed && parsed.error().code == ErrorCode::InvalidParams;
}

BareItem bareOf(const std::string& text) {
  const auto parsed = parseDictionary("a=" + text);
  REQUIRE(parsed);
  REQUIRE(parsed->size() == 1);
  return std::get<FieldItem>(parsed->front().value).value;
}

TEST_CASE("structured field: each kind of value is read as the RFC's examples say") {
  CHECK(bareOf("42") == BareItem{BareKind::Integer, 42, ""});
  CHECK(bareOf("-999999999999999") == BareItem{BareKind::Integer, -999'999'999'999'999, ""});
  CHECK(bareOf("4.5") == BareItem{BareKind::Decimal, 4500, ""});
  CHECK(bareOf("\"a \\\"b\\\\\"") == BareItem{BareKind::String, 0, "a \"b\\"});
  CHECK(bareOf("foo123/456") == BareItem{BareKind::Token, 0, "foo123/456"});
  CHECK(bareOf(":aGVsbG8=:") == BareItem{BareKind::Bytes, 0, "hello"});
  CHECK(bareOf("?0") == BareItem{BareKind::Boolean, 0, ""});
}

TEST_CASE("structured field: a dictionary keeps its order, its lists and their parameters") {
  const auto parsed =
      parseDictionary("sig=(\"@method\"  \"date\";sf );created=1;keyid=\"k\", b;x=?0");
  REQUIRE(parsed);
  REQUIRE(parsed->size() == 2);
  const auto& list = std::get<InnerList>(parsed->front().value);
  CHECK(serializeList(list) == "(\"@method\" \"date\";sf);created=1;keyid=\"k\"");
  CHECK(findMember(*parsed, "b") != nullptr);
  CHECK(findMember(*parsed, "c") == nullptr);
  CHECK(findParameter(list.parameters, "created")->number == 1);
}

TEST_CASE("structured field: what has a second reading is refused") {
  CHECK(isRefused("a=1, a=2"));
  CHECK(isRefused("a=();b=1;b=2"));
  CHECK(isRefused("a=:aGVsbG8:"));   // without its padding
  CHECK(isRefused("a=:aGVsbG9=:"));  // stray bits
  CHECK(isRefused("a=:aGVs-G8=:"));  // the other alphabet
}

TEST_CASE("structured field: what is no dictionary is refused") {
  for (const char* text :
       {"A=1",        "a=1,",    "a=1 b=2",        "a=",       "a=(",
        "a=(1",       "a=(1,2)", "a=(\"x\"\"y\")", "a=\"x",    "a=\"\\x\"",
        "a=\"\x7f\"", "a=?2",    "a=1.",           "a=1.2345", "a=1234567890123456",
        "a=-",        "a=:x",    "a=1;B",          "=1",       "a==1",
        "a=1;",       "a=\"\n\""}) {
    CAPTURE(text);
    CHECK(isRefused(text));
  }
}

TEST_CASE("structured field: bounds hold for bytes, members, items and parameters") {
  CHECK(isRefused("a=\"" + std::string(kFieldBytesMax, 'x') + "\""));
  std::string members = "k0", items = "a=(", parameters = "a";
  for (std::size_t i = 1; i <= kFieldMembersMax; ++i) {
    members += ",k" + std::to_string(i);
    items += "1 ";
    parameters += ";p" + std::to_string(i);
  }
  CHECK(isRefused(members));
  CHECK(isRefused(items + "1)"));
  CHECK(isRefused(parameters + ";q"));
}

TEST_CASE("structured field: decimals and bytes are written in their one form") {
  CHECK(serializeItem({BareKind::Decimal, -1500, ""}) == "-1.5");
  CHECK(serializeItem({BareKind::Decimal, 2000, ""}) == "2.0");
  CHECK(serializeItem({BareKind::Bytes, 0, std::string("\xff\xfe", 2)}) == "://4=:");
}

}  // namespace
}  // namespace kiosk::bridge::partner
