#pragma once
// A view as large as the limit, sixty commits a second: how long the host's loop is held.

#include "tests/bench/bench_host.h"

namespace kiosk::bench {

int viewCommits(const BenchHostOptions& options);

}  // namespace kiosk::bench
