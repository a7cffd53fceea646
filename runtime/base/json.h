#pragma once
// JSON as we accept it: bounded in bytes, depth and values, UTF-8 checked, duplicate keys refused.
// nlohmann's own parser bounds none of these, and copying a deep value it accepted overflows the
// stack; so nothing from outside is parsed by any other function than this.

#include <kiosk/result.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace kiosk {

struct JsonBounds {
  std::size_t bytesMax = 1u << 20;
  std::uint32_t depthMax = 32;
  std::uint32_t valuesMax = 16'384;  ///< every scalar, array, object and key counts one
};

/// Parses exactly one JSON text (RFC 8259; no BOM, nothing after it).
/// Errors: PayloadTooLarge   a bound was passed; the message names which.
///         InvalidParams     not JSON, a duplicate key, invalid UTF-8, or a number that would
///         change on
///                           the way in: an integer that neither 64 bits nor a double hold exactly,
///                           a fraction that overflows or vanishes. The message gives the byte
///                           offset.
Result<nlohmann::json> parseJson(std::string_view text, const JsonBounds& bounds = {});

/// RFC 8785 canonical form. Errors: InvalidParams   a number outside what RFC 8785 can write (NaN,
/// ±Inf) or an integer beyond 2^53.
Result<std::string> canonicalJson(const nlohmann::json& value);

/// Never throws: invalid UTF-8 is replaced.
std::string dumpJson(const nlohmann::json& value);

}  // namespace kiosk
