#include "runtime/guest/crash_watch.h"

#include <sys/mman.h>

#include <array>
#include <csignal>
#include <cstddef>

namespace kiosk::guest {
namespace {

/// malloc grows by less than this when a small block finds no place.
constexpr std::size_t kProbeBytes = std::size_t{1} << 20;
constexpr std::size_t kStackBytes = std::size_t{64} << 10;

CrashWatch::Handler noMemoryHandler = nullptr;
alignas(16) std::array<char, kStackBytes> handlerStack;

void faulted(int) {
  void* probe =
      mmap(nullptr, kProbeBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (probe == MAP_FAILED) noMemoryHandler();
  // The instruction is tried once more, with the signal's default action in place.
}

}  // namespace

bool CrashWatch::prepare(Handler onNoMemory) {
  noMemoryHandler = onNoMemory;
  stack_t stack{};
  stack.ss_sp = handlerStack.data();
  stack.ss_size = handlerStack.size();
  if (sigaltstack(&stack, nullptr) != 0) return false;
  struct sigaction action {};
  action.sa_handler = faulted;
  action.sa_flags = SA_ONSTACK | static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  return sigaction(SIGSEGV, &action, nullptr) == 0 && sigaction(SIGBUS, &action, nullptr) == 0;
}

}  // namespace kiosk::guest
