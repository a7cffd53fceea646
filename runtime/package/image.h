#pragma once
// A verified package as the guest reads it: one flat, sealed memfd, so that no archive parser runs
// inside the wall and every session of an app shares the same pages.
//
//   offset 0   8 bytes   magic "KIOSKIM1"
//          8   u32 LE    number of files, n
//         12   u32 LE    0
//         16   n × 32    entries, sorted by name: u64 nameOffset, u64 nameLength, u64 offset, u64
//         length
//              names, back to back
//              contents, each at a multiple of 8
//
// All offsets count from the start of the image.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

/// The image of `files`.
std::string encodeImage(const std::map<std::string, std::string, std::less<>>& files);

/// Reads an image in place. Borrowed bytes must outlive the reader.
class ImageReader {
 public:
  /// None when the bytes are not a well-formed image.
  static std::optional<ImageReader> open(std::string_view image);
  /// The file called exactly `name`.
  std::optional<std::string_view> file(std::string_view name) const;

 private:
  ImageReader(std::string_view image, std::uint32_t count) : image_(image), count_(count) {}
  std::string_view image_;
  std::uint32_t count_;
};

}  // namespace kiosk
