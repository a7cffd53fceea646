#pragma once
// The host's own keys: made at the first start, kept in dataDir/keys, never sent anywhere.
//
//   secret.key      KIOSK-SECRET <base64url of 32 bytes>, mode 0600
//                   pairwise ids and bot tokens derive from it
//   host.key(.pub)  Ed25519 in the form of `kiosk keygen`, mode 0600
//                   signs receipts, launch data and the audit log's heads
//   retired/ID.pub  public keys that host.key had before, by key id; what they signed still holds
//
// They are two, because the signing key may be replaced one day, and the pairwise ids must not
// change then.

#include <kiosk/clock.h>
#include <kiosk/ids.h>
#include <kiosk/package.h>
#include <kiosk/result.h>

#include <cstdint>
#include <string>

#include "bridge/audit_head.h"
#include "runtime/base/crypto.h"

namespace kiosk::bridge {

/// Whether keys may be made when there are none.
enum class MissingKeys : std::uint8_t {
  Generate,  ///< a first start
  Refuse,    ///< the host has data already: other keys would give every user another id
};

/// Immutable once made, so it may be read from any thread.
class HostKeys {
 public:
  /// 32 bytes of `secret`; `signing` moves in.
  HostKeys(std::string secret, Ed25519Key signing);

  /// Reads the keys of `folder`, which is made with mode 0700 when absent.
  /// Errors: HostError    a file cannot be read or written, or `missing` is Refuse and one is.
  ///         KeyInvalid   a file is not of the form above.
  static Result<HostKeys> load(const std::string& folder, Random& random, MissingKeys missing);

  /// Replaces the signing key of `folder` by a new one and keeps the old public key in `retired`;
  /// the id of the old key. A crash leaves the old key or the new one, and the old public key is
  /// known either way. A running host goes on with the old one until it starts again.
  /// Errors: as load.
  static Result<std::string> rotateSigning(const std::string& folder, Random& random);

  /// Public keys of the present and all former signing keys of `folder`, by key id. For whoever
  /// verifies: needs no secret.
  /// Errors: HostError    there is no host.key.pub, or a file cannot be read.
  ///         KeyInvalid   a file is not a public key.
  static Result<AuditKeys> publicKeys(const std::string& folder);

  const Ed25519Key& signing() const { return signing_; }
  /// First 16 bytes of SHA-256 of the public key, hex: the `kid` of what the host signs.
  const std::string& signingKeyId() const { return signingKeyId_; }

  /// The user's id as the developer of `package` sees it: 43 characters of base64url. The same for
  /// all apps under one developer key; an unsigned folder is a developer of its own.
  std::string pairwiseId(const UserId& user, const Package& package) const;

  /// Under which the books go on after `user` was erased: 64 hex digits, that nobody can make from
  /// the id without the host's secret.
  std::string pseudonym(const UserId& user) const;

  /// The secret that the app's server checks launch data with: "<app id>:<43 characters of
  /// base64url>".
  std::string botToken(const AppId& app) const;

 private:
  std::string pairwiseKey_, botKey_, pseudonymKey_;  ///< 32 bytes each
  Ed25519Key signing_;
  std::string signingKeyId_;
};

/// The `kid` of a public key of 32 raw bytes.
std::string keyIdOf(std::string_view publicKey);

/// Signs with the host's key. `keys` is borrowed and outlives the log.
AuditSigner auditSigner(const HostKeys& keys);

}  // namespace kiosk::bridge
