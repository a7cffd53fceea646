#include "runtime/package/merkle.h"

#include <kiosk/check.h>

#include <algorithm>
#include <bit>

namespace kiosk {
namespace {

Sha256Digest node(const Sha256Digest& left, const Sha256Digest& right) {
  constexpr std::uint8_t kNodePrefix = 1;
  Sha256 hash;
  hash.update(Bytes(&kNodePrefix, 1));
  hash.update(Bytes(left));
  hash.update(Bytes(right));
  return hash.finish();
}

}  // namespace

Sha256Digest merkleLeaf(Bytes data) {
  constexpr std::uint8_t kLeafPrefix = 0;
  Sha256 hash;
  hash.update(Bytes(&kLeafPrefix, 1));
  hash.update(data);
  return hash.finish();
}

// Recursion halves the list each time: its depth is at most 64.
Sha256Digest merkleRoot(std::span<const Sha256Digest> leaves) {
  if (leaves.empty()) return sha256({});
  if (leaves.size() == 1) return leaves[0];
  const std::size_t split = std::bit_floor(leaves.size() - 1);
  return node(merkleRoot(leaves.first(split)), merkleRoot(leaves.subspan(split)));
}

std::vector<Sha256Digest> merkleProof(std::span<const Sha256Digest> leaves, std::size_t index) {
  KIOSK_CHECK(index < leaves.size(), "only a leaf of the tree can be proven");
  std::vector<Sha256Digest> proof;
  while (leaves.size() > 1) {
    const std::size_t split = std::bit_floor(leaves.size() - 1);
    const auto left = leaves.first(split), right = leaves.subspan(split);
    if (index < split) {
      proof.push_back(merkleRoot(right));
      leaves = left;
    } else {
      proof.push_back(merkleRoot(left));
      leaves = right;
      index -= split;
    }
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

// RFC 9162 section 2.1.3.2.
bool merkleVerify(const Sha256Digest& leaf, std::uint64_t index, std::uint64_t leafCount,
                  std::span<const Sha256Digest> proof, const Sha256Digest& root) {
  if (index >= leafCount) return false;
  std::uint64_t at = index, last = leafCount - 1;
  Sha256Digest hash = leaf;
  for (const auto& sibling : proof) {
    if (last == 0) return false;
    if ((at & 1) != 0 || at == last) {
      hash = node(sibling, hash);
      while ((at & 1) == 0 && at != 0) {
        at >>= 1;
        last >>= 1;
      }
    } else {
      hash = node(hash, sibling);
    }
    at >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

}  // namespace kiosk
