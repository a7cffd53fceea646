#pragma once
// The front matter of a case: the YAML between /*--- and ---*/ at the beginning of its file.
//
//   /*---
//   id: PAY-003                a plain word; true, false, null and numbers are what they look like
//   files: { a.js: "text" }    flow or block lists and maps; a quoted scalar is always a string
//   ---*/
//   …the body…
//
// One document without anchors, aliases and tags, with no key twice in a map.

#include <kiosk/result.h>

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace kiosk::conformance {

inline constexpr std::size_t kFrontMatterBytesMax = 64 << 10;
inline constexpr std::size_t kFrontMatterDepthMax = 32;
inline constexpr std::size_t kFrontMatterValuesMax = 4096;

/// A case's file, cut in two.
struct FrontMatter {
  nlohmann::json keys;               ///< an object
  std::map<std::string, int> lines;  ///< of each key of `keys`: its line in the file, from 1
  std::string body;                  ///< what follows, as it is
};

/// "LINE: WHAT" as the message of an error about a line of a case, from 1.
Error lineError(int line, const std::string& what);

/// Cuts and reads `text`, the whole of a case's file.
///
/// Errors:
///   InvalidParams   no front matter, not YAML of the kind above, or a bound was passed; the
///                   message is "LINE: WHAT".
Result<FrontMatter> readFrontMatter(std::string_view text);

}  // namespace kiosk::conformance
