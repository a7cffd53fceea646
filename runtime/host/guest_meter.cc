#include "runtime/host/guest_meter.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <string_view>

namespace kiosk {
namespace {

/// The number of KiB behind `name` in the text of /proc/PID/status; 0 when it is not there.
std::uint64_t kibOf(std::string_view status, std::string_view name) {
  auto at = status.find(name);
  if (at == std::string_view::npos) return 0;
  at = status.find_first_of("0123456789", at + name.size());
  if (at == std::string_view::npos) return 0;
  std::uint64_t kib = 0;
  std::from_chars(status.data() + at, status.data() + status.size(), kib);
  return kib;
}

std::optional<ResidentMemory> residentMemoryOf(int pid) {
  char path[32];
  std::snprintf(path, sizeof path, "/proc/%d/status", pid);
  const Fd file(open(path, O_RDONLY | O_CLOEXEC));
  char text[4096];
  const ssize_t got = file ? read(file.get(), text, sizeof text) : -1;
  if (got <= 0) return std::nullopt;
  const std::string_view status(text, static_cast<std::size_t>(got));
  return ResidentMemory{kibOf(status, "\nRssAnon:"),
                        kibOf(status, "\nRssFile:") + kibOf(status, "\nRssShmem:")};
}

}  // namespace

void GuestMeter::begin(int pidfd, int pid) {
  pidfd_ = pidfd;
  pid_ = pid;
}

std::optional<std::int64_t> GuestMeter::cpuUs() const {
  // The clock of another process as clock_getcpuclockid(3) encodes it, without its check of life.
  const auto clock = static_cast<clockid_t>((~static_cast<unsigned>(pid_) << 3) | 2u);
  timespec time{};
  if (pid_ <= 0 || clock_gettime(clock, &time) != 0) return std::nullopt;
  return time.tv_sec * 1'000'000 + time.tv_nsec / 1000;
}

bool GuestMeter::hasEnded() const {
  pollfd entry{pidfd_, POLLIN, 0};
  return poll(&entry, 1, 0) != 0;
}

void GuestMeter::sample() {
  const auto cpu = cpuUs();
  if (!cpu || *cpu == sampledAtUs_) return;
  const auto memory = residentMemoryOf(pid_);
  // Asked last: the number may have passed on to another process before.
  if (!memory || memory->privateKiB == 0 || hasEnded()) return;
  sampledAtUs_ = *cpu;
  last_ = memory;
  privateKiBMost_ = std::max(privateKiBMost_, memory->privateKiB);
}

std::uint64_t GuestMeter::peakKiB(const jail::GuestExited& exit,
                                  std::uint64_t filesKiBUsual) const {
  const std::uint64_t files = last_ ? last_->filesKiB : filesKiBUsual;
  const std::uint64_t most =
      std::max(privateKiBMost_, exit.maxRssKiB > files ? exit.maxRssKiB - files : 0);
  return most > exit.baselineRssKiB ? most - exit.baselineRssKiB : 0;
}

}  // namespace kiosk
