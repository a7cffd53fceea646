#pragma once
// kiosk-bench payments: payments that the embedded ledger commits, beside plain commits of the same
// disk. TMPDIR chooses the disk.

namespace kiosk::bench {

/// Prints one line a figure; the exit status.
int payments();

}  // namespace kiosk::bench
