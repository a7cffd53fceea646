#include "bridge/storage/storage_keys.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <initializer_list>
#include <sstream>

#include "runtime/base/crypto.h"
#include "runtime/base/fd.h"

namespace kiosk::bridge {
namespace {

constexpr std::string_view kTag = "KIOSK-STORAGE-KEY";
constexpr std::string_view kPurpose = "kiosk storage.secure v1";
constexpr std::size_t kKeyBytes = 32, kIdDigits = 16, kNameBytes = 16, kKeysMax = 8;
constexpr std::size_t kFileBytesMax = 1024;

Error diskError(const std::string& what, const std::string& path) {
  return {ErrorCode::HostError, what + " " + path + ": " + std::strerror(errno)};
}

/// An injective text of several parts.
void appendPart(std::string& text, std::string_view part) {
  ((text += std::to_string(part.size())) += ':') += part;
}

std::string textOf(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

StorageKey withId(std::string bytes) {
  auto id = sha256Hex("kiosk storage key id" + bytes).substr(0, kIdDigits);
  return {std::move(id), std::move(bytes)};
}

std::string randomKey(Random& random) {
  std::array<std::uint8_t, kKeyBytes> bytes{};
  random.fill(bytes);
  return textOf(bytes);
}

std::string associated(std::initializer_list<std::string_view> parts) {
  std::string text(kPurpose);
  for (const auto part : parts) appendPart(text, part);
  return text;
}

Sha256Digest wrappingKey(const StorageKey& master, const StorageOwner& owner) {
  const auto info = associated({owner.user.value, owner.app.value});
  return hkdfSha256(bytesOf(master.bytes), {}, bytesOf(info));
}

std::string lineOf(const StorageKey& key) {
  return std::string(kTag) + " " + key.id + " " + toBase64Url(bytesOf(key.bytes)) + "\n";
}

Result<void> syncFolderOf(const std::string& path) {
  const auto slash = path.rfind('/');
  const auto folder = slash == std::string::npos ? std::string(".") : path.substr(0, slash);
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || ::fsync(fd.get()) != 0) return diskError("cannot sync", folder);
  return {};
}

/// Writes `text` under a name of its own and moves it to `path` in one step.
Result<void> replaceFile(const std::string& path, std::string_view text) {
  const auto temporary = path + ".new." + std::to_string(::getpid());
  ::unlink(temporary.c_str());
  {
    const Fd fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!fd) return diskError("cannot make", temporary);
    if (::write(fd.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
        ::fsync(fd.get()) != 0) {
      const auto problem = diskError("cannot write", temporary);
      ::unlink(temporary.c_str());
      return problem;
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const auto problem = diskError("cannot make", path);
    ::unlink(temporary.c_str());
    return problem;
  }
  return syncFolderOf(path);
}

}  // namespace

Result<StorageKeys> StorageKeys::of(std::string current) {
  if (current.size() != kKeyBytes) {
    return Error{ErrorCode::KeyInvalid, "the key of storage.secure has 32 bytes"};
  }
  StorageKeys keys;
  keys.keys_.push_back(withId(std::move(current)));
  return keys;
}

Result<StorageKeys> StorageKeys::load(const std::string& path) {
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) {
    if (errno == ENOENT) return Error{ErrorCode::NotFound, "there is no key file " + path};
    return diskError("cannot read", path);
  }
  std::string text(kFileBytesMax, '\0');
  const auto got = ::read(fd.get(), text.data(), text.size());
  if (got < 0) return diskError("cannot read", path);
  text.resize(static_cast<std::size_t>(got));
  std::istringstream lines(text);
  OPENSSL_cleanse(text.data(), text.size());
  StorageKeys keys;
  for (std::string tag, id, digits; lines >> tag >> id >> digits;) {
    auto bytes = fromBase64Url(digits);
    const bool good = tag == kTag && bytes && bytes->size() == kKeyBytes &&
                      keys.keys_.size() < kKeysMax && withId(*bytes).id == id;
    if (!good) {
      keys.keys_.clear();
      break;
    }
    keys.keys_.push_back(withId(std::move(*bytes)));
  }
  if (keys.keys_.empty()) {
    return Error{ErrorCode::KeyInvalid, path +
                                            " is not a key file of storage.secure: lines of "
                                            "KIOSK-STORAGE-KEY, an id and 32 bytes in base64url"};
  }
  return keys;
}

Result<void> StorageKeys::make(const std::string& path, Random& random) {
  return replaceFile(path, lineOf(withId(randomKey(random))));
}

Result<StorageKeys> StorageKeys::addKey(const std::string& path, Random& random) {
  auto keys = load(path);
  if (!keys) return keys;
  if (keys->keys_.size() >= kKeysMax) {
    return Error{ErrorCode::HostError, path + " holds too many keys: a rotation did not end"};
  }
  keys->keys_.insert(keys->keys_.begin(), withId(randomKey(random)));
  std::string text;
  for (const auto& key : keys->keys_) text += lineOf(key);
  auto written = replaceFile(path, text);
  OPENSSL_cleanse(text.data(), text.size());
  if (!written) return written.error();
  return keys;
}

Result<void> StorageKeys::dropOldKeys(const std::string& path) {
  auto keys = load(path);
  if (!keys) return keys.error();
  return replaceFile(path, lineOf(keys->current()));
}

const StorageKey* StorageKeys::find(const std::string& id) const {
  for (const auto& key : keys_) {
    if (key.id == id) return &key;
  }
  return nullptr;
}

OwnerKey OwnerKey::make(StorageOwner owner, Random& random) {
  return {std::move(owner), randomKey(random)};
}

std::optional<OwnerKey> OwnerKey::unwrap(StorageOwner owner, const StorageKey& master,
                                         const std::string& wrapped) {
  const auto sealed = fromBase64Url(wrapped);
  if (!sealed) return std::nullopt;
  auto key = aeadOpen(wrappingKey(master, owner),
                      bytesOf(associated({"owner", master.id, owner.user.value, owner.app.value})),
                      bytesOf(*sealed));
  if (!key || key->size() != kKeyBytes) return std::nullopt;
  return OwnerKey(std::move(owner), *std::move(key));
}

OwnerKey::~OwnerKey() { OPENSSL_cleanse(key_.data(), key_.size()); }

std::string OwnerKey::wrap(const StorageKey& master, Random& random) const {
  return toBase64Url(bytesOf(
      aeadSeal(wrappingKey(master, owner_),
               bytesOf(associated({"owner", master.id, owner_.user.value, owner_.app.value})),
               bytesOf(key_), random)));
}

std::string OwnerKey::nameOf(const std::string& itemKey) const {
  const auto digest = hmacSha256(bytesOf(key_), bytesOf("name " + itemKey));
  return toHex(Bytes(digest).first(kNameBytes));
}

std::string OwnerKey::seal(const StorageItem& item, Random& random) const {
  std::string plain;
  appendPart(plain, item.key);
  plain += item.valueJson;
  const auto whose = associated({"item", owner_.user.value, owner_.app.value, nameOf(item.key)});
  const auto sealed = aeadSeal(bytesOf(key_), bytesOf(whose), bytesOf(plain), random);
  OPENSSL_cleanse(plain.data(), plain.size());
  return toBase64Url(bytesOf(sealed));
}

std::optional<StorageItem> OwnerKey::open(const std::string& name,
                                          const std::string& sealed) const {
  const auto bytes = fromBase64Url(sealed);
  if (!bytes) return std::nullopt;
  const auto whose = associated({"item", owner_.user.value, owner_.app.value, name});
  const auto plain = aeadOpen(bytesOf(key_), bytesOf(whose), bytesOf(*bytes));
  if (!plain) return std::nullopt;
  const auto colon = plain->find(':');
  if (colon == std::string::npos) return std::nullopt;
  const auto size = static_cast<std::size_t>(std::strtoul(plain->c_str(), nullptr, 10));
  if (size > plain->size() - colon - 1) return std::nullopt;
  return StorageItem{plain->substr(colon + 1, size), plain->substr(colon + 1 + size)};
}

}  // namespace kiosk::bridge
