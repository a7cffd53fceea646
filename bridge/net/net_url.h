#pragma once
// The addresses that mini-apps call, read one way. What two readers could take for two different
// hosts is no address here: users, backslashes, white space, characters beyond ASCII, numbers in
// place of names, dots at the end. The text that goes to the network is put together again from
// what was read, so that nobody reads it a second time in another way.

#include <kiosk/result.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace kiosk::bridge {

/// The longest address, in bytes.
inline constexpr std::size_t kNetUrlBytesMax = 2048;

enum class NetScheme : std::uint8_t { Http, Https };

struct NetUrl {
  NetScheme scheme = NetScheme::Https;
  std::string host;         ///< lower case: a name, or four decimal numbers with dots
  std::uint16_t port = 0;   ///< always set; the scheme's own when the address named none
  std::string target = {};  ///< path and query, begins with '/'

  /// "https://api.example.ru", with the port when it is not the scheme's own.
  std::string origin() const;
  /// Origin and target; no fragment, which is not sent.
  std::string text() const { return origin() + target; }
};

/// Errors: InvalidParams   not an http or https address in the form above.
Result<NetUrl> parseNetUrl(std::string_view text);

/// The address that `location`, a header of an answer from `base`, leads to.
/// Errors: as `parseNetUrl`.
Result<NetUrl> resolveLocation(const NetUrl& base, std::string_view location);

}  // namespace kiosk::bridge
