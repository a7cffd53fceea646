#include "bridge/net/net_headers.h"

#include <algorithm>
#include <array>
#include <string>

#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kHeaderNameBytesMax = 128;

// The Fetch standard's forbidden names, and those by which proxies tell servers who called.
constexpr auto kHostHeaders = std::to_array<std::string_view>({"accept-charset",
                                                               "accept-encoding",
                                                               "access-control-request-headers",
                                                               "access-control-request-method",
                                                               "connection",
                                                               "content-length",
                                                               "cookie",
                                                               "cookie2",
                                                               "date",
                                                               "dnt",
                                                               "expect",
                                                               "forwarded",
                                                               "host",
                                                               "http2-settings",
                                                               "keep-alive",
                                                               "origin",
                                                               "referer",
                                                               "set-cookie",
                                                               "set-cookie2",
                                                               "te",
                                                               "trailer",
                                                               "transfer-encoding",
                                                               "upgrade",
                                                               "user-agent",
                                                               "via",
                                                               "x-http-method",
                                                               "x-http-method-override",
                                                               "x-method-override",
                                                               "x-real-ip"});
constexpr auto kHostPrefixes =
    std::to_array<std::string_view>({"access-control-", "proxy-", "sec-", "x-forwarded-"});

std::string lowerText(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

bool isTokenChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool isHeaderName(std::string_view name) {
  return !name.empty() && name.size() <= kHeaderNameBytesMax &&
         std::all_of(name.begin(), name.end(), isTokenChar);
}

bool isHeaderValue(std::string_view value) {
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return c == '\t' || (c >= ' ' && c < 0x7f); });
}

bool isHostHeader(std::string_view lower) {
  return std::find(kHostHeaders.begin(), kHostHeaders.end(), lower) != kHostHeaders.end() ||
         std::any_of(kHostPrefixes.begin(), kHostPrefixes.end(),
                     [lower](std::string_view prefix) { return lower.starts_with(prefix); });
}

}  // namespace

Result<void> checkRequestHeader(const NetworkHeader& header) {
  const bool isSound = isHeaderName(header.name) && isHeaderValue(header.value);
  const bool isTheApps = !isHostHeader(lowerText(header.name));
  if (KIOSK_GUARD("net.headers", isSound && isTheApps)) return {};
  if (!isHeaderName(header.name)) {
    return Error{ErrorCode::InvalidParams, "headers holds a name that is no header's"};
  }
  if (!isTheApps) {
    return Error{ErrorCode::InvalidParams, "the header " + header.name + " is the host's to set"};
  }
  return Error{ErrorCode::InvalidParams,
               "the header " + header.name + " holds something else than visible ASCII"};
}

void stampHeaders(const AppId& app, std::vector<NetworkHeader>& headers) {
  headers.push_back({"Origin", "miniapp://" + app.value});
  headers.push_back({"User-Agent", "Kiosk"});
}

std::vector<NetworkHeader> headersForApp(const std::vector<NetworkHeader>& answer) {
  std::vector<NetworkHeader> told;
  for (const auto& header : answer) {
    if (told.size() == kNetAnswerHeadersMax) break;
    auto name = lowerText(header.name);
    if (!isHeaderName(name) || !isHeaderValue(header.value)) continue;
    if (header.value.size() > kNetAnswerValueBytesMax) continue;
    if (name == "set-cookie" || name == "set-cookie2") continue;
    told.push_back({std::move(name), header.value});
  }
  return told;
}

std::string_view headerValue(const std::vector<NetworkHeader>& headers, std::string_view name) {
  for (const auto& header : headers) {
    if (lowerText(header.name) == name) return header.value;
  }
  return {};
}

void dropHeader(std::vector<NetworkHeader>& headers, std::string_view name) {
  std::erase_if(headers,
                [name](const NetworkHeader& header) { return lowerText(header.name) == name; });
}

}  // namespace kiosk::bridge
