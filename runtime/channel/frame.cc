#include "runtime/channel/frame.h"

#include <cstring>

#include "runtime/base/guard.h"

namespace kiosk {
namespace {

constexpr std::size_t kKeptBytesMax = 128 * 1024;

}  // namespace

void appendFrame(std::string& out, std::string_view text) {
  const auto length = static_cast<std::uint32_t>(text.size());
  char header[kFrameHeaderBytes];
  std::memcpy(header, &length, sizeof header);
  out.append(header, sizeof header);
  out.append(text);
}

void FrameDecoder::feed(std::string_view bytes) {
  buffer_.erase(0, consumed_);
  consumed_ = 0;
  // One large frame shall not cost its size for the rest of a session.
  if (buffer_.empty() && buffer_.capacity() > kKeptBytesMax) buffer_.shrink_to_fit();
  buffer_.append(bytes);
}

Result<std::optional<std::string_view>> FrameDecoder::next() {
  const std::string_view rest = std::string_view(buffer_).substr(consumed_);
  if (rest.size() < kFrameHeaderBytes) return std::optional<std::string_view>();
  std::uint32_t length = 0;
  std::memcpy(&length, rest.data(), sizeof length);
  if (!KIOSK_GUARD("frame.empty", length != 0))
    return Error{ErrorCode::InvalidParams, "an empty frame"};
  if (!KIOSK_GUARD("frame.size", length <= textBytesMax_)) {
    return Error{ErrorCode::PayloadTooLarge, "a frame of " + std::to_string(length) +
                                                 " bytes where " + std::to_string(textBytesMax_) +
                                                 " are allowed"};
  }
  if (rest.size() - kFrameHeaderBytes < length) return std::optional<std::string_view>();
  consumed_ += kFrameHeaderBytes + length;
  return std::optional(rest.substr(kFrameHeaderBytes, length));
}

}  // namespace kiosk
