#pragma once
// The demo's merchant. Its PRIVATE key stands here for everyone to read, so that samples and tests
// can sign orders without a server. Only `seedDemo` registers it; it is worth nothing outside a
// demo's database.

#include <string_view>

namespace kiosk::bridge {

inline constexpr std::string_view kDemoMerchantId = "post";
inline constexpr std::string_view kDemoMerchantName = "Post Office (customs)";
inline constexpr std::string_view kDemoMerchantKid = "demo-1";
/// Ed25519 seed: these 32 bytes of ASCII.
inline constexpr std::string_view kDemoMerchantSeed = "kiosk-demo-merchant-post-seed-01";
static_assert(kDemoMerchantSeed.size() == 32);

}  // namespace kiosk::bridge
