// kindOf(value): what V8 says a value is, without a look at any property of it. A Proxy is only
// ever a 'proxy', so describing one runs none of its traps.
#include <array>

#include "runtime/guest/web/web_api.h"

namespace kiosk::guest {
namespace {

struct Kind {
  const char* name;
  bool (*is)(v8::Value& value);
};

// A Proxy first: it is none of the others, whatever it stands for.
constexpr std::array<Kind, 13> kKinds = {{
    {"proxy", [](v8::Value& v) { return v.IsProxy(); }},
    {"error", [](v8::Value& v) { return v.IsNativeError(); }},
    {"array", [](v8::Value& v) { return v.IsArray(); }},
    {"date", [](v8::Value& v) { return v.IsDate(); }},
    {"regexp", [](v8::Value& v) { return v.IsRegExp(); }},
    {"map", [](v8::Value& v) { return v.IsMap(); }},
    {"set", [](v8::Value& v) { return v.IsSet(); }},
    {"promise", [](v8::Value& v) { return v.IsPromise(); }},
    {"weakmap", [](v8::Value& v) { return v.IsWeakMap(); }},
    {"weakset", [](v8::Value& v) { return v.IsWeakSet(); }},
    {"arraybuffer", [](v8::Value& v) { return v.IsArrayBuffer(); }},
    {"sharedbuffer", [](v8::Value& v) { return v.IsSharedArrayBuffer(); }},
    {"typedarray", [](v8::Value& v) { return v.IsTypedArray(); }},
}};

void kindOf(const v8::FunctionCallbackInfo<v8::Value>& info) {
  const char* found = "";
  if (info[0]->IsObject()) {
    for (const Kind& kind : kKinds) {
      if (!kind.is(**info[0])) continue;
      found = kind.name;
      break;
    }
  }
  info.GetReturnValue().Set(
      v8::String::NewFromUtf8(info.GetIsolate(), found, v8::NewStringType::kInternalized)
          .ToLocalChecked());
}

}  // namespace

void installInspect(v8::Isolate* isolate, v8::Local<v8::Context> context,
                    v8::Local<v8::Object> natives) {
  addNative(isolate, context, natives, "kindOf", kindOf);
}

}  // namespace kiosk::guest
