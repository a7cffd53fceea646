#include <kiosk/package.h>

#include <filesystem>
#include <fstream>
#include <system_error>

#include "runtime/base/guard.h"
#include "runtime/package/folder.h"
#include "runtime/package/manifest.h"
#include "runtime/package/pack.h"
#include "runtime/package/payload_hash.h"
#include "runtime/package/signing_block.h"

namespace kiosk {
namespace {

Result<std::shared_ptr<const Package>> loadFolder(const std::string& path) {
  auto files = readFolder(path);
  if (!files) return files.error();
  auto manifest = parseManifest(*files, ManifestRules::Development);
  if (!manifest) return manifest.error();
  auto package = std::make_shared<Package>();
  package->manifest = std::move(*manifest);
  package->provenance = Provenance::Development;
  package->payloadHash = payloadHashHex(*files);
  package->files = std::move(*files);
  return std::shared_ptr<const Package>(std::move(package));
}

Signer signerOf(const BlockSignature& signature, const TrustStore* trust) {
  Signer signer;
  signer.role = signature.payload.role;
  signer.keyId = keyIdOf(signature.publicKey);
  signer.publicKeyHex = toHex(bytesOf(signature.publicKey));
  signer.timeSeconds = signature.payload.timeSeconds;
  signer.reportHash = signature.payload.reportHash;
  signer.trusted = trust != nullptr && trust->trusts(signature.publicKey);
  return signer;
}

/// The signers of `archive`, none of whom has seen other bytes than these.
Result<std::vector<Signer>> checkSigners(const std::vector<BlockSignature>& signatures,
                                         const std::string& fileHash, const TrustStore* trust) {
  std::vector<Signer> signers;
  bool developer = false, trusted = false;
  for (const auto& signature : signatures) {
    if (!KIOSK_GUARD("package.bytes", signature.payload.fileHash == fileHash)) {
      return Error{ErrorCode::PackageHashMismatch,
                   "the " + signature.payload.role + " signed other bytes than these"};
    }
    signers.push_back(signerOf(signature, trust));
    developer = developer || signature.payload.role == "developer";
    trusted = trusted || signers.back().trusted;
  }
  if (!KIOSK_GUARD("package.developer", developer)) {
    return Error{ErrorCode::PackageUnsigned, "the package is not signed by its developer"};
  }
  if (!KIOSK_GUARD("package.trusted", trust == nullptr || trusted)) {
    return Error{ErrorCode::PackageUntrusted,
                 "none of the keys that signed the package is trusted here (developer's key: " +
                     signers.front().keyId + ")"};
  }
  return signers;
}

/// What the signatures say against what the package holds.
Result<void> checkPayloads(const std::vector<BlockSignature>& signatures, const Package& package) {
  for (const auto& [payload, publicKey, signature] : signatures) {
    if (!KIOSK_GUARD("package.files", payload.payloadHash == package.payloadHash)) {
      return Error{ErrorCode::PackageHashMismatch, "the " + payload.role + " signed other files"};
    }
    if (!KIOSK_GUARD("package.identity", payload.appId == package.manifest.appId.value &&
                                             payload.versionCode == package.manifest.versionCode)) {
      return Error{ErrorCode::PackageSignatureInvalid,
                   "the " + payload.role + " signed another app_id or version than the manifest's"};
    }
  }
  return {};
}

Result<std::shared_ptr<const Package>> loadFrom(const std::string& path, const TrustStore* trust) {
  auto bytes = readArchiveFile(path);
  if (!bytes) return bytes.error();
  return readPackage(*bytes, trust);
}

bool isFolder(const std::string& path) {
  std::error_code problem;
  return std::filesystem::is_directory(path, problem);
}

}  // namespace

Result<std::string> readArchiveFile(const std::string& path) {
  std::error_code problem;
  const bool regular = std::filesystem::is_regular_file(path, problem);
  const std::uintmax_t size = regular ? std::filesystem::file_size(path, problem) : 0;
  std::ifstream file(path, std::ios::binary);
  if (!regular || problem || !file) {
    return Error{ErrorCode::NotFound, "there is no folder and no readable file " + path};
  }
  if (size > kArchiveBytesMax) {
    return Error{ErrorCode::PackageTooLarge, path + " is larger than 72 MiB"};
  }
  std::string bytes(static_cast<std::size_t>(size), '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

const DeclaredPermission* Manifest::declared(std::string_view permission) const {
  for (const auto* list : {&requiredPermissions, &optionalPermissions}) {
    for (const auto& permissionEntry : *list) {
      if (permissionEntry.name == permission) return &permissionEntry;
    }
  }
  return nullptr;
}

ManifestTexts Manifest::textsFor(std::string_view language) const {
  for (const auto tag : {language, language.substr(0, language.find('-'))}) {
    if (tag == lang) break;
    if (const auto found = translations.find(tag); found != translations.end())
      return found->second;
  }
  ManifestTexts own{name, shortName, description, {}};
  for (const auto* list : {&requiredPermissions, &optionalPermissions}) {
    for (const auto& entry : *list) own.permissions[entry.name] = {entry.reason, entry.purpose};
  }
  return own;
}

// Cheap checks first, and nothing is unpacked before a signature over all bytes has verified.
Result<std::shared_ptr<const Package>> readPackage(std::string_view bytes,
                                                   const TrustStore* trust) {
  const auto layout = checkArchive(bytes);
  if (!layout) return layout.error();
  if (!KIOSK_GUARD("package.signed", layout->entriesEnd != layout->directoryOffset)) {
    return Error{ErrorCode::PackageUnsigned,
                 "the package is not signed: sign it with kiosk pack --key, or run its folder"};
  }
  const auto signatures = readSigningBlock(
      bytes.substr(layout->entriesEnd, layout->directoryOffset - layout->entriesEnd));
  if (!signatures) return signatures.error();
  auto signers = checkSigners(*signatures, fileHashHex(bytes, *layout), trust);
  if (!signers) return signers.error();
  auto files = unpackArchive(bytes, *layout);
  if (!files) return files.error();
  auto manifest = parseManifest(*files, ManifestRules::Published);
  if (!manifest) return manifest.error();

  auto package = std::make_shared<Package>();
  package->manifest = std::move(*manifest);
  package->provenance = Provenance::Signed;
  package->payloadHash = payloadHashHex(*files);
  package->signers = std::move(*signers);
  package->files = std::move(*files);
  if (auto checked = checkPayloads(*signatures, *package); !checked) return checked.error();
  return std::shared_ptr<const Package>(std::move(package));
}

Result<std::shared_ptr<const Package>> loadPackage(const std::string& path) {
  return isFolder(path) ? loadFolder(path) : loadFrom(path, nullptr);
}

Result<std::shared_ptr<const Package>> loadPackage(const std::string& path,
                                                   const TrustStore& trust) {
  if (isFolder(path)) {
    return Error{ErrorCode::PackageUntrusted,
                 path + " is a folder, which nobody signed: pack and sign it"};
  }
  return loadFrom(path, &trust);
}

Result<VerifyReport> verifyPackage(const std::string& path, const TrustStore* trust) {
  const auto package = loadFrom(path, trust);
  if (!package) return package.error();
  const Package& sound = **package;
  VerifyReport report;
  report.appId = sound.manifest.appId;
  report.name = sound.manifest.name;
  report.versionName = sound.manifest.versionName;
  report.versionCode = sound.manifest.versionCode;
  report.payloadHash = sound.payloadHash;
  report.files = sound.files.size();
  for (const auto& [name, content] : sound.files) report.contentBytes += content.size();
  report.signers = sound.signers;
  return report;
}

}  // namespace kiosk
