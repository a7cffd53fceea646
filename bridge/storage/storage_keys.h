#pragma once
// The keys of storage.secure: a master key of the host's, and from it one key for each user and
// app.
//
//   keys/storage.key   KIOSK-STORAGE-KEY <id> <base64url of 32 bytes>, mode 0600
//                      the first line seals; further lines, while a rotation is under way, open
//
//   wrapping key = HKDF-SHA-256(master, info = "kiosk storage.secure v1" | user | app)
//   owner's key  = 32 random bytes, kept sealed under the wrapping key
//                  (AAD = "owner" | master's id | user | app); removed, all items are lost for good
//   item         = key and value, sealed under the owner's key
//                  (AAD = "item" | user | app | name of the item)
//   item's name  = HMAC-SHA-256(owner's key, "name" | key of the item), so that keys do not show
//
// Sealing is AES-256-GCM with a random nonce. A new master key only seals the owners' keys anew.
// docs/security/storage.md has the threat model.

#include <kiosk/bridge/storage_provider.h>
#include <kiosk/clock.h>
#include <kiosk/result.h>

#include <optional>
#include <string>
#include <vector>

namespace kiosk::bridge {

/// One master key.
struct StorageKey {
  std::string id;     ///< 16 hex digits of the key's own SHA-256
  std::string bytes;  ///< 32
};

/// The master key that seals, and those that still open.
class StorageKeys {
 public:
  /// `current` has 32 bytes.
  static Result<StorageKeys> of(std::string current);

  /// Reads `path`. Errors: NotFound     there is no such file.
  ///                       KeyInvalid   it is not of the form above.
  ///                       HostError    it cannot be read.
  static Result<StorageKeys> load(const std::string& path);
  /// Makes `path` with a new key, in one step. Errors: HostError   it is there, or the disk
  /// refused.
  static Result<void> make(const std::string& path, Random& random);
  /// Writes `path` with a new first key and the old ones behind it.
  static Result<StorageKeys> addKey(const std::string& path, Random& random);
  /// Writes `path` with its first key only.
  static Result<void> dropOldKeys(const std::string& path);

  const StorageKey& current() const { return keys_.front(); }
  const StorageKey* find(const std::string& id) const;

 private:
  std::vector<StorageKey> keys_;
};

/// The key of one owner.
class OwnerKey {
 public:
  /// A new one. Only its sealed form is ever stored.
  static OwnerKey make(StorageOwner owner, Random& random);
  /// None when `wrapped` was altered, or belongs to another owner or master key.
  static std::optional<OwnerKey> unwrap(StorageOwner owner, const StorageKey& master,
                                        const std::string& wrapped);
  OwnerKey(OwnerKey&&) noexcept = default;
  OwnerKey& operator=(OwnerKey&&) = delete;
  ~OwnerKey();

  /// base64url, for `unwrap`.
  std::string wrap(const StorageKey& master, Random& random) const;
  /// Under which an item with this key stands: 32 hex digits.
  std::string nameOf(const std::string& itemKey) const;
  /// base64url.
  std::string seal(const StorageItem& item, Random& random) const;
  /// None when the text was altered, or belongs to another item or owner.
  std::optional<StorageItem> open(const std::string& name, const std::string& sealed) const;

 private:
  OwnerKey(StorageOwner owner, std::string key) : owner_(std::move(owner)), key_(std::move(key)) {}

  StorageOwner owner_;
  std::string key_;  ///< 32 bytes
};

}  // namespace kiosk::bridge
