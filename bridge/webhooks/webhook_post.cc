#include "bridge/webhooks/webhook_post.h"

#include <httplib.h>

#include <exception>

#include "bridge/server/webhook_url.h"

namespace kiosk::bridge {
namespace {

struct WebhookPlace {
  std::string origin;  ///< scheme, host and port
  std::string host;
  std::string target;  ///< path and query
};

/// REQUIRES: checkWebhookUrl has let `url` through.
WebhookPlace placeOf(const std::string& url) {
  const auto start = url.find("//") + 2;
  const auto end = std::min(url.find_first_of("/?", start), url.size());
  WebhookPlace place;
  place.origin = url.substr(0, end);
  place.target = url.substr(end);
  if (place.target.empty() || place.target.front() == '?') place.target.insert(0, 1, '/');
  std::string host = url.substr(start, end - start);
  const auto bracket = host.find(']');
  const auto colon = host.find(':', bracket == std::string::npos ? 0 : bracket);
  host = host.substr(0, colon);
  if (host.front() == '[') host = host.substr(1, host.size() - 2);
  place.host = host;
  return place;
}

Result<int> send(httplib::Client& client, const WebhookPlace& place, const std::string& token) {
  httplib::Request request;
  request.method = "POST";
  request.path = place.target;
  request.body = token;
  request.set_header("Content-Type", std::string(kEventMediaType));
  request.set_header("Accept", "application/json");
  std::size_t read = 0;
  request.content_receiver = [&read](const char*, std::size_t size, std::uint64_t, std::uint64_t) {
    read += size;
    return read <= kWebhookAnswerBytesMax;
  };
  const auto result = client.send(request);
  if (!result) return Error{ErrorCode::NetworkError, "the endpoint did not answer"};
  return result->status;
}

}  // namespace

Result<int> WebhookPost::post(const std::string& url, const std::string& token) {
  const auto rule = callable_ == CallableAddresses::AlsoLoopback
                        ? partner::WebhookRule::AlsoLoopback
                        : partner::WebhookRule::HttpsOnly;
  if (auto allowed = partner::checkWebhookUrl(url, rule); !allowed) return allowed.error();
  const WebhookPlace place = placeOf(url);
  const auto address = callableAddress(place.host, callable_);
  if (!address) return address.error();
  try {
    httplib::Client client(place.origin);
    // The name may lead elsewhere a moment later: what was checked is what is called.
    client.set_hostname_addr_map({{place.host, *address}});
    client.set_follow_location(false);
    client.set_connection_timeout(kWebhookConnectSecondsMax);
    client.set_read_timeout(kWebhookReadSecondsMax);
    client.set_write_timeout(kWebhookReadSecondsMax);
    return send(client, place, token);
  } catch (const std::exception&) {
    return Error{ErrorCode::NetworkError, "the endpoint cannot be called"};
  }
}

}  // namespace kiosk::bridge
