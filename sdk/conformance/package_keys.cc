#include "sdk/conformance/package_keys.h"

#include <algorithm>
#include <array>

namespace kiosk::conformance {
namespace {

constexpr std::size_t kSeedBytes = 32;
constexpr auto kKeyNames = std::to_array<std::string_view>({"developer", "stranger", "store"});

/// L = 2^252 + 27742317777372353535851937790883648493, little-endian (RFC 8032, section 5.1).
constexpr std::array<std::uint8_t, 32> kOrder = {
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10};

}  // namespace

Result<Ed25519Key> packageKey(std::string_view name) {
  if (std::find(kKeyNames.begin(), kKeyNames.end(), name) == kKeyNames.end()) {
    return Error{ErrorCode::InvalidParams, "there is no key called \"" + std::string(name) + "\""};
  }
  std::string seed = "kiosk conformance " + std::string(name);
  seed.resize(kSeedBytes, '.');
  return Ed25519Key::fromSeed(bytesOf(seed));
}

std::string smallOrderKey() { return std::string(1, '\1') + std::string(31, '\0'); }

std::string withOrderAdded(std::string signature) {
  unsigned carry = 0;
  for (std::size_t i = 0; i < kOrder.size(); ++i) {
    char& digit = signature[signature.size() - kOrder.size() + i];
    carry += static_cast<std::uint8_t>(digit) + unsigned{kOrder[i]};
    digit = static_cast<char>(carry & 0xff);
    carry >>= 8;
  }
  return signature;
}

}  // namespace kiosk::conformance
