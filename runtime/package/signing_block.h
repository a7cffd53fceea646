#pragma once
// The signatures of a package, in a block directly before the central directory:
//
//   {"signatures":[…]}            its RFC 8785 canonical form, n bytes
//   u32 n                         little-endian
//   "MINIAPP-SIG-V1\0\0"          16 bytes
//   central directory …
//
// One signature:
//   {"payload":{"app_id":…,"file_hash":hex,"kid":hex,"payload_hash":hex,"report_hash":hex (reviewer
//    only),"role":"developer"|"reviewer"|"store","ts":seconds,"version":code},
//    "public_key":base64url,"signature":base64url}
//
// `signature` is Ed25519 over the canonical form of `payload`. `kid` names the key: the first 16
// bytes of SHA-256 of its 32 bytes, so `public_key` is covered. `file_hash` is SHA-256 of every
// byte before the block and after it, with the directory's offset in the end record as it is
// without the block. Signatures are sorted by role (in the order above), then `kid`; a key signs
// once in a role. A block that differs from its own canonical form in one byte is refused, so it
// holds nothing unsigned.

#include <kiosk/clock.h>
#include <kiosk/package.h>

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/crypto.h"
#include "runtime/package/archive.h"

namespace kiosk {

constexpr std::size_t kSignaturesMax = 16;

/// What one signature says.
struct SignedPayload {
  std::string appId;
  std::int64_t versionCode = 0;
  std::string role;
  std::string fileHash;     ///< hex
  std::string payloadHash;  ///< hex
  std::string reportHash;   ///< hex; the reviewer's only, else empty
  std::int64_t timeSeconds = 0;
};

struct BlockSignature {
  SignedPayload payload;
  std::string publicKey;  ///< 32 bytes
  std::string signature;  ///< 64 bytes
};

/// The name of a key in signatures: first 16 bytes of SHA-256 of its 32 bytes, hex.
std::string keyIdOf(std::string_view publicKey);

/// Whether `text` is SHA-256 in hex as `toHex` writes it.
bool isHashHex(const std::string& text);

/// Whether `bytes`, as long as the gap they were found in, end as a signing block and fill it.
bool isSigningBlock(std::string_view bytes);

/// Hash of all of `archive` but its signing block, hex.
std::string fileHashHex(std::string_view archive, const ArchiveLayout& layout);

/// Signs `payload` with `key`.
BlockSignature signPayload(SignedPayload payload, const Ed25519Key& key);

/// The block of `signatures`, which it sorts.
std::string writeSigningBlock(std::vector<BlockSignature> signatures);

/// Reads `block` (one that isSigningBlock accepts) and checks its form and each signature's
/// mathematics; the caller holds the payloads against the package.
/// Errors: PackageSignatureInvalid   the message says which and why.
Result<std::vector<BlockSignature>> readSigningBlock(std::string_view block);

}  // namespace kiosk
