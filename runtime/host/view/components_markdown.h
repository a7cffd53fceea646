#pragma once
// The reference page of the components, made from components.json.

#include <string>

namespace kiosk {

/// docs/ui-components.md as it should be.
std::string componentsMarkdown();

}  // namespace kiosk
