// Goal: text forms are exact both ways and refuse what is nearly right. Method: tables, and every
// byte where that is cheap.
#include "runtime/base/encoding.h"

#include <doctest/doctest.h>

#include "runtime/base/short_text.h"

using namespace kiosk;

TEST_CASE("hex: every byte comes back, and half digits or wrong ones are refused") {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  CHECK(fromHex(toHex(bytesOf(all))) == all);
  CHECK(toHex(bytesOf("\x01\xab")) == "01ab");
  CHECK(fromHex("01AB") == "\x01\xab");
  for (const char* bad : {"0", "0g", "0x", " 00", "00 "}) CHECK_FALSE(fromHex(bad).has_value());
}

TEST_CASE("base64url: RFC 4648's vectors without padding, and one spelling only") {
  const std::pair<std::string_view, std::string_view> vectors[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff", "-_8"}};
  for (const auto& [bytes, text] : vectors) {
    CHECK(toBase64Url(bytesOf(bytes)) == text);
    CHECK(fromBase64Url(text) == bytes);
  }
  // padding, white space, the other alphabet, an impossible length, stray bits
  for (const char* bad : {"Zg==", "Zm 8", "Zm8\n", "+/8", "Z", "Zm9vY", "Zh", "Zm9"}) {
    CHECK_FALSE(fromBase64Url(bad).has_value());
  }
}

TEST_CASE("percentDecode: + is a space, and a broken escape is refused") {
  CHECK(percentDecode("a%20b+c%7B%2f") == "a b c{/");
  CHECK(percentDecode("") == "");
  for (const char* bad : {"%", "%2", "%zz", "ab%2"}) CHECK_FALSE(percentDecode(bad).has_value());
}

TEST_CASE("isUtf8: RFC 3629's borders") {
  for (const char* good : {"", "a", "\u00e9", "\u20ac", "\U0001f600", "\xf4\x8f\xbf\xbf",
                           "\xed\x9f\xbf", "\xee\x80\x80", "\xc2\x80"}) {
    CHECK(isUtf8(good));
  }
  for (const char* bad :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xed\xa0\x80",
        "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xc3",
        "\xe2\x82", "\xf0\x9f\x98", "a\xff", "\xc3\x28"}) {
    CHECK_FALSE(isUtf8(bad));
  }
  CHECK(codePoints("a\u00e9\u20ac\U0001f600") == 4);
}

TEST_CASE("printable: nothing in a log line can fake a line, a colour or a direction") {
  CHECK(printable("plain \u0442\u0435\u043a\u0441\u0442", 100) ==
        "plain \u0442\u0435\u043a\u0441\u0442");
  CHECK(printable("a\nb\r\tc", 100) == "a\\nb\\r\\tc");
  CHECK(printable("\x1b[31m", 100) == "\\x1b[31m");
  CHECK(printable(std::string_view("\0", 1), 100) == "\\x00");
  CHECK(printable("\u202egpj", 100) == "\\u{202e}gpj");
  CHECK(printable("\u2028\u0085\ufeff\u200b", 100) == "\\u{2028}\\u{0085}\\u{feff}\\u{200b}");
  CHECK(printable("a\xff\xc3z", 100) == "a\\xff\\xc3z");
}

TEST_CASE("isPrintable: a short text has nothing that cannot be seen, nor anything but UTF-8") {
  for (const char* good : {"", "a b", "\u0442\u0435\u043a\u0441\u0442", "\u2014\u2026",
                           "\U0001f600", "\u2764\ufe0f", "e\u0301", "\u00a0"}) {
    CHECK(isPrintable(good));
  }
  for (const char* bad :
       {"\n",     "\t",     "a\x1b[0m", "\x7f",       "\u0085", "\u00ad", "\u034f",
        "\u061c", "\u115f", "\u1160",   "\u17b4",     "\u180e", "\u200b", "\u200d",
        "\u200f", "\u2028", "\u202e",   "\u2060",     "\u2066", "\u206f", "\u3164",
        "\ufeff", "\uffa0", "\ufffb",   "\U000e0041", "a\xff",  "\xc3"}) {
    CHECK_FALSE(isPrintable(bad));
    CHECK(printable(bad, 100) != bad);
  }
  CHECK_FALSE(isPrintable(std::string_view("a\0", 2)));
  CHECK(isPrintable("a\n\tb", U"\n\t"));
  CHECK_FALSE(isPrintable("a\n\u200b", U"\n\t"));
}

TEST_CASE("printable: the bound holds for every length, and a cut is marked") {
  const std::string text = "ab\u00e9\n\U0001f600\xff tail";
  const std::string whole = printable(text, 1000);
  for (std::size_t bytesMax = 0; bytesMax <= whole.size() + 2; ++bytesMax) {
    const std::string cut = printable(text, bytesMax);
    CHECK(cut.size() <= bytesMax);
    CHECK(isUtf8(cut));
    if (bytesMax >= whole.size()) {
      CHECK(cut == whole);
    } else if (bytesMax >= 3) {
      CHECK(cut.ends_with("\u2026"));
    }
  }
}
