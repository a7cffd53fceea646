#include "runtime/base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <memory>

#include "runtime/base/encoding.h"

namespace kiosk {
namespace {

constexpr std::size_t kLineBytesMax = 4096;

/// KIOSK_LOG names the least level that is written (debug, info, warn, error, off); `info` without
/// it.
spdlog::logger& logger() {
  static spdlog::logger instance = [] {
    spdlog::logger made("kiosk", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made.set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    made.flush_on(spdlog::level::warn);
    const char* level = std::getenv("KIOSK_LOG");
    made.set_level(level == nullptr ? spdlog::level::info : spdlog::level::from_str(level));
    return made;
  }();
  return instance;
}

void write(spdlog::level::level_enum level, std::string_view text) {
  if (!logger().should_log(level)) return;
  logger().log(level, spdlog::string_view_t(printable(text, kLineBytesMax)));
}

}  // namespace

void logDebug(std::string_view text) { write(spdlog::level::debug, text); }
void logInfo(std::string_view text) { write(spdlog::level::info, text); }
void logWarn(std::string_view text) { write(spdlog::level::warn, text); }
void logError(std::string_view text) { write(spdlog::level::err, text); }

}  // namespace kiosk
