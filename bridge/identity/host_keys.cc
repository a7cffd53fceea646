#include "bridge/identity/host_keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

namespace kiosk::bridge {
namespace {

constexpr std::string_view kSecretTag = "KIOSK-SECRET ";
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kSecretFileBytesMax = 128;

std::string textOf(const Sha256Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

Error failed(const std::string& what, const std::string& path) {
  return {ErrorCode::HostError, what + " " + path + ": " + std::strerror(errno)};
}

Error missingKey(const std::string& path) {
  return {ErrorCode::HostError,
          "the host's key " + path +
              " is missing although the host has data: restore it from a backup, "
              "for another key would give every user another id"};
}

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

/// Gives `temporary` its name for good. Another process may have been first: then its file stands.
Result<void> publish(const std::string& temporary, const std::string& path) {
  const int linked = ::link(temporary.c_str(), path.c_str());
  const int error = errno;
  ::unlink(temporary.c_str());
  errno = error;
  if (linked != 0 && errno != EEXIST) return failed("cannot make", path);
  return {};
}

Result<void> syncFolder(const std::string& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return failed("cannot open", folder);
  const int synced = ::fsync(fd);
  ::close(fd);
  if (synced != 0) return failed("cannot sync", folder);
  return {};
}

Result<void> writePrivateFile(const std::string& path, std::string_view text) {
  ::unlink(path.c_str());
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return failed("cannot make", path);
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(fd) == 0;
  ::close(fd);
  if (!written) return failed("cannot write", path);
  return {};
}

std::string temporaryName(const std::string& path) {
  return path + ".new." + std::to_string(::getpid());
}

Result<void> makeSecret(const std::string& path, Random& random) {
  std::array<std::uint8_t, kSecretBytes> secret{};
  random.fill(secret);
  const std::string temporary = temporaryName(path);
  auto written = writePrivateFile(temporary, std::string(kSecretTag) + toBase64Url(secret) + "\n");
  if (!written) return written;
  return publish(temporary, path);
}

Result<void> makeSigningKey(const std::string& path, Random& random) {
  const std::string temporary = temporaryName(path);
  ::unlink(temporary.c_str());
  ::unlink((temporary + ".pub").c_str());
  auto written = writeKeyFiles(temporary, Ed25519Key::generate(random));
  if (!written) return written;
  auto published = publish(temporary + ".pub", path + ".pub");
  if (!published) return published;
  return publish(temporary, path);
}

/// A crash between the two files of a new key leaves a public key that is not this one's.
Result<void> repairPublicKey(const std::string& path, const Ed25519Key& key) {
  const auto present = readPublicKeyFile(path);
  if (present && *present == key.publicKey()) return {};
  const std::string temporary = temporaryName(path);
  auto written = writePrivateFile(temporary, publicKeyText(key.publicKey()));
  if (!written) return written;
  if (::rename(temporary.c_str(), path.c_str()) != 0) return failed("cannot make", path);
  return {};
}

Result<std::string> readSecret(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string line(kSecretFileBytesMax, '\0');
  file.read(line.data(), static_cast<std::streamsize>(line.size()));
  line.resize(static_cast<std::size_t>(file.gcount()));
  if (!line.empty() && line.back() == '\n') line.pop_back();
  if (line.compare(0, kSecretTag.size(), kSecretTag) == 0) {
    auto secret = fromBase64Url(std::string_view(line).substr(kSecretTag.size()));
    if (secret && secret->size() == kSecretBytes) return std::move(*secret);
  }
  return Error{ErrorCode::KeyInvalid,
               path + " is not a host secret: one line, KIOSK-SECRET and 32 bytes in base64url"};
}

/// An injective text of several parts, so that no two pairs give one HMAC input.
void appendPart(std::string& text, std::string_view part) {
  text += std::to_string(part.size());
  text += ':';
  text += part;
}

std::string sectorOf(const Package& package) {
  for (const Signer& signer : package.signers) {
    if (signer.role == "developer") return "developer " + signer.publicKeyHex;
  }
  return "folder " + package.manifest.appId.value;
}

}  // namespace

HostKeys::HostKeys(std::string secret, Ed25519Key signing) : signing_(std::move(signing)) {
  KIOSK_CHECK(secret.size() == kSecretBytes, "a host secret has 32 bytes");
  pairwiseKey_ = textOf(hmacSha256(bytesOf(secret), bytesOf("kiosk pairwise id v1")));
  botKey_ = textOf(hmacSha256(bytesOf(secret), bytesOf("kiosk bot token v1")));
  pseudonymKey_ = textOf(hmacSha256(bytesOf(secret), bytesOf("kiosk erased user v1")));
  signingKeyId_ = keyIdOf(signing_.publicKey());
}

Result<HostKeys> HostKeys::load(const std::string& folder, Random& random, MissingKeys missing) {
  const std::string secretPath = folder + "/secret.key";
  const std::string signingPath = folder + "/host.key";
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return failed("cannot make", folder);
  bool made = false;
  for (const std::string& path : {secretPath, signingPath}) {
    if (exists(path)) continue;
    if (missing == MissingKeys::Refuse) return missingKey(path);
    auto written = path == secretPath ? makeSecret(path, random) : makeSigningKey(path, random);
    if (!written) return written.error();
    made = true;
  }
  if (made) {
    auto synced = syncFolder(folder);
    if (!synced) return synced.error();
  }
  auto secret = readSecret(secretPath);
  if (!secret) return secret.error();
  auto signing = readPrivateKeyFile(signingPath);
  if (!signing) return signing.error();
  if (auto matches = repairPublicKey(signingPath + ".pub", *signing); !matches) {
    return matches.error();
  }
  return HostKeys(std::move(*secret), std::move(*signing));
}

Result<std::string> HostKeys::rotateSigning(const std::string& folder, Random& random) {
  const std::string path = folder + "/host.key", retired = folder + "/retired";
  auto old = readPrivateKeyFile(path);
  if (!old) return old.error();
  const std::string id = keyIdOf(old->publicKey());
  if (::mkdir(retired.c_str(), 0700) != 0 && errno != EEXIST) return failed("cannot make", retired);
  // In this order: whatever a crash leaves, the key that signs is known to those who verify.
  const std::string temporary = temporaryName(retired + "/" + id);
  auto kept = writePrivateFile(temporary, publicKeyText(old->publicKey()));
  if (!kept) return kept.error();
  const std::string keptPath = retired + "/" + id + ".pub";
  if (::rename(temporary.c_str(), keptPath.c_str()) != 0) return failed("cannot make", keptPath);
  if (auto synced = syncFolder(retired); !synced) return synced.error();
  const std::string fresh = temporaryName(path);
  ::unlink(fresh.c_str());
  ::unlink((fresh + ".pub").c_str());
  auto written = writeKeyFiles(fresh, Ed25519Key::generate(random));
  if (!written) return written.error();
  if (::rename((fresh + ".pub").c_str(), (path + ".pub").c_str()) != 0 ||
      ::rename(fresh.c_str(), path.c_str()) != 0) {
    return failed("cannot replace", path);
  }
  if (auto synced = syncFolder(folder); !synced) return synced.error();
  return id;
}

Result<AuditKeys> HostKeys::publicKeys(const std::string& folder) {
  AuditKeys keys;
  std::vector<std::string> paths = {folder + "/host.key.pub"};
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/retired", none)) {
    if (entry.path().extension() == ".pub") paths.push_back(entry.path().string());
  }
  for (const std::string& path : paths) {
    auto key = readPublicKeyFile(path);
    if (!key) return key.error();
    keys.emplace(keyIdOf(*key), *key);
  }
  return keys;
}

std::string HostKeys::pairwiseId(const UserId& user, const Package& package) const {
  std::string text;
  appendPart(text, sectorOf(package));
  appendPart(text, user.value);
  return toBase64Url(hmacSha256(bytesOf(pairwiseKey_), bytesOf(text)));
}

std::string HostKeys::pseudonym(const UserId& user) const {
  return toHex(hmacSha256(bytesOf(pseudonymKey_), bytesOf(user.value)));
}

std::string HostKeys::botToken(const AppId& app) const {
  return app.value + ":" + toBase64Url(hmacSha256(bytesOf(botKey_), bytesOf(app.value)));
}

std::string keyIdOf(std::string_view publicKey) {
  const Sha256Digest digest = sha256(bytesOf(publicKey));
  return toHex(Bytes(digest).first(16));
}

AuditSigner auditSigner(const HostKeys& keys) {
  return {keys.signingKeyId(),
          [&keys](std::string_view text) { return keys.signing().sign(bytesOf(text)); }};
}

}  // namespace kiosk::bridge
