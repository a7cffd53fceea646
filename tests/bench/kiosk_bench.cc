// Figures of launch, memory, bridge and containment, on the workload that other runtimes can be
// given too.
//
//   kiosk-bench cold                 start a host, run a mini-app, print hello, end
//   kiosk-bench launch               Host::open to the first call answered, 100 KB bundle, every
//                                    source new
//   kiosk-bench memory tiny|100k     PSS and page tables of all processes, by 100 and 500 idle apps
//   kiosk-bench bridge               one call through gate and audit and back; alone, and 64 in
//                                    flight
//   kiosk-bench hostile NAME         how long until an attack is over, with another app beside it
//   kiosk-bench audit                a record of the audit log: on the loop, synced, verified
//   kiosk-bench payments             payments of the embedded ledger, beside plain commits
//   kiosk-bench view                 10,000 nodes, 60 commits a second: how long the loop is held
//   kiosk-bench cycles [COUNT]       open and close 10'000 times: memory, descriptors, processes
//
// Options: --tier jit|jitless; --template (launch and memory: every session is of one app, which
// was prepared beforehand, as others prepare a snapshot); --dumpable (memory, as an ordinary user:
// lets /proc be read; weakens the jail).

#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "tests/bench/audit_bench.h"
#include "tests/bench/bench_host.h"
#include "tests/bench/cycles.h"
#include "tests/bench/figures.h"
#include "tests/bench/payments_bench.h"
#include "tests/bench/view_bench.h"
#include "tests/bench/workload.h"

namespace kiosk::bench {
namespace {

constexpr int kWarmups = 20, kLaunches = 200;
constexpr int kCalls = 10'000, kRounds = 5, kWindow = 64, kCycles = 10'000;
constexpr std::chrono::seconds kPatience{60};
constexpr const char* kPeer = "kiosk";

constexpr const char* kFirstCall =
    "\nconst a=__app.handle({chatId:'c1',text:'hello'});"
    "await kiosk.call('bench.send',{chatId:'c1',text:'hello'});"
    "kiosk.call('bench.done',a);kiosk.on('shown',()=>{});";

struct Opened {
  std::unique_ptr<Listener> listener;
  std::unique_ptr<Session> session;
};

Opened openApp(BenchHost& bench, std::shared_ptr<const Package> package,
               const Limits& limits = {}) {
  Opened opened;
  opened.listener = std::make_unique<Listener>(bench);
  OpenOptions options;
  options.user = UserId("bench");
  options.limits = limits;
  auto session = bench.host().open(std::move(package), options, *opened.listener);
  if (!session) giveUp(session.error().message);
  opened.session = std::move(*session);
  return opened;
}

Opened openApp(BenchHost& bench, const std::string& source, int serial, const Limits& limits = {}) {
  return openApp(bench, packageOf(source, serial), limits);
}

/// The apps of a series: each another one, or all the same, prepared, with --template.
class Series {
 public:
  Series(BenchHost& bench, const BenchHostOptions& options, std::string source)
      : source_(std::move(source)) {
    if (!options.fromTemplate) return;
    prepared_ = packageOf(source_, 0);
    std::optional<bool> ready;
    bench.host().prepare(prepared_, [&](bool isReady) {
      ready = isReady;
      bench.noteEvent();
    });
    if (!bench.runUntil([&] { return ready.has_value(); }, kPatience) || !*ready) {
      giveUp("the app has no template");
    }
  }
  std::shared_ptr<const Package> at(int serial) const {
    return prepared_ ? prepared_ : packageOf(source_, serial);
  }

