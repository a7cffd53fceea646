#pragma once
// Making, signing and examining packages: what `kiosk pack`, `kiosk verify` and stores are built
// of. Hosts that only load packages need <kiosk/package.h>.

#include <kiosk/clock.h>
#include <kiosk/package.h>

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/crypto.h"

namespace kiosk {

/// The unsigned `.ma` of the folder `directory`: all of its files but those whose name starts with
/// a dot, `node_modules` and `*.ma`. Same files, same bytes. Errors: NotFound         no such
/// folder.
///         package.*        as strict as for a published package: `operator` and `icons` must be
///         there. PolicyRefused    a file is a private key.
Result<std::string> packFolder(const std::string& directory);

enum class SignerRole : std::uint8_t { Developer, Reviewer, Store };

struct SignOptions {
  SignerRole role = SignerRole::Developer;
  /// Reviewer only, and then required: SHA-256 of the conformance report, 64 lower-case hex digits.
  std::string reportHash;
};

/// `package` (signed or not) with one more signature; a signature of the same key in the same role
/// is replaced. The developer signs first. The payload hash stays as it is. Errors: package.*
/// `package` is not sound, or another signs before the developer.
///         InvalidParams   `options` do not fit together, or there are 16 signatures already.
Result<std::string> signPackage(std::string_view package, const Ed25519Key& key,
                                const SignOptions& options, const Clock& clock);

/// Packs `directory` into the file `outPath`, signed as its developer by `key` (borrowed) unless
/// null. The file appears whole or not at all; one that exists is replaced. Errors: as packFolder
/// and signPackage; HostError   `outPath` cannot be written.
Result<void> writePackage(const std::string& directory, const std::string& outPath,
                          const Ed25519Key* key, const Clock& clock);

/// The bytes of the `.ma` at `path`, bounded before they are read.
/// Errors: NotFound, PackageTooLarge.
Result<std::string> readArchiveFile(const std::string& path);

/// Reads a signed `.ma` from memory; with `trust` (borrowed, may be null) as loadPackage(path,
/// trust).
Result<std::shared_ptr<const Package>> readPackage(std::string_view package,
                                                   const TrustStore* trust);

/// What `kiosk verify` says about a sound package.
struct VerifyReport {
  AppId appId;
  std::string name;
  std::string versionName;
  std::int64_t versionCode = 0;
  std::string payloadHash;
  std::size_t files = 0;
  std::uint64_t contentBytes = 0;
  std::vector<Signer> signers;
};

/// Examines the `.ma` at `path`. Errors: as loadPackage.
Result<VerifyReport> verifyPackage(const std::string& path, const TrustStore* trust);

}  // namespace kiosk
