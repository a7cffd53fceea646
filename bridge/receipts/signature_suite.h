#pragma once
// What signs receipts and what checks them, by algorithm.
//
// A suite is one algorithm of JWS. Ed25519 ("EdDSA", RFC 8037) is the only one today; another, such
// as GOST R 34.10-2012, is a class of each of the two below, added to `findSuite`. Nothing else of
// the receipts knows an algorithm: a token names its `alg`, a key its suite, and the two must be
// one.

#include <kiosk/result.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "runtime/base/crypto.h"

namespace kiosk::bridge {

/// Checks signatures of one algorithm. Stateless; any thread.
class SignatureSuite {
 public:
  virtual ~SignatureSuite() = default;
  /// The `alg` of JWS, e.g. "EdDSA".
  virtual std::string_view alg() const = 0;
  /// The raw public key of `jwk` (RFC 7517).
  /// Errors: KeyInvalid   it is not a public key of this suite.
  virtual Result<std::string> readJwk(const nlohmann::json& jwk) const = 0;
  /// Whether `signature` over `message` was made with the secret half of `publicKey`, as `readJwk`
  /// gives it.
  virtual bool verify(Bytes publicKey, Bytes message, Bytes signature) const = 0;
};

/// The suite of `alg`; null when there is none. Lives as long as the process.
const SignatureSuite* findSuite(std::string_view alg);

/// A secret key that signs. Immutable once made, so any thread may sign.
class ReceiptSigner {
 public:
  virtual ~ReceiptSigner() = default;
  virtual const SignatureSuite& suite() const = 0;
  /// Names the key in tokens: 1..64 of [A-Za-z0-9._-].
  virtual const std::string& keyId() const = 0;
  /// As it is written as the third part of a JWS, before base64url.
  virtual std::string sign(Bytes message) const = 0;
};

/// Ed25519 with `key`. Borrowed; must outlive the signer.
std::unique_ptr<ReceiptSigner> ed25519Signer(const Ed25519Key& key, std::string keyId);

/// The public half of an Ed25519 key as a JWK: kty, crv, x, kid, alg, use.
nlohmann::json ed25519Jwk(std::string_view publicKey, const std::string& keyId);

}  // namespace kiosk::bridge
