#pragma once
// Typed reading of the members of one change of a package. The first problem is kept.

#include <kiosk/result.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace kiosk::conformance {

/// `members` is borrowed and must outlive it.
class ChangeFields {
 public:
  explicit ChangeFields(const nlohmann::json& members) : members_(members) {}

  bool has(const char* key) const { return members_.contains(key); }
  /// The text of `key`; `fallback` when it is absent.
  std::string text(const char* key, const std::string& fallback = "");
  /// A whole number up to `max`; none when it is absent.
  std::optional<std::uint64_t> number(const char* key, std::uint64_t max);
  /// True or false; false when it is absent.
  bool flag(const char* key);
  /// A map; an empty one when it is absent.
  nlohmann::json map(const char* key);
  /// The bytes that `text`, `hex` or `zeros` (how many) stand for; none of them: no bytes.
  std::string bytes();

  void fail(const std::string& what);
  const std::optional<Error>& problem() const { return problem_; }

 private:
  const nlohmann::json& members_;
  std::optional<Error> problem_;
};

}  // namespace kiosk::conformance
