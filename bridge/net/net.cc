#include "bridge/net/net.h"

#include <algorithm>

#include "bridge/net/net_body.h"
#include "bridge/net/net_headers.h"
#include "bridge/net/origin_rule.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

enum class RedirectMode : std::uint8_t { Follow, Error, Manual };

RedirectMode redirectModeOf(const nlohmann::json& params) {
  const auto mode = params.value("redirect", "follow");
  return mode == "error" ? RedirectMode::Error
                         : (mode == "manual" ? RedirectMode::Manual : RedirectMode::Follow);
}

bool isRedirect(const NetworkResponse& response) {
  const int status = response.status;
  return (status == 301 || status == 302 || status == 303 || status == 307 || status == 308) &&
         !headerValue(response.headers, "location").empty();
}

Result<std::vector<NetworkHeader>> readHeaders(const nlohmann::json& params) {
  std::vector<NetworkHeader> headers;
  std::size_t bytes = 0;
  for (const auto& one : params.value("headers", nlohmann::json::array())) {
    NetworkHeader header{one["name"].get<std::string>(), one["value"].get<std::string>()};
    if (auto allowed = checkRequestHeader(header); !allowed) return allowed.error();
    bytes += header.name.size() + header.value.size();
    headers.push_back(std::move(header));
  }
  if (bytes > kNetHeaderBytesMax) {
    return Error{ErrorCode::PayloadTooLarge, "the headers of a request have at most 16 KiB"};
  }
  return headers;
}

}  // namespace

struct NetService::Fetch {
  Fetch(ContextPtr given, Reply settle) : context(std::move(given)), reply(std::move(settle)) {}

  ContextPtr context;
  Reply reply;
  NetUrl url;  ///< where it is now
  std::string method;
  std::vector<NetworkHeader> headers;  ///< the app's
  std::string body;
  RedirectMode mode = RedirectMode::Follow;
  int redirects = 0;
  std::int64_t endUs = 0;  ///< of the monotonic clock
  std::uint64_t exchange = 0;
  bool settled = false;
};

NetService::~NetService() {
  if (network_ != nullptr) network_->detached();
}

std::vector<MethodBinding> NetService::bindings() {
  MethodBinding binding{"net.fetch", [this](const ContextPtr& context, Reply reply) {
                          fetch(context, std::move(reply));
                        }};
  if (network_ == nullptr) binding.unsupported = "this host gives mini-apps no network";
  return {std::move(binding)};
}

void NetService::attached(Executor& loop) {
  if (network_ != nullptr) network_->attached(loop);
}

std::size_t NetService::countOf(const SessionInfo& session) const {
  const auto first = fetches_.lower_bound({session.id.value, 0});
  const auto last = fetches_.upper_bound({session.id.value, UINT64_MAX});
  return static_cast<std::size_t>(std::distance(first, last));
}

void NetService::fetch(const ContextPtr& context, Reply reply) {
  const auto& params = context->params;
  const auto url = parseNetUrl(params["url"].get<std::string>());
  if (!url) return reply.error(url.error());
  auto headers = readHeaders(params);
  if (!headers) return reply.error(headers.error());
  auto body = readBody(params);
  if (!body) return reply.error(body.error());
  const auto method = params.value("method", "GET");
  if ((method == "GET" || method == "HEAD") && !body->empty()) {
    return reply.error(ErrorCode::InvalidParams, "a " + method + " has no body");
  }
  if (countOf(context->session) >= kNetFetchesMax) {
    return reply.error(ErrorCode::TooManyConnections, "10 requests of the app are under way");
  }
  auto fetch = std::make_shared<Fetch>(context, std::move(reply));
  fetch->url = *url;
  fetch->method = method;
  fetch->headers = *std::move(headers);
  fetch->body = *std::move(body);
  fetch->mode = redirectModeOf(params);
  fetch->endUs = clock_.monotonicUs() + params.value("timeoutMs", kNetTimeMsUsual) * 1000;
  fetches_.emplace(FetchKey{context->session.id.value, context->callId}, fetch);
  exchange(fetch);
}

