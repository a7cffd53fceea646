#include "bridge/net/public_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace kiosk::bridge {
namespace {

struct Range4 {
  std::uint32_t base;
  int bits;
};

// Not for the internet at large, by RFC 6890 and its successors.
constexpr Range4 kSpecial4[] = {
    {0x00000000, 8},   // this network
    {0x0a000000, 8},   // private
    {0x64400000, 10},  // carrier-grade NAT
    {0x7f000000, 8},   // loopback
    {0xa9fe0000, 16},  // link local, with the clouds' metadata
    {0xac100000, 12},  // private
    {0xc0000000, 24},  // protocol assignments
    {0xc0000200, 24},  // documentation
    {0xc0586300, 24},  // 6to4 relays
    {0xc0a80000, 16},  // private
    {0xc6120000, 15},  // benchmarks
    {0xc6336400, 24},  // documentation
    {0xcb007100, 24},  // documentation
    {0xe0000000, 4},   // multicast
    {0xf0000000, 4},   // reserved, broadcast
};

bool isPublic4(std::uint32_t address) {
  for (const Range4& range : kSpecial4) {
    if ((address ^ range.base) >> (32 - range.bits) == 0) return false;
  }
  return true;
}

std::uint32_t ipv4At(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | bytes[3];
}

/// Global unicast is 2000::/3; of it, what carries an IPv4 address is judged by that, and tunnels
/// and documentation are left out.
bool isPublic6(const std::uint8_t* bytes) {
  constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  constexpr std::array<std::uint8_t, 12> kTranslated = {0, 0x64, 0xff, 0x9b};
  if (std::memcmp(bytes, kMapped.data(), kMapped.size()) == 0 ||
      std::memcmp(bytes, kTranslated.data(), kTranslated.size()) == 0) {
    return isPublic4(ipv4At(bytes + 12));
  }
  if ((bytes[0] & 0xe0) != 0x20) return false;
  if (bytes[0] == 0x20 && bytes[1] == 0x02) return isPublic4(ipv4At(bytes + 2));  // 6to4
  const bool isTunnel = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 0x02;
  const bool isDocument =
      (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && bytes[3] == 0xb8) ||
      (bytes[0] == 0x3f && bytes[1] == 0xff && bytes[2] < 0x10);
  return !isTunnel && !isDocument;
}

bool isLoopback(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    return ntohl(v4.sin_addr.s_addr) >> 24 == 127;
  }
  const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
  return address.sa_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr) != 0;
}

}  // namespace

bool isPublicAddress(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    return isPublic4(ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  return isPublic6(reinterpret_cast<const sockaddr_in6&>(address).sin6_addr.s6_addr);
}

bool isReachable(const sockaddr& address, NetworkReach reach) {
  const bool isNear = reach == NetworkReach::AlsoLoopback && isLoopback(address);
  return isNear || isPublicAddress(address);
}

}  // namespace kiosk::bridge
