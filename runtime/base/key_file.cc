#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "runtime/base/crypto.h"
#include "runtime/base/log.h"

namespace kiosk {
namespace {

constexpr std::string_view kPrivateTag = "KIOSK-ED25519-PRIVATE ";
constexpr std::string_view kPublicTag = "KIOSK-ED25519-PUBLIC ";
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kFileBytesMax = 256;

/// Creates `path`, which must not exist: a key file is never written over.
Result<void> createFile(const std::string& path, mode_t mode, std::string_view content) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
  if (file < 0) {
    const std::string why = errno == EEXIST ? "it exists already; give another name or remove it"
                                            : std::strerror(errno);
    return Error{ErrorCode::HostError, "cannot create the key file " + path + ": " + why};
  }
  const ssize_t written = ::write(file, content.data(), content.size());
  const bool whole = written == static_cast<ssize_t>(content.size()) && ::fsync(file) == 0;
  ::close(file);
  if (!whole) {
    ::unlink(path.c_str());
    return Error{ErrorCode::HostError, "cannot write the key file " + path};
  }
  return {};
}

/// The 32 bytes behind `tag` on the only line of `path`.
Result<std::string> readKeyFile(const std::string& path, std::string_view tag) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorCode::NotFound, "cannot read the key file " + path};
  std::string content(kFileBytesMax, '\0');
  file.read(content.data(), static_cast<std::streamsize>(content.size()));
  content.resize(static_cast<std::size_t>(file.gcount()));

  std::string_view line = content;
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  std::optional<std::string> key;
  if (line.starts_with(tag)) key = fromBase64Url(line.substr(tag.size()));
  OPENSSL_cleanse(content.data(), content.size());
  if (!key || key->size() != kKeyBytes) {
    return Error{ErrorCode::InvalidParams,
                 path + " is not a key file: expected one line '" + std::string(tag) +
                     "<32 bytes in base64url>', as kiosk keygen writes it"};
  }
  return std::move(*key);
}

}  // namespace

std::string publicKeyText(std::string_view publicKey) {
  return std::string(kPublicTag) + toBase64Url(bytesOf(publicKey)) + "\n";
}

Result<void> writeKeyFiles(const std::string& path, const Ed25519Key& key) {
  std::string seed = key.seed();
  std::string secret = std::string(kPrivateTag) + toBase64Url(bytesOf(seed)) + "\n";
  auto created = createFile(path, 0600, secret);
  OPENSSL_cleanse(seed.data(), seed.size());
  OPENSSL_cleanse(secret.data(), secret.size());
  if (!created) return created;
  created = createFile(path + ".pub", 0644, publicKeyText(key.publicKey()));
  if (!created) ::unlink(path.c_str());
  return created;
}

Result<Ed25519Key> readPrivateKeyFile(const std::string& path) {
  auto seed = readKeyFile(path, kPrivateTag);
  if (!seed) return seed.error();
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && (status.st_mode & 077) != 0) {
    logWarn("the private key " + path + " can be read by others: chmod 600 it");
  }
  auto key = Ed25519Key::fromSeed(bytesOf(*seed));
  OPENSSL_cleanse(seed->data(), seed->size());
  return key;
}

Result<std::string> readPublicKeyFile(const std::string& path) {
  return readKeyFile(path, kPublicTag);
}

}  // namespace kiosk
