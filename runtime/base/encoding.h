#pragma once
// Text forms of bytes, and the checks of text that the whole host shares.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kiosk {

using Bytes = std::span<const std::uint8_t>;

/// The bytes of `text`, borrowed.
inline Bytes bytesOf(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Lower-case hex, two digits a byte.
std::string toHex(Bytes bytes);
/// The bytes of `hex` (either case); none when the length is odd or a digit is not one.
std::optional<std::string> fromHex(std::string_view hex);

/// RFC 4648 section 5 without padding.
std::string toBase64Url(Bytes bytes);
/// Strict: no padding, no white space, no stray bits in the last digit.
std::optional<std::string> fromBase64Url(std::string_view text);

/// Percent-decodes a query component; `+` is a space. None for a broken escape.
std::optional<std::string> percentDecode(std::string_view text);

/// Whether `text` is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, up to
/// U+10FFFF).
bool isUtf8(std::string_view text);

/// Number of code points of well-formed UTF-8.
std::size_t codePoints(std::string_view utf8);

/// `utf8` without what could fake a line, a colour or a direction in a log or on a terminal:
/// control characters, bidirectional overrides and invalid bytes become visible escapes; at most
/// `bytesMax` bytes.
std::string printable(std::string_view utf8, std::size_t bytesMax);

}  // namespace kiosk
