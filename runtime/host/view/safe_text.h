#pragma once
// Text of a mini-app on its way into the view.

#include <string>
#include <string_view>

namespace kiosk {

/// Well-formed UTF-8 without control characters (a line feed stays, any other becomes a space) and
/// without the marks that turn the direction of everything behind them; at most `bytesMax` bytes,
/// cut between characters.
std::string printableText(std::string_view utf8, std::size_t bytesMax);

}  // namespace kiosk
