// enqueueMicrotask(function): the queue that V8 itself keeps for promises.
#include "runtime/guest/web/web_api.h"

namespace kiosk::guest {
namespace {

void enqueueMicrotask(const v8::FunctionCallbackInfo<v8::Value>& info) {
  if (!info[0]->IsFunction()) return throwTypeError(info.GetIsolate(), "a function is needed");
  info.GetIsolate()->EnqueueMicrotask(info[0].As<v8::Function>());
}

}  // namespace

void installMicrotasks(v8::Isolate* isolate, v8::Local<v8::Context> context,
                       v8::Local<v8::Object> natives) {
  addNative(isolate, context, natives, "enqueueMicrotask", enqueueMicrotask);
}

}  // namespace kiosk::guest
