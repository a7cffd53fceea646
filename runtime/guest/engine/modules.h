#pragma once
// ES modules of one package. The whole graph is compiled before it is linked: V8 does not survive a
// compile inside its resolver, which therefore only looks up.

#include <v8.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "runtime/package/image.h"

namespace kiosk::guest {

class Modules {
 public:
  /// `image` is borrowed. `appId` is for the names that stacks and import.meta.url show.
  Modules(v8::Isolate* isolate, const ImageReader& image, std::string_view appId);

  /// Compiles the module at `path` and everything it imports, every function of them, and links and
  /// evaluates nothing. False with a pending exception when a file is missing or does not parse.
  bool compileAhead(v8::Local<v8::Context> context, const std::string& path);

  /// The module at `path` and everything it imports, compiled and linked. Empty with a pending
  /// exception when a file is missing, does not parse, or does not link.
  v8::MaybeLocal<v8::Module> loadGraph(v8::Local<v8::Context> context, const std::string& path);

  /// The path that `specifier` names inside a module at `referrer`; empty with a pending exception
  /// when it names nothing inside the package.
  v8::Maybe<std::string> resolve(std::string_view specifier, std::string_view referrer);

  /// "app://ru.post.parcel/lib/a.js" for "lib/a.js", and back.
  std::string urlOf(std::string_view path) const;
  std::string pathOf(std::string_view url) const;
  std::string urlOfModule(v8::Local<v8::Module> module) const;

  /// The engine's one instance, for V8's callbacks, which carry no pointer of ours.
  static Modules*& current();

 private:
  struct Entry {
    std::string path;
    v8::Global<v8::Module> module;
  };
  bool compileGraph(v8::Local<v8::Context> context, const std::string& path);
  v8::MaybeLocal<v8::Module> compile(const std::string& path);
  v8::MaybeLocal<v8::Module> compileJson(const std::string& path, std::string_view source);
  v8::Local<v8::String> sourceText(std::string_view source);
  static v8::MaybeLocal<v8::Module> lookUp(v8::Local<v8::Context> context,
                                           v8::Local<v8::String> specifier,
                                           v8::Local<v8::FixedArray> attributes,
                                           v8::Local<v8::Module> referrer);
  const Entry* entryOf(v8::Local<v8::Module> module) const;

  v8::Isolate* isolate_;
  const ImageReader& image_;
  std::string prefix_;
  std::unordered_map<std::string, Entry> byPath_;
  std::unordered_multimap<int, std::string> pathByHash_;
  /// Parsed contents of JSON modules until they are evaluated, by the module's hash.
  std::unordered_multimap<int, v8::Global<v8::Value>> jsonByHash_;

  friend v8::MaybeLocal<v8::Value> evaluateJson(v8::Local<v8::Context>, v8::Local<v8::Module>);
};

/// V8's hook for `import()`: a promise that a microtask settles, so that no module is evaluated
/// while another one is (V8 aborts when Evaluate() meets a module that is being evaluated).
v8::MaybeLocal<v8::Promise> importDynamically(v8::Local<v8::Context> context,
                                              v8::Local<v8::Data> hostOptions,
                                              v8::Local<v8::Value> referrer,
                                              v8::Local<v8::String> specifier,
                                              v8::Local<v8::FixedArray> attributes);

/// V8's hook for `import.meta`: its one property is `url`.
void describeModule(v8::Local<v8::Context> context, v8::Local<v8::Module> module,
                    v8::Local<v8::Object> meta);

}  // namespace kiosk::guest
