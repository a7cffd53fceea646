#pragma once
// The named formats of strings that schemas of the catalogue may use. Each is a loop over the
// bytes, linear in the length; std::regex is never used (measured elsewhere: it takes exponential
// time or crashes on input).

#include <string_view>

namespace kiosk::bridge {

/// A named check of a string. `allowed` completes "… is not a <name>: <allowed>".
struct Format {
  std::string_view name;
  std::string_view allowed;
  bool (*check)(std::string_view text);
};

/// The format called `name`; null when there is none. The names:
///   identifier    1..128 of [A-Za-z0-9._-], starting with a letter or digit
///   key           1..128 bytes that isPrintable() takes
///   line          what isPrintable() takes: the rule for what stands beside the host's own words
///   lines         the same, with \n and \t
///   text          prose: no control characters but \n and \t, no bidirectional override
///   base64url     RFC 4648 section 5 without padding, of a possible length
///   hex           an even number of digits 0-9 a-f
///   uri-https     "https://", a host of letters, digits, "-" and ".", visible ASCII after it
///   uuid          8-4-4-4-12 hex digits
///   currency      three letters A-Z
///   phone         "+" and 7..15 digits
///   method        "namespace.name" of letters and digits
///   permission    dotted lower-case words, e.g. "identity.basic"
///   jws-compact   three base64url parts with "." between
///   date-time     RFC 3339 with Z or an offset
const Format* findFormat(std::string_view name);

}  // namespace kiosk::bridge
