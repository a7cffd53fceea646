#pragma once
// Opening and closing again and again: what must not grow.

#include "tests/bench/bench_host.h"

namespace kiosk::bench {

/// Opens and closes `count` sessions, every tenth of them suspended and every fiftieth killed by
/// its own failure, and prints memory, descriptors and processes ten times on the way. 1 when the
/// last tenth stands above the second: memory by more than kGrowthKiBMax, the others at all.
int cycles(const BenchHostOptions& options, int count);

}  // namespace kiosk::bench
