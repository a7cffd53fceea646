#pragma once
// Starting a zygote from a host whose process is not ours to arrange.

#include <sys/types.h>

#include <utility>

#include "runtime/base/fd.h"
#include "runtime/jail/zygote_client.h"

namespace kiosk::jail {

/// A running zygote: its process and our end of its control socket (non-blocking).
struct SpawnedZygote {
  pid_t pid = 0;
  Fd pidfd;
  Fd control;
};

/// A control socket: our end, non-blocking, and the other one at a number above those that a
/// spawned process arranges.
Result<std::pair<Fd, Fd>> controlSockets();

/// Errors: HostError   the binary cannot be run, or descriptors ran out.
Result<SpawnedZygote> spawnZygote(const ZygoteLaunch& launch);

/// Kills `zygote` and all that descends from it: they are one process group, which none can leave.
void killFamily(const SpawnedZygote& zygote);

/// Waits for the end of `zygote` by its pidfd, and reaps it unless the embedder did before us.
void reapZygote(const Fd& pidfd);

}  // namespace kiosk::jail
