#pragma once
// Parts of a host that the fault tests stand on.

#include <kiosk/executor.h>

#include <chrono>
#include <functional>

#include "runtime/base/crypto.h"

namespace kiosk::test {

/// Runs what is posted at once, on the store's thread: nothing else is at work here.
class DirectLoop final : public Executor {
 public:
  void post(std::function<void()> task) override { task(); }
  TimerId after(std::chrono::milliseconds, std::function<void()>) override { return 0; }
  void cancelTimer(TimerId) override {}
};

/// One key for all of a program's tests.
inline const Ed25519Key& hostKey() {
  static const Ed25519Key key = Ed25519Key::generate(systemRandom());
  return key;
}

}  // namespace kiosk::test
