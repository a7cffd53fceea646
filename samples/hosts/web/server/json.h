#pragma once
// JSON in and out of this server: bounded and without exceptions.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace web_host {

using Json = nlohmann::json;

/// The object in a request's body; an empty body is an empty object. None when it is no JSON, no
/// object, or nested deeper than kBodyDepthMax.
std::optional<Json> parseBody(std::string_view body);

/// One line; bytes that are no UTF-8 become U+FFFD.
std::string dump(const Json& value);

/// The member as text, number or truth; a default where it is absent or of another type.
std::string textOf(const Json& object, const char* name);
std::int64_t numberOf(const Json& object, const char* name, std::int64_t otherwise);
bool truthOf(const Json& object, const char* name, bool otherwise);

/// The first characters of `utf8`, at most `bytesMax` bytes, with "…" where something was cut.
std::string clipped(const std::string& utf8, std::size_t bytesMax);

}  // namespace web_host
