#pragma once
// The one rule for short texts of others that are shown beside the host's own words: names, titles,
// buttons, notes, items of an order.

#include <string_view>

namespace kiosk {

/// Whether `text` is well-formed UTF-8 without a code point that `printable` (encoding.h) would
/// escape, but for those in `besides`: no control character, no invisible one and none that turns
/// the direction of text.
bool isPrintable(std::string_view text, std::u32string_view besides = {});

}  // namespace kiosk
