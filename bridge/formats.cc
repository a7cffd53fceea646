#include "bridge/formats.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "bridge/net/net_url.h"
#include "runtime/base/short_text.h"

namespace kiosk::bridge {
namespace {

bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isAlnum(char c) { return isLower(c) || isUpper(c) || isDigit(c); }
bool isHexLower(char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); }

template <class Predicate>
bool all(std::string_view text, Predicate predicate) {
  return std::all_of(text.begin(), text.end(), predicate);
}

bool isLine(std::string_view text) { return isPrintable(text); }
bool isLines(std::string_view text) { return isPrintable(text, U"\n\t"); }
bool isKey(std::string_view text) {
  return !text.empty() && text.size() <= 128 && isPrintable(text);
}

/// Well-formed UTF-8 without C0 but line break and tab, C1, DEL, bidirectional overrides and
/// isolates.
bool isText(std::string_view text) {
  const auto byteAt = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned byte = byteAt(i);
    if (byte == '\n' || byte == '\t') continue;
    if (byte < 0x20 || byte == 0x7f) return false;
    if (byte == 0xc2 && byteAt(i + 1) < 0xa0) return false;
    if (byte != 0xe2) continue;
    const unsigned second = byteAt(i + 1), third = byteAt(i + 2);
    if (second == 0x80 && third >= 0xaa && third <= 0xae) return false;
    if (second == 0x81 && third >= 0xa6 && third <= 0xa9) return false;
  }
  return true;
}

bool isIdentifier(std::string_view text) {
  return !text.empty() && text.size() <= 128 && isAlnum(text[0]) &&
         all(text, [](char c) { return isAlnum(c) || c == '.' || c == '_' || c == '-'; });
}

bool isBase64Url(std::string_view text) {
  return text.size() % 4 != 1 &&
         all(text, [](char c) { return isAlnum(c) || c == '-' || c == '_'; });
}

bool isHex(std::string_view text) { return text.size() % 2 == 0 && all(text, isHexLower); }

bool isHttps(std::string_view text) {
  constexpr std::string_view kScheme = "https://";
  if (!text.starts_with(kScheme)) return false;
  const auto rest = text.substr(kScheme.size());
  const auto authority = rest.substr(0, rest.find_first_of("/?#"));
  const auto colon = authority.find(':');
  const auto host = authority.substr(0, colon);
  if (host.empty() || host.size() > 253 || host.front() == '.' || host.front() == '-') return false;
  if (!all(host, [](char c) { return isAlnum(c) || c == '.' || c == '-'; })) return false;
  if (host.find("..") != std::string_view::npos) return false;
  if (colon != std::string_view::npos) {
    const auto port = authority.substr(colon + 1);
    if (port.empty() || port.size() > 5 || !all(port, isDigit)) return false;
  }
  return all(rest, [](char c) {
    return c > 0x20 && c < 0x7f && c != '\\' && c != '"' && c != '<' && c != '>';
  });
}

bool isUrl(std::string_view text) { return parseNetUrl(text).has_value(); }

bool isUuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !isHexLower(text[i])) return false;
  }
  return true;
}

bool isCurrency(std::string_view text) { return text.size() == 3 && all(text, isUpper); }

bool isPhone(std::string_view text) {
  return text.size() >= 8 && text.size() <= 16 && text[0] == '+' && all(text.substr(1), isDigit);
}

/// At least `partsMin` non-empty words of `allowed` characters with single dots between, each
/// starting with a lower-case letter.
template <class Predicate>
bool isDotted(std::string_view text, std::size_t partsMin, Predicate allowed) {
  std::size_t parts = 0;
  while (true) {
    const auto dot = text.find('.');
    const auto part = text.substr(0, dot);
    if (part.empty() || !isLower(part[0]) || !all(part, allowed)) return false;
    ++parts;
    if (dot == std::string_view::npos) return parts >= partsMin;
    text.remove_prefix(dot + 1);
  }
}

bool isMethod(std::string_view text) { return isDotted(text, 2, isAlnum); }

bool isPermission(std::string_view text) {
  return isDotted(text, 2, [](char c) { return isLower(c) || isDigit(c) || c == '_'; });
}

bool isJws(std::string_view text) {
  std::size_t parts = 0;
  while (true) {
    const auto dot = text.find('.');
    const auto part = text.substr(0, dot);
    if (part.empty() || !isBase64Url(part)) return false;
    ++parts;
    if (dot == std::string_view::npos) return parts == 3;
    if (parts == 3) return false;
    text.remove_prefix(dot + 1);
  }
}

int numberAt(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (!isDigit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

int daysOf(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

bool within(int value, int min, int max) { return value >= min && value <= max; }

bool isDateTime(std::string_view text) {
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':') {
    return false;
  }
  const int year = numberAt(text, 0, 4), month = numberAt(text, 5, 2), day = numberAt(text, 8, 2);
  if (year < 0 || !within(month, 1, 12) || !within(day, 1, daysOf(year, month))) return false;
  if (!within(numberAt(text, 11, 2), 0, 23) || !within(numberAt(text, 14, 2), 0, 59) ||
      !within(numberAt(text, 17, 2), 0, 60)) {
    return false;
  }
  auto rest = text.substr(19);
  if (rest[0] == '.') {
    const auto end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    if (end < 2 || end > 10) return false;
    rest.remove_prefix(end);
  }
  if (rest == "Z") return true;
  return rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':' &&
         within(numberAt(rest, 1, 2), 0, 23) && within(numberAt(rest, 4, 2), 0, 59);
}

constexpr auto kFormats = std::to_array<Format>({
    {"identifier", "1 to 128 of A-Z a-z 0-9 . _ -, starting with a letter or digit", isIdentifier},
    {"key", "1 to 128 bytes without control characters and invisible ones", isKey},
    {"line", "one line without control characters, invisible ones and changes of direction",
     isLine},
    {"lines",
     "lines without control characters but line break and tab, invisible ones and changes of "
     "direction",
     isLines},
    {"text",
     "text without control characters other than line break and tab, and without "
     "bidirectional overrides",
     isText},
    {"base64url", "base64url without padding", isBase64Url},
    {"hex", "an even number of digits 0-9 a-f", isHex},
    {"uri-https", "an address that starts with https:// and a host name, in visible ASCII",
     isHttps},
    {"url",
     "an http or https address of a host by name, in visible ASCII, without a user or a backslash",
     isUrl},
    {"uuid", "a UUID in lower case", isUuid},
    {"currency", "three letters A-Z, e.g. RUB", isCurrency},
    {"phone", "+ and 7 to 15 digits", isPhone},
    {"method", "a method's name, e.g. messages.share", isMethod},
    {"permission", "a permission's name, e.g. identity.basic", isPermission},
    {"jws-compact", "a compact JWS: three base64url parts with . between", isJws},
    {"date-time", "a date and time of RFC 3339, e.g. 2026-01-31T12:00:00Z", isDateTime},
});

}  // namespace

const Format* findFormat(std::string_view name) {
  for (const auto& format : kFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace kiosk::bridge
