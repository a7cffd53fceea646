#include "bridge/oidc/login_secret.h"

#include <array>

#include "bridge/oidc/login_bounds.h"
#include "runtime/base/crypto.h"
#include "runtime/base/json.h"

namespace kiosk::bridge::oidc {
namespace {

constexpr std::string_view kSealInfo = "kiosk log-in v1";

Sha256Digest sealKey(std::string_view secret) {
  return hkdfSha256(bytesOf(secret), {}, bytesOf(kSealInfo));
}

}  // namespace

std::string newSecret(Random& random) {
  std::array<std::uint8_t, kSecretBytes> bytes{};
  random.fill(bytes);
  return toBase64Url(bytes);
}

std::string secretHash(std::string_view secret) { return sha256Hex(secret); }

std::string sealUnder(std::string_view secret, const nlohmann::json& content, Random& random) {
  const std::string text = dumpJson(content);
  const std::string hash = secretHash(secret);
  return toBase64Url(bytesOf(aeadSeal(sealKey(secret), bytesOf(hash), bytesOf(text), random)));
}

std::optional<nlohmann::json> openUnder(std::string_view secret, std::string_view sealed) {
  const auto bytes = fromBase64Url(sealed);
  if (!bytes) return std::nullopt;
  const std::string hash = secretHash(secret);
  const auto text = aeadOpen(sealKey(secret), bytesOf(hash), bytesOf(*bytes));
  if (!text) return std::nullopt;
  auto content = parseJson(*text);
  if (!content) return std::nullopt;
  return *std::move(content);
}

}  // namespace kiosk::bridge::oidc
