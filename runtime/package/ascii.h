#pragma once
// Classes of ASCII characters, whatever the locale.

namespace kiosk {

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool isLower(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace kiosk
