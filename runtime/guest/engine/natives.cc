#include "runtime/guest/engine/natives.h"

#include <sys/random.h>

#include <cmath>
#include <ctime>

#include "runtime/guest/engine/v8_compat.h"
#include "runtime/guest/web/web_api.h"

namespace kiosk::guest {
namespace {

using Info = v8::FunctionCallbackInfo<v8::Value>;

NativesOwner& ownerOf(const Info& info) {
  return *static_cast<NativesOwner*>(info.Data().As<v8::External>()->Value());
}

void send(const Info& info) {
  NativesOwner& owner = ownerOf(info);
  if (owner.surroundings() == nullptr || !info[0]->IsString()) return;
  info.GetReturnValue().Set(
      owner.surroundings()->send(toUtf8(owner.isolate(), info[0].As<v8::String>())));
}

void log(const Info& info) {
  NativesOwner& owner = ownerOf(info);
  if (owner.surroundings() == nullptr || !info[0]->IsInt32() || !info[1]->IsString()) return;
  owner.surroundings()->log(info[0].As<v8::Int32>()->Value(),
                            toUtf8(owner.isolate(), info[1].As<v8::String>()));
}

void checkpoint(const Info& info) { ownerOf(info).isolate()->PerformMicrotaskCheckpoint(); }

void exitGuest(const Info& info) { ownerOf(info).exitRequested(); }

void nowMs(const Info& info) { info.GetReturnValue().Set(coarseNowMs()); }

void wallMs(const Info& info) {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  info.GetReturnValue().Set(static_cast<double>(now.tv_sec) * 1000 +
                            static_cast<double>(now.tv_nsec / 1'000'000));
}

void fillRandom(const Info& info) {
  if (!info[0]->IsArrayBufferView()) return;
  auto view = info[0].As<v8::ArrayBufferView>();
  auto store = view->Buffer()->GetBackingStore();
  auto* bytes = static_cast<std::uint8_t*>(store->Data()) + view->ByteOffset();
  std::size_t left = view->ByteLength();
  while (left > 0) {
    const ssize_t got = getrandom(bytes, left, 0);
    if (got < 0) continue;  // EINTR by the CPU timer; nothing else can fail here
    bytes += got;
    left -= static_cast<std::size_t>(got);
  }
}

}  // namespace

double coarseNowMs() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const double tenths =
      static_cast<double>(now.tv_sec) * 10'000 + static_cast<double>(now.tv_nsec / 100'000);
  return std::floor(tenths) / 10;
}

v8::Local<v8::Object> makeNatives(v8::Local<v8::Context> context, NativesOwner& owner) {
  v8::Isolate* isolate = owner.isolate();
  v8::EscapableHandleScope scope(isolate);
  auto natives = v8::Object::New(isolate, v8::Null(isolate), nullptr, nullptr, 0);
  auto data = v8::External::New(isolate, &owner);
  const struct {
    const char* name;
    v8::FunctionCallback callback;
  } functions[] = {
      {"send", send},   {"log", log},       {"checkpoint", checkpoint}, {"exit", exitGuest},
      {"nowMs", nowMs}, {"wallMs", wallMs}, {"fillRandom", fillRandom}};
  for (const auto& function : functions) {
    auto name = v8::String::NewFromUtf8(isolate, function.name).ToLocalChecked();
    auto value =
        v8::Function::New(context, function.callback, data, 0, v8::ConstructorBehavior::kThrow)
            .ToLocalChecked();
    value->SetName(name);
    natives->CreateDataProperty(context, name, value).Check();
  }
  for (const WebApi& api : webApis()) api.install(isolate, context, natives);
  return scope.Escape(natives);
}

}  // namespace kiosk::guest
