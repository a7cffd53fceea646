// V8 as Debian builds it marks its heap MADV_DONTFORK; a forked child would fault at its first
// allocation. libnode.so resolves madvise to the executable's definition, so this one swallows that
// advice and passes on the rest. Tried on V8 10.2, 11.3 and 13.6; the zygote asserts at its start
// that no mapping carries the flag.

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>

extern "C" __attribute__((visibility("default"))) int madvise(void* address, std::size_t length,
                                                              int advice) noexcept {
  if (advice == MADV_DONTFORK) return 0;
  return static_cast<int>(syscall(SYS_madvise, address, length, advice));
}
