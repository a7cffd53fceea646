#pragma once
// Headers between mini-apps and their servers: which a mini-app may send, what the host adds, which
// it is told.

#include <kiosk/bridge/network_provider.h>
#include <kiosk/ids.h>
#include <kiosk/result.h>

#include <string_view>
#include <vector>

namespace kiosk::bridge {

/// Names and values of the headers of one request, in bytes together.
inline constexpr std::size_t kNetHeaderBytesMax = 16u << 10;
/// Headers of an answer that a mini-app is told, and the longest value, in bytes; what is beyond is
/// left out.
inline constexpr std::size_t kNetAnswerHeadersMax = 128, kNetAnswerValueBytesMax = 8192;

/// Whether a mini-app may send this header: a name of RFC 9110 that is not the host's to set
/// (Host, Origin, Cookie, Connection, Content-Length, User-Agent, Sec-… and the like), and a value
/// of visible ASCII, spaces and tabs, so that no line can be broken in two.
/// Errors: InvalidParams   the message says which and why, and does not repeat the value.
Result<void> checkRequestHeader(const NetworkHeader& header);

/// Adds what the host says of `app`: `Origin: miniapp://<app id>` and the host's `User-Agent`.
void stampHeaders(const AppId& app, std::vector<NetworkHeader>& headers);

/// What the app is told of an answer's headers: names in lower case, no cookies, ASCII values only.
std::vector<NetworkHeader> headersForApp(const std::vector<NetworkHeader>& answer);

/// The value of the first header `name` (lower case); empty when there is none.
std::string_view headerValue(const std::vector<NetworkHeader>& headers, std::string_view name);

/// Removes all headers `name` (lower case).
void dropHeader(std::vector<NetworkHeader>& headers, std::string_view name);

}  // namespace kiosk::bridge
