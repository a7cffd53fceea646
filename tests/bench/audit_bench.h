#pragma once
// kiosk-bench audit: what a record costs the loop, the writer, and a call that waits for the disk.

namespace kiosk::bench {

/// Prints one line a figure; the exit status.
int audit();

}  // namespace kiosk::bench
