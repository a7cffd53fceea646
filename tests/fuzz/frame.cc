// Goal: a byte stream is cut into the same frames however it arrives, and a message that is taken
// is one of those that a guest may send. Method: the stream whole and in pieces; what was read is
// written and read again. An input that begins with '{' is lines of text, each put into a frame;
// any other is the size of the pieces and then the stream.

#include "runtime/channel/frame.h"

#include "runtime/channel/rpc.h"
#include "tests/fuzz/fuzz.h"

namespace kiosk::fuzz {
namespace {

using nlohmann::json;

constexpr std::uint32_t kStreamTextBytesMax = 4096;
constexpr JsonBounds kMessageBounds{
    .bytesMax = kStreamTextBytesMax, .depthMax = 8, .valuesMax = 64};

struct Cut {
  std::vector<std::string> texts;
  bool broken = false;
};

Cut cutStream(std::string_view stream, std::size_t pieceBytes) {
  FrameDecoder decoder(kStreamTextBytesMax);
  Cut cut;
  while (!stream.empty() && !cut.broken) {
    decoder.feed(stream.substr(0, pieceBytes));
    stream.remove_prefix(std::min(pieceBytes, stream.size()));
    for (;;) {
      const auto text = decoder.next();
      cut.broken = !text;
      if (!text || !*text) break;
      KIOSK_CHECK(!(*text)->empty() && (*text)->size() <= kStreamTextBytesMax,
                  "a frame is within its bound");
      cut.texts.emplace_back(**text);
    }
  }
  return cut;
}

json messageJson(const Incoming& message) {
  json written = {{"jsonrpc", "2.0"}, {"method", message.method}, {"params", message.params}};
  if (message.kind == Incoming::Kind::Call) written["id"] = message.id;
  if (!message.idempotencyKey.empty()) {
    written["kiosk"] = {{"idempotencyKey", message.idempotencyKey}};
  }
  return written;
}

void checkMessage(const std::string& text) {
  const auto message = readMessage(text, kMessageBounds);
  if (!message) return;
  KIOSK_CHECK(!message->method.empty() && message->method.size() <= kMethodBytesMax,
              "a method's name is within its bound");
  KIOSK_CHECK(message->params.is_object(), "params are an object");
  KIOSK_CHECK(message->idempotencyKey.size() <= kIdempotencyKeyBytesMax, "a key has its bound");
  const bool isCall = message->kind == Incoming::Kind::Call;
  KIOSK_CHECK(isCall == (message->id != 0) && message->id <= kCallIdMax, "a call has its id");
  const auto again = readMessage(dumpJson(messageJson(*message)), {});
  KIOSK_CHECK(again.has_value() && messageJson(*again) == messageJson(*message),
              "what is written is read back");
  for (const auto& answer :
       {resultMessage(message->id, message->params),
        errorMessage(message->id, Error{ErrorCode::InvalidParams, message->method}),
        notificationMessage(message->method, message->params)}) {
    KIOSK_CHECK(parseJson(answer).has_value(), "an answer is JSON");
  }
}

void checkStream(std::string_view stream, std::size_t pieceBytes) {
  const Cut whole = cutStream(stream, stream.size()), pieces = cutStream(stream, pieceBytes);
  KIOSK_CHECK(whole.texts == pieces.texts && whole.broken == pieces.broken,
              "pieces make the same frames");
  std::string written;
  for (const auto& text : whole.texts) {
    appendFrame(written, text);
    checkMessage(text);
  }
  KIOSK_CHECK(stream.starts_with(written), "frames are what the stream was made of");
}

std::string framesOf(std::string_view lines) {
  std::string stream;
  for (Pieces rest(lines); !rest.empty();) {
    const auto line = rest.until('\n');
    if (!line.empty()) appendFrame(stream, line);
  }
  return stream;
}

}  // namespace

void tryInput(std::string_view input) {
  if (input.starts_with('{')) return checkStream(framesOf(input), 1 + input.size() % 7);
  Pieces pieces(input);
  const std::size_t pieceBytes = 1 + pieces.byte();
  checkStream(pieces.rest(), pieceBytes);
}

std::vector<Seed> madeSeeds() {
  std::string two("\x02", 1), large("\xff", 1), empty("\x01", 1);
  appendFrame(two, R"({"jsonrpc":"2.0","method":"$/started"})");
  appendFrame(two, R"({"jsonrpc":"2.0","id":1,"method":"ui.commit","params":{"records":[]}})");
  large += std::string("\xff\xff\xff\x7f", 4) + "{}";
  empty += std::string(4, '\0') + "{}";
  return {{"two", two}, {"too-large", large}, {"empty", empty}, {"cut", two.substr(0, 60)}};
}

}  // namespace kiosk::fuzz
