#include "sdk/conformance/process_table.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

namespace kiosk::conformance {
namespace {

/// Reads "PID (NAME) STATE PPID …"; none unless it is a living child of `parent`.
std::optional<ProcessRow> childIn(const std::string& stat, pid_t parent) {
  const auto open = stat.find('('), close = stat.rfind(')');
  if (open == std::string::npos || close == std::string::npos) return std::nullopt;
  std::istringstream rest(stat.substr(close + 1));
  char state = 0;
  pid_t itsParent = 0;
  rest >> state >> itsParent;
  if (!rest || itsParent != parent || state == 'Z') return std::nullopt;
  ProcessRow row;
  std::from_chars(stat.data(), stat.data() + open, row.pid);
  row.name = stat.substr(open + 1, close - open - 1);
  return row;
}

}  // namespace

std::vector<ProcessRow> childrenOf(pid_t parent) {
  std::vector<ProcessRow> children;
  std::error_code problem;
  for (std::filesystem::directory_iterator entry("/proc", problem), end; entry != end;
       entry.increment(problem)) {
    if (problem) break;
    const auto name = entry->path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream file(entry->path() / "stat");
    std::string stat;
    std::getline(file, stat, '\0');
    if (auto row = childIn(stat, parent)) children.push_back(*std::move(row));
  }
  std::sort(children.begin(), children.end(),
            [](const auto& a, const auto& b) { return a.pid < b.pid; });
  return children;
}

}  // namespace kiosk::conformance
