#pragma once
// What a file of a mini-app is, by its own bytes: its name is the app's word.

#include <optional>
#include <string_view>

namespace web_host {

/// The media type of a raster image (PNG, JPEG, GIF, WebP, AVIF) or a font (WOFF, WOFF2). None for
/// everything else, SVG above all: that can hold script.
std::optional<std::string_view> assetType(std::string_view bytes);
/// The same for images alone.
std::optional<std::string_view> imageType(std::string_view bytes);

}  // namespace web_host
