#pragma once
// The jail's last walls, which each guest puts up itself between fork and its first instruction:
// descriptors, resource limits, filter. All else is inherited from the zygote.

#include <cstdint>
#include <optional>

#include "runtime/jail/guest_start.h"
#include "runtime/jail/syscall_filter.h"

namespace kiosk::jail {

/// Memory that every guest has from its first moment: what its limits are added to.
struct MemoryFloor {
  std::uint64_t dataBytes = 0;     ///< private writable mappings, as RLIMIT_DATA counts
  std::uint64_t addressBytes = 0;  ///< all mappings, as RLIMIT_AS counts
};

/// Measures the calling process, by asking the kernel where each limit begins to bite; needs no
/// /proc. None if it cannot be measured.
std::optional<MemoryFloor> measureMemoryFloor();

/// Address space beyond the memory limit: V8 reserves more than it uses. Bounds page tables.
inline constexpr std::uint64_t kAddressSlackBytes = std::uint64_t{4} << 30;

/// Moves `sessionSocket` to number 0 and closes every other descriptor. 0, or the errno.
int keepOnlySocket(int sessionSocket);

/// Lowers every limit for good. 0, or the errno.
int limitResources(const MemoryFloor& floor, const GuestLimits& limits);

/// Descriptors of a template: its own seven, what passes through, and what waits to be sent. It is
/// also as many as its user may have on their way for it to send one (unix(7), ETOOMANYREFS).
inline constexpr std::uint64_t kTemplateDescriptorsMax = 1024;
/// Processes that the user of guests may have for a template to be able to fork.
inline constexpr std::uint64_t kTemplateProcessesMax = 8192;

/// Bounds a template: `limits` apply while it takes its package in, and its guests find room for as
/// much memory again. 0, or the errno.
int limitTemplate(const MemoryFloor& floor, const GuestLimits& limits);

/// Ends the bound on CPU time that limitTemplate set: serving is no more than forks, and guests
/// must not inherit it. 0, or the errno.
int liftCpuLimit();

}  // namespace kiosk::jail