void NetService::exchange(const FetchPtr& fetch) {
  const auto leftMs = (fetch->endUs - clock_.monotonicUs()) / 1000;
  if (leftMs <= 0) return finish(fetch, Error{ErrorCode::Timeout, "no answer in time"});
  NetworkRequest request;
  request.method = fetch->method;
  request.url = fetch->url.text();
  request.headers = fetch->headers;
  stampHeaders(fetch->context->session.manifest().appId, request.headers);
  request.body = fetch->body;
  request.reach = reachOf(*fetch->context->session.package, fetch->url);
  request.timeMax = std::chrono::milliseconds(leftMs);
  request.bodyBytesMax = kNetBodyBytesMax;
  fetch->exchange = network_->start(std::move(request), [this, alive = std::weak_ptr(alive_),
                                                         fetch](Result<NetworkResponse> response) {
    if (!alive.expired() && !fetch->settled) answered(fetch, std::move(response));
  });
}

void NetService::answered(const FetchPtr& fetch, Result<NetworkResponse> response) {
  if (!response) return finish(fetch, response.error());
  fetch->context->auditNote = fetch->url.origin() + " " + std::to_string(response->status);
  if (isRedirect(*response) && fetch->mode != RedirectMode::Manual) {
    return follow(fetch, *response);
  }
  if (response->status < 200 || response->status > 599) {
    return finish(fetch, Error{ErrorCode::NetworkError, "the server's answer is not HTTP"});
  }
  nlohmann::json result = {{"status", response->status},
                           {"url", fetch->url.text()},
                           {"redirected", fetch->redirects > 0},
                           {"headers", nlohmann::json::array()}};
  for (auto& header : headersForApp(response->headers)) {
    result["headers"].push_back({{"name", header.name}, {"value", std::move(header.value)}});
  }
  if (response->body.size() > kNetBodyBytesMax) {
    return finish(fetch, Error{ErrorCode::PayloadTooLarge, "an answer has at most 512 KiB"});
  }
  writeBody(std::move(response->body), result);
  finish(fetch, std::move(result));
}

void NetService::follow(const FetchPtr& fetch, const NetworkResponse& response) {
  if (fetch->mode == RedirectMode::Error) {
    return finish(fetch, Error{ErrorCode::NetworkError, "the server redirects"});
  }
  if (++fetch->redirects > kNetRedirectsMax) {
    return finish(fetch, Error{ErrorCode::NetworkError, "the server redirects more than 5 times"});
  }
  const auto next = resolveLocation(fetch->url, headerValue(response.headers, "location"));
  if (!next) {
    return finish(fetch, Error{ErrorCode::NetworkError, "the server redirects to no address"});
  }
  if (auto declared = checkDeclaredOrigin(*fetch->context->session.package, *next);
      !KIOSK_GUARD("net.redirect", declared)) {
    return finish(fetch, declared.error());
  }
  const bool isPost = fetch->method == "POST" && (response.status == 301 || response.status == 302);
  if (isPost || (response.status == 303 && fetch->method != "HEAD")) {
    fetch->method = "GET";
    fetch->body.clear();
    for (const char* name : {"content-type", "content-encoding", "content-language"}) {
      dropHeader(fetch->headers, name);
    }
  }
  if (next->origin() != fetch->url.origin()) dropHeader(fetch->headers, "authorization");
  fetch->url = *next;
  exchange(fetch);
}

void NetService::finish(const FetchPtr& fetch, Result<nlohmann::json> outcome) {
  forget(fetch);
  fetch->reply.settle(std::move(outcome));
}

void NetService::forget(const FetchPtr& fetch) {
  fetch->settled = true;
  fetches_.erase({fetch->context->session.id.value, fetch->context->callId});
}

void NetService::callCancelled(const SessionInfo& session, std::uint64_t callId) {
  const auto found = fetches_.find({session.id.value, callId});
  if (found == fetches_.end()) return;
  const auto fetch = found->second;
  network_->abort(fetch->exchange);
  finish(fetch, Error{ErrorCode::Cancelled, "the app gave the call up"});
}

void NetService::sessionClosed(const SessionInfo& session) {
  for (;;) {
    const auto next = fetches_.lower_bound({session.id.value, 0});
    if (next == fetches_.end() || next->first.first != session.id.value) return;
    callCancelled(session, next->first.second);
  }
}

}  // namespace kiosk::bridge
