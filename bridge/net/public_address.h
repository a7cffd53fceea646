#pragma once
// Which addresses the host calls for a merchant or a mini-app. These name the place, so it must not
// be one that only the host can reach: this machine, its network, a cloud's metadata service.

#include <kiosk/result.h>

#include <cstdint>
#include <string>

struct sockaddr;

namespace kiosk::bridge {

enum class CallableAddresses : std::uint8_t {
  Public,
  AlsoLoopback,  ///< for development
};

/// Whether `address` (IPv4 or IPv6) is one that anybody on the internet could call, as IANA's
/// special-purpose registries (RFC 6890) have it; IPv4 inside of IPv6 counts as IPv4.
bool isPublicAddress(const sockaddr& address);

/// Whether `address` is one that may be called.
bool isCallableAddress(const sockaddr& address, CallableAddresses callable);

/// Looks `host` up and answers one of its addresses as text; all of them must be callable, so that
/// which one is taken does not matter. Waits for the resolver.
/// Errors: NetworkError    there is no such host.
///         PolicyRefused   one of its addresses is not callable.
Result<std::string> callableAddress(const std::string& host, CallableAddresses callable);

}  // namespace kiosk::bridge
