#pragma once
// What the zygote gives up once, for itself and all guests: user ids, capabilities, traceability,
// the file system (landlock), and a little of its share of the CPU.

#include "runtime/jail/layer_report.h"

namespace kiosk::jail {

/// The user and group id of guests ("nobody"), both outside (started as root) and inside a user
/// namespace.
inline constexpr unsigned kGuestId = 65534;

enum class Dumpable : std::uint8_t { No, Yes };

/// Becomes kGuestId with no supplementary group. 0, or the errno.
int dropUserIds();

/// Whether others of the same user may trace this process or read its memory.
int setDumpable(Dumpable dumpable);

/// Gives up user id 0, every capability and the way back to any. Clears a parent-death signal.
void dropPrivileges(LayerReport& report);

/// Refuses the process every access to files, to TCP, and to abstract sockets and signals of
/// outside, as far as the kernel knows these. Needs no_new_privs, which dropPrivileges sets.
void enterLandlock(LayerReport& report);

/// Keeps other processes from steering this one's indirect branches, where the processor and the
/// kernel can.
void restrictSpeculation(LayerReport& report);

/// From here on no memory that was writable becomes executable, nor is executable memory mapped.
void refuseExecGain(LayerReport& report);

/// Runs behind the host, and is chosen before it when memory is short. Best effort.
void yieldToHost();

}  // namespace kiosk::jail
