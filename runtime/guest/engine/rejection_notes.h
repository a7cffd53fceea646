#pragma once
// Promises that were rejected without a handler, and those that got one after that, noted for the
// end of a turn. V8 tells of them in the middle of JavaScript, at any depth of the stack: a call
// into JavaScript there could overflow it, and the error would come up in the app wherever the next
// function of the engine returns, past the `try` that should have caught it.

#include <v8.h>

#include <list>
#include <unordered_map>
#include <vector>

namespace kiosk::guest {

/// Notes of each kind that are kept in one turn; what comes after is not reported.
inline constexpr std::size_t kRejectionNotesMax = 1000;

class RejectionNotes {
 public:
  struct Rejection {
    v8::Global<v8::Promise> promise;
    v8::Global<v8::Value> reason;
  };

  /// `promise` was rejected, and nobody handles that yet. Runs no JavaScript.
  void rejected(v8::Isolate* isolate, v8::Local<v8::Promise> promise, v8::Local<v8::Value> reason);

  /// `promise` got a handler after its rejection: the note of it goes, or when there is none, one
  /// of this is kept. Runs no JavaScript.
  void handled(v8::Isolate* isolate, v8::Local<v8::Promise> promise);

  bool empty() const { return rejected_.empty() && handled_.empty(); }

  /// The notes of each kind, in the order in which they were made; none are left.
  std::list<Rejection> takeRejected();
  std::vector<v8::Global<v8::Promise>> takeHandled();

 private:
  std::list<Rejection> rejected_;
  std::unordered_multimap<int, std::list<Rejection>::iterator> byHash_;
  std::vector<v8::Global<v8::Promise>> handled_;
};

}  // namespace kiosk::guest
