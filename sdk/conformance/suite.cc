#include "sdk/conformance/suite.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <numeric>

#include "runtime/base/crypto.h"
#include "runtime/base/files.h"

namespace kiosk::conformance {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHarnessBytesMax = 256 << 10;
constexpr std::size_t kGapsBytesMax = 256 << 10;
constexpr std::size_t kProblemsMax = 20;

/// Gathers a suite folder by folder.
class SuiteReader {
 public:
  void harness(const std::string& path) {
    auto text = readFileWhole(path, kHarnessBytesMax);
    if (!text) return problem(path + ": " + text.error().message);
    suite_.harness = *std::move(text);
    addDigest(sha256Hex(suite_.harness), "harness.js");
  }

  void folder(const std::string& folder) {
    std::error_code problem;
    std::vector<std::string> files;
    for (fs::recursive_directory_iterator entry(folder, problem), end; entry != end;
         entry.increment(problem)) {
      if (problem || files.size() > kCasesMax) break;
      if (entry->is_regular_file(problem) && entry->path().extension() == ".js") {
        files.push_back(entry->path().lexically_relative(folder).generic_string());
      }
    }
    if (problem) return this->problem(folder + ": " + problem.message());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) addCase(folder, file);
    addGaps(folder + "/" + std::string(kKnownGapsFile));
  }

  Result<Suite> take() {
    for (const auto& gap : suite_.gaps) {
      if (!files_.contains(gap.id)) problem("a known gap names " + gap.id + ", which is no case");
    }
    if (!problems_.empty()) return Error{ErrorCode::InvalidParams, problems_};
    std::sort(suite_.cases.begin(), suite_.cases.end(),
              [](const Case& a, const Case& b) { return a.id < b.id; });
    std::sort(digests_.begin(), digests_.end());
    Sha256 digest;
    for (const auto& line : digests_) digest.update(line);
    suite_.digest = toHex(digest.finish());
    return std::move(suite_);
  }

 private:
  void problem(const std::string& what) {
    if (++problemCount_ > kProblemsMax) return;
    problems_ += (problems_.empty() ? "" : "\n") + what;
  }

  void addDigest(const std::string& digest, const std::string& file) {
    digests_.push_back(digest + "  " + file + "\n");
  }

  void addCase(const std::string& folder, const std::string& file) {
    const auto path = folder + "/" + file;
    const auto text = readFileWhole(path, kCaseBytesMax);
    if (!text) return problem(path + ": " + text.error().message);
    auto test = readCase(file, *text);
    if (!test) return problem(path + ":" + test.error().message);
    const auto [other, isNew] = files_.emplace(test->id, path);
    if (!isNew) return problem(path + ":1: " + test->id + " is the id of " + other->second);
    if (suite_.cases.size() >= kCasesMax) return problem(path + ":1: there are too many cases");
    addDigest(test->digest, file);
    suite_.cases.push_back(*std::move(test));
  }

  void addGaps(const std::string& path) {
    const auto text = readFileWhole(path, kGapsBytesMax);
    if (!text && text.error().code == ErrorCode::NotFound) return;
    if (!text) return problem(path + ": " + text.error().message);
    auto gaps = readKnownGaps(*text);
    if (!gaps) return problem(path + ":1: " + gaps.error().message);
    addDigest(sha256Hex(*text), std::string(kKnownGapsFile));
    suite_.gaps.insert(suite_.gaps.end(), gaps->begin(), gaps->end());
  }

  Suite suite_;
  std::map<std::string, std::string> files_;  ///< id → path
  std::vector<std::string> digests_;
  std::string problems_;
  std::size_t problemCount_ = 0;
};

/// SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t nextDraw(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/// A draw below `bound`, each as likely.
std::uint64_t drawBelow(std::uint64_t bound, std::uint64_t& state) {
  const std::uint64_t uneven = (0 - bound) % bound;  // so many draws would come once too often
  for (;;) {
    const auto draw = nextDraw(state);
    if (draw >= uneven) return draw % bound;
  }
}

}  // namespace

Result<std::string> ownSuiteFolder() {
  std::error_code problem;
  const auto program = fs::read_symlink("/proc/self/exe", problem);
  const auto folder = program.parent_path().parent_path() / "share/kiosk/conformance";
  if (problem || !fs::is_directory(folder / "cases", problem)) {
    return Error{ErrorCode::NotFound, "the conformance suite is not installed: there is no " +
                                          (folder / "cases").string()};
  }
  return folder.string();
}

Result<Suite> loadSuite(const std::string& folder, const std::vector<std::string>& more) {
  SuiteReader reader;
  reader.harness(folder + "/harness.js");
  reader.folder(folder + "/cases");
  for (const auto& one : more) reader.folder(one);
  return reader.take();
}

std::vector<std::size_t> shuffledOrder(std::size_t count, std::uint64_t seed) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t left = count; left > 1; --left) {
    std::swap(order[left - 1], order[drawBelow(left, seed)]);
  }
  return order;
}

}  // namespace kiosk::conformance
