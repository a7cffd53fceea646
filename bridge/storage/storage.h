#pragma once
// storage.local.* and storage.secure.*: the app's own data on the host, separate for each user and
// app. The two differ in how much they take and in how it is kept: secure is sealed
// (storage_keys.h).

#include <kiosk/bridge/service.h>
#include <kiosk/bridge/storage_provider.h>

#include <cstdint>

namespace kiosk::bridge {

/// A key: characters, none of them a control character or a bidirectional override.
inline constexpr std::size_t kStorageKeyCharactersMax = 128;
/// One value as JSON text.
inline constexpr std::size_t kStorageValueBytesMax = 1'000'000;
/// Keys of one user in one app, so that `keys` fits into one frame.
inline constexpr std::int64_t kStorageItemsMax = 4096;
/// What a manifest may ask for at most.
inline constexpr std::int64_t kStorageBytesMax = 10'240 * 1024;
/// What batchGet answers at most, so that it fits into one frame.
inline constexpr std::size_t kStorageBatchBytesMax = 1'000'000;

/// One value of storage.secure as JSON text.
inline constexpr std::size_t kSecureValueBytesMax = 4096;
/// What a manifest may ask for at most.
inline constexpr std::int64_t kSecureItemsMax = 32;

/// Threads: the loop's own.
class StorageService final : public Service {
 public:
  /// Both borrowed; outlive the service.
  StorageService(KeyValueStorage& local, KeyValueStorage& secure);

  std::vector<MethodBinding> bindings() override;

 private:
  /// One of the two.
  struct Space {
    std::string prefix;  ///< "storage.local."
    KeyValueStorage& storage;
    std::size_t valueBytesMax;
    StorageQuota (*quotaOf)(const CallContext&);
  };
  using Handler = void (StorageService::*)(const Space&, const CallContext&, Reply);

  void get(const Space& space, const CallContext& context, Reply reply);
  void set(const Space& space, const CallContext& context, Reply reply);
  void remove(const Space& space, const CallContext& context, Reply reply);
  void clear(const Space& space, const CallContext& context, Reply reply);
  void keys(const Space& space, const CallContext& context, Reply reply);
  void info(const Space& space, const CallContext& context, Reply reply);
  void batchGet(const Space& space, const CallContext& context, Reply reply);
  void batchSet(const Space& space, const CallContext& context, Reply reply);

  Space local_, secure_;
};

}  // namespace kiosk::bridge
