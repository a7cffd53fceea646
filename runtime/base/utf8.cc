#include <algorithm>

#include "runtime/base/encoding.h"
#include "runtime/base/short_text.h"

namespace kiosk {
namespace {

struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;  ///< 0: the text does not start with a well-formed sequence
};

bool isContinuation(char byte) { return (static_cast<std::uint8_t>(byte) & 0xc0) == 0x80; }

/// The first code point of non-empty `text`.
CodePoint firstCodePoint(std::string_view text) {
  const auto lead = static_cast<std::uint8_t>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {};
  char32_t value = lead & (0x7f >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!isContinuation(text[i])) return {};
    value = value << 6 | (static_cast<std::uint8_t>(text[i]) & 0x3f);
  }
  const char32_t smallest = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < smallest || value > 0x10ffff || surrogate) return {};
  return {value, length};
}

/// Code points that draw nothing themselves but change what is around them: lines, colours,
/// directions, joins, invisible tags and fillers.
bool isDeceptive(char32_t value) {
  return value < 0x20 || (value >= 0x7f && value <= 0x9f) || value == 0xad || value == 0x34f ||
         value == 0x61c || value == 0x115f || value == 0x1160 || value == 0x17b4 ||
         value == 0x17b5 || value == 0x180e || (value >= 0x200b && value <= 0x200f) ||
         (value >= 0x2028 && value <= 0x202e) || (value >= 0x2060 && value <= 0x206f) ||
         value == 0x3164 || value == 0xfeff || value == 0xffa0 ||
         (value >= 0xfff9 && value <= 0xfffb) || (value >= 0xe0000 && value <= 0xe0fff);
}

std::string hexOf(char32_t value, std::size_t digitsMin) {
  std::string digits;
  while (value != 0 || digits.size() < digitsMin) {
    digits.insert(digits.begin(), "0123456789abcdef"[value & 15]);
    value >>= 4;
  }
  return digits;
}

std::string escapeOf(char32_t value) {
  if (value == '\n') return "\\n";
  if (value == '\r') return "\\r";
  if (value == '\t') return "\\t";
  return value < 0x80 ? "\\x" + hexOf(value, 2) : "\\u{" + hexOf(value, 4) + "}";
}

}  // namespace

bool isUtf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint first = firstCodePoint(text);
    if (first.bytes == 0) return false;
    text.remove_prefix(first.bytes);
  }
  return true;
}

bool isPrintable(std::string_view text, std::u32string_view besides) {
  while (!text.empty()) {
    const CodePoint first = firstCodePoint(text);
    if (first.bytes == 0) return false;
    if (isDeceptive(first.value) && besides.find(first.value) == besides.npos) return false;
    text.remove_prefix(first.bytes);
  }
  return true;
}

std::size_t codePoints(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char byte) { return !isContinuation(byte); }));
}

std::string printable(std::string_view utf8, std::size_t bytesMax) {
  constexpr std::string_view kCut = "…";
  std::string out;
  // Where the text can be cut so that the sign of the cut still fits behind it.
  std::size_t cutAt = 0;
  while (!utf8.empty()) {
    const CodePoint first = firstCodePoint(utf8);
    const std::size_t taken = std::max<std::size_t>(first.bytes, 1);
    if (first.bytes == 0) {
      out += "\\x" + hexOf(static_cast<std::uint8_t>(utf8[0]), 2);
    } else if (isDeceptive(first.value)) {
      out += escapeOf(first.value);
    } else {
      out += utf8.substr(0, taken);
    }
    utf8.remove_prefix(taken);
    if (out.size() > bytesMax) {
      out.resize(cutAt);
      if (bytesMax >= kCut.size()) out += kCut;
      return out;
    }
    if (out.size() + kCut.size() <= bytesMax) cutAt = out.size();
  }
  return out;
}

}  // namespace kiosk
