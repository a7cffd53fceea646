#include <algorithm>

#include "bridge/payments/outbox.h"
#include "bridge/server/api_call.h"
#include "bridge/server/partner_bounds.h"
#include "bridge/server/webhook_url.h"

namespace kiosk::bridge::partner {
namespace {

constexpr std::size_t kSeqDigitsMax = 18;

nlohmann::json webhookJson(const WebhookEndpoint& endpoint) {
  return {{"url", endpoint.url}, {"updatedAt", endpoint.updatedAtMs}};
}

/// Without `data`: an answer that is kept for replays holds nothing of a user's.
nlohmann::json eventJson(const EventRow& event) {
  nlohmann::json out = {{"id", event.id},
                        {"seq", event.seq},
                        {"subject", event.subject},
                        {"type", event.type},
                        {"state", eventStateName(event.state)},
                        {"attempts", event.attempts},
                        {"createdAt", event.createdAtMs}};
  if (!event.lastError.empty()) out["lastError"] = event.lastError;
  if (event.state == EventState::Waiting) out["nextAttemptAt"] = event.nextAttemptAtMs;
  if (event.state == EventState::Delivered) out["deliveredAt"] = event.deliveredAtMs;
  return out;
}

Result<std::int64_t> afterSeq(const ApiCall& call) {
  const auto found = call.query.find("after");
  if (found == call.query.end()) return std::int64_t{0};
  const std::string& text = found->second;
  const bool isNumber =
      text.size() <= kSeqDigitsMax &&
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!isNumber) return Error{ErrorCode::InvalidParams, "after is not the seq of an event"};
  return std::int64_t{std::stoll(text)};
}

}  // namespace

Result<ApiReply> setWebhook(soci::session& sql, const ApiCall& call) {
  if (auto known = checkMembers(call.body, {"url"}); !known) return known.error();
  auto url = textMember(call.body, "url", kWebhookUrlBytesMax);
  if (!url) return url.error();
  const auto rule = call.insecureWebhooks ? WebhookRule::AlsoLoopback : WebhookRule::HttpsOnly;
  if (auto fit = checkWebhookUrl(*url, rule); !fit) return fit.error();
  const WebhookEndpoint endpoint{call.merchantId, *url, call.nowMs};
  putWebhook(sql, endpoint);
  return ApiReply{200, webhookJson(endpoint)};
}

Result<ApiReply> readWebhook(soci::session& sql, const ApiCall& call) {
  const auto endpoint = findWebhook(sql, call.merchantId);
  if (!endpoint) return Error{ErrorCode::NotFound, "you named no address: PUT one"};
  return ApiReply{200, webhookJson(*endpoint)};
}

Result<ApiReply> removeWebhook(soci::session& sql, const ApiCall& call) {
  putWebhook(sql, {call.merchantId, "", call.nowMs});
  return ApiReply{204, nullptr};
}

Result<ApiReply> readEvents(soci::session& sql, const ApiCall& call) {
  auto limit = pageLimit(call);
  if (!limit) return limit.error();
  auto after = afterSeq(call);
  if (!after) return after.error();
  std::optional<EventState> state;
  if (const auto named = call.query.find("state"); named != call.query.end()) {
    state = eventStateOf(named->second);
    if (!state) {
      return Error{ErrorCode::InvalidParams, "state is not waiting, delivered or dead"};
    }
  }
  nlohmann::json items = nlohmann::json::array();
  const auto events = listEvents(sql, call.merchantId, state, *after, *limit);
  for (const EventRow& event : events) {
    items.push_back(eventJson(event));
    items.back()["data"] = event.data;
  }
  nlohmann::json body = {{"items", std::move(items)}, {"next", nullptr}};
  if (static_cast<std::int64_t>(events.size()) == *limit) {
    body["next"] = std::to_string(events.back().seq);
  }
  return ApiReply{200, std::move(body)};
}

Result<ApiReply> replayOneEvent(soci::session& sql, const ApiCall& call) {
  if (auto known = checkMembers(call.body, {}); !known) return known.error();
  auto event = replayEvent(sql, call.merchantId, call.parts.at(0), call.nowMs);
  if (!event) return event.error();
  return ApiReply{200, eventJson(*event)};
}

}  // namespace kiosk::bridge::partner
