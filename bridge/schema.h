#pragma once
// A schema of the catalogue, compiled once: valijson for the structure, our own checks for formats.
//
// valijson never sees `format` or `pattern`: it would run std::regex on input.

#include <kiosk/result.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace kiosk::bridge {

/// Holds `schema` against the closed list at the top of bridge/catalogue.h.
/// Errors: InvalidParams   the message names the place, what is wrong and what is allowed.
Result<void> lintSchema(const nlohmann::json& schema, const std::string& where);

/// Where a value first departs from a linted schema, and what would be allowed there; empty when
/// nowhere. Decides by itself, without valijson: used for the message after valijson refused.
std::string explainViolation(const nlohmann::json& schema, const nlohmann::json& value,
                             const std::string& root);

class CompiledSchema {
 public:
  /// `schema` must have passed `lintSchema`.
  /// Errors: Internal   valijson does not take it.
  static Result<std::shared_ptr<const CompiledSchema>> compile(const nlohmann::json& schema);
  ~CompiledSchema();

  /// Errors: InvalidParams   the message gives the path below `root` and what is allowed there.
  Result<void> check(const nlohmann::json& value, std::string_view root) const;

 private:
  struct State;
  explicit CompiledSchema(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kiosk::bridge
