// kiosk-guest: the only program of the project that carries V8.

#include <unistd.h>

#include <cstdio>
#include <memory>
#include <new>

#include "runtime/guest/crash_watch.h"
#include "runtime/guest/engine/engine.h"
#include "runtime/guest/exit_codes.h"
#include "runtime/guest/guest_loop.h"
#include "runtime/guest/turn_timer.h"
#include "runtime/jail/zygote.h"

namespace kiosk::guest {
namespace {

/// The engine and, in a guest, its loop: signal handlers find them here.
std::unique_ptr<Engine> engine;
GuestLoop* loop = nullptr;

class KioskGuest final : public jail::ZygoteApp {
 public:
  bool warm(const jail::ZygoteOptions& options) override {
    engine = Engine::warm({.jitless = options.tier == jail::GuestTier::Jitless});
    return true;
  }

  bool prepareGuest(const jail::GuestStart&) override {
    return TurnTimer::prepare(
               [] { engine->interrupt(); },
               [] { loop->endNow("cpu", "a built-in of the language ran on and did not stop"); }) &&
           CrashWatch::prepare([] { loop->endNow("memory", "the memory limit was reached"); });
  }

  bool takePackageIn(const jail::GuestStart& start, std::string& why) override {
    const auto& image = imageOf(start);
    const auto config = readGuestConfig(start.config);
    if (!image || !config) {
      why = "the package or its configuration cannot be read";
      return false;
    }
    return engine->compileAhead(*image, config->appId, config->entry, why);
  }

  [[noreturn]] void runGuest(const jail::GuestStart& start) override {
    const auto& image = imageOf(start);
    const auto config = readGuestConfig(start.config);
    if (!image || !config) _exit(exitCodeOf(EndReason::Killed));
    static GuestLoop guestLoop(*engine, start.sessionSocket);
    loop = &guestLoop;
    // V8's own C++ allocations do not ask its handlers when malloc has nothing left.
    std::set_new_handler([] { loop->endNow("memory", "the memory limit was reached"); });
    guestLoop.run(*config, start.config, *image);
  }

 private:
  /// The one package of this process; a template's guests find it open.
  static const std::optional<ImageReader>& imageOf(const jail::GuestStart& start) {
    static const auto image = ImageReader::open(std::string_view(
        reinterpret_cast<const char*>(start.package.data()), start.package.size()));
    return image;
  }
};

}  // namespace
}  // namespace kiosk::guest

int main(int argc, char** argv) {
  const auto options = kiosk::jail::parseZygoteArguments(argc, argv);
  if (!options) {
    std::fprintf(stderr, "kiosk-guest is started by a Kiosk host, not by hand; try `kiosk run`\n");
    return 2;
  }
  kiosk::guest::KioskGuest app;
  return kiosk::jail::zygoteMain(*options, app);
}
