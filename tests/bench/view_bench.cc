#include "tests/bench/view_bench.h"

#include <poll.h>

#include <cmath>
#include <cstdlib>

#include "tests/bench/figures.h"
#include "tests/bench/workload.h"

namespace kiosk::bench {
namespace {

constexpr double kBuildMs = 30'000, kMeasureMs = 10'000;
/// The root, a list of 3,332 items of a paragraph and a text each, and a comment.
constexpr std::size_t kNodesWanted = 3 + 3 * 3'332;

/// 3,332 items of a text each, then a commit every sixtieth of a second: twenty texts, ten
/// properties, one item that moves.
constexpr const char* kApp = R"(
  const list = document.createElement('list');
  const texts = [];
  const items = [];
  for (let i = 0; i < 3332; i++) {
    const item = document.createElement('item');
    const p = document.createElement('p');
    const text = document.createTextNode('parcel ' + i);
    p.append(text);
    item.append(p);
    texts.push(text);
    items.push(item);
    list.append(item);
  }
  document.body.append(list);
  list.append(document.createComment('end'));
  let n = 0;
  const commit = () => {
    n++;
    for (let i = 0; i < 20; i++) texts[(n * 37 + i * 101) % texts.length].data = 'state ' + n;
    for (let i = 0; i < 10; i++) {
      items[(n * 53 + i * 211) % items.length].setAttribute('detail', 'at ' + n);
    }
    list.insertBefore(items[(n * 97) % items.length], items[(n * 89 + 1) % items.length]);
  };
  let due = performance.now();
  const tick = () => {
    commit();
    due += 1000 / 60;
    setTimeout(tick, Math.max(0, due - performance.now()));
  };
  setTimeout(tick, 500);
)";

/// Takes patches as a server would: as text.
class PatchReader final : public SessionObserver {
 public:
  bool wantsPatches() const override { return true; }
  void viewPatched(const nlohmann::json& patch) override { bytes += patch.dump().size(); }
  void viewChanged(const ViewNode&) override { ++commits; }
  void logged(LogLevel, std::string_view text) override {
    std::fprintf(stderr, "%.*s\n", static_cast<int>(text.size()), text.data());
  }
  void ended(const SessionEnd& end) override {
    std::fprintf(stderr, "the app ended: %s\n", end.detail.c_str());
    std::exit(1);
  }
  std::size_t commits = 0, bytes = 0;
};

std::size_t nodesOf(const ViewNode& node) {
  std::size_t count = 1;
  for (const auto& child : node.children) count += nodesOf(*child);
  return count;
}

/// Turns the loop as an embedder with a loop of its own does, until `isOver`; returns how long each
/// turn held it, in milliseconds.
template <typename IsOver>
std::vector<double> holdsUntil(Host& host, const IsOver& isOver) {
  std::vector<double> holds;
  while (!isOver()) {
    pollfd watched{host.pollFd(), POLLIN, 0};
    poll(&watched, 1, 100);
    const double start = nowMs();
    host.runOnce(std::chrono::milliseconds(0));
    holds.push_back(nowMs() - start);
  }
  return holds;
}

}  // namespace

int viewCommits(const BenchHostOptions& options) {
  BenchHost bench(options);
  PatchReader reader;
  OpenOptions open;
  open.user = UserId("bench");
  auto session = bench.host().open(packageOf(kApp, 1), open, reader);
  if (!session) {
    std::fprintf(stderr, "%s\n", session.error().message.c_str());
    return 1;
  }
  const double start = nowMs();
  auto building = holdsUntil(bench.host(), [&] {
    return nodesOf((*session)->view()) >= kNodesWanted || nowMs() - start > kBuildMs;
  });
  const std::size_t nodes = nodesOf((*session)->view());
  if (nodes < kNodesWanted) {
    std::fprintf(stderr, "the view has %zu nodes only\n", nodes);
    return 1;
  }
  Line built = {{"bench", "view"}, {"variant", "first view"}, {"unit", "ms held"}};
  built["nodes"] = nodes;
  built["bytes"] = reader.bytes;
  addSpread(built, std::move(building));
  printLine(built);

  const double from = nowMs();
  reader.commits = reader.bytes = 0;
  auto holds = holdsUntil(bench.host(), [&] { return nowMs() - from > kMeasureMs; });
  const double seconds = (nowMs() - from) / 1000;
  Line line = {{"bench", "view"}, {"variant", "60 commits a second"}, {"unit", "ms held"}};
  line["commits_per_s"] = std::round(static_cast<double>(reader.commits) / seconds * 10) / 10;
  line["patch_bytes"] = reader.commits == 0 ? 0 : reader.bytes / reader.commits;
  addSpread(line, std::move(holds));
  printLine(line);
  return nodesOf((*session)->view()) == nodes ? 0 : 1;
}

}  // namespace kiosk::bench
