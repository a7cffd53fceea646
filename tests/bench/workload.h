#pragma once
// The mini-apps that the benchmarks run.
//
// With KIOSK_BENCH_APPS=DIR they are DIR/tiny.js and DIR/app100k.js, so that other runtimes can be
// measured on the same bytes; without it a generator of our own makes their like. Both set
// `globalThis.__app.handle`.

#include <kiosk/package.h>

#include <memory>
#include <string>
#include <string_view>

namespace kiosk::bench {

/// "tiny" or "100k".
std::string appSource(std::string_view name);

/// A package whose entry is `source`, unlike that of any other `serial`.
std::shared_ptr<const Package> packageOf(std::string_view source, int serial);

/// The one-liner called `attack`; empty when there is none of that name.
std::string hostileSource(std::string_view attack);

}  // namespace kiosk::bench
