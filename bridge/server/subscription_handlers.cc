#include "bridge/payments/subscription_book.h"
#include "bridge/server/api_call.h"

namespace kiosk::bridge::partner {
namespace {

/// The merchant's own subscription that the path names.
Result<Subscription> namedSubscription(soci::session& sql, const ApiCall& call) {
  auto found = findSubscription(sql, call.parts.at(0));
  if (!found || found->merchantId != call.merchantId) {
    return Error{ErrorCode::NotFound, "there is no such subscription of yours"};
  }
  return *std::move(found);
}

}  // namespace

Result<ApiReply> readSubscriptions(soci::session& sql, const ApiCall& call) {
  auto limit = pageLimit(call);
  if (!limit) return limit.error();
  const auto before = call.query.find("before");
  auto page = listSubscriptions(
      sql, call.merchantId, before == call.query.end() ? std::string() : before->second, *limit);
  if (!page) return page.error();
  nlohmann::json items = nlohmann::json::array();
  for (const Subscription& one : *page) items.push_back(subscriptionJson(one));
  const bool isFull = static_cast<std::int64_t>(page->size()) == *limit;
  nlohmann::json body = {{"items", std::move(items)}, {"next", nullptr}};
  if (isFull) body["next"] = page->back().id;
  return ApiReply{200, std::move(body)};
}

Result<ApiReply> readSubscription(soci::session& sql, const ApiCall& call) {
  auto found = namedSubscription(sql, call);
  if (!found) return found.error();
  return ApiReply{200, subscriptionJson(*found)};
}

Result<ApiReply> cancelOneSubscription(soci::session& sql, const ApiCall& call) {
  if (auto known = checkMembers(call.body, {}); !known) return known.error();
  auto found = namedSubscription(sql, call);
  if (!found) return found.error();
  nlohmann::json body = subscriptionJson(
      endSubscription(sql, *found, SubscriptionState::Cancelled, "merchant", call.nowMs));
  // The answer is kept for replays, and so holds nothing of a user's.
  body.erase("payer");
  body.erase("mandate");
  return ApiReply{200, std::move(body)};
}

}  // namespace kiosk::bridge::partner
