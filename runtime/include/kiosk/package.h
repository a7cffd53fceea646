#pragma once
// A mini-app as its package declares it, and the files that the guest may read.
//
// A Package in memory is always one that passed every check of runtime/package: whoever holds one
// needs no further checks.

#include <kiosk/ids.h>
#include <kiosk/result.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// A right that the manifest declares, with the words the app gives for it.
struct DeclaredPermission {
  std::string name;     ///< e.g. "identity.basic"
  std::string reason;   ///< the app's own words, shown as a quotation; at most 200 characters
  std::string purpose;  ///< one purpose, e.g. "delivery"; at most 80 characters
  std::optional<int> retentionDays;
};

/// Who answers for the app in law. Shown by the host.
struct Operator {
  std::string name, inn, ogrn, address, email, phone, privacyPolicyUrl, termsUrl, ageRating;
};

struct PaymentsDeclaration {
  std::string merchantId;
  std::vector<std::string> methods;     ///< "sbp", "card", "wallet"
  std::vector<std::string> currencies;  ///< ISO 4217, e.g. "RUB"
  std::int64_t maxAmountMinor = 0;      ///< 0: no cap of the app's own
  bool recurring = false;
};

struct IdentityDeclaration {
  std::vector<std::string>
      claims;  ///< "fullname", "birthdate", "id_doc", "snils", "inn", "mobile", "email"
  std::string assurance = "basic";  ///< "basic", "verified" or "gov"
};

struct MessagesDeclaration {
  std::vector<std::string> templates;  ///< names, each [a-z0-9_.-], at most 64 bytes
  bool writeAccess = false;
};

/// Where the app may connect to. Absent or empty: nowhere.
struct NetworkDeclaration {
  std::vector<std::string> domains;     ///< "https://api.example.ru", "wss://*.example.ru"
  std::vector<std::string> devDomains;  ///< for Provenance::Development only; localhost allowed
  std::string reason;
};

/// Ceilings that the app puts on itself. The host takes the smaller of these and its own.
struct BudgetDeclaration {
  std::optional<std::uint32_t> cpuMsPerTurn, heapMiB, callsPerMinute, privacyPoints, promptsPerDay,
      notificationsPerDay;
};

struct Icon {
  std::string path;   ///< a file of the package
  std::string sizes;  ///< e.g. "48x48"; may be empty
  std::string label;  ///< may be empty
};

/// What people read of a manifest, in one language.
struct ManifestTexts {
  struct Words {
    std::string reason, purpose;
  };
  std::string name, shortName, description;
  std::map<std::string, Words, std::less<>> permissions;  ///< by name; every declared one
};

/// `manifest.json`, parsed and checked. See docs/manifest.md for each field.
struct Manifest {
  AppId appId;
  std::string name;         ///< at most 45 characters
  std::string shortName;    ///< at most 12 characters; `name` cut where absent
  std::string description;  ///< at most 500 characters
  std::vector<Icon> icons;  ///< may be empty in development only
  std::string versionName;
  std::int64_t versionCode = 0;
  std::int64_t platformMinCode = 1;
  std::string entry = "app.js";  ///< a file of the package
  std::string lang = "en";
  std::vector<std::string> pages;  ///< at least one; the first is the start page
  std::vector<DeclaredPermission> requiredPermissions;
  std::vector<DeclaredPermission> optionalPermissions;
  std::optional<PaymentsDeclaration> payments;
  IdentityDeclaration identity;
  MessagesDeclaration messages;
  NetworkDeclaration network;
  BudgetDeclaration budget;
  std::optional<Operator> appOperator;  ///< absent in development only
  std::uint32_t storageLocalKiB = 10'240;
  std::uint32_t storageSecureKeys = 32;
  bool storageCloud = false;
  std::vector<std::string> compat;  ///< shims to inject, e.g. "telegram-webapp@9"

  /// By language tag: of each `i18n/<tag>.json` beside that of `lang`, when a text is `%name%`.
  std::map<std::string, ManifestTexts, std::less<>> translations;

  /// The texts for a reader of `language` (BCP 47): of that tag, else of its first subtag, else the
  /// manifest's own.
  ManifestTexts textsFor(std::string_view language) const;
  /// The declaration of `permission`, required or optional; null when it is not declared. Borrowed.
  const DeclaredPermission* declared(std::string_view permission) const;
};

/// One signature of the signing block that verified.
struct Signer {
  std::string role;              ///< "developer", "reviewer" or "store"
  std::string keyId;             ///< first 16 bytes of SHA-256 of the raw public key, hex
  std::string publicKeyHex;      ///< 32 bytes, hex
  std::int64_t timeSeconds = 0;  ///< when it says it signed, seconds since 1970
  std::string reportHash;        ///< the reviewer's only: hex SHA-256 of the report it binds
  bool trusted = false;          ///< the key is in the caller's trust store
};

/// Where a package came from, which decides what its users are told about it.
enum class Provenance : std::uint8_t {
  Signed,       ///< a `.ma` with a sound developer signature
  Development,  ///< a folder on the developer's own machine
};

struct Package {
  Manifest manifest;
  Provenance provenance = Provenance::Development;
  /// SHA-256 over the sorted (name, size, sha256(content)) list, hex: the identity of the code.
  std::string payloadHash;
  std::vector<Signer> signers;
  /// Path inside the package → bytes. Paths are relative, UTF-8, with `/`, without `.` and `..`.
  std::map<std::string, std::string, std::less<>> files;
};

/// The public keys whose signatures a host believes.
class TrustStore {
 public:
  /// Reads a file with one key a line as `kiosk keygen` writes it to FILE.pub, then optionally a
  /// label; empty lines and lines that start with # are skipped. Errors: NotFound        the file
  /// cannot be read.
  ///         InvalidParams   a line is neither; the message gives its number.
  static Result<TrustStore> readFile(const std::string& path);

  /// Trusts `publicKey`, 32 raw bytes.
  void add(std::string publicKey, std::string label = {});
  bool trusts(std::string_view publicKey) const { return labels_.contains(publicKey); }
  /// The label of a trusted key; empty when it has none or is not trusted.
  std::string labelOf(std::string_view publicKey) const;
  std::size_t size() const { return labels_.size(); }

 private:
  std::map<std::string, std::string, std::less<>> labels_;  ///< raw key → label
};

/// Loads a folder (Provenance::Development) or a signed `.ma`, believing whatever key signed it:
/// for development, and for tools that show whose package it is. Errors: NotFound, and the
/// package.* codes; the message names the file or the field, what is wrong,
///         what is allowed.
Result<std::shared_ptr<const Package>> loadPackage(const std::string& path);

/// Loads a `.ma` of which at least one signer is in `trust`, as a host in production does.
/// Errors: as above, and PackageUntrusted   no signer is trusted, or `path` is a folder.
Result<std::shared_ptr<const Package>> loadPackage(const std::string& path,
                                                   const TrustStore& trust);

}  // namespace kiosk
