#pragma once
// The functions of the engine and its loop that the bootstrap is handed; those that belong to one
// web API stand beside it in runtime/guest/web. Apps never see any of them.

#include <v8.h>

#include "runtime/guest/engine/engine.h"

namespace kiosk::guest {

class NativesOwner {
 public:
  virtual ~NativesOwner() = default;
  virtual v8::Isolate* isolate() = 0;
  /// Null in the zygote.
  virtual Surroundings* surroundings() = 0;
  virtual void exitRequested() = 0;
};

/// Milliseconds of a monotonic clock in steps of 0.1 ms: finer time would measure other processes'
/// caches.
double coarseNowMs();

/// The object that `bootstrap(natives)` gets. `owner` is borrowed for the life of the process.
v8::Local<v8::Object> makeNatives(v8::Local<v8::Context> context, NativesOwner& owner);

}  // namespace kiosk::guest
