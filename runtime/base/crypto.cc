#include "runtime/base/crypto.h"

#include <kiosk/check.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace kiosk {
namespace {

/// Fetched once: an implicit fetch at each digest costs more than hashing a short message.
const EVP_MD* sha256Method() {
  static EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  KIOSK_CHECK(method != nullptr, "OpenSSL has SHA-256");
  return method;
}

}  // namespace

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  KIOSK_CHECK(state_->context != nullptr, "memory for a digest");
  KIOSK_CHECK(EVP_DigestInit_ex(state_->context, sha256Method(), nullptr) == 1, "SHA-256 starts");
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(Bytes data) {
  KIOSK_CHECK(EVP_DigestUpdate(state_->context, data.data(), data.size()) == 1, "SHA-256 goes on");
}

Sha256Digest Sha256::finish() {
  Sha256Digest digest;
  KIOSK_CHECK(EVP_DigestFinal_ex(state_->context, digest.data(), nullptr) == 1, "SHA-256 ends");
  return digest;
}

Sha256Digest sha256(Bytes data) {
  Sha256Digest digest;
  KIOSK_CHECK(
      EVP_Digest(data.data(), data.size(), digest.data(), nullptr, sha256Method(), nullptr) == 1,
      "SHA-256 cannot fail");
  return digest;
}

std::string sha256Hex(std::string_view data) { return toHex(sha256(bytesOf(data))); }

Sha256Digest hmacSha256(Bytes key, Bytes data) {
  // HMAC() takes a null key for "the key of last time", so an empty one needs an address.
  static constexpr std::uint8_t kEmpty = 0;
  Sha256Digest digest;
  KIOSK_CHECK(HMAC(sha256Method(), key.empty() ? &kEmpty : key.data(), static_cast<int>(key.size()),
                   data.data(), data.size(), digest.data(), nullptr) != nullptr,
              "HMAC-SHA-256 cannot fail");
  return digest;
}

bool equalConstantTime(Bytes a, Bytes b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace kiosk
