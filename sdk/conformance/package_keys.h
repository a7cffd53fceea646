#pragma once
// The keys that sign a case's packages. Each has a seed of its own that never changes, so that a
// package has the same bytes in every run; none is a secret, so nobody else may trust them.

#include <kiosk/result.h>

#include <string>
#include <string_view>

#include "runtime/base/crypto.h"

namespace kiosk::conformance {

/// The key called `name`: developer, stranger or store.
/// Errors: InvalidParams   there is none of that name.
Result<Ed25519Key> packageKey(std::string_view name);

/// A public key of small order: mathematics alone let it "verify" what nobody signed. 32 bytes.
std::string smallOrderKey();

/// `signature` (64 bytes) with the group's order L added to its second half: the same signature to
/// a verifier that does not demand S < L.
std::string withOrderAdded(std::string signature);

}  // namespace kiosk::conformance
