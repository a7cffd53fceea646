// utf8Encode(string) and utf8Decode(view, fatal, ignoreBom): the two that are worth doing in C++.
#include <cstdint>
#include <span>

#include "runtime/guest/engine/v8_compat.h"
#include "runtime/guest/web/web_api.h"

namespace kiosk::guest {
namespace {

using Info = v8::FunctionCallbackInfo<v8::Value>;
using Bytes = std::span<const std::uint8_t>;

bool isContinuation(std::uint8_t byte) { return (byte & 0xC0) == 0x80; }

/// How many bytes the well-formed UTF-8 sequence at the start of `rest` has; 0 when there is none.
std::size_t sequenceLength(Bytes rest) {
  const std::uint8_t lead = rest[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (rest.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!isContinuation(rest[i])) return 0;
  }
  if (lead == 0xE0 && rest[1] < 0xA0) return 0;  // overlong
  if (lead == 0xED && rest[1] > 0x9F) return 0;  // a surrogate
  if (lead == 0xF0 && rest[1] < 0x90) return 0;  // overlong
  if (lead == 0xF4 && rest[1] > 0x8F) return 0;  // past U+10FFFF
  return length;
}

bool isUtf8(Bytes bytes) {
  while (!bytes.empty()) {
    const std::size_t length = sequenceLength(bytes);
    if (length == 0) return false;
    bytes = bytes.subspan(length);
  }
  return true;
}

void utf8Encode(const Info& info) {
  v8::Isolate* isolate = info.GetIsolate();
  if (!info[0]->IsString()) return throwTypeError(isolate, "a string is needed");
  auto text = info[0].As<v8::String>();
  const std::size_t size = utf8Length(isolate, text);
  // Made by the constructor of JavaScript, which throws a RangeError when the quota of buffers is
  // used up; v8::ArrayBuffer::New would end the process.
  v8::Local<v8::Value> length = v8::Number::New(isolate, static_cast<double>(size));
  v8::Local<v8::Object> made;
  if (!info.Data()
           .As<v8::Function>()
           ->NewInstance(isolate->GetCurrentContext(), 1, &length)
           .ToLocal(&made)) {
    return;
  }
  auto array = made.As<v8::Uint8Array>();
  auto store = array->Buffer()->GetBackingStore();
  if (size > 0) writeUtf8(isolate, text, static_cast<char*>(store->Data()), size);
  info.GetReturnValue().Set(array);
}

void utf8Decode(const Info& info) {
  v8::Isolate* isolate = info.GetIsolate();
  if (!info[0]->IsArrayBufferView()) return throwTypeError(isolate, "a view is needed");
  auto view = info[0].As<v8::ArrayBufferView>();
  auto store = view->Buffer()->GetBackingStore();
  Bytes bytes;
  if (store->Data() != nullptr) {
    bytes = Bytes(static_cast<const std::uint8_t*>(store->Data()) + view->ByteOffset(),
                  view->ByteLength());
  }
  if (info[1]->IsTrue() && !isUtf8(bytes)) {
    return throwTypeError(isolate, "the bytes are not utf-8");
  }
  const bool hasBom = bytes.size() >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF;
  if (hasBom && !info[2]->IsTrue()) bytes = bytes.subspan(3);
  if (bytes.size() > static_cast<std::size_t>(v8::String::kMaxLength)) {
    isolate->ThrowException(v8::Exception::RangeError(
        v8::String::NewFromUtf8Literal(isolate, "the text is longer than a string may be")));
    return;
  }
  v8::Local<v8::String> text;
  if (v8::String::NewFromUtf8(isolate, reinterpret_cast<const char*>(bytes.data()),
                              v8::NewStringType::kNormal, static_cast<int>(bytes.size()))
          .ToLocal(&text)) {
    info.GetReturnValue().Set(text);
  }
}

}  // namespace

void installEncoding(v8::Isolate* isolate, v8::Local<v8::Context> context,
                     v8::Local<v8::Object> natives) {
  auto uint8Array = context->Global()
                        ->Get(context, v8::String::NewFromUtf8Literal(isolate, "Uint8Array"))
                        .ToLocalChecked();
  addNative(isolate, context, natives, "utf8Encode", utf8Encode, uint8Array);
  addNative(isolate, context, natives, "utf8Decode", utf8Decode);
}

}  // namespace kiosk::guest
