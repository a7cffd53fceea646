#include "tests/bench/cycles.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/bench/figures.h"
#include "tests/bench/workload.h"

namespace kiosk::bench {
namespace {

constexpr std::chrono::seconds kCyclePatience{60};
constexpr double kGrowthKiBMax = 2048;
constexpr int kMarks = 10;

/// What a host holds.
struct Held {
  double anonymousKiB = 0;  ///< memory of the host's own
  double descriptors = 0;
  double processes = 0;  ///< below the host: zygotes, guests, and what has ended unreaped
};

double anonymousKiB() {
  std::ifstream file("/proc/self/status");
  std::string line;
  while (std::getline(file, line)) {
    if (line.rfind("RssAnon:", 0) == 0) return std::strtod(line.c_str() + 8, nullptr);
  }
  return 0;
}

int parentOf(int pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(file, text);
  const auto name = text.rfind(')');
  return name == std::string::npos ? 0 : std::atoi(text.c_str() + name + 4);
}

Held held() {
  Held all;
  all.anonymousKiB = anonymousKiB();
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    (void)entry;
    ++all.descriptors;
  }
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    int at = std::atoi(entry.path().filename().c_str());
    while (at > 1 && at != getpid()) at = parentOf(at);
    if (at == getpid()) ++all.processes;
  }
  return all;
}

void openAndClose(BenchHost& bench, int serial) {
  const bool fails = serial % 50 == 49;
  const bool suspends = serial % 10 == 9;
  Listener listener(bench);
  OpenOptions options;
  options.user = UserId("bench");
  const std::string source = fails ? "throw new Error('as it should')"
                                   : "await kiosk.call('bench.send',{chatId:'c',text:'hello'});"
                                     "kiosk.call('bench.done',{ok:true,id:1,view:''});"
                                     "setInterval(()=>{},1000)";
  auto session = bench.host().open(packageOf(source, serial), options, listener);
  if (!session) giveUp(session.error().message);
  const bool came = bench.runUntil(
      [&] { return bench.takeDone().has_value() || listener.end().has_value(); }, kCyclePatience);
  if (!came || listener.end().has_value() != fails) giveUp("the app did not do as it was told");
  if (suspends) (*session)->suspend();
  (*session)->close();
  if (!bench.runUntil([&] { return listener.end().has_value(); }, kCyclePatience)) {
    giveUp("a session did not end");
  }
}

}  // namespace

int cycles(const BenchHostOptions& options, int count) {
  BenchHost bench(options);
  std::vector<Held> marks;
  const double start = nowMs();
  for (int i = 0; i < count; ++i) {
    openAndClose(bench, i);
    if ((i + 1) % std::max(1, count / kMarks) != 0) continue;
    // Zygotes that have forked their share go when their last guest is reaped.
    bench.runUntil([] { return false; }, std::chrono::milliseconds(500));
    marks.push_back(held());
    printLine({{"bench", "cycles"},
               {"done", i + 1},
               {"anonymous_kib", marks.back().anonymousKiB},
               {"descriptors", marks.back().descriptors},
               {"processes", marks.back().processes}});
  }
  if (marks.size() < 3) giveUp("too few cycles to tell growth from warming up");
  const Held& first = marks[1];
  const Held& last = marks.back();
  const bool flat = last.anonymousKiB - first.anonymousKiB <= kGrowthKiBMax &&
                    last.descriptors <= first.descriptors && last.processes <= first.processes;
  printLine({{"bench", "cycles"},
             {"n", count},
             {"ms_each", (nowMs() - start) / count},
             {"grown_kib", last.anonymousKiB - first.anonymousKiB},
             {"grown_descriptors", last.descriptors - first.descriptors},
             {"grown_processes", last.processes - first.processes},
             {"flat", flat}});
  return flat ? 0 : 1;
}

}  // namespace kiosk::bench
