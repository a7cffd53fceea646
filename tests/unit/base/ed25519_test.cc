// Goal: one written policy for Ed25519 (docs/security/signatures.md) and nothing else is accepted.
// Method: RFC 8032's own vectors here; Wycheproof and CCTV where they are on the machine, CCTV's
// 914 edge cases each with the verdict that its flags demand.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>

#include "runtime/base/crypto.h"
#include "runtime/base/json.h"
#include "tests/unit/support/vectors.h"

using kiosk::bytesOf;
using kiosk::test::vectorsMissing;

namespace {

std::string unhex(std::string_view text) {
  const auto bytes = kiosk::fromHex(text);
  REQUIRE(bytes.has_value());
  return *bytes;
}

bool verify(std::string_view keyHex, std::string_view message, std::string_view signatureHex) {
  return kiosk::ed25519Verify(bytesOf(unhex(keyHex)), bytesOf(message),
                              bytesOf(unhex(signatureHex)));
}

nlohmann::json readVectors(const std::string& name) {
  const auto parsed = kiosk::parseJson(kiosk::test::readWhole(kiosk::test::vectorsPath(name)),
                                       {1u << 22, 32, 1u << 20});
  REQUIRE_MESSAGE(parsed.has_value(), (parsed ? "" : parsed.error().message));
  return *parsed;
}

struct Rfc8032Vector {
  std::string_view seed, publicKey, message, signature;
};

// RFC 8032 section 7.1, TEST 1 to 3 and TEST SHA(abc).
constexpr std::array<Rfc8032Vector, 4> kRfc8032 = {{
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
     "b46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f1"
     "1d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984d"
     "c6594a7c15e9716ed28dc027beceea1ec40a"},
    {"833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
     "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3fe"
     "ebbd454d4423643ce80e2a9ac94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431"
     "e0303dca179c138ac17ad9bef1177331a704"},
}};

}  // namespace

TEST_CASE("ed25519: RFC 8032's seeds give its public keys and signatures, and these verify") {
  for (const auto& vector : kRfc8032) {
    const auto key = kiosk::Ed25519Key::fromSeed(bytesOf(unhex(vector.seed)));
    REQUIRE(key.has_value());
    const std::string message = unhex(vector.message);
    CHECK(kiosk::toHex(bytesOf(key->publicKey())) == vector.publicKey);
    CHECK(kiosk::toHex(bytesOf(key->sign(bytesOf(message)))) == vector.signature);
    CHECK(verify(vector.publicKey, message, vector.signature));
    CHECK_FALSE(verify(vector.publicKey, message + "x", vector.signature));
  }
}

TEST_CASE("ed25519: no single bit of a signature or a key can be changed") {
  const auto& vector = kRfc8032[1];
  const std::string message = unhex(vector.message);
  std::string signature = unhex(vector.signature), key = unhex(vector.publicKey);
  for (std::string* changed : {&signature, &key}) {
    for (std::size_t bit = 0; bit < changed->size() * 8; ++bit) {
      const char mask = static_cast<char>(1 << bit % 8);
      (*changed)[bit / 8] ^= mask;
      CHECK_FALSE(kiosk::ed25519Verify(bytesOf(key), bytesOf(message), bytesOf(signature)));
      (*changed)[bit / 8] ^= mask;
    }
  }
  CHECK(kiosk::ed25519Verify(bytesOf(key), bytesOf(message), bytesOf(signature)));
}

