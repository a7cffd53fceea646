#include "bridge/webhooks/webhook_post.h"

#include "bridge/net/curl_transfer.h"
#include "bridge/server/webhook_url.h"

namespace kiosk::bridge {

Result<int> WebhookPost::post(const std::string& url, const std::string& token) {
  const auto rule = reach_ == NetworkReach::AlsoLoopback ? partner::WebhookRule::AlsoLoopback
                                                         : partner::WebhookRule::HttpsOnly;
  if (auto allowed = partner::checkWebhookUrl(url, rule); !allowed) return allowed.error();
  NetworkRequest request;
  request.method = "POST";
  request.url = url;
  request.headers = {{"Content-Type", std::string(kEventMediaType)},
                     {"Accept", "application/json"}};
  request.body = token;
  request.reach = reach_;
  request.timeMax = kWebhookTimeMax;
  request.bodyBytesMax = kWebhookAnswerBytesMax;
  const auto answer = CurlTransfer(std::move(request), 0, hosts_).perform();
  if (!answer) return answer.error();
  return answer->status;
}

}  // namespace kiosk::bridge
