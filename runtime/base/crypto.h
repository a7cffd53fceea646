#pragma once
// The cryptography we use, all of it OpenSSL's. One policy per primitive, written here.

#include <kiosk/clock.h>
#include <kiosk/result.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/base/encoding.h"

namespace kiosk {

using Sha256Digest = std::array<std::uint8_t, 32>;

/// SHA-256 of `data` (FIPS 180-4).
Sha256Digest sha256(Bytes data);
std::string sha256Hex(std::string_view data);

/// SHA-256 fed piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void update(Bytes data);
  void update(std::string_view data) { update(bytesOf(data)); }
  /// The digest; the object may not be used afterwards.
  Sha256Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// HMAC-SHA-256 (RFC 2104).
Sha256Digest hmacSha256(Bytes key, Bytes data);

/// HKDF with SHA-256 (RFC 5869): 32 bytes.
Sha256Digest hkdfSha256(Bytes key, Bytes salt, Bytes info);

/// AES-256-GCM (NIST SP 800-38D) with a random nonce: nonce (12 bytes), ciphertext, tag (16 bytes).
/// `key` has 32 bytes. One key seals at most 2^32 texts.
std::string aeadSeal(Bytes key, Bytes associated, Bytes plain, Random& random);
/// None when `sealed` was not made by aeadSeal with this key and these associated data.
std::optional<std::string> aeadOpen(Bytes key, Bytes associated, Bytes sealed);

/// Compares in a time that depends on the lengths only.
bool equalConstantTime(Bytes a, Bytes b);

/// An Ed25519 key pair (RFC 8032). The seed is wiped when the object goes.
class Ed25519Key {
 public:
  static Ed25519Key generate(Random& random);
  /// From a 32-byte seed.
  static Result<Ed25519Key> fromSeed(Bytes seed);
  Ed25519Key(Ed25519Key&&) noexcept;
  Ed25519Key& operator=(Ed25519Key&&) noexcept;
  ~Ed25519Key();

  /// 64 bytes.
  std::string sign(Bytes message) const;
  /// 32 bytes, raw.
  const std::string& publicKey() const { return publicKey_; }
  /// 32 bytes, raw: for writing a key file only.
  std::string seed() const;

 private:
  Ed25519Key() = default;
  std::string seed_, publicKey_;
};

/// Verifies under one written policy (docs/security/signatures.md): 32-byte canonical public key
/// that is not of small order, 64-byte signature with canonical R and S < L. Anything else is
/// false.
bool ed25519Verify(Bytes publicKey, Bytes message, Bytes signature);

/// `kiosk keygen`'s files: `KIOSK-ED25519-PRIVATE <base64url seed>` (mode 0600) and
/// `KIOSK-ED25519-PUBLIC <base64url key>`, one line each.
Result<void> writeKeyFiles(const std::string& path, const Ed25519Key& key);
/// The content of a public key file for 32 raw bytes.
std::string publicKeyText(std::string_view publicKey);
Result<Ed25519Key> readPrivateKeyFile(const std::string& path);
/// The raw 32 bytes.
Result<std::string> readPublicKeyFile(const std::string& path);

}  // namespace kiosk
