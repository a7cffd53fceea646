#pragma once
// Texts of cases and their apps as parts of XML and HTML: nothing in them is read as markup.

#include <string>
#include <string_view>

namespace kiosk::conformance {

/// One text of a case takes no more bytes of a page or of junit.xml, before it is escaped.
inline constexpr std::size_t kMarkupTextBytesMax = 4096;

/// `text` for element content and for attribute values in double or single quotes. What draws
/// nothing or fakes a line or a direction becomes a visible escape, and so does what XML cannot
/// hold; a text over the bound is cut and ends with "…".
std::string markupText(std::string_view text);

}  // namespace kiosk::conformance
