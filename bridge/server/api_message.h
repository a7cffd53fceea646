#pragma once
// One request and its answer, as the partner API sees them: without sockets and without a library.

#include <kiosk/error.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::bridge::partner {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

struct ApiRequest {
  std::string method;  ///< upper case
  std::string target;  ///< path and query as they stood in the request line; nothing is decoded
  HeaderList headers;  ///< names in lower case, values without blanks around them
  std::string body;

  std::string_view path() const;
  /// What follows the "?"; none when there is no "?".
  std::optional<std::string_view> query() const;
  std::size_t countOf(std::string_view name) const;
  /// The value of a header that stands exactly once; null otherwise. Borrowed from the request.
  const std::string* only(std::string_view name) const;
};

struct ApiAnswer {
  int status = 200;
  std::string type;  ///< media type; empty without a body
  std::string body;
  HeaderList headers;

  /// REQUIRES: printable ASCII in `value`, so that no answer holds a header that we did not write.
  void add(std::string name, std::string value);
};

/// Why a request is not served. The status is part of it: one code may mean several.
struct Refusal {
  int status = 500;
  Error error;
};

inline constexpr std::string_view kJsonType = "application/json";
inline constexpr std::string_view kProblemType = "application/problem+json";

/// The status that a handler's error has.
int statusOf(ErrorCode code);
/// "Not Found" for 404.
std::string_view phraseOf(int status);

/// Problem details (RFC 9457) of a request; with Retry-After when the error says when.
ApiAnswer problemAnswer(const Refusal& refusal, const std::string& requestId);

/// Whether `text` is 1..`bytesMax` of [A-Za-z0-9._-].
bool isWord(std::string_view text, std::size_t bytesMax);

}  // namespace kiosk::bridge::partner
