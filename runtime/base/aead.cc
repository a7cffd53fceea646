#include <kiosk/check.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <vector>

#include "runtime/base/crypto.h"
#include "runtime/base/guard.h"

namespace kiosk {
namespace {

constexpr std::size_t kAeadKeyBytes = 32, kNonceBytes = 12, kTagBytes = 16;

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

Context newContext() {
  Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  KIOSK_CHECK(context != nullptr, "memory for a cipher");
  return context;
}

OSSL_PARAM octets(const char* name, Bytes bytes) {
  return OSSL_PARAM_construct_octet_string(name, const_cast<std::uint8_t*>(bytes.data()),
                                           bytes.size());
}

}  // namespace

Sha256Digest hkdfSha256(Bytes key, Bytes salt, Bytes info) {
  std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr),
                                                        &EVP_KDF_free);
  KIOSK_CHECK(kdf != nullptr, "OpenSSL has HKDF");
  std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(kdf.get()),
                                                                    &EVP_KDF_CTX_free);
  char digest[] = "SHA256";
  std::vector<OSSL_PARAM> params = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, sizeof digest - 1),
      octets(OSSL_KDF_PARAM_KEY, key)};
  // OpenSSL takes no empty parameter for one; left out it means the same.
  if (!salt.empty()) params.push_back(octets(OSSL_KDF_PARAM_SALT, salt));
  if (!info.empty()) params.push_back(octets(OSSL_KDF_PARAM_INFO, info));
  params.push_back(OSSL_PARAM_construct_end());
  Sha256Digest derived;
  KIOSK_CHECK(context != nullptr &&
                  EVP_KDF_derive(context.get(), derived.data(), derived.size(), params.data()) == 1,
              "HKDF cannot fail");
  return derived;
}

std::string aeadSeal(Bytes key, Bytes associated, Bytes plain, Random& random) {
  KIOSK_CHECK(key.size() == kAeadKeyBytes, "AES-256 takes 32 bytes of key");
  std::string sealed(kNonceBytes + plain.size() + kTagBytes, '\0');
  auto* out = reinterpret_cast<std::uint8_t*>(sealed.data());
  random.fill({out, kNonceBytes});
  const auto context = newContext();
  int count = 0;
  const bool done =
      EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), out) == 1 &&
      EVP_EncryptUpdate(context.get(), nullptr, &count, associated.data(),
                        static_cast<int>(associated.size())) == 1 &&
      EVP_EncryptUpdate(context.get(), out + kNonceBytes, &count, plain.data(),
                        static_cast<int>(plain.size())) == 1 &&
      EVP_EncryptFinal_ex(context.get(), out + kNonceBytes + plain.size(), &count) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes,
                          out + kNonceBytes + plain.size()) == 1;
  KIOSK_CHECK(done, "AES-256-GCM cannot fail");
  return sealed;
}

std::optional<std::string> aeadOpen(Bytes key, Bytes associated, Bytes sealed) {
  KIOSK_CHECK(key.size() == kAeadKeyBytes, "AES-256 takes 32 bytes of key");
  if (sealed.size() < kNonceBytes + kTagBytes) return std::nullopt;
  const auto text = sealed.subspan(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
  const auto tag = sealed.last(kTagBytes);
  std::string plain(text.size(), '\0');
  auto* out = reinterpret_cast<std::uint8_t*>(plain.data());
  const auto context = newContext();
  int count = 0;
  const bool done = EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(),
                                       sealed.data()) == 1 &&
                    EVP_DecryptUpdate(context.get(), nullptr, &count, associated.data(),
                                      static_cast<int>(associated.size())) == 1 &&
                    EVP_DecryptUpdate(context.get(), out, &count, text.data(),
                                      static_cast<int>(text.size())) == 1 &&
                    EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes,
                                        const_cast<std::uint8_t*>(tag.data())) == 1 &&
                    KIOSK_GUARD("secure.sealed",
                                EVP_DecryptFinal_ex(context.get(), out + text.size(), &count) == 1);
  if (!done) return std::nullopt;
  return plain;
}

}  // namespace kiosk
