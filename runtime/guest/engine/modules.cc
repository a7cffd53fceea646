#include "runtime/guest/engine/modules.h"

#include <deque>
#include <memory>
#include <optional>
#include <utility>

#include "runtime/base/guard.h"
#include "runtime/guest/engine/v8_compat.h"

namespace kiosk::guest {
namespace {

constexpr std::size_t kSpecifierBytesMax = 512;

v8::Local<v8::String> text(v8::Isolate* isolate, std::string_view utf8) {
  return v8::String::NewFromUtf8(isolate, utf8.data(), v8::NewStringType::kNormal,
                                 static_cast<int>(utf8.size()))
      .ToLocalChecked();
}

void throwTypeError(v8::Isolate* isolate, const std::string& message) {
  isolate->ThrowException(v8::Exception::TypeError(text(isolate, message)));
}

bool isAscii(std::string_view bytes) {
  for (const char c : bytes) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

/// Package bytes as a V8 string without a copy. The image stays mapped for the life of the process.
class ImageText : public v8::String::ExternalOneByteStringResource {
 public:
  explicit ImageText(std::string_view bytes) : bytes_(bytes) {}
  const char* data() const override { return bytes_.data(); }
  std::size_t length() const override { return bytes_.size(); }

 private:
  std::string_view bytes_;
};

/// The path in a package that `specifier` names in `folder`, which is empty or ends with a slash,
/// by the rules of a URL's path: `.` and `..` are resolved, all else stays as it is written. So an
/// empty part stays one, and names no file. None when the path leaves the package.
std::optional<std::string> joinPath(std::string folder, std::string_view specifier) {
  std::string path = std::move(folder);
  for (bool isLast = false; !isLast;) {
    const auto slash = specifier.find('/');
    isLast = slash == std::string_view::npos;
    const auto part = specifier.substr(0, slash);
    if (!isLast) specifier.remove_prefix(slash + 1);
    if (part == ".") continue;
    if (part == "..") {
      if (!KIOSK_GUARD("guest.specifier", !path.empty())) return std::nullopt;
      if (!path.empty()) path.pop_back();
      path.resize(path.rfind('/') + 1);  // npos + 1 is 0
      continue;
    }
    path += part;
    if (!isLast) path += '/';
  }
  return path;
}

bool endsWith(std::string_view name, std::string_view suffix) {
  return name.size() >= suffix.size() && name.substr(name.size() - suffix.size()) == suffix;
}

}  // namespace

Modules*& Modules::current() {
  static Modules* modules = nullptr;
  return modules;
}

Modules::Modules(v8::Isolate* isolate, const ImageReader& image, std::string_view appId)
    : isolate_(isolate), image_(image), prefix_("app://" + std::string(appId) + "/") {}

std::string Modules::urlOf(std::string_view path) const { return prefix_ + std::string(path); }

std::string Modules::pathOf(std::string_view url) const {
  return url.substr(0, prefix_.size()) == prefix_ ? std::string(url.substr(prefix_.size()))
                                                  : std::string();
}

std::string Modules::urlOfModule(v8::Local<v8::Module> module) const {
  const Entry* entry = entryOf(module);
  return entry == nullptr ? prefix_ : urlOf(entry->path);
}

v8::Maybe<std::string> Modules::resolve(std::string_view specifier, std::string_view referrer) {
  const auto refuse = [&, asked = specifier.substr(0, 100)](const char* why) {
    throwTypeError(isolate_, "Cannot find module '" + std::string(asked) + "' imported from '" +
                                 std::string(referrer) + "': " + why);
    return v8::Nothing<std::string>();
  };
  if (specifier.size() > kSpecifierBytesMax) return refuse("the specifier is too long");
  std::string folder;
  if (specifier.substr(0, 1) == "/") {
    specifier.remove_prefix(1);
  } else if (specifier.substr(0, 2) == "./" || specifier.substr(0, 3) == "../") {
    folder = referrer.substr(0, referrer.rfind('/') + 1);  // npos + 1 is 0
  } else if (specifier.substr(0, prefix_.size()) == prefix_) {
    specifier.remove_prefix(prefix_.size());
  } else {
    return refuse(
        "only files of the package can be imported, by a path such as './lib.js'; "
        "bundle everything else");
  }
  auto path = joinPath(std::move(folder), specifier);
  if (!path) return refuse("the path leaves the package");
  if (!image_.file(*path)) return refuse("the package has no such file");
  return v8::Just(*std::move(path));
}

v8::Local<v8::String> Modules::sourceText(std::string_view source) {
  if (isAscii(source) && !source.empty()) {
    v8::Local<v8::String> shared;
    // V8 owns the resource and deletes it with the string.
    if (v8::String::NewExternalOneByte(isolate_, new ImageText(source)).ToLocal(&shared)) {
      return shared;
    }
  }
  return text(isolate_, source);
}

v8::MaybeLocal<v8::Module> Modules::compile(const std::string& path) {
  const auto source = image_.file(path);
  if (!source) {
    throwTypeError(isolate_, "Cannot find module '" + path + "': the package has no such file");
    return {};
  }
  if (endsWith(path, ".json")) return compileJson(path, *source);
  v8::ScriptCompiler::Source unit(sourceText(*source),
                                  moduleOrigin(isolate_, text(isolate_, urlOf(path))));
  v8::Local<v8::Module> module;
  if (!v8::ScriptCompiler::CompileModule(isolate_, &unit).ToLocal(&module)) return {};
  pathByHash_.emplace(module->GetIdentityHash(), path);
  byPath_[path] = Entry{path, v8::Global<v8::Module>(isolate_, module)};
  return module;
}

v8::MaybeLocal<v8::Value> evaluateJson(v8::Local<v8::Context> context,
                                       v8::Local<v8::Module> module) {
  v8::Isolate* isolate = Modules::current()->isolate_;
  auto& pending = Modules::current()->jsonByHash_;
  const auto* entry = Modules::current()->entryOf(module);
  auto [from, to] = pending.equal_range(module->GetIdentityHash());
  (void)to;
  if (entry != nullptr && from != pending.end() &&
      module
          ->SetSyntheticModuleExport(isolate, v8::String::NewFromUtf8Literal(isolate, "default"),
                                     from->second.Get(isolate))
          .IsNothing()) {
    return {};
  }
  v8::Local<v8::Promise::Resolver> done;
  if (!v8::Promise::Resolver::New(context).ToLocal(&done)) return {};
  if (done->Resolve(context, v8::Undefined(isolate)).IsNothing()) return {};
  return done->GetPromise();
}

v8::MaybeLocal<v8::Module> Modules::compileJson(const std::string& path, std::string_view source) {
  v8::Local<v8::Value> value;
  auto context = isolate_->GetCurrentContext();
  if (!v8::JSON::Parse(context, text(isolate_, source)).ToLocal(&value)) return {};
  auto module = defaultExportModule(isolate_, text(isolate_, urlOf(path)), &evaluateJson);
  pathByHash_.emplace(module->GetIdentityHash(), path);
  jsonByHash_.emplace(module->GetIdentityHash(), v8::Global<v8::Value>(isolate_, value));
  byPath_[path] = Entry{path, v8::Global<v8::Module>(isolate_, module)};
  return module;
}

const Modules::Entry* Modules::entryOf(v8::Local<v8::Module> module) const {
  auto [from, to] = pathByHash_.equal_range(module->GetIdentityHash());
  for (auto it = from; it != to; ++it) {
    const auto found = byPath_.find(it->second);
    if (found != byPath_.end() && found->second.module == module) return &found->second;
  }
  return nullptr;
}

v8::MaybeLocal<v8::Module> Modules::lookUp(v8::Local<v8::Context>, v8::Local<v8::String> specifier,
                                           v8::Local<v8::FixedArray>,
                                           v8::Local<v8::Module> referrer) {
  Modules& self = *current();
  const Entry* from = self.entryOf(referrer);
  std::string path;
  if (from == nullptr || !self.resolve(toUtf8(self.isolate_, specifier), from->path).To(&path)) {
    return {};
  }
  const auto found = self.byPath_.find(path);
  if (found == self.byPath_.end()) {
    throwTypeError(self.isolate_, "Cannot find module '" + path + "': it was not loaded");
    return {};
  }
  return found->second.module.Get(self.isolate_);
}

bool Modules::compileGraph(v8::Local<v8::Context> context, const std::string& path) {
  if (byPath_.count(path) != 0) return true;
  if (compile(path).IsEmpty()) return false;
  std::deque<std::string> todo = {path};
  while (!todo.empty()) {
    const std::string referrer = std::move(todo.front());
    todo.pop_front();
    v8::HandleScope scope(isolate_);
    auto module = byPath_.at(referrer).module.Get(isolate_);
    if (!module->IsSourceTextModule()) continue;
    auto requests = module->GetModuleRequests();
    for (int i = 0; i < requests->Length(); ++i) {
      auto request = requests->Get(context, i).As<v8::ModuleRequest>();
      std::string wanted;
      if (!resolve(toUtf8(isolate_, request->GetSpecifier()), referrer).To(&wanted)) return false;
      if (byPath_.count(wanted) != 0) continue;
      if (compile(wanted).IsEmpty()) return false;
      todo.push_back(std::move(wanted));
    }
  }
  return true;
}

bool Modules::compileAhead(v8::Local<v8::Context> context, const std::string& path) {
  const EagerCompilation eager;
  return compileGraph(context, path);
}

v8::MaybeLocal<v8::Module> Modules::loadGraph(v8::Local<v8::Context> context,
                                              const std::string& path) {
  if (!compileGraph(context, path)) return {};
  auto root = byPath_.at(path).module.Get(isolate_);
  if (root->GetStatus() == v8::Module::kUninstantiated &&
      root->InstantiateModule(context, &Modules::lookUp).IsNothing()) {
    return {};
  }
  return root;
}

namespace {

/// What an `import()` waits with until its microtask.
struct PendingImport {
  v8::Global<v8::Context> context;
  v8::Global<v8::Promise::Resolver> resolver;
  std::string path;
};

void settleWithNamespace(const v8::FunctionCallbackInfo<v8::Value>& info) {
  info.GetReturnValue().Set(info.Data());
}

void rejectWith(v8::Local<v8::Context> context, v8::Local<v8::Promise::Resolver> resolver,
                v8::TryCatch& caught) {
  if (!caught.HasCaught() || caught.HasTerminated()) return;
  auto why = caught.Exception();
  caught.Reset();
  resolver->Reject(context, why).Check();
}

/// Evaluates `module` (linked already) and resolves with its namespace once it is done.
void evaluateInto(v8::Local<v8::Context> context, v8::Local<v8::Promise::Resolver> resolver,
                  v8::Local<v8::Module> module) {
  if (module->GetStatus() == v8::Module::kErrored) {
    resolver->Reject(context, module->GetException()).Check();
    return;
  }
  v8::Local<v8::Value> result;
  if (!module->Evaluate(context).ToLocal(&result)) return;
  v8::Local<v8::Function> asNamespace;
  v8::Local<v8::Promise> settled;
  if (!v8::Function::New(context, settleWithNamespace, module->GetModuleNamespace())
           .ToLocal(&asNamespace) ||
      !result->IsPromise() ||
      !result.As<v8::Promise>()->Then(context, asNamespace).ToLocal(&settled)) {
    return;
  }
  resolver->Resolve(context, settled).Check();
}

void runImport(void* data) {
  const std::unique_ptr<PendingImport> pending(static_cast<PendingImport*>(data));
  v8::Isolate* isolate = v8::Isolate::GetCurrent();
  v8::HandleScope scope(isolate);
  auto context = pending->context.Get(isolate);
  v8::Context::Scope inContext(context);
  auto resolver = pending->resolver.Get(isolate);
  v8::TryCatch caught(isolate);
  v8::Local<v8::Module> module;
  if (Modules::current()->loadGraph(context, pending->path).ToLocal(&module)) {
    evaluateInto(context, resolver, module);
  }
  rejectWith(context, resolver, caught);
  if (caught.HasTerminated()) caught.ReThrow();
}

}  // namespace

v8::MaybeLocal<v8::Promise> importDynamically(v8::Local<v8::Context> context, v8::Local<v8::Data>,
                                              v8::Local<v8::Value> referrer,
                                              v8::Local<v8::String> specifier,
                                              v8::Local<v8::FixedArray>) {
  v8::Isolate* isolate = v8::Isolate::GetCurrent();
  v8::Local<v8::Promise::Resolver> resolver;
  if (!v8::Promise::Resolver::New(context).ToLocal(&resolver)) return {};
  v8::TryCatch caught(isolate);
  Modules& modules = *Modules::current();
  const std::string from =
      referrer->IsString() ? modules.pathOf(toUtf8(isolate, referrer.As<v8::String>())) : "";
  std::string path;
  if (modules.resolve(toUtf8(isolate, specifier), from).To(&path)) {
    isolate->EnqueueMicrotask(
        &runImport,
        new PendingImport{v8::Global<v8::Context>(isolate, context),
                          v8::Global<v8::Promise::Resolver>(isolate, resolver), std::move(path)});
  } else {
    rejectWith(context, resolver, caught);
  }
  return resolver->GetPromise();
}

void describeModule(v8::Local<v8::Context> context, v8::Local<v8::Module> module,
                    v8::Local<v8::Object> meta) {
  v8::Isolate* isolate = v8::Isolate::GetCurrent();
  Modules& modules = *Modules::current();
  meta->CreateDataProperty(context, v8::String::NewFromUtf8Literal(isolate, "url"),
                           text(isolate, modules.urlOfModule(module)))
      .Check();
}

}  // namespace kiosk::guest