 private:
  std::string source_;
  std::shared_ptr<const Package> prepared_;  // owners: this and the sessions
};

/// Opens and waits for the first answered call; checks the app's own answer.
Opened launchApp(BenchHost& bench, std::shared_ptr<const Package> package) {
  Opened opened = openApp(bench, std::move(package));
  std::optional<nlohmann::json> answer;
  const bool came = bench.runUntil(
      [&] {
        if (!answer) answer = bench.takeDone();
        return answer.has_value() || opened.listener->end().has_value();
      },
      kPatience);
  if (!came || !answer || (*answer)["ok"] != true) {
    giveUp("the app did not answer: " +
           (opened.listener->end() ? opened.listener->end()->detail : opened.listener->lastLog()));
  }
  return opened;
}

int cold(const BenchHostOptions& options) {
  BenchHost bench(options);
  launchApp(bench, packageOf(appSource("tiny") + kFirstCall, 0));
  std::printf("hello\n");
  std::fflush(stdout);
  return 0;
}

int launch(const BenchHostOptions& options) {
  BenchHost bench(options);
  const Series series(bench, options, appSource("100k") + kFirstCall);
  std::vector<double> times;
  for (int i = 0; i < kWarmups + kLaunches; ++i) {
    const auto package = series.at(i);
    const double start = nowMs();
    Opened opened = launchApp(bench, package);
    if (i >= kWarmups) times.push_back(nowMs() - start);
    opened.session->close();
    bench.runUntil([&] { return opened.listener->end().has_value(); }, kPatience);
  }
  Line line = {{"bench", "launch"},
               {"peer", kPeer},
               {"variant", std::string(options.fromTemplate ? "template" : "compile each") + ", " +
                               std::string(tierName(options.tier))},
               {"unit", "ms"}};
  addSpread(line, std::move(times));
  printLine(line);
  return 0;
}

struct Memory {
  double pss = 0, rss = 0, own = 0, pageTables = 0;
  Memory& operator+=(const Memory& other) {
    pss += other.pss, rss += other.rss, own += other.own, pageTables += other.pageTables;
    return *this;
  }
};

double fieldOf(const std::string& path, const std::string& name) {
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    if (line.rfind(name + ":", 0) == 0) return std::strtod(line.c_str() + name.size() + 1, nullptr);
  }
  return -1;
}

/// KiB of process `pid`.
Memory memoryOf(int pid) {
  const std::string dir = "/proc/" + std::to_string(pid);
  const double pss = fieldOf(dir + "/smaps_rollup", "Pss");
  if (pss < 0) giveUp("cannot read " + dir + "/smaps_rollup: run as root, or with --dumpable");
  return {pss, fieldOf(dir + "/smaps_rollup", "Rss"),
          fieldOf(dir + "/smaps_rollup", "Private_Clean") +
              fieldOf(dir + "/smaps_rollup", "Private_Dirty"),
          fieldOf(dir + "/status", "VmPTE")};
}

/// This process and all below it.
Memory memoryOfAll() {
  std::map<int, int> parents;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const int pid = std::atoi(entry.path().filename().c_str());
    if (pid > 0)
      parents[pid] = static_cast<int>(fieldOf(entry.path().string() + "/status", "PPid"));
  }
  Memory sum;
  for (const auto& [pid, parent] : parents) {
    int at = pid;
    while (at > 1 && at != getpid()) at = parents.count(at) != 0 ? parents[at] : 0;
    if (at == getpid()) sum += memoryOf(pid);
  }
  return sum;
}

int memory(const BenchHostOptions& options, std::string_view app) {
  BenchHost bench(options);
  launchApp(bench, packageOf(appSource(app) + kFirstCall, -1));
  bench.runUntil([] { return false; }, std::chrono::seconds(1));
  const Memory base = memoryOfAll();
  const Series series(bench, options, appSource(app) + kFirstCall);
  std::vector<Opened> kept;
  for (const int count : {100, 500}) {
    while (static_cast<int>(kept.size()) < count) {
      kept.push_back(launchApp(bench, series.at(static_cast<int>(kept.size()))));
    }
    bench.runUntil([] { return false; }, std::chrono::seconds(2));
    for (const auto& app1 : kept) {
      if (!app1.session->running()) giveUp("an app ended: " + app1.listener->end()->detail);
    }
    const Memory all = memoryOfAll();
    const auto each = [&](double value) { return std::round(value / count * 10) / 10; };
    printLine({{"bench", "memory"},
               {"peer", kPeer},
               {"variant", std::string(app) + (options.fromTemplate ? ", template" : "")},
               {"unit", "KiB/app"},
               {"n", count},
               // Everything: host, zygotes and guests, their pages and their page tables.
               {"pss", each(all.pss + all.pageTables)},
               {"rss", each(all.rss - base.rss)},
               {"private", each(all.own - base.own)},
               {"page_tables", each(all.pageTables)},
               {"marginal", each(all.pss + all.pageTables - base.pss - base.pageTables)},
               {"host_pss", base.pss},
               {"total_pss", all.pss}});
  }
  return 0;
}

std::string bridgeLoop(int window) {
  const std::string one = "kiosk.call('bench.send',{chatId:'c1',text:'hello'})";
  std::string body = "async function calls(n){";
  if (window == 1) {
    body += "for(let i=0;i<n;i++){const r=await " + one + ";if(!r.ok)throw new Error('wrong')}";
  } else {
    body += "let left=n;const one=async()=>{while(left-->0){const r=await " + one +
            ";if(!r.ok)throw new Error('wrong')}};await Promise.all(Array.from({length:" +
            std::to_string(window) + "},one))";
  }
  body += "}\nawait calls(" + std::to_string(kCalls / 4) + ");await calls(" +
          std::to_string(kCalls / 4) + ");for(let k=0;k<" + std::to_string(kRounds) +
          ";k++){const t=performance.now();await calls(" + std::to_string(kCalls) +
          ");await kiosk.call('bench.report',{ms:performance.now()-t})}";
  return body;
}

