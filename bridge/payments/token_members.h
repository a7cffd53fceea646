#pragma once
// What the readers of merchants' tokens share: members of one JSON object, taken by name and type.

#include <kiosk/result.h>

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk::bridge {

/// Of ids of merchants, orders and plans.
inline constexpr std::size_t kTokenIdBytesMax = 64;
inline constexpr std::size_t kTokenNonceBytesMin = 16, kTokenNonceBytesMax = 128;
/// Of what an item or a plan is called.
inline constexpr std::size_t kTokenTitleCharactersMax = 120;
inline constexpr std::size_t kTokenPayeeCharactersMax = 128;

/// Reads the members of one JSON object, and knows whether any was left over. The object is
/// borrowed.
class TokenMembers {
 public:
  explicit TokenMembers(const nlohmann::json& object) : object_(object) {}

  /// Null when it is not there, or no string.
  const std::string* text(const char* name);
  /// A whole number in min..max as JSON writes whole numbers: neither 1e2 nor 100.0 nor "100".
  std::optional<std::int64_t> integer(const char* name, std::int64_t min, std::int64_t max);
  /// Null when it is not there.
  const nlohmann::json* take(const char* name);
  bool has(const char* name) const { return object_.contains(name); }
  /// Whether the object holds more than what was taken.
  bool leftOver() const { return taken_ != object_.size(); }

  // Errors of all below: OrderInvalid   the message names the member and what is allowed.

  /// 1..64 of [A-Za-z0-9._-].
  Result<std::string> id(const char* name);
  /// The member "nonce": 16..128 of [A-Za-z0-9_-].
  Result<std::string> nonce();
  /// One printable line of 1..`charactersMax` characters.
  Result<std::string> line(const char* name, std::size_t charactersMax);
  /// The member "amountMinor": 1..10^12.
  Result<std::int64_t> amount();
  /// The member "currency": a code that currencyExponent knows.
  Result<std::string> currency();
  /// The member "exp": seconds since 1970, up to the year 9999.
  Result<std::int64_t> expiry();

 private:
  const nlohmann::json& object_;
  std::size_t taken_ = 0;
};

/// An error of the code OrderInvalid.
Error invalidToken(std::string message);

}  // namespace kiosk::bridge
