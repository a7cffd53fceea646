#include "asset_type.h"

namespace web_host {
namespace {

using namespace std::string_view_literals;

bool has(std::string_view bytes, std::size_t at, std::string_view mark) {
  return bytes.size() >= at + mark.size() && bytes.substr(at, mark.size()) == mark;
}

}  // namespace

std::optional<std::string_view> imageType(std::string_view bytes) {
  if (has(bytes, 0, "\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (has(bytes, 0, "\xff\xd8\xff"sv)) return "image/jpeg";
  if (has(bytes, 0, "GIF87a"sv) || has(bytes, 0, "GIF89a"sv)) return "image/gif";
  if (has(bytes, 0, "RIFF"sv) && has(bytes, 8, "WEBP"sv)) return "image/webp";
  if (has(bytes, 4, "ftypavif"sv) || has(bytes, 4, "ftypavis"sv)) return "image/avif";
  return std::nullopt;
}

std::optional<std::string_view> assetType(std::string_view bytes) {
  if (const auto image = imageType(bytes)) return image;
  if (has(bytes, 0, "wOFF"sv)) return "font/woff";
  if (has(bytes, 0, "wOF2"sv)) return "font/woff2";
  return std::nullopt;
}

}  // namespace web_host
