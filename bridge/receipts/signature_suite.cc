#include "bridge/receipts/signature_suite.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kPublicKeyBytes = 32;

class Ed25519Suite final : public SignatureSuite {
 public:
  std::string_view alg() const override { return "EdDSA"; }

  Result<std::string> readJwk(const nlohmann::json& jwk) const override {
    const auto is = [&](const char* member, std::string_view value) {
      const auto found = jwk.find(member);
      return found != jwk.end() && found->is_string() &&
             found->get_ref<const std::string&>() == value;
    };
    if (!is("kty", "OKP") || !is("crv", "Ed25519")) {
      return Error{ErrorCode::KeyInvalid, "a key for EdDSA has kty OKP and crv Ed25519"};
    }
    if (jwk.contains("d")) return Error{ErrorCode::KeyInvalid, "the key holds its secret half"};
    const auto x = jwk.find("x");
    auto key = x != jwk.end() && x->is_string() ? fromBase64Url(x->get_ref<const std::string&>())
                                                : std::nullopt;
    if (!key || key->size() != kPublicKeyBytes) {
      return Error{ErrorCode::KeyInvalid, "x is not 32 bytes in base64url without padding"};
    }
    return *std::move(key);
  }

  bool verify(Bytes publicKey, Bytes message, Bytes signature) const override {
    return ed25519Verify(publicKey, message, signature);
  }
};

const Ed25519Suite kEd25519;

class Ed25519Signer final : public ReceiptSigner {
 public:
  Ed25519Signer(const Ed25519Key& key, std::string keyId) : key_(key), keyId_(std::move(keyId)) {}
  const SignatureSuite& suite() const override { return kEd25519; }
  const std::string& keyId() const override { return keyId_; }
  std::string sign(Bytes message) const override { return key_.sign(message); }

 private:
  const Ed25519Key& key_;
  std::string keyId_;
};

}  // namespace

const SignatureSuite* findSuite(std::string_view alg) {
  return alg == kEd25519.alg() ? &kEd25519 : nullptr;
}

std::unique_ptr<ReceiptSigner> ed25519Signer(const Ed25519Key& key, std::string keyId) {
  return std::make_unique<Ed25519Signer>(key, std::move(keyId));
}

nlohmann::json ed25519Jwk(std::string_view publicKey, const std::string& keyId) {
  return {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", toBase64Url(bytesOf(publicKey))},
          {"kid", keyId}, {"alg", "EdDSA"},   {"use", "sig"}};
}

}  // namespace kiosk::bridge
