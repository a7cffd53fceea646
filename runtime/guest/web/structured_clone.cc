// structuredClone(value, transferList, dataCloneError): a copy through V8's ValueSerializer, inside
// one isolate. The bytes never leave this function, and none from outside ever enter it: V8's
// deserializer trusts what it reads.
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "runtime/guest/engine/v8_compat.h"
#include "runtime/guest/web/web_api.h"

namespace kiosk::guest {
namespace {

void throwCloneError(v8::Isolate* isolate, v8::Local<v8::Function> makeError,
                     v8::Local<v8::String> message) {
  v8::Local<v8::Value> argument = message;
  v8::Local<v8::Value> error;
  if (makeError->Call(isolate->GetCurrentContext(), v8::Undefined(isolate), 1, &argument)
          .ToLocal(&error)) {
    isolate->ThrowException(error);
  }
}

/// Objects that V8 cannot clone become the DataCloneError that the JavaScript half makes.
class CloneDelegate : public v8::ValueSerializer::Delegate {
 public:
  CloneDelegate(v8::Isolate* isolate, v8::Local<v8::Function> makeError)
      : isolate_(isolate), makeError_(makeError) {}

  void ThrowDataCloneError(v8::Local<v8::String> message) override {
    throwCloneError(isolate_, makeError_, message);
  }

 private:
  v8::Isolate* isolate_;
  v8::Local<v8::Function> makeError_;
};

using Buffers = std::vector<v8::Local<v8::ArrayBuffer>>;

/// The buffers in `list`, an array that the JavaScript half built and checked.
bool readTransfers(v8::Local<v8::Context> context, v8::Local<v8::Array> list, Buffers& buffers) {
  for (std::uint32_t i = 0; i < list->Length(); ++i) {
    v8::Local<v8::Value> item;
    if (!list->Get(context, i).ToLocal(&item) || !item->IsArrayBuffer()) return false;
    buffers.push_back(item.As<v8::ArrayBuffer>());
  }
  return true;
}

bool writeValue(v8::Isolate* isolate, v8::Local<v8::Value> value, v8::Local<v8::Function> makeError,
                const Buffers& buffers, std::pair<std::uint8_t*, std::size_t>& bytes) {
  CloneDelegate delegate(isolate, makeError);
  v8::ValueSerializer serializer(isolate, &delegate);
  serializer.WriteHeader();
  for (std::uint32_t i = 0; i < buffers.size(); ++i) serializer.TransferArrayBuffer(i, buffers[i]);
  if (!serializer.WriteValue(isolate->GetCurrentContext(), value).FromMaybe(false)) return false;
  bytes = serializer.Release();
  return true;
}

void structuredClone(const v8::FunctionCallbackInfo<v8::Value>& info) {
  v8::Isolate* isolate = info.GetIsolate();
  auto context = isolate->GetCurrentContext();
  Buffers buffers;
  if (!info[1]->IsArray() || !info[2]->IsFunction() ||
      !readTransfers(context, info[1].As<v8::Array>(), buffers)) {
    return throwTypeError(isolate, "a list of buffers and a function are needed");
  }
  std::pair<std::uint8_t*, std::size_t> bytes{nullptr, 0};
  if (!writeValue(isolate, info[0], info[2].As<v8::Function>(), buffers, bytes)) return;
  const std::unique_ptr<std::uint8_t, decltype(&std::free)> owner(bytes.first, &std::free);
  for (const auto& buffer : buffers) {
    // Before the call, or by a getter during it: there is nothing to move, nor to make a view of.
    if (!buffer->WasDetached()) continue;
    return throwCloneError(
        isolate, info[2].As<v8::Function>(),
        v8::String::NewFromUtf8Literal(isolate, "a buffer in transfer is detached already"));
  }

  v8::ValueDeserializer deserializer(isolate, bytes.first, bytes.second);
  for (std::uint32_t i = 0; i < buffers.size(); ++i) {
    auto store = buffers[i]->GetBackingStore();
    detachBuffer(buffers[i]);
    deserializer.TransferArrayBuffer(i, v8::ArrayBuffer::New(isolate, std::move(store)));
  }
  v8::Local<v8::Value> copy;
  if (deserializer.ReadHeader(context).FromMaybe(false) &&
      deserializer.ReadValue(context).ToLocal(&copy)) {
    info.GetReturnValue().Set(copy);
  }
}

}  // namespace

void installStructuredClone(v8::Isolate* isolate, v8::Local<v8::Context> context,
                            v8::Local<v8::Object> natives) {
  addNative(isolate, context, natives, "structuredClone", structuredClone);
}

}  // namespace kiosk::guest
