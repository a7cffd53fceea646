// Goal: whatever bytes arrive, the decoder gives whole frames in order or says what is wrong.
// Method: frames cut at every byte, lengths at and past the bound.

#include "runtime/channel/frame.h"

#include <doctest/doctest.h>

#include <vector>

using namespace kiosk;

namespace {

std::vector<std::string> drain(FrameDecoder& decoder) {
  std::vector<std::string> frames;
  for (;;) {
    auto frame = decoder.next();
    REQUIRE(frame);
    if (!*frame) return frames;
    frames.emplace_back(**frame);
  }
}

}  // namespace

TEST_CASE("frames: a stream cut at any byte gives the same frames") {
  std::string stream;
  appendFrame(stream, "{}");
  appendFrame(stream, "[1,2,3]");
  appendFrame(stream, "x");
  for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
    FrameDecoder decoder(16);
    decoder.feed(std::string_view(stream).substr(0, cut));
    auto frames = drain(decoder);
    decoder.feed(std::string_view(stream).substr(cut));
    for (auto& frame : drain(decoder)) frames.push_back(std::move(frame));
    CHECK(frames == std::vector<std::string>{"{}", "[1,2,3]", "x"});
  }
}

TEST_CASE("frames: one byte at a time gives the same frames") {
  std::string stream;
  appendFrame(stream, "hello");
  appendFrame(stream, "world");
  FrameDecoder decoder(5);
  std::vector<std::string> frames;
  for (const char byte : stream) {
    decoder.feed({&byte, 1});
    for (auto& frame : drain(decoder)) frames.push_back(std::move(frame));
  }
  CHECK(frames == std::vector<std::string>{"hello", "world"});
}

TEST_CASE("frames: a length of the bound passes and one more is refused before its bytes arrive") {
  FrameDecoder decoder(8);
  std::string stream;
  appendFrame(stream, "12345678");
  decoder.feed(stream);
  CHECK(drain(decoder).size() == 1);
  std::string tooLong;
  appendFrame(tooLong, "123456789");
  decoder.feed(std::string_view(tooLong).substr(0, kFrameHeaderBytes));
  CHECK(decoder.next().error().code == ErrorCode::PayloadTooLarge);
}

TEST_CASE("frames: an empty frame and the largest length are refused") {
  FrameDecoder decoder(8);
  decoder.feed(std::string(4, '\0'));
  CHECK(decoder.next().error().code == ErrorCode::InvalidParams);
  FrameDecoder other(8);
  other.feed(std::string(4, '\xFF'));
  CHECK(other.next().error().code == ErrorCode::PayloadTooLarge);
}
