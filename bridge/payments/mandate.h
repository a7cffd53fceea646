#pragma once
// The mandate of a subscription: what the user agreed to, signed by the host. Every charge is held
// against it, so that a changed row of the store charges nobody more than the user saw.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "bridge/identity/host_keys.h"
#include "bridge/payments/subscription_book.h"

namespace kiosk::bridge {

inline constexpr std::string_view kMandateTokenType = "kiosk-mandate+jwt";

/// The signed mandate of `subscription`, a JWS of the type above, with `planTokenHash` as the proof
/// of what the merchant had signed.
std::string signMandate(const Subscription& subscription, const std::string& planTokenHash,
                        const HostKeys& keys);

/// Whether the mandate that `subscription` bears is its own: the same payee, amount, currency,
/// period and first day. A signature by the host's present key is checked; of keys before it
/// (`kiosk keys rotate`) only the words are compared.
bool mandateHolds(const Subscription& subscription, const HostKeys& keys);

/// What the mandate says, with the token itself as "token": the receipt for the app. Null when
/// there is none any more.
nlohmann::json mandateReceipt(const Subscription& subscription);

}  // namespace kiosk::bridge
