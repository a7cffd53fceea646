#include "runtime/guest/engine/engine.h"

#include <v8.h>

#include <cstdio>
#include <cstdlib>

#include "runtime/base/guard.h"
#include "runtime/guest/engine/buffer_allocator.h"
#include "runtime/guest/engine/heap_holes.h"
#include "runtime/guest/engine/modules.h"
#include "runtime/guest/engine/natives.h"
#include "runtime/guest/engine/platform.h"
#include "runtime/guest/engine/rejection_notes.h"
#include "runtime/guest/engine/v8_compat.h"
#include "runtime/guest/web/bootstrap_bundle.h"

namespace kiosk::guest {
namespace {

/// The isolate is made in the zygote for the largest heap a session may be given; a guest lowers
/// it.
constexpr std::size_t kHeapBytesCeiling = std::size_t{1} << 30;
constexpr std::size_t kYoungBytesMax = std::size_t{6} << 20;
/// What JavaScript may still allocate between the heap limit and the end, to unwind in.
constexpr std::size_t kHeapUnwindBytes = std::size_t{16} << 20;
constexpr int kStackFramesMax = 20;
/// Rounds after which V8 10.2 has feedback for what they run, and has optimised none of it.
constexpr int kRehearsals = 2;

[[noreturn]] void bootstrapFailed(const std::string& why) {
  std::fprintf(stderr, "kiosk-guest: the web bootstrap failed: %s\n", why.c_str());
  std::_Exit(1);
}

/// V8 calls every size that it cannot serve a heap limit ("invalid array length"); these are the
/// real ones.
bool isAboutHeapLimit(std::string_view where) {
  return where.find("heap limit") != std::string_view::npos ||
         where.find("CALL_AND_RETRY") != std::string_view::npos;
}

std::string describeStack(v8::Isolate* isolate) {
  std::string out;
  auto trace = v8::StackTrace::CurrentStackTrace(isolate, kStackFramesMax);
  for (int i = 0; i < trace->GetFrameCount(); ++i) {
    auto frame = trace->GetFrame(isolate, static_cast<std::uint32_t>(i));
    const auto nameOf = [&](v8::Local<v8::String> name, const char* none) {
      return name.IsEmpty() || name->Length() == 0 ? std::string(none) : toUtf8(isolate, name);
    };
    out += (i == 0 ? "at " : "\n    at ") + nameOf(frame->GetFunctionName(), "<anonymous>") + " (" +
           nameOf(frame->GetScriptName(), "<native>") + ":" +
           std::to_string(frame->GetLineNumber()) + ":" + std::to_string(frame->GetColumn()) + ")";
  }
  return out;
}

class V8Engine final : public Engine, private NativesOwner {
 public:
  explicit V8Engine(const EngineOptions& options);
  ~V8Engine() override = default;

  bool compileAhead(const ImageReader& image, std::string_view appId, std::string_view entry,
                    std::string& why) override;
  void adopt(const EngineLimits& limits, Surroundings& surroundings,
             const ImageReader& image) override;
  Turn start(std::string_view config) override;
  Turn load(std::string_view appId, std::string_view entry) override;
  LoadState loadState(std::string& why) override;
  Turn deliver(std::string_view frame) override;
  Turn fireTimers() override;
  double untilNextTimerMs() override;
  bool idle() override;
  void interrupt() override;
  bool heapLimitReached() const override { return heapLimitReached_; }

 private:
  void startV8(const EngineOptions& options);
  void bootstrap();
  void settleForForks();
  v8::Global<v8::Function> hook(v8::Local<v8::Context> context, v8::Local<v8::Object> hooks,
                                const char* name);
  v8::MaybeLocal<v8::Value> call(v8::Local<v8::Context> context, v8::Global<v8::Function>& hook,
                                 int count = 0, v8::Local<v8::Value>* arguments = nullptr);
  template <class Body>
  Turn turn(Body body);
  v8::MaybeLocal<v8::Value> reportRejections(v8::Local<v8::Context> context);
  std::string exceptionText(v8::Local<v8::Context> context, v8::Local<v8::Value> exception);
  v8::Local<v8::String> text(std::string_view utf8);

