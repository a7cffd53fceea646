#include "runtime/guest/web/web_api.h"

#include <array>

namespace kiosk::guest {
namespace {

constexpr std::array<WebApi, 4> kWebApis = {{
    {"encoding", installEncoding},
    {"inspect", installInspect},
    {"microtasks", installMicrotasks},
    {"structured_clone", installStructuredClone},
}};

}  // namespace

std::span<const WebApi> webApis() { return kWebApis; }

void addNative(v8::Isolate* isolate, v8::Local<v8::Context> context, v8::Local<v8::Object> natives,
               const char* name, v8::FunctionCallback callback, v8::Local<v8::Value> data) {
  auto key = v8::String::NewFromUtf8(isolate, name).ToLocalChecked();
  auto function = v8::Function::New(context, callback, data, 0, v8::ConstructorBehavior::kThrow)
                      .ToLocalChecked();
  function->SetName(key);
  natives->CreateDataProperty(context, key, function).Check();
}

void throwTypeError(v8::Isolate* isolate, const char* message) {
  isolate->ThrowException(
      v8::Exception::TypeError(v8::String::NewFromUtf8(isolate, message).ToLocalChecked()));
}

}  // namespace kiosk::guest
