#pragma once
// Where a mini-app may connect to: the origins that its manifest lists. The gate asks here for each
// call whose method has the attribute `origin`, and the network service for each redirect.

#include <kiosk/bridge/network_provider.h>
#include <kiosk/package.h>
#include <kiosk/result.h>

#include <string_view>

#include "bridge/net/net_url.h"

namespace kiosk::bridge {

/// Whether `declared`, an origin as manifests have it ("https://*.example.ru:8443"; `*.` is one
/// label), covers `url`. Scheme, host and port must be the same; `wss://` and `ws://` cover none.
bool coversOrigin(std::string_view declared, const NetUrl& url);

/// Whether the manifest of `package` lets it call `url`: https to an origin of `network.domains`;
/// in development also what `network.dev_domains` lists.
/// Errors: DomainNotAllowed   the manifest does not list the origin.
///         InsecureScheme     http, and not an address listed for development.
Result<void> checkDeclaredOrigin(const Package& package, const NetUrl& url);

/// Which addresses the name in `url` may lead to: those of the internet; for what an app in
/// development lists in `dev_domains` also this machine's own.
NetworkReach reachOf(const Package& package, const NetUrl& url);

}  // namespace kiosk::bridge