TEST_CASE("ed25519: S + L, small-order keys, non-canonical points and wrong lengths are refused") {
  const auto& vector = kRfc8032[0];
  // The signature of TEST 1 with the group's order added to S: OpenSSL's own check would be enough.
  CHECK_FALSE(
      verify(vector.publicKey, "",
             "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901554c8c7872aa064e04"
             "9dbb3013fbf29380d25bf5f0595bbe24655141438e7a101b"));
  // The neutral element as key makes R = S·B a signature of every message: here S = 0, R neutral.
  const std::string neutral = "01" + std::string(62, '0');
  CHECK_FALSE(verify(neutral, "any message", neutral + std::string(64, '0')));
  // y = p + 1 is a second spelling of the neutral element.
  const std::string second = "ee" + std::string(60, 'f') + "7f";
  CHECK_FALSE(verify(second, "any message", neutral + std::string(64, '0')));

  const std::string key = unhex(vector.publicKey), signature = unhex(vector.signature);
  const kiosk::Bytes keyBytes = bytesOf(key), signatureBytes = bytesOf(signature);
  CHECK_FALSE(kiosk::ed25519Verify(keyBytes.first(31), {}, signatureBytes));
  CHECK_FALSE(kiosk::ed25519Verify(keyBytes, {}, signatureBytes.first(63)));
  CHECK_FALSE(kiosk::ed25519Verify({}, {}, {}));
  CHECK_FALSE(kiosk::Ed25519Key::fromSeed(keyBytes.first(31)).has_value());
}

TEST_CASE("ed25519: generated keys differ and sign what verifies") {
  const auto first = kiosk::Ed25519Key::generate(kiosk::systemRandom());
  const auto second = kiosk::Ed25519Key::generate(kiosk::systemRandom());
  CHECK(first.publicKey() != second.publicKey());
  const std::string signature = first.sign(bytesOf("text"));
  CHECK(kiosk::ed25519Verify(bytesOf(first.publicKey()), bytesOf("text"), bytesOf(signature)));
  CHECK_FALSE(
      kiosk::ed25519Verify(bytesOf(second.publicKey()), bytesOf("text"), bytesOf(signature)));
}

TEST_CASE("ed25519: each of Wycheproof's verdicts is ours" *
          doctest::skip(vectorsMissing("wycheproof/ed25519_test.json"))) {
  int checked = 0;
  const auto vectors = readVectors("wycheproof/ed25519_test.json");
  for (const auto& group : vectors["testGroups"]) {
    const std::string key = group["publicKey"]["pk"];
    for (const auto& test : group["tests"]) {
      CAPTURE(test["tcId"].get<int>());
      CAPTURE(test["comment"].get<std::string>());
      const bool expected = test["result"] == "valid";
      CHECK(verify(key, unhex(test["msg"].get<std::string>()), test["sig"].get<std::string>()) ==
            expected);
      ++checked;
    }
  }
  CHECK(checked >= 150);
}

TEST_CASE("ed25519: CCTV's edge cases are accepted or refused as their flags demand" *
          doctest::skip(vectorsMissing("cctv/ed25519vectors.json"))) {
  // What each flag means for us. A case is accepted when every one of its flags is.
  const std::set<std::string> acceptedFlags = {
      "low_order_R",            // R says nothing about who signed: only A must be sound
      "low_order_component_R",  // the equation without cofactor decides, not R's order
      "low_order_component_A",  // A still has a large order
  };
  const std::set<std::string> refusedFlags = {
      "low_order_A",        // such a key signs every message
      "low_order_residue",  // holds with the cofactor only; we verify without
      "non_canonical_A",    // one key, one spelling
      "non_canonical_R",    // one signature, one spelling
      "reencoded_k",        // hashed another spelling than the one on the wire
  };
  int accepted = 0, refused = 0;
  for (const auto& test : readVectors("cctv/ed25519vectors.json")) {
    bool expected = true;
    if (!test["flags"].is_null()) {
      for (const std::string flag : test["flags"]) {
        CHECK((acceptedFlags.contains(flag) || refusedFlags.contains(flag)));
        if (!acceptedFlags.contains(flag)) expected = false;
      }
    }
    CAPTURE(test["number"].get<int>());
    CAPTURE(test["flags"].dump());
    CHECK(verify(test["key"].get<std::string>(), test["msg"].get<std::string>(),
                 test["sig"].get<std::string>()) == expected);
    ++(expected ? accepted : refused);
  }
  CHECK(accepted >= 50);
  CHECK(refused >= 800);
}
