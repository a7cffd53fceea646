#pragma once
// The native halves of the web APIs. Each stands in one .cc beside its .js and adds its functions
// to the object that bootstrap(natives) gets; apps never see that object.
//
// Natives are called by the bootstrap only, with arguments that it has checked; they still answer a
// wrong argument with a TypeError and never with a crash.

#include <v8.h>

#include <span>

namespace kiosk::guest {

struct WebApi {
  const char* name;
  /// Adds this API's functions to `natives`. Runs once, in the zygote.
  void (*install)(v8::Isolate* isolate, v8::Local<v8::Context> context,
                  v8::Local<v8::Object> natives);
};

/// Every API with a native half, in the order in which they are installed.
std::span<const WebApi> webApis();

/// Adds `callback` to `natives` as a function called `name`, which cannot be constructed. The
/// callback finds `data` in its info.
void addNative(v8::Isolate* isolate, v8::Local<v8::Context> context, v8::Local<v8::Object> natives,
               const char* name, v8::FunctionCallback callback,
               v8::Local<v8::Value> data = v8::Local<v8::Value>());

/// Throws a TypeError with `message` into the running JavaScript.
void throwTypeError(v8::Isolate* isolate, const char* message);

void installEncoding(v8::Isolate*, v8::Local<v8::Context>, v8::Local<v8::Object>);
void installInspect(v8::Isolate*, v8::Local<v8::Context>, v8::Local<v8::Object>);
void installMicrotasks(v8::Isolate*, v8::Local<v8::Context>, v8::Local<v8::Object>);
void installStructuredClone(v8::Isolate*, v8::Local<v8::Context>, v8::Local<v8::Object>);

}  // namespace kiosk::guest
