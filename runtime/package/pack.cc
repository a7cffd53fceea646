#include "runtime/package/pack.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "runtime/package/folder.h"
#include "runtime/package/manifest.h"
#include "runtime/package/payload_hash.h"
#include "runtime/package/signing_block.h"

namespace kiosk {
namespace {

std::string roleName(SignerRole role) {
  switch (role) {
    case SignerRole::Developer:
      return "developer";
    case SignerRole::Reviewer:
      return "reviewer";
    case SignerRole::Store:
      return "store";
  }
  return {};
}

bool writeAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Replaces `path` by a file with `bytes`: whole, or as it was.
Result<void> replaceFile(const std::string& path, std::string_view bytes) {
  const std::string draft = path + ".part" + std::to_string(::getpid());
  const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) {
    return Error{ErrorCode::HostError, "cannot write " + path + ": " + std::strerror(errno)};
  }
  const bool whole = writeAll(file, bytes) && ::fsync(file) == 0;
  ::close(file);
  if (!whole || std::rename(draft.c_str(), path.c_str()) != 0) {
    const std::string why = std::strerror(errno);
    ::unlink(draft.c_str());
    return Error{ErrorCode::HostError, "cannot write " + path + ": " + why};
  }
  return {};
}

}  // namespace

Result<std::string> packFolder(const std::string& directory) {
  const auto files = readFolder(directory);
  if (!files) return files.error();
  const auto manifest = parseManifest(*files, ManifestRules::Published);
  if (!manifest) return manifest.error();
  return writeArchive(*files);
}

Result<std::string> signPackage(std::string_view package, const Ed25519Key& key,
                                const SignOptions& options, const Clock& clock) {
  const bool reviewer = options.role == SignerRole::Reviewer;
  if (reviewer ? !isHashHex(options.reportHash) : !options.reportHash.empty()) {
    return Error{
        ErrorCode::InvalidParams,
        "a reviewer's signature, and no other, names the SHA-256 of the conformance report "
        "(64 lower-case hex digits)"};
  }
  const auto layout = checkArchive(package);
  if (!layout) return layout.error();
  const bool isSigned = layout->entriesEnd != layout->directoryOffset;
  if (isSigned || options.role != SignerRole::Developer) {
    // Nobody signs what does not hold, and the developer signs first.
    if (auto sound = readPackage(package, nullptr); !sound) return sound.error();
  }
  const auto files = unpackArchive(package, *layout);
  if (!files) return files.error();
  const auto manifest = parseManifest(*files, ManifestRules::Published);
  if (!manifest) return manifest.error();

  std::vector<BlockSignature> signatures;
  if (isSigned) {
    auto present = readSigningBlock(
        package.substr(layout->entriesEnd, layout->directoryOffset - layout->entriesEnd));
    if (!present) return present.error();
    signatures = std::move(*present);
  }
  SignedPayload payload;
  payload.appId = manifest->appId.value;
  payload.versionCode = manifest->versionCode;
  payload.role = roleName(options.role);
  payload.fileHash = fileHashHex(package, *layout);
  payload.payloadHash = payloadHashHex(*files);
  payload.reportHash = options.reportHash;
  payload.timeSeconds = std::max<std::int64_t>(clock.wallMs() / 1000, 0);
  std::erase_if(signatures, [&](const BlockSignature& present) {
    return present.publicKey == key.publicKey() && present.payload.role == payload.role;
  });
  if (signatures.size() == kSignaturesMax) {
    return Error{ErrorCode::InvalidParams, "the package has 16 signatures already"};
  }
  signatures.push_back(signPayload(std::move(payload), key));
  return withSigningBlock(package, *layout, writeSigningBlock(std::move(signatures)));
}

Result<void> writePackage(const std::string& directory, const std::string& outPath,
                          const Ed25519Key* key, const Clock& clock) {
  auto package = packFolder(directory);
  if (package && key != nullptr) package = signPackage(*package, *key, {}, clock);
  if (!package) return package.error();
  return replaceFile(outPath, *package);
}

}  // namespace kiosk
