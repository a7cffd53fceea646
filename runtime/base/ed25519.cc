#include <kiosk/check.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "runtime/base/crypto.h"

// The curve's points are encoded in 32 bytes, little-endian: bits 0..254 are y, bit 255 the sign of
// x. p = 2^255 - 19; L = 2^252 + 27742317777372353535851937790883648493, the order of the base
// point.

namespace kiosk {
namespace {

constexpr std::size_t kSeedBytes = 32;
constexpr std::size_t kPublicKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;

using Field = std::array<std::uint8_t, 32>;

constexpr Field kP = [] {
  Field p;
  p.fill(0xff);
  p[0] = 0xed;
  p[31] = 0x7f;
  return p;
}();

constexpr Field kL = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                      0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                      0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

// y of the eight points whose order divides 8; x and -x share a y.
constexpr std::array<Field, 5> kSmallOrderY = {{
    {0},  // order 4
    {1},  // order 1
    [] {  // order 2: p - 1
      Field y = kP;
      y[0] = 0xec;
      return y;
    }(),
    {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4,
     0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6,
     0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05},  // order 8
    {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b,
     0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39,
     0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a},  // order 8
}};

/// `a` < `b` as little-endian numbers. Public data only: takes a time that depends on the values.
bool lessThan(const Field& a, const Field& b) {
  return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

Field fieldOf(Bytes bytes) {
  Field field;
  std::copy_n(bytes.begin(), field.size(), field.begin());
  return field;
}

Field yOf(Bytes encodedPoint) {
  Field y = fieldOf(encodedPoint);
  y[31] &= 0x7f;
  return y;
}

bool isSmallOrder(const Field& y) {
  return std::find(kSmallOrderY.begin(), kSmallOrderY.end(), y) != kSmallOrderY.end();
}

using KeyHandle = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using ContextHandle = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

KeyHandle privateKeyHandle(std::string_view seed) {
  KeyHandle key(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytesOf(seed).data(), seed.size()),
      &EVP_PKEY_free);
  KIOSK_CHECK(key != nullptr, "every 32 bytes are an Ed25519 seed");
  return key;
}

}  // namespace

Ed25519Key Ed25519Key::generate(Random& random) {
  std::array<std::uint8_t, kSeedBytes> seed;
  random.fill(seed);
  auto key = fromSeed(seed);
  OPENSSL_cleanse(seed.data(), seed.size());
  return std::move(key).value();
}

Result<Ed25519Key> Ed25519Key::fromSeed(Bytes seed) {
  if (seed.size() != kSeedBytes) {
    return Error{ErrorCode::InvalidParams, "an Ed25519 seed has 32 bytes"};
  }
  Ed25519Key key;
  key.seed_.assign(seed.begin(), seed.end());
  const KeyHandle handle = privateKeyHandle(key.seed_);
  std::array<std::uint8_t, kPublicKeyBytes> raw;
  std::size_t size = raw.size();
  KIOSK_CHECK(EVP_PKEY_get_raw_public_key(handle.get(), raw.data(), &size) == 1,
              "a private key has its public half");
  key.publicKey_.assign(raw.begin(), raw.end());
  return key;
}

Ed25519Key::Ed25519Key(Ed25519Key&& other) noexcept
    : seed_(std::move(other.seed_)), publicKey_(std::move(other.publicKey_)) {}

Ed25519Key& Ed25519Key::operator=(Ed25519Key&& other) noexcept {
  seed_.swap(other.seed_);
  publicKey_.swap(other.publicKey_);
  return *this;
}

Ed25519Key::~Ed25519Key() { OPENSSL_cleanse(seed_.data(), seed_.size()); }

std::string Ed25519Key::seed() const { return seed_; }

std::string Ed25519Key::sign(Bytes message) const {
  KIOSK_CHECK(seed_.size() == kSeedBytes, "a moved-from key signs nothing");
  const KeyHandle handle = privateKeyHandle(seed_);
  const ContextHandle context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::string signature(kSignatureBytes, '\0');
  std::size_t size = signature.size();
  KIOSK_CHECK(context != nullptr, "memory for a signature");
  KIOSK_CHECK(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, handle.get()) == 1 &&
                  EVP_DigestSign(context.get(), reinterpret_cast<std::uint8_t*>(signature.data()),
                                 &size, message.data(), message.size()) == 1,
              "signing with a whole key cannot fail");
  return signature;
}

bool ed25519Verify(Bytes publicKey, Bytes message, Bytes signature) {
  if (publicKey.size() != kPublicKeyBytes || signature.size() != kSignatureBytes) return false;
  const Field keyY = yOf(publicKey);
  const Bytes r = signature.first(32), s = signature.last(32);
  if (!lessThan(keyY, kP) || isSmallOrder(keyY)) return false;
  if (!lessThan(yOf(r), kP) || !lessThan(fieldOf(s), kL)) return false;

  const KeyHandle key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, publicKey.data(), publicKey.size()),
      &EVP_PKEY_free);
  const ContextHandle context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (key == nullptr || context == nullptr) return false;
  // OpenSSL recomputes R = S·B - k·A and compares its one encoding byte by byte: no cofactor, and a
  // second spelling of R (the sign bit of a point with x = 0) never matches.
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                          message.size()) == 1;
}

}  // namespace kiosk
