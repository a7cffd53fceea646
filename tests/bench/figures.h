#pragma once
// Medians and the JSON lines that benchmarks print, one a figure.

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <vector>

namespace kiosk::bench {

using Line = nlohmann::ordered_json;

inline void printLine(const Line& line) {
  std::printf("%s\n", line.dump().c_str());
  std::fflush(stdout);
}

/// n, median, p99, min and max of `values`, which must not be empty.
inline void addSpread(Line& line, std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    return values[std::min(values.size() - 1,
                           static_cast<std::size_t>(share * static_cast<double>(values.size())))];
  };
  line["n"] = values.size();
  line["median"] = at(0.5);
  line["p99"] = at(0.99);
  line["min"] = values.front();
  line["max"] = values.back();
}

}  // namespace kiosk::bench
