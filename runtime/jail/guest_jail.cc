#include "runtime/jail/guest_jail.h"

#include <linux/close_range.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "runtime/base/guard.h"

namespace kiosk::jail {
namespace {

using LimitResource = decltype(RLIMIT_DATA);

constexpr std::uint64_t kPageBytes = 4096;

/// Whether one more page fits while the soft limit of `resource` is `bytes`.
bool pageFits(LimitResource resource, int protection, std::uint64_t bytes, const rlimit& own) {
  const rlimit tried = {bytes, own.rlim_max};
  if (::setrlimit(resource, &tried) != 0) return false;
  void* page = ::mmap(nullptr, kPageBytes, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return false;
  ::munmap(page, kPageBytes);
  return true;
}

/// Bytes that count against `resource` now: the largest limit under which a page does not fit.
std::optional<std::uint64_t> measure(LimitResource resource, int protection) {
  rlimit own = {};
  if (::getrlimit(resource, &own) != 0) return std::nullopt;
  constexpr std::uint64_t kPagesCeiling = std::uint64_t{1} << 36;  // 256 TiB, more than fits
  std::uint64_t tooFew = 0;
  std::uint64_t enough = std::min<std::uint64_t>(kPagesCeiling, own.rlim_max / kPageBytes);
  if (!pageFits(resource, protection, enough * kPageBytes, own)) {
    ::setrlimit(resource, &own);
    return std::nullopt;
  }
  while (tooFew + 1 < enough) {
    const std::uint64_t middle = tooFew + (enough - tooFew) / 2;
    (pageFits(resource, protection, middle * kPageBytes, own) ? enough : tooFew) = middle;
  }
  if (::setrlimit(resource, &own) != 0) return std::nullopt;
  return tooFew * kPageBytes;
}

int lower(LimitResource resource, std::uint64_t value) {
  rlimit own = {};
  if (::getrlimit(resource, &own) != 0) return errno;
  const rlim_t bound = std::min<rlim_t>(value, own.rlim_max);
  const rlimit lowered = {bound, bound};
  return ::setrlimit(resource, &lowered) == 0 ? 0 : errno;
}

}  // namespace

std::optional<MemoryFloor> measureMemoryFloor() {
  const auto data = measure(RLIMIT_DATA, PROT_READ | PROT_WRITE);
  const auto address = measure(RLIMIT_AS, PROT_NONE);
  if (!data || !address) return std::nullopt;
  return MemoryFloor{*data, *address};
}

int keepOnlySocket(int sessionSocket) {
  if (sessionSocket != kSessionSocket && ::dup2(sessionSocket, kSessionSocket) < 0) return errno;
  return KIOSK_GUARD("jail.descriptors", ::close_range(kSessionSocket + 1, ~0U, 0) == 0) ? 0
                                                                                         : errno;
}

int limitResources(const MemoryFloor& floor, const GuestLimits& limits) {
  struct Bound {
    LimitResource resource;
    std::uint64_t value;
  };
  const Bound bounds[] = {
      {RLIMIT_DATA, floor.dataBytes + limits.memoryBytesMax},
      {RLIMIT_AS, floor.addressBytes + limits.memoryBytesMax + kAddressSlackBytes},
      {RLIMIT_NOFILE, 1},  // poll refuses more entries than this
      {RLIMIT_NPROC, 0},
      {RLIMIT_CORE, 0},
      {RLIMIT_FSIZE, 0},
      {RLIMIT_MEMLOCK, 0},
      {RLIMIT_MSGQUEUE, 0},
      {RLIMIT_CPU, limits.cpuSecondsMax == 0 ? RLIM_INFINITY : limits.cpuSecondsMax},
  };
  for (const Bound& bound : bounds) {
    int error = 0;
    if (!KIOSK_GUARD("jail.limits", (error = lower(bound.resource, bound.value)) == 0))
      return error;
  }
  return 0;
}

int limitTemplate(const MemoryFloor& floor, const GuestLimits& limits) {
  const std::uint64_t memory = limits.memoryBytesMax;
  struct Bound {
    LimitResource resource;
    std::uint64_t soft, hard;
  };
  const Bound bounds[] = {
      {RLIMIT_DATA, floor.dataBytes + memory, floor.dataBytes + 2 * memory},
      {RLIMIT_AS, floor.addressBytes + memory + kAddressSlackBytes,
       floor.addressBytes + 2 * memory + kAddressSlackBytes},
      {RLIMIT_NOFILE, kTemplateDescriptorsMax, kTemplateDescriptorsMax},
      {RLIMIT_NPROC, kTemplateProcessesMax, kTemplateProcessesMax},
      {RLIMIT_CORE, 0, 0},
      {RLIMIT_FSIZE, 0, 0},
      {RLIMIT_MEMLOCK, 0, 0},
      {RLIMIT_MSGQUEUE, 0, 0},
      {RLIMIT_CPU, limits.cpuSecondsMax == 0 ? RLIM_INFINITY : limits.cpuSecondsMax, RLIM_INFINITY},
  };
  for (const Bound& bound : bounds) {
    rlimit own = {};
    if (::getrlimit(bound.resource, &own) != 0) return errno;
    own.rlim_max = std::min<rlim_t>(bound.hard, own.rlim_max);
    own.rlim_cur = std::min<rlim_t>(bound.soft, own.rlim_max);
    if (::setrlimit(bound.resource, &own) != 0) return errno;
  }
  return 0;
}

int liftCpuLimit() {
  rlimit own = {};
  if (::getrlimit(RLIMIT_CPU, &own) != 0) return errno;
  own.rlim_cur = own.rlim_max;
  return ::setrlimit(RLIMIT_CPU, &own) == 0 ? 0 : errno;
}

}  // namespace kiosk::jail
