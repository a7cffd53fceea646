#pragma once
// The Merkle tree of RFC 6962 (section 2.1) over byte strings: one hash for a list, from which each
// element can be proven with about log2(n) hashes.
//
//   leaf  = SHA-256(0x00 || data)
//   node  = SHA-256(0x01 || left || right), split at the largest power of two below the number of
//   leaves empty = SHA-256 of nothing

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/base/crypto.h"

namespace kiosk {

Sha256Digest merkleLeaf(Bytes data);

/// The root over hashed leaves.
Sha256Digest merkleRoot(std::span<const Sha256Digest> leaves);

/// The audit path of leaf `index` (< leaves.size()), from the leaf's sibling up.
std::vector<Sha256Digest> merkleProof(std::span<const Sha256Digest> leaves, std::size_t index);

/// Whether `proof` shows that `leaf` stands at `index` of a tree of `leafCount` leaves with this
/// root.
bool merkleVerify(const Sha256Digest& leaf, std::uint64_t index, std::uint64_t leafCount,
                  std::span<const Sha256Digest> proof, const Sha256Digest& root);

}  // namespace kiosk
