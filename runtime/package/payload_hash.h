#pragma once
// The identity of a package's code: what indexes, logs, reports and signatures name.
//
// It depends on names and contents only, not on how they were packed, and does not change when a
// reviewer adds a signature. Leaf of one file (numbers big-endian), in the order of the names'
// bytes:
//
//   u32 name size   name   u64 content size   SHA-256 of the content
//
// and the Merkle root of merkle.h over these leaves.

#include "runtime/package/archive.h"
#include "runtime/package/merkle.h"

namespace kiosk {

/// The hashed leaf of one file.
Sha256Digest fileLeaf(std::string_view name, std::string_view content);

/// The root over all files, in lower-case hex.
std::string payloadHashHex(const FileMap& files);

}  // namespace kiosk
