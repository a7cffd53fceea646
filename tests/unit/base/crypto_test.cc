// Goal: digests, MACs and key files do what their standards say. Method: published vectors; key
// files in a folder of the test's own.
#include "runtime/base/crypto.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <set>

#include "runtime/base/json.h"
#include "tests/unit/support/temp_folder.h"
#include "tests/unit/support/vectors.h"

using namespace kiosk;
using kiosk::test::vectorsMissing;

TEST_CASE("sha256: FIPS 180's vectors, at once and piece by piece") {
  CHECK(sha256Hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256Hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256 pieces;
  for (int i = 0; i < 1000; ++i) pieces.update(std::string(1000, 'a'));
  CHECK(toHex(pieces.finish()) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("hmacSha256: RFC 4231's cases, an empty key and a key longer than a block") {
  CHECK(toHex(hmacSha256(bytesOf("Jefe"), bytesOf("what do ya want for nothing?"))) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(toHex(hmacSha256({}, {})) ==
        "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
  CHECK(toHex(hmacSha256(bytesOf(std::string(131, '\xaa')),
                         bytesOf("Test Using Larger Than Block-Size Key - Hash Key First"))) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("hmacSha256: each of Wycheproof's verdicts is ours" *
          doctest::skip(vectorsMissing("wycheproof/hmac_sha256_test.json"))) {
  const auto vectors =
      parseJson(test::readWhole(test::vectorsPath("wycheproof/hmac_sha256_test.json")));
  REQUIRE(vectors.has_value());
  int checked = 0;
  for (const auto& group : (*vectors)["testGroups"]) {
    const std::size_t tagBytes = group["tagSize"].get<std::size_t>() / 8;
    for (const auto& test : group["tests"]) {
      CAPTURE(test["tcId"].get<int>());
      const auto digest = hmacSha256(bytesOf(*fromHex(test["key"].get<std::string>())),
                                     bytesOf(*fromHex(test["msg"].get<std::string>())));
      const std::string tag = *fromHex(test["tag"].get<std::string>());
      CHECK(equalConstantTime(Bytes(digest).first(tagBytes), bytesOf(tag)) ==
            (test["result"] == "valid"));
      ++checked;
    }
  }
  CHECK(checked == 174);
}

TEST_CASE("equalConstantTime: equal, different, and of another length") {
  CHECK(equalConstantTime(bytesOf("abc"), bytesOf("abc")));
  CHECK(equalConstantTime({}, {}));
  CHECK_FALSE(equalConstantTime(bytesOf("abc"), bytesOf("abd")));
  CHECK_FALSE(equalConstantTime(bytesOf("abc"), bytesOf("ab")));
}

TEST_CASE("key files: what keygen writes is read back, the secret half for its owner only") {
  const test::TempFolder folder;
  const std::string path = folder.path() / "key";
  const auto key = Ed25519Key::generate(systemRandom());
  REQUIRE(writeKeyFiles(path, key).has_value());

  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  const auto read = readPrivateKeyFile(path);
  REQUIRE(read.has_value());
  CHECK(read->publicKey() == key.publicKey());
  const auto publicKey = readPublicKeyFile(path + ".pub");
  REQUIRE(publicKey.has_value());
  CHECK(*publicKey == key.publicKey());
}

TEST_CASE("key files: neither half is written over, and neither is taken for the other") {
  const test::TempFolder folder;
  const std::string path = folder.path() / "key";
  const auto key = Ed25519Key::generate(systemRandom());
  REQUIRE(writeKeyFiles(path, key).has_value());
  const std::string before = test::readWhole(path);

  const auto again = writeKeyFiles(path, Ed25519Key::generate(systemRandom()));
  REQUIRE_FALSE(again.has_value());
  CHECK(again.error().message.find("exists already") != std::string::npos);
  CHECK(test::readWhole(path) == before);

  CHECK_FALSE(readPublicKeyFile(path).has_value());
  CHECK_FALSE(readPrivateKeyFile(path + ".pub").has_value());
  CHECK(readPublicKeyFile(path + ".none").error().code == ErrorCode::NotFound);
  folder.write("broken", "KIOSK-ED25519-PRIVATE AAAA\n");
  CHECK(readPrivateKeyFile(folder.path() / "broken").error().code == ErrorCode::InvalidParams);
}

TEST_CASE("systemRandom: long and short buffers fill, and do not repeat") {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    std::array<std::uint8_t, 16> bytes{};
    systemRandom().fill(bytes);
    seen.insert(toHex(bytes));
  }
  CHECK(seen.size() == 1000);
  std::vector<std::uint8_t> many(100'000);
  systemRandom().fill(many);
  CHECK(std::count(many.begin(), many.end(), 0) < 1000);
}

TEST_CASE("systemClock: monotonic time never steps back, and the wall clock is of this century") {
  std::int64_t before = systemClock().monotonicUs();
  for (int i = 0; i < 1000; ++i) {
    const std::int64_t now = systemClock().monotonicUs();
    CHECK(now >= before);
    before = now;
  }
  CHECK(systemClock().wallMs() > 1'700'000'000'000);
}
