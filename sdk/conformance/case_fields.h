#pragma once
// Typed reading of a case's front matter. The first problem is kept, with its line.

#include <optional>
#include <string>
#include <vector>

#include "sdk/conformance/front_matter.h"

namespace kiosk::conformance {

/// Reads members of one object of a front matter. `matter` is borrowed and must outlive it.
class CaseFields {
 public:
  explicit CaseFields(const FrontMatter& matter) : matter_(matter) {}

  /// The value of `key`; null when it is absent.
  const nlohmann::json* find(const std::string& key) const;
  /// A string, or a number as its text; none when it is absent.
  std::optional<std::string> text(const std::string& key);
  std::optional<std::int64_t> integer(const std::string& key, std::int64_t min, std::int64_t max);
  bool flag(const std::string& key);
  /// A list of strings; none when it is absent.
  std::optional<std::vector<std::string>> texts(const std::string& key);
  /// A map; an empty one when it is absent.
  nlohmann::json map(const std::string& key);

  /// Notes that `key` is not what it should be, unless there was a problem before.
  void fail(const std::string& key, const std::string& what);
  const std::optional<Error>& problem() const { return problem_; }

 private:
  const FrontMatter& matter_;
  std::optional<Error> problem_;
};

/// A string as it is, a number as its text; none for all else.
std::optional<std::string> scalarText(const nlohmann::json& value);

}  // namespace kiosk::conformance
