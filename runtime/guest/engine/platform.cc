#include "runtime/guest/engine/platform.h"

#include <ctime>

namespace kiosk::guest {

Platform::Platform()
    : base_(v8::platform::NewSingleThreadedDefaultPlatform()), pages_(base_->GetPageAllocator()) {}

void Platform::pump(v8::Isolate* isolate) {
  while (v8::platform::PumpMessageLoop(base_.get(), isolate,
                                       v8::platform::MessageLoopBehavior::kDoNotWait)) {
  }
}

double Platform::CurrentClockTimeMillis() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return static_cast<double>(now.tv_sec) * 1000 + static_cast<double>(now.tv_nsec / 1'000'000);
}

}  // namespace kiosk::guest
