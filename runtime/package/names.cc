#include "runtime/package/names.h"

#include <locale.h>
#include <wctype.h>

#include <algorithm>
#include <array>

#include "runtime/base/encoding.h"

namespace kiosk {
namespace {

struct Range {
  char32_t first, last;
};

// The code points that W3C MiniApp Packaging forbids in names, those that draw nothing, and those
// that give a letter a second spelling (combining marks, Hangul parts).
constexpr std::array kForbidden = std::to_array<Range>({
    {0x00, 0x1f},        {0x22, 0x22},       {0x2a, 0x2a},       {0x3a, 0x3a},
    {0x3c, 0x3c},        {0x3e, 0x3f},       {0x5c, 0x5c},       {0x7c, 0x7c},
    {0x7f, 0x9f},        {0xad, 0xad},       {0x300, 0x36f},     {0x483, 0x489},
    {0x61c, 0x61c},      {0x1100, 0x11ff},   {0x180e, 0x180e},   {0x1ab0, 0x1aff},
    {0x1dc0, 0x1dff},    {0x200b, 0x200f},   {0x2028, 0x202e},   {0x2060, 0x206f},
    {0x20d0, 0x20ff},    {0x3099, 0x309a},   {0xa960, 0xa97f},   {0xd7b0, 0xd7ff},
    {0xe000, 0xf8ff},    {0xfdd0, 0xfdef},   {0xfe00, 0xfe0f},   {0xfe20, 0xfe2f},
    {0xfeff, 0xfeff},    {0xfff0, 0xffff},   {0x1fffe, 0x1ffff}, {0x2fffe, 0x2ffff},
    {0x3fffe, 0x3ffff},  {0x4fffe, 0x4ffff}, {0x5fffe, 0x5ffff}, {0x6fffe, 0x6ffff},
    {0x7fffe, 0x7ffff},  {0x8fffe, 0x8ffff}, {0x9fffe, 0x9ffff}, {0xafffe, 0xaffff},
    {0xbfffe, 0xbffff},  {0xcfffe, 0xcffff}, {0xdfffe, 0xdffff}, {0xe0000, 0xe0fff},
    {0xefffe, 0x10ffff},
});

// Names that open a device on Windows, with any extension.
constexpr std::array<std::string_view, 4> kDevices = {"con", "prn", "aux", "nul"};
constexpr std::array<std::string_view, 2> kNumberedDevices = {"com", "lpt"};  // com1 … lpt9

/// Simple case folding by the C library's Unicode tables: upper, then lower, joins σ ς and s ſ.
/// Only `C.UTF-8` is asked, so that the answer is the same wherever the host runs.
char32_t foldedCodePoint(char32_t value) {
  if (value < 0x80) return value >= 'A' && value <= 'Z' ? value + 32 : value;
  static const locale_t unicode = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (unicode == nullptr) return value;
  return static_cast<char32_t>(
      ::towlower_l(::towupper_l(static_cast<wint_t>(value), unicode), unicode));
}

/// The next code point of well-formed `text`, which it shortens.
char32_t takeCodePoint(std::string_view& text) {
  const auto lead = static_cast<std::uint8_t>(text[0]);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  char32_t value = length == 1 ? lead : lead & (0x7f >> length);
  for (std::size_t i = 1; i < length; ++i) {
    value = value << 6 | (static_cast<std::uint8_t>(text[i]) & 0x3f);
  }
  text.remove_prefix(length);
  return value;
}

bool isForbidden(char32_t value) {
  return std::any_of(kForbidden.begin(), kForbidden.end(), [value](const Range& range) {
    return value >= range.first && value <= range.last;
  });
}

bool isDevice(std::string_view segment) {
  std::string stem(segment.substr(0, segment.find('.')));
  for (char& c : stem) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  const auto among = [](const auto& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  const bool numbered = stem.size() == 4 && stem[3] >= '1' && stem[3] <= '9';
  return among(kDevices, stem) || (numbered && among(kNumberedDevices, stem.substr(0, 3)));
}

Error badName(std::string_view name, std::string_view why) {
  return {ErrorCode::PackageBadZip,
          "the file name '" + printable(name, 120) + "' " + std::string(why)};
}

Result<void> checkSegment(std::string_view name, std::string_view segment) {
  if (segment.empty()) {
    return badName(name, "has an empty part: write a relative path such as pages/home.js");
  }
  if (segment == "." || segment == "..") {
    return badName(name, "leaves its folder: parts . and .. are not allowed");
  }
  if (segment.front() == '.') return badName(name, "is hidden: no part may start with a dot");
  if (segment.back() == '.' || segment.back() == ' ') {
    return badName(name, "has a part that ends with a dot or a space");
  }
  if (isDevice(segment)) return badName(name, "names a device on Windows");
  return {};
}

}  // namespace

Result<void> checkName(std::string_view name) {
  if (name.empty()) return badName(name, "is empty");
  if (name.size() > kNameBytesMax) return badName(name, "is longer than 255 bytes");
  if (!isUtf8(name)) return badName(name, "is not UTF-8");
  if (name.front() == '/') return badName(name, "is absolute: only relative paths are allowed");
  if (name.size() > 1 && name[1] == ':') return badName(name, "names a drive");
  for (std::string_view rest = name; !rest.empty();) {
    const char32_t value = takeCodePoint(rest);
    if (value == '\\') return badName(name, "has a backslash: folders are divided by /");
    if (value == 0) return badName(name, "has a NUL byte");
    if (isForbidden(value)) {
      return badName(
          name,
          "has a character that is not allowed in packages (one of \" * : < > ? |, a "
          "control character, a private or invisible one, or a letter in decomposed form)");
    }
  }
  for (std::size_t begin = 0;;) {
    const std::size_t slash = name.find('/', begin);
    if (auto checked = checkSegment(name, name.substr(begin, slash - begin)); !checked) {
      return checked;
    }
    if (slash == name.npos) return {};
    begin = slash + 1;
  }
}

std::string foldedName(std::string_view name) {
  std::string folded;
  while (!name.empty()) {
    // A key for comparing, not a text: four bytes a code point.
    const char32_t value = foldedCodePoint(takeCodePoint(name));
    for (int shift = 24; shift >= 0; shift -= 8) folded += static_cast<char>(value >> shift & 0xff);
  }
  return folded;
}

}  // namespace kiosk
