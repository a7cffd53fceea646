#include "runtime/package/payload_hash.h"

namespace kiosk {
namespace {

void appendBigEndian(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    out += static_cast<char>(value >> shift & 0xff);
  }
}

}  // namespace

Sha256Digest fileLeaf(std::string_view name, std::string_view content) {
  std::string leaf;
  appendBigEndian(leaf, name.size(), 4);
  leaf += name;
  appendBigEndian(leaf, content.size(), 8);
  const Sha256Digest digest = sha256(bytesOf(content));
  leaf.append(digest.begin(), digest.end());
  return merkleLeaf(bytesOf(leaf));
}

std::string payloadHashHex(const FileMap& files) {
  std::vector<Sha256Digest> leaves;
  leaves.reserve(files.size());
  for (const auto& [name, content] : files) leaves.push_back(fileLeaf(name, content));
  return toHex(merkleRoot(leaves));
}

}  // namespace kiosk
