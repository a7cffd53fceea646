#pragma once
// Which addresses the host calls for a merchant or a mini-app. These name the place, so it must not
// be one that only the host can reach: this machine, its network, a cloud's metadata service.

#include <kiosk/bridge/network_provider.h>

struct sockaddr;

namespace kiosk::bridge {

/// Whether `address` (IPv4 or IPv6) is one that anybody on the internet could call, as IANA's
/// special-purpose registries (RFC 6890) have it; IPv4 inside of IPv6 counts as IPv4.
bool isPublicAddress(const sockaddr& address);

/// Whether `address` is one that `reach` takes in.
bool isReachable(const sockaddr& address, NetworkReach reach);

}  // namespace kiosk::bridge
