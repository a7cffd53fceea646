#include "sdk/conformance/markup.h"

#include "runtime/base/encoding.h"

namespace kiosk::conformance {
namespace {

/// U+FFFE and U+FFFF, the two characters beyond the control characters that XML does not hold,
/// are EF BF BE and EF BF BF; `last` is the third byte.
std::string_view unholdable(char last) { return last == '\xbe' ? "\\u{fffe}" : "\\u{ffff}"; }

std::string withoutUnholdable(std::string text) {
  for (auto at = text.find("\xef\xbf"); at != std::string::npos;
       at = text.find("\xef\xbf", at + 1)) {
    const char last = text[at + 2];
    if (last == '\xbe' || last == '\xbf') text.replace(at, 3, unholdable(last));
  }
  return text;
}

}  // namespace

std::string markupText(std::string_view text) {
  std::string escaped;
  for (const char c : withoutUnholdable(printable(text, kMarkupTextBytesMax))) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace kiosk::conformance
