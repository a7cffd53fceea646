#pragma once
// A signed head: the host's word that its chain stood at record `seq` with hash `hash` at `timeMs`.
//
//   message     "kiosk audit <head|record> v1\n<seq>\n<hash, 64 hex>\n<time, ms>\n"
//   signature   by the host's key, base64url; `signer` is the key's id
//
// Heads stand in two places. The file `head` has the newest, written at each sync in one of two
// slots in turn, so that a write that a crash tears leaves the one before. Records of kind `head`
// stand in the chain itself, at least one in `kHeadEveryRecords`: each signs the record before it,
// so whoever rewrites the chain and its hashes without the key fails at the next of them. The two
// sign different words, or a record would serve as the head of a chain that was cut off behind it.

#include <kiosk/result.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/base/crypto.h"

namespace kiosk::bridge {

/// Where a chain stands: number and hash of its last record.
struct ChainPoint {
  std::uint64_t seq = 0;
  Sha256Digest hash{};

  bool operator==(const ChainPoint&) const = default;
};

/// Most records between two records of kind `head`, in a chain that is signed.
inline constexpr std::uint64_t kHeadEveryRecords = 512;

/// Who signs heads. Without `sign` they are written unsigned.
struct AuditSigner {
  std::string keyId;
  /// The raw signature of its argument. Threads: the log's own.
  std::function<std::string(std::string_view)> sign;
};

/// Ed25519 public keys (32 raw bytes) by their ids: the host's present key and those before it.
using AuditKeys = std::map<std::string, std::string, std::less<>>;

struct AuditHead {
  ChainPoint point;
  std::int64_t timeMs = 0;  ///< wall clock
  std::string signer;       ///< the key's id; empty when unsigned
  std::string signature;    ///< base64url
};

/// Where a head stands.
enum class HeadPlace : std::uint8_t { File, Chain };

/// `point` signed by `signer`.
AuditHead signHead(const ChainPoint& point, std::int64_t timeMs, const AuditSigner& signer,
                   HeadPlace place);

/// Why `head` is not the word of one of `keys`; empty when it is.
std::string headProblem(const AuditHead& head, const AuditKeys& keys, HeadPlace place);

/// Bytes of a slot of the file `head`: a sector of its own.
inline constexpr std::size_t kHeadSlotBytes = 512;

/// `head` as a slot: its text, a space, 16 hex digits of the text's SHA-256, padding, a line break.
/// A slot that a crash tore is half this head and half the one before, and fails the digits.
std::string headSlot(const AuditHead& head);
std::optional<AuditHead> parseHeadSlot(std::string_view slot);

/// One line of canonical JSON without a line break.
std::string headText(const AuditHead& head);
/// None when `text` is not a head.
std::optional<AuditHead> parseHead(std::string_view text);

}  // namespace kiosk::bridge
