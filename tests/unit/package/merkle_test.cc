// Goal: the tree is RFC 6962's, so that any log's tools can prove a file. Method: every leaf of
// every size up to 33 proven and un-proven; the public inclusion proofs, good and bad.
#include "runtime/package/merkle.h"

#include <doctest/doctest.h>

#include "runtime/base/json.h"
#include "runtime/package/payload_hash.h"
#include "tests/unit/support/vectors.h"

using namespace kiosk;
using kiosk::test::vectorsMissing;

namespace {

std::vector<Sha256Digest> leavesOf(std::size_t count) {
  std::vector<Sha256Digest> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(merkleLeaf(bytesOf(std::to_string(i))));
  return leaves;
}

/// The 32 bytes of RFC 4648 section 4's text; none when it is something else.
std::optional<Sha256Digest> digestOf(const nlohmann::json& value) {
  if (!value.is_string()) return std::nullopt;
  std::string text = value.get<std::string>();
  while (text.ends_with('=')) text.pop_back();
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  const auto bytes = fromBase64Url(text);
  if (!bytes || bytes->size() != 32) return std::nullopt;
  Sha256Digest digest;
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

/// The verdict of one vector; a hash that is no hash is a refusal.
bool verifies(const nlohmann::json& test) {
  const auto leaf = digestOf(test["leafHash"]), root = digestOf(test["root"]);
  std::vector<Sha256Digest> proof;
  if (!test["proof"].is_null()) {
    for (const auto& text : test["proof"]) {
      const auto hash = digestOf(text);
      if (!hash) return false;
      proof.push_back(*hash);
    }
  }
  return leaf && root &&
         merkleVerify(*leaf, test["leafIdx"].get<std::uint64_t>(),
                      test["treeSize"].get<std::uint64_t>(), proof, *root);
}

}  // namespace

TEST_CASE("merkle: RFC 6962's tree of no, one and three leaves, worked out by hand") {
  CHECK(merkleRoot({}) == sha256({}));
  const auto leaves = leavesOf(3);
  CHECK(leaves[0] == sha256(bytesOf(std::string("\0"
                                                "0",
                                                2))));
  CHECK(merkleRoot(std::span(leaves).first(1)) == leaves[0]);
  const auto node = [](const Sha256Digest& a, const Sha256Digest& b) {
    return sha256(
        bytesOf("\x01" + std::string(a.begin(), a.end()) + std::string(b.begin(), b.end())));
  };
  CHECK(merkleRoot(leaves) == node(node(leaves[0], leaves[1]), leaves[2]));
}

TEST_CASE("merkle: each leaf of each small tree is proven, and by its own proof only") {
  for (std::size_t count = 1; count <= 33; ++count) {
    const auto leaves = leavesOf(count);
    const auto root = merkleRoot(leaves);
    for (std::size_t i = 0; i < count; ++i) {
      auto proof = merkleProof(leaves, i);
      CHECK(merkleVerify(leaves[i], i, count, proof, root));
      CHECK_FALSE(merkleVerify(merkleLeaf(bytesOf("other")), i, count, proof, root));
      CHECK_FALSE(merkleVerify(leaves[i], i + count, count, proof, root));
      if (count > 1) CHECK_FALSE(merkleVerify(leaves[i], (i + 1) % count, count, proof, root));
      proof.push_back(root);
      CHECK_FALSE(merkleVerify(leaves[i], i, count, proof, root));
      proof.pop_back();
      if (!proof.empty()) {
        proof.pop_back();
        CHECK_FALSE(merkleVerify(leaves[i], i, count, proof, root));
      }
    }
  }
}

TEST_CASE("merkle: a single file of a package is proven against its payload hash") {
  const FileMap files = {{"app.js", "1"}, {"icon.png", "2"}, {"manifest.json", "3"}};
  std::vector<Sha256Digest> leaves;
  for (const auto& [name, content] : files) leaves.push_back(fileLeaf(name, content));
  const auto root = merkleRoot(leaves);
  CHECK(toHex(root) == payloadHashHex(files));
  CHECK(merkleVerify(fileLeaf("icon.png", "2"), 1, 3, merkleProof(leaves, 1), root));
  CHECK_FALSE(merkleVerify(fileLeaf("icon.png", "x"), 1, 3, merkleProof(leaves, 1), root));
}

TEST_CASE("merkle: the public inclusion proofs, good and bad, get their verdicts" *
          doctest::skip(vectorsMissing("merkle/inclusion"))) {
  int good = 0, bad = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(test::vectorsPath("merkle/inclusion"))) {
    if (entry.path().extension() != ".json") continue;
    CAPTURE(entry.path().string());
    const auto vector = parseJson(test::readWhole(entry.path()));
    REQUIRE(vector.has_value());
    const bool expected = !(*vector)["wantErr"].get<bool>();
    CHECK(verifies(*vector) == expected);
    ++(expected ? good : bad);
  }
  CHECK(good >= 5);
  CHECK(bad >= 50);
}
