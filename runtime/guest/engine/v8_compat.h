#pragma once
// Where V8 10.2 (Debian 12), 11.3 (Debian 13) and 13.6 (the next) are spelled differently. The only
// file that asks for V8's version; everything else calls these.

#include <v8.h>

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::guest {

inline v8::ScriptOrigin moduleOrigin(v8::Isolate* isolate, v8::Local<v8::Value> name) {
#if V8_MAJOR_VERSION >= 12
  (void)isolate;
  return v8::ScriptOrigin(name, 0, 0, false, -1, v8::Local<v8::Value>(), false, false, true);
#else
  return v8::ScriptOrigin(isolate, name, 0, 0, false, -1, v8::Local<v8::Value>(), false, false,
                          true);
#endif
}

inline v8::ScriptOrigin scriptOrigin(v8::Isolate* isolate, v8::Local<v8::Value> name) {
#if V8_MAJOR_VERSION >= 12
  (void)isolate;
  return v8::ScriptOrigin(name);
#else
  return v8::ScriptOrigin(isolate, name);
#endif
}

/// How many bytes `text` has in UTF-8, each lone surrogate counted as U+FFFD.
inline std::size_t utf8Length(v8::Isolate* isolate, v8::Local<v8::String> text) {
#if V8_MAJOR_VERSION >= 13
  return text->Utf8LengthV2(isolate);
#else
  return static_cast<std::size_t>(text->Utf8Length(isolate));
#endif
}

/// Writes the UTF-8 of `text` to `out`, which has room for `length` = utf8Length bytes; lone
/// surrogates become U+FFFD.
inline void writeUtf8(v8::Isolate* isolate, v8::Local<v8::String> text, char* out,
                      std::size_t length) {
#if V8_MAJOR_VERSION >= 13
  text->WriteUtf8V2(isolate, out, length, v8::String::WriteFlags::kReplaceInvalidUtf8);
#else
  text->WriteUtf8(isolate, out, static_cast<int>(length), nullptr,
                  v8::String::NO_NULL_TERMINATION | v8::String::REPLACE_INVALID_UTF8);
#endif
}

/// Appends the UTF-8 of `text`, lone surrogates replaced by U+FFFD.
inline void appendUtf8(v8::Isolate* isolate, v8::Local<v8::String> text, std::string& out) {
  const std::size_t before = out.size();
  const std::size_t length = utf8Length(isolate, text);
  out.resize(before + length);
  writeUtf8(isolate, text, out.data() + before, length);
}

/// Takes the memory away from `buffer`; what holds its store keeps it.
inline void detachBuffer(v8::Local<v8::ArrayBuffer> buffer) {
#if V8_MAJOR_VERSION >= 11
  buffer->Detach(v8::Local<v8::Value>()).Check();
#else
  buffer->Detach();
#endif
}

inline std::string toUtf8(v8::Isolate* isolate, v8::Local<v8::String> text) {
  std::string out;
  appendUtf8(isolate, text, out);
  return out;
}

/// A module that the host makes, with one export called `default`.
inline v8::Local<v8::Module> defaultExportModule(v8::Isolate* isolate, v8::Local<v8::String> name,
                                                 v8::Module::SyntheticModuleEvaluationSteps steps) {
  auto exportName = v8::String::NewFromUtf8Literal(isolate, "default");
#if V8_MAJOR_VERSION >= 12
  const v8::Local<v8::String> names[] = {exportName};
  return v8::Module::CreateSyntheticModule(
      isolate, name, v8::MemorySpan<const v8::Local<v8::String>>(names, 1), steps);
#else
  return v8::Module::CreateSyntheticModule(isolate, name, std::vector{exportName}, steps);
#endif
}

/// Installs `handler(where, isHeapLimit)` for allocations that V8 cannot survive. It must not
/// return.
using OutOfMemoryHandler = void (*)(const char* where, bool isHeapLimit);
inline OutOfMemoryHandler& outOfMemoryHandler() {
  static OutOfMemoryHandler handler = nullptr;
  return handler;
}
inline void setOutOfMemoryHandler(v8::Isolate* isolate, OutOfMemoryHandler handler) {
  outOfMemoryHandler() = handler;
#if V8_MAJOR_VERSION >= 11
  isolate->SetOOMErrorHandler([](const char* where, const v8::OOMDetails& details) {
    outOfMemoryHandler()(where, details.is_heap_oom);
  });
#else
  isolate->SetOOMErrorHandler(
      [](const char* where, bool isHeapLimit) { outOfMemoryHandler()(where, isHeapLimit); });
#endif
}

/// While one of these lives, V8 compiles every function of what it compiles, and not each at its
/// first call. By flag: compiling a module takes no such option in 10.2.
class EagerCompilation {
 public:
  EagerCompilation() { v8::V8::SetFlagsFromString("--no-lazy"); }
  ~EagerCompilation() { v8::V8::SetFlagsFromString("--lazy"); }
  EagerCompilation(const EagerCompilation&) = delete;
  EagerCompilation& operator=(const EagerCompilation&) = delete;
};

/// Flags that a version does not know are warned of on standard error, so each is passed where it
/// exists.
inline std::string_view versionFlags() {
#if V8_MAJOR_VERSION >= 12
  return "--no-freeze-flags-after-init";  // for EagerCompilation
#elif V8_MAJOR_VERSION >= 11
  return "--no-harmony-sharedarraybuffer --no-freeze-flags-after-init";
#else
  return "--no-harmony-sharedarraybuffer";
#endif
}

}  // namespace kiosk::guest