  // NativesOwner
  v8::Isolate* isolate() override { return isolate_; }
  Surroundings* surroundings() override { return surroundings_; }
  void exitRequested() override;

  static void interrupted(v8::Isolate* isolate, void* self);
  static std::size_t nearHeapLimit(void* self, std::size_t current, std::size_t initial);
  static void promiseRejected(v8::PromiseRejectMessage message);

  static V8Engine* self_;
  std::unique_ptr<Platform> platform_;
  BufferAllocator buffers_;
  v8::Isolate* isolate_ = nullptr;
  v8::Global<v8::Context> context_;
  v8::Global<v8::Function> start_, deliver_, fireTimers_, nextTimer_, flush_, idle_, rejected_,
      handled_, reportRejections_, reportException_;
  v8::Global<v8::Promise> evaluation_;
  std::unique_ptr<Modules> modules_;
  RejectionNotes rejections_;
  Surroundings* surroundings_ = nullptr;
  const ImageReader* image_ = nullptr;
  bool exitRequested_ = false;
  bool heapLimitReached_ = false;
  volatile bool stopRequested_ = false;
  std::string stopStack_;
};

V8Engine* V8Engine::self_ = nullptr;

void V8Engine::startV8(const EngineOptions& options) {
  std::string flags = "--single-threaded --no-expose-wasm --stack-size=800 --no-flush-bytecode ";
  flags += versionFlags();
  if (options.jitless) flags += " --jitless";
  v8::V8::SetFlagsFromString(flags.c_str(), flags.size());
  platform_ = std::make_unique<Platform>();
  v8::V8::InitializePlatform(platform_.get());
  v8::V8::Initialize();
}

V8Engine::V8Engine(const EngineOptions& options) {
  self_ = this;
  startV8(options);
  v8::Isolate::CreateParams params;
  params.array_buffer_allocator = &buffers_;
  params.allow_atomics_wait = false;
  params.constraints.set_max_old_generation_size_in_bytes(kHeapBytesCeiling);
  params.constraints.set_max_young_generation_size_in_bytes(kYoungBytesMax);
  isolate_ = v8::Isolate::New(params);
  isolate_->Enter();
  isolate_->SetMicrotasksPolicy(v8::MicrotasksPolicy::kExplicit);
  isolate_->SetHostImportModuleDynamicallyCallback(&importDynamically);
  isolate_->SetHostInitializeImportMetaObjectCallback(&describeModule);
  isolate_->SetPromiseRejectCallback(&promiseRejected);
  isolate_->SetCaptureStackTraceForUncaughtExceptions(false);
  setOutOfMemoryHandler(isolate_, [](const char* where, bool isHeapLimit) {
    if (self_->surroundings_ == nullptr) bootstrapFailed(where);
    self_->surroundings_->endNow(isHeapLimit && isAboutHeapLimit(where) ? "heap" : "memory", where);
  });
  isolate_->SetFatalErrorHandler([](const char* where, const char* message) {
    if (self_->surroundings_ == nullptr) bootstrapFailed(message);
    self_->surroundings_->endNow("memory", std::string(where ? where : "V8") + ": " + message);
  });
  bootstrap();
}

v8::Local<v8::String> V8Engine::text(std::string_view utf8) {
  return v8::String::NewFromUtf8(isolate_, utf8.data(), v8::NewStringType::kNormal,
                                 static_cast<int>(utf8.size()))
      .ToLocalChecked();
}

v8::Global<v8::Function> V8Engine::hook(v8::Local<v8::Context> context, v8::Local<v8::Object> hooks,
                                        const char* name) {
  v8::Local<v8::Value> value;
  if (!hooks->Get(context, text(name)).ToLocal(&value) || !value->IsFunction()) {
    bootstrapFailed(std::string("it returned no hook '") + name + "'");
  }
  return v8::Global<v8::Function>(isolate_, value.As<v8::Function>());
}

void V8Engine::bootstrap() {
  v8::HandleScope scope(isolate_);
  auto context = v8::Context::New(isolate_);
  context_.Reset(isolate_, context);
  v8::Context::Scope inContext(context);
  v8::TryCatch caught(isolate_);
  const auto failIf = [&](bool failed) {
    if (!failed) return;
    v8::String::Utf8Value what(isolate_, caught.HasCaught()
                                             ? caught.Exception()
                                             : v8::Undefined(isolate_).As<v8::Value>());
    std::string where;
    v8::Local<v8::Value> stack;
    if (caught.HasCaught() && caught.StackTrace(context).ToLocal(&stack) && stack->IsString()) {
      where = "\n" + toUtf8(isolate_, stack.As<v8::String>());
    }
    bootstrapFailed((*what ? *what : "unknown") + where);
  };

  auto origin = scriptOrigin(isolate_, text("kiosk:bootstrap"));
  v8::ScriptCompiler::Source source(text(bootstrapSource()), origin);
  v8::Local<v8::Script> script;
  v8::Local<v8::Value> function, hooksValue;
  // Eagerly: what is compiled here is compiled once for all guests.
  failIf(!v8::ScriptCompiler::Compile(context, &source, v8::ScriptCompiler::kEagerCompile)
              .ToLocal(&script));
  failIf(!script->Run(context).ToLocal(&function) || !function->IsFunction());
  v8::Local<v8::Value> natives = makeNatives(context, *this);
  failIf(!function.As<v8::Function>()
              ->Call(context, v8::Undefined(isolate_), 1, &natives)
              .ToLocal(&hooksValue) ||
         !hooksValue->IsObject());
  auto hooks = hooksValue.As<v8::Object>();
  start_ = hook(context, hooks, "start");
  deliver_ = hook(context, hooks, "deliver");
  fireTimers_ = hook(context, hooks, "fireTimers");
  nextTimer_ = hook(context, hooks, "nextTimer");
  flush_ = hook(context, hooks, "flush");
  idle_ = hook(context, hooks, "idle");
  rejected_ = hook(context, hooks, "rejected");
  handled_ = hook(context, hooks, "handled");
  reportRejections_ = hook(context, hooks, "reportRejections");
  reportException_ = hook(context, hooks, "reportException");
  isolate_->PerformMicrotaskCheckpoint();
  auto freeze = hook(context, hooks, "freeze");
  KIOSK_GUARDED("guest.frozen", failIf(call(context, freeze).IsEmpty()));
  isolate_->PerformMicrotaskCheckpoint();
  auto rehearse = hook(context, hooks, "rehearse");
  for (int round = 0; round < kRehearsals; ++round) {
    failIf(call(context, rehearse).IsEmpty());
    isolate_->PerformMicrotaskCheckpoint();
  }
  KIOSK_GUARDED("guest.strings", context->AllowCodeGenerationFromStrings(false));
  context->SetErrorMessageForCodeGenerationFromStrings(
      text("a mini-app runs no code from strings: eval and Function are off"));
  settleForForks();
}

/// What is shared by all forks should be old and compact: a page that no guest's collector moves
/// objects out of stays shared.
void V8Engine::settleForForks() {
  platform_->pump(isolate_);
  isolate_->LowMemoryNotification();
  plugHeapHoles();
}

bool V8Engine::compileAhead(const ImageReader& image, std::string_view appId,
                            std::string_view entry, std::string& why) {
  v8::HandleScope scope(isolate_);
  auto context = context_.Get(isolate_);
  v8::Context::Scope inContext(context);
  v8::TryCatch caught(isolate_);
  modules_ = std::make_unique<Modules>(isolate_, image, appId);
  Modules::current() = modules_.get();
  if (!modules_->compileAhead(context, std::string(entry))) {
    v8::String::Utf8Value what(isolate_, caught.Exception());
    why = *what != nullptr ? *what : "it does not compile";
    return false;
  }
  settleForForks();
  return true;
}

void V8Engine::adopt(const EngineLimits& limits, Surroundings& surroundings,
                     const ImageReader& image) {
  surroundings_ = &surroundings;
  buffers_.setQuota(limits.bufferBytesMax);
  // The way to lower the limit of a running isolate: the callback's removal may restore a smaller
  // one.
  isolate_->AddNearHeapLimitCallback(&nearHeapLimit, this);
  isolate_->RemoveNearHeapLimitCallback(&nearHeapLimit, limits.heapBytesMax);
  isolate_->AddNearHeapLimitCallback(&nearHeapLimit, this);
  image_ = &image;
}

v8::MaybeLocal<v8::Value> V8Engine::call(v8::Local<v8::Context> context,
                                         v8::Global<v8::Function>& hook, int count,
                                         v8::Local<v8::Value>* arguments) {
  return hook.Get(isolate_)->Call(context, v8::Undefined(isolate_), count, arguments);
}

std::string V8Engine::exceptionText(v8::Local<v8::Context> context,
                                    v8::Local<v8::Value> exception) {
  v8::TryCatch inner(isolate_);
  v8::Local<v8::Value> described;
  if (call(context, reportException_, 1, &exception).ToLocal(&described) && described->IsString()) {
    return toUtf8(isolate_, described.As<v8::String>());
  }
  return "an exception that cannot be described";
}

template <class Body>
Turn V8Engine::turn(Body body) {
  v8::HandleScope scope(isolate_);
  auto context = context_.Get(isolate_);
  v8::Context::Scope inContext(context);
  v8::TryCatch caught(isolate_);
  Turn result;
  const auto failed = [&] {
    if (!caught.HasCaught() || caught.HasTerminated()) return caught.Reset();
    auto exception = caught.Exception();
    caught.Reset();  // first: nothing can be called while an exception is under way
    if (result.outcome == TurnOutcome::Done) {
      result = {TurnOutcome::Failed, exceptionText(context, exception)};
    }
  };
  const auto over = [&] { return stopRequested_ || exitRequested_; };

  if (!body(context)) failed();
  if (!over()) isolate_->PerformMicrotaskCheckpoint();
  v8::Local<v8::Value> rejection;
  if (!over() && !rejections_.empty() && !reportRejections(context).ToLocal(&rejection)) failed();
  if (!over() && result.outcome == TurnOutcome::Done && !rejection.IsEmpty() &&
      rejection->IsString()) {
    result = {TurnOutcome::Failed, toUtf8(isolate_, rejection.As<v8::String>())};
  }
  if (!over()) isolate_->PerformMicrotaskCheckpoint();
  if (!over() && call(context, flush_).IsEmpty()) failed();
  if (!over()) platform_->pump(isolate_);
  if (stopRequested_) return {TurnOutcome::Stopped, stopStack_};
  if (exitRequested_) return {TurnOutcome::Exited, {}};
  return result;
}

/// Tells the bootstrap what was noted; the text of rejections that nobody took, or undefined.
v8::MaybeLocal<v8::Value> V8Engine::reportRejections(v8::Local<v8::Context> context) {
  for (const auto& promise : rejections_.takeHandled()) {
    v8::Local<v8::Value> argument = promise.Get(isolate_);
    if (call(context, handled_, 1, &argument).IsEmpty()) return {};
  }
  for (const auto& noted : rejections_.takeRejected()) {
    v8::Local<v8::Value> arguments[] = {noted.promise.Get(isolate_), noted.reason.Get(isolate_)};
    if (call(context, rejected_, 2, arguments).IsEmpty()) return {};
  }
  return call(context, reportRejections_);
}

Turn V8Engine::start(std::string_view config) {
  return turn([&](v8::Local<v8::Context> context) {
    v8::Local<v8::Value> argument = text(config);
    return !call(context, start_, 1, &argument).IsEmpty();
  });
}

Turn V8Engine::load(std::string_view appId, std::string_view entry) {
  return turn([&](v8::Local<v8::Context> context) {
    if (!modules_) modules_ = std::make_unique<Modules>(isolate_, *image_, appId);
    Modules::current() = modules_.get();
    v8::Local<v8::Module> module;
    v8::Local<v8::Value> result;
    if (!modules_->loadGraph(context, std::string(entry)).ToLocal(&module) ||
        !module->Evaluate(context).ToLocal(&result)) {
      return false;
    }
    evaluation_.Reset(isolate_, result.As<v8::Promise>());
    // The outcome is read by loadState; without this a failing module would be reported twice.
    result.As<v8::Promise>()->MarkAsHandled();
    if (module->GetStatus() == v8::Module::kErrored) {
      isolate_->ThrowException(module->GetException());
      return false;
    }
    return true;
  });
}

LoadState V8Engine::loadState(std::string& why) {
  v8::HandleScope scope(isolate_);
  auto context = context_.Get(isolate_);
  v8::Context::Scope inContext(context);
  auto evaluation = evaluation_.Get(isolate_);
  if (evaluation->State() == v8::Promise::kPending) return LoadState::Pending;
  if (evaluation->State() == v8::Promise::kFulfilled) return LoadState::Ready;
  why = exceptionText(context, evaluation->Result());
  return LoadState::Failed;
}

Turn V8Engine::deliver(std::string_view frame) {
  return turn([&](v8::Local<v8::Context> context) {
    v8::Local<v8::Value> argument = text(frame);
    return !call(context, deliver_, 1, &argument).IsEmpty();
  });
}

Turn V8Engine::fireTimers() {
  return turn([&](v8::Local<v8::Context> context) {
    v8::Local<v8::Value> now = v8::Number::New(isolate_, coarseNowMs());
    return !call(context, fireTimers_, 1, &now).IsEmpty();
  });
}

double V8Engine::untilNextTimerMs() {
  v8::HandleScope scope(isolate_);
  auto context = context_.Get(isolate_);
  v8::Context::Scope inContext(context);
  v8::Local<v8::Value> due;
  if (!call(context, nextTimer_).ToLocal(&due) || !due->IsNumber()) return -1;
  const double at = due.As<v8::Number>()->Value();
  if (at > 1e15) return -1;
  const double wait = at - coarseNowMs();
  return wait > 0 ? wait : 0;
}

bool V8Engine::idle() {
  v8::HandleScope scope(isolate_);
  auto context = context_.Get(isolate_);
  v8::Context::Scope inContext(context);
  v8::Local<v8::Value> answer;
  return call(context, idle_).ToLocal(&answer) && answer->IsTrue();
}

void V8Engine::exitRequested() {
  exitRequested_ = true;
  isolate_->TerminateExecution();
}

void V8Engine::interrupted(v8::Isolate* isolate, void* self) {
  auto& engine = *static_cast<V8Engine*>(self);
  v8::HandleScope scope(isolate);
  if (engine.stopStack_.empty()) engine.stopStack_ = describeStack(isolate);
  engine.stopRequested_ = true;
  isolate->TerminateExecution();
}

void V8Engine::interrupt() { isolate_->RequestInterrupt(&interrupted, this); }

std::size_t V8Engine::nearHeapLimit(void* self, std::size_t current, std::size_t) {
  auto& engine = *static_cast<V8Engine*>(self);
  if (engine.heapLimitReached_) {
    engine.surroundings_->endNow("heap", "the heap limit was passed while JavaScript was stopping");
  }
  engine.heapLimitReached_ = true;
  engine.interrupt();
  return current + kHeapUnwindBytes;
}

void V8Engine::promiseRejected(v8::PromiseRejectMessage message) {
  auto& engine = *self_;
  if (engine.surroundings_ == nullptr) return;  // there is no app yet
  v8::HandleScope scope(engine.isolate_);
  switch (message.GetEvent()) {
    case v8::kPromiseRejectWithNoHandler:
      engine.rejections_.rejected(engine.isolate_, message.GetPromise(), message.GetValue());
      return;
    case v8::kPromiseHandlerAddedAfterReject:
      engine.rejections_.handled(engine.isolate_, message.GetPromise());
      return;
    default:
      return;  // settled twice: the language ignores it, so do we
  }
}

}  // namespace

std::unique_ptr<Engine> Engine::warm(const EngineOptions& options) {
  return std::make_unique<V8Engine>(options);
}

}  // namespace kiosk::guest
