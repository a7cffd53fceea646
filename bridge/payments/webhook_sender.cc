#include "bridge/payments/webhook_sender.h"

#include <algorithm>

#include "bridge/payments/jws.h"

namespace kiosk::bridge {
namespace {

constexpr int kDoublingsMax = 20;

std::string failureOf(const Result<int>& status) {
  if (!status) return status.error().message;
  return "the endpoint answered HTTP " + std::to_string(*status);
}

}  // namespace

std::string eventToken(const EventRow& event, const EventIssuer& issuer, std::int64_t nowMs) {
  const nlohmann::json payload = {{"iss", issuer.name},
                                  {"aud", event.merchantId},
                                  {"iat", nowMs / 1000},
                                  {"jti", event.id},
                                  {"toe", event.createdAtMs / 1000},
                                  {"sub", event.subject},
                                  {"events", {{"urn:kiosk:event:" + event.type, event.data}}}};
  return signJws(payload, kEventTokenType, issuer.keys.signingKeyId(), issuer.keys.signing());
}

std::int64_t eventRetryMs(int attempts, Random& random) {
  const int doublings = std::clamp(attempts - 1, 0, kDoublingsMax);
  const std::int64_t whole = std::min(kEventRetryMsMin << doublings, kEventRetryMsMax);
  std::uint32_t chance = 0;
  random.fill(std::span<std::uint8_t>(reinterpret_cast<std::uint8_t*>(&chance), sizeof chance));
  return whole / 2 + static_cast<std::int64_t>(chance) % (whole / 2 + 1);
}

Result<std::size_t> WebhookSender::deliverDue(std::int64_t countMax) {
  const std::int64_t now = clock_.wallMs();
  auto claimed = store_.runNow<std::vector<ClaimedEvent>>(
      "events.claim", [now, countMax](soci::session& sql) -> Result<std::vector<ClaimedEvent>> {
        return claimEvents(sql, now, kEventLeaseMs, countMax);
      });
  if (!claimed) return claimed.error();
  for (const ClaimedEvent& one : *claimed) {
    const auto status = transport_.post(one.url, eventToken(one.event, issuer_, clock_.wallMs()));
    auto settled = settle(one.event, status);
    if (!settled) return settled.error();
  }
  return claimed->size();
}

Result<void> WebhookSender::settle(const EventRow& event, const Result<int>& status) {
  const std::int64_t now = clock_.wallMs();
  const bool taken = status && *status >= 200 && *status < 300;
  const std::int64_t next = now + eventRetryMs(event.attempts, random_);
  return store_.runNow<void>(
      "events.settle",
      [seq = event.seq, taken, now, next,
       why = taken ? std::string() : failureOf(status)](soci::session& sql) -> Result<void> {
        if (taken) {
          eventDelivered(sql, seq, now);
        } else {
          eventFailed(sql, seq, why, next);
        }
        return {};
      });
}

}  // namespace kiosk::bridge
