#include "runtime/host/view/safe_text.h"

namespace kiosk {
namespace {

/// Bytes of the UTF-8 character that begins with `lead`.
std::size_t lengthOf(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

/// U+202A..U+202E: embeddings and overrides, which outlive the text they stand in. Isolates
/// (U+2066..U+2069) end with their paragraph and stay, for right-to-left languages need them.
bool isDirectionOverride(std::string_view character) {
  return character.size() == 3 && character[0] == '\xE2' && character[1] == '\x80' &&
         character[2] >= '\xAA' && character[2] <= '\xAE';
}

bool isControl(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return (first < 0x20 && first != '\n') || first == 0x7F;
  return character.size() == 2 && first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
}

}  // namespace

std::string printableText(std::string_view utf8, std::size_t bytesMax) {
  std::string out;
  out.reserve(utf8.size() < bytesMax ? utf8.size() : bytesMax);
  for (std::size_t at = 0; at < utf8.size();) {
    const auto character = utf8.substr(at, lengthOf(static_cast<unsigned char>(utf8[at])));
    at += character.size();
    if (out.size() + character.size() > bytesMax) break;
    if (isDirectionOverride(character)) continue;
    if (isControl(character)) {
      out += ' ';
    } else {
      out += character;
    }
  }
  return out;
}

}  // namespace kiosk
