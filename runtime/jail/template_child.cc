#include "runtime/jail/template_child.h"

#include <linux/close_range.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>

#include "runtime/base/guard.h"
#include "runtime/jail/syscall_table.h"
#include "runtime/jail/zygote_server.h"

namespace kiosk::jail {
namespace {

constexpr int kNullOut = 1;

[[noreturn]] void fail(std::string_view what, int error) {
  std::string text(what);
  if (error != 0) text.append(": ").append(std::strerror(error));
  reportFailure(text);
  ::_exit(kExitJailFailed);
}

/// Keeps /dev/null at 0 to 2 and `control` at 3, and nothing else. 0, or the errno.
int arrangeDescriptors(int control) {
  if (control != kControlSocket && ::dup2(control, kControlSocket) < 0) return errno;
  if (::dup2(kNullOut, STDERR_FILENO) < 0) return errno;
  return ::close_range(kControlSocket + 1, ~0U, 0) == 0 ? 0 : errno;
}

}  // namespace

void becomeTemplate(ZygoteOptions options, GuestHeritage heritage, const LayerReport& layers,
                    TemplateStart start, Fd control, Fd package) {
  using Clock = std::chrono::steady_clock;
  const auto began = Clock::now();
  ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  const int mapError = mapPackage(package.get(), start.app.package);
  if (arrangeDescriptors(control.release()) != 0) ::_exit(kExitJailFailed);
  static_cast<void>(package.release());  // closed with the rest
  if (mapError != 0) fail("mapping the package", mapError);

  options.forksMax = start.forksMax;
  heritage.parent = Parent::Template;
  heritage.package = start.app.package;
  heritage.memoryFigures = -1;
  // Its configuration lies in the zygote's buffer, which the server's own does not touch.
  ZygoteServer server(options, heritage, layers);
  if (!server.prepare()) fail("the template's loop", errno);
  // Before the limits, which leave no room for the file that libseccomp writes.
  auto filter = SyscallFilter::compile(options.tier, FilterFor::Template);
  int error = 0;
  if (!KIOSK_GUARD("template.limits",
                   (error = limitTemplate(heritage.floor, start.app.limits)) == 0)) {
    fail("setting resource limits", error);
  }
  if (heritage.filter != nullptr &&
      !KIOSK_GUARD("template.filter", filter && filter->install() == 0)) {
    fail("installing the system call filter", errno);
  }

  std::string why;
  if (!heritage.app.takePackageIn(start.app, why)) fail(why, 0);
  if ((error = liftCpuLimit()) != 0) fail("lifting the CPU limit", error);
  const auto floor = measureMemoryFloor();
  if (!floor) fail("the memory that guests start with cannot be measured", 0);
  server.setFloor(*floor);
  const auto warm = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began);
  server.serve(static_cast<std::uint32_t>(warm.count()));
  ::_exit(0);
}

}  // namespace kiosk::jail