int bridgeCalls(const BenchHostOptions& options) {
  for (const int window : {1, kWindow}) {
    BenchHost bench(options);
    Limits limits;
    limits.bytesPerSecondMax = std::uint64_t{1} << 40;
    limits.callsInFlightMax = kWindow + 1;
    Opened opened = openApp(bench, bridgeLoop(window), window, limits);
    std::vector<double> rounds;
    while (static_cast<int>(rounds.size()) < kRounds) {
      std::optional<double> ms;
      const bool came = bench.runUntil(
          [&] {
            if (!ms) ms = bench.takeReport();
            return ms.has_value() || opened.listener->end().has_value();
          },
          kPatience);
      if (!came || !ms)
        giveUp("the app did not report: " + opened.listener->end().value_or(SessionEnd{}).detail);
      rounds.push_back(*ms * 1e6 / kCalls);
    }
    Line line = {{"bench", "bridge"},
                 {"peer", kPeer},
                 {"variant", window == 1 ? "async" : "async, 64 in flight"},
                 {"unit", "ns/call"},
                 {"calls", kCalls}};
    addSpread(line, std::move(rounds));
    printLine(line);
  }
  return 0;
}

int hostile(const BenchHostOptions& options, std::string_view attack) {
  const std::string source = hostileSource(attack);
  if (source.empty()) giveUp("there is no attack called " + std::string(attack));
  BenchHost bench(options);
  double lastHeard = 0, longestGap = 0;
  bench.onSend = [&] {
    const double now = nowMs();
    if (lastHeard > 0) longestGap = std::max(longestGap, now - lastHeard);
    lastHeard = now;
  };
  Opened neighbour =
      openApp(bench, "setInterval(()=>kiosk.call('bench.send',{chatId:'c1',text:'hello'}),5)", 1);
  if (!bench.runUntil([&] { return bench.sendCount() > 10; }, kPatience)) giveUp("no neighbour");
  longestGap = 0;

  Limits limits;
  const bool isBomb = attack == "heap" || attack == "string" || attack == "buffer";
  limits.loadTimeMax = std::chrono::milliseconds(isBomb ? 5000 : 100);
  const double start = nowMs();
  Opened attacker = openApp(bench, source, 2, limits);
  const bool over = bench.runUntil([&] { return attacker.listener->end().has_value(); },
                                   std::chrono::seconds(14));
  const double took = nowMs() - start;
  const auto before = bench.sendCount();
  const bool served =
      bench.runUntil([&] { return bench.sendCount() > before + 3; }, std::chrono::seconds(1));
  Line line = {{"bench", "hostile"}, {"peer", kPeer}, {"attack", attack}};
  line["ms"] = std::round(took * 10) / 10;
  if (over) {
    line["err"] = std::string(endReasonName(attacker.listener->end()->reason)) + ": " +
                  attacker.listener->end()->detail.substr(0, 60);
  }
  line["host"] = !over ? "attack still running" : served ? "alive" : "neighbour not served";
  line["neighbour_gap_ms"] = std::round(longestGap * 10) / 10;
  printLine(line);
  return over && served ? 0 : 1;
}

int main(int argc, char** argv) {
  BenchHostOptions options;
  std::vector<std::string_view> words;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--template") {
      options.fromTemplate = true;
    } else if (word == "--dumpable") {
      options.dumpable = true;
    } else if (word == "--tier" && i + 1 < argc) {
      options.tier = std::string_view(argv[++i]) == "jitless" ? Tier::Jitless : Tier::Jit;
    } else {
      words.push_back(word);
    }
  }
  const auto is = [&](std::string_view name, std::size_t count) {
    return words.size() == count && words[0] == name;
  };
  if (is("cold", 1)) return cold(options);
  if (is("launch", 1)) return launch(options);
  if (is("memory", 2) && (words[1] == "tiny" || words[1] == "100k"))
    return memory(options, words[1]);
  if (is("audit", 1)) return audit();
  if (is("payments", 1)) return payments();
  if (is("view", 1)) return viewCommits(options);
  if (is("bridge", 1)) return bridgeCalls(options);
  if (!words.empty() && words[0] == "cycles" && words.size() <= 2) {
    const int count = words.size() == 2 ? std::atoi(words[1].data()) : kCycles;
    return cycles(options, count);
  }
  if (is("hostile", 2)) return hostile(options, words[1]);
  std::fprintf(stderr,
               "usage: kiosk-bench cold | launch | memory tiny|100k | bridge | hostile NAME |"
               " cycles [COUNT] | audit | payments | view"
               " [--tier jit|jitless] [--template] [--dumpable]\n");
  return 2;
}

}  // namespace
}  // namespace kiosk::bench

int main(int argc, char** argv) { return kiosk::bench::main(argc, argv); }
