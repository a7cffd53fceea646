#pragma once
// Frames on a session's socket, both ways.
//
//   offset 0   u32 LE   length of the text, 1..messageBytesMax
//          4   bytes    UTF-8 JSON text of that length
//
// A length of zero or above the bound is a broken peer: nothing after it can be trusted.

#include <kiosk/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

constexpr std::size_t kFrameHeaderBytes = 4;

/// Appends the frame of `text` to `out`.
void appendFrame(std::string& out, std::string_view text);

/// Cuts a byte stream into frames. Holds at most one frame and one read of bytes.
class FrameDecoder {
 public:
  explicit FrameDecoder(std::uint32_t textBytesMax) : textBytesMax_(textBytesMax) {}

  void feed(std::string_view bytes);
  /// The text of the next whole frame, borrowed until the next call; none when more bytes are
  /// needed. Errors: PayloadTooLarge   the length is above the bound; InvalidParams   it is zero.
  Result<std::optional<std::string_view>> next();

 private:
  std::uint32_t textBytesMax_;
  std::string buffer_;
  std::size_t consumed_ = 0;
};

}  // namespace kiosk
