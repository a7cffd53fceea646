#include "secrets.h"

#include <fcntl.h>
#include <kiosk/clock.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace web_host {
namespace {

constexpr std::size_t kSecretBytes = 32;

kiosk::Error secretError(const std::string& what, const std::string& path) {
  return {kiosk::ErrorCode::HostError, what + " " + path + ": " + std::strerror(errno)};
}

bool writeAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(fd, text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  return ::fsync(fd) == 0;
}

std::string randomBytes() {
  std::array<std::uint8_t, kSecretBytes> bytes{};
  kiosk::systemRandom().fill(bytes);
  return {bytes.begin(), bytes.end()};
}

}  // namespace

std::string hexOf(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex.push_back(kDigits[byte >> 4]);
    hex.push_back(kDigits[byte & 15]);
  }
  return hex;
}

std::string newToken() { return hexOf(randomBytes()); }

std::string hashOf(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  const int done =
      EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  KIOSK_CHECK(done == 1, "SHA-256 works");
  return hexOf({reinterpret_cast<const char*>(digest.data()), size});
}

std::string macOf(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  const auto* made =
      HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
  KIOSK_CHECK(made != nullptr, "HMAC works");
  return {reinterpret_cast<const char*>(digest.data()), size};
}

bool sameSecret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

kiosk::Result<std::string> readWhole(const std::string& path, std::size_t bytesMax) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return kiosk::Error{kiosk::ErrorCode::NotFound, "there is no " + path};
  std::string text(bytesMax + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > bytesMax || file.bad()) {
    return kiosk::Error{kiosk::ErrorCode::HostError, path + " cannot be read, or is too long"};
  }
  return text;
}

kiosk::Result<void> replaceFile(const std::string& path, std::string_view text) {
  const std::string draft = path + ".draft";
  const int fd = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return secretError("cannot make", draft);
  const bool written = writeAll(fd, text);
  ::close(fd);
  if (!written) return secretError("cannot write", draft);
  if (::rename(draft.c_str(), path.c_str()) != 0) return secretError("cannot replace", path);
  return {};
}

kiosk::Result<std::string> secretFile(const std::string& path) {
  auto kept = readWhole(path, kSecretBytes);
  if (kept && kept->size() == kSecretBytes) return kept;
  if (kept || kept.error().code != kiosk::ErrorCode::NotFound) {
    return kiosk::Error{kiosk::ErrorCode::HostError, path + " is not a file of 32 bytes"};
  }
  std::string fresh = randomBytes();
  if (auto made = replaceFile(path, fresh); !made) return made.error();
  return fresh;
}

}  // namespace web_host
