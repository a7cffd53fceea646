// Goal: AES-256-GCM and HKDF are the standards' own. Method: published vectors; every bit flipped.
#include <doctest/doctest.h>

#include "runtime/base/crypto.h"

using namespace kiosk;

namespace {

std::string hex(std::string_view text) { return *fromHex(text); }

}  // namespace

TEST_CASE("crypto: HKDF-SHA-256 gives the key of RFC 5869, test case 1") {
  const auto key = hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
             salt = hex("000102030405060708090a0b0c"), info = hex("f0f1f2f3f4f5f6f7f8f9");
  CHECK(toHex(hkdfSha256(bytesOf(key), bytesOf(salt), bytesOf(info))) ==
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
}

TEST_CASE("crypto: HKDF-SHA-256 without salt and info gives the key of RFC 5869, test case 3") {
  const auto key = hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b");
  CHECK(toHex(hkdfSha256(bytesOf(key), {}, {})) ==
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

TEST_CASE("crypto: AES-256-GCM opens the vector of the GCM specification, test case 16") {
  const auto key = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  const auto associated = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const auto sealed = hex(
      "cafebabefacedbaddecaf888"
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056"
      "828838c5f61e6393ba7a0abcc9f662"
      "76fc6ece0f4e1768cddf8853bb2d551b");
  const auto plain = aeadOpen(bytesOf(key), bytesOf(associated), bytesOf(sealed));
  REQUIRE(plain.has_value());
  CHECK(toHex(bytesOf(*plain)) ==
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449"
        "a6b525b16aedf5aa0de657ba637b39");
}

TEST_CASE("crypto: what was sealed opens again, and no changed bit of it, key or data does") {
  const std::string key(32, 'k'), associated = "whose", plain = "a text";
  const auto sealed = aeadSeal(bytesOf(key), bytesOf(associated), bytesOf(plain), systemRandom());
  CHECK(aeadOpen(bytesOf(key), bytesOf(associated), bytesOf(sealed)) == plain);
  CHECK(sealed != aeadSeal(bytesOf(key), bytesOf(associated), bytesOf(plain), systemRandom()));
  const auto flipped = [](std::string text, std::size_t bit) {
    text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
    return text;
  };
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    CHECK(!aeadOpen(bytesOf(key), bytesOf(associated), bytesOf(flipped(sealed, bit))));
  }
  CHECK(!aeadOpen(bytesOf(flipped(key, 7)), bytesOf(associated), bytesOf(sealed)));
  CHECK(!aeadOpen(bytesOf(key), bytesOf("whom"), bytesOf(sealed)));
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    CHECK(!aeadOpen(bytesOf(key), bytesOf(associated), bytesOf(sealed.substr(0, size))));
  }
  const auto empty = aeadSeal(bytesOf(key), {}, {}, systemRandom());
  CHECK(aeadOpen(bytesOf(key), {}, bytesOf(empty)) == "");
}
