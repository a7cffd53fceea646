#pragma once
// The demo's merchants. Their PRIVATE keys stand here for everyone to read, so that samples and
// tests can sign orders. Only `seedDemo` registers them; they are worth nothing outside a demo's
// database.

#include <string_view>

namespace kiosk::bridge {

inline constexpr std::string_view kDemoMerchantId = "post";
inline constexpr std::string_view kDemoMerchantName = "Post Office (customs)";
inline constexpr std::string_view kDemoMerchantKid = "demo-1";
/// Ed25519 seed: these 32 bytes of ASCII.
inline constexpr std::string_view kDemoMerchantSeed = "kiosk-demo-merchant-post-seed-01";
static_assert(kDemoMerchantSeed.size() == 32);

/// The merchant of samples/backends/shop; its key has the same `kid`.
inline constexpr std::string_view kDemoShopId = "shop";
inline constexpr std::string_view kDemoShopName = "The Corner Shop";
inline constexpr std::string_view kDemoShopSeed = "kiosk-demo-merchant-shop-seed-01";
static_assert(kDemoShopSeed.size() == 32);

}  // namespace kiosk::bridge
