#pragma once
// The style sheet of report.html.

#include <string_view>

namespace kiosk::conformance {

/// The sheet, as it stands between the page's style tags; its bytes are named in the page's policy.
std::string_view htmlStyle();

}  // namespace kiosk::conformance
