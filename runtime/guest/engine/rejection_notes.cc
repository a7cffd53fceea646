#include "runtime/guest/engine/rejection_notes.h"

#include <utility>

namespace kiosk::guest {

void RejectionNotes::rejected(v8::Isolate* isolate, v8::Local<v8::Promise> promise,
                              v8::Local<v8::Value> reason) {
  if (rejected_.size() >= kRejectionNotesMax) return;
  rejected_.push_back(
      {v8::Global<v8::Promise>(isolate, promise), v8::Global<v8::Value>(isolate, reason)});
  byHash_.emplace(promise->GetIdentityHash(), std::prev(rejected_.end()));
}

void RejectionNotes::handled(v8::Isolate* isolate, v8::Local<v8::Promise> promise) {
  const auto [from, to] = byHash_.equal_range(promise->GetIdentityHash());
  for (auto it = from; it != to; ++it) {
    if (it->second->promise != promise) continue;
    rejected_.erase(it->second);
    byHash_.erase(it);
    return;
  }
  if (handled_.size() < kRejectionNotesMax) handled_.emplace_back(isolate, promise);
}

std::list<RejectionNotes::Rejection> RejectionNotes::takeRejected() {
  byHash_.clear();
  return std::exchange(rejected_, {});
}

std::vector<v8::Global<v8::Promise>> RejectionNotes::takeHandled() {
  return std::exchange(handled_, {});
}

}  // namespace kiosk::guest
