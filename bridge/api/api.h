#pragma once
// The catalogue in other forms: `kiosk api --openrpc|--typescript|--markdown`. Each ends with a
// line break and depends on the catalogue alone, so that a test can hold docs/reference/api.md
// against it.

#include <kiosk/bridge/catalogue.h>

#include <string>

namespace kiosk::bridge {

/// An OpenRPC 1.3.2 document: methods with schemas, errors, and `x-kiosk` for what OpenRPC has no
/// word for.
std::string openRpc(const Catalogue& catalogue);

/// Typings of the global `kiosk` of a mini-app.
std::string typeScript(const Catalogue& catalogue);

/// The reference page.
std::string markdown(const Catalogue& catalogue);

}  // namespace kiosk::bridge
