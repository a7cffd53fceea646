#include "bridge/storage/storage.h"

#include <algorithm>
#include <set>
#include <utility>

#include "runtime/base/encoding.h"
#include "runtime/base/json.h"
#include "runtime/base/short_text.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kCodePointBytesMax = 4;
/// Keeps the quotes and the commas of an answer inside the frame.
constexpr std::size_t kItemOverheadBytes = 32;

StorageOwner ownerOf(const CallContext& context) {
  return {context.session.user, context.session.manifest().appId};
}

StorageQuota localQuota(const CallContext& context) {
  const std::int64_t declared = std::int64_t{context.session.manifest().storageLocalKiB} * 1024;
  return {.bytesMax = std::min(declared, kStorageBytesMax), .itemsMax = kStorageItemsMax};
}

StorageQuota secureQuota(const CallContext& context) {
  const auto items =
      std::min<std::int64_t>(context.session.manifest().storageSecureKeys, kSecureItemsMax);
  constexpr auto kItemBytesMax =
      kStorageKeyCharactersMax * kCodePointBytesMax + kSecureValueBytesMax;
  return {.bytesMax = items * static_cast<std::int64_t>(kItemBytesMax), .itemsMax = items};
}

bool isKey(const std::string& key) {
  return !key.empty() && key.size() <= kStorageKeyCharactersMax * kCodePointBytesMax &&
         isPrintable(key) && codePoints(key) <= kStorageKeyCharactersMax;
}

Error badKey() {
  return {ErrorCode::KeyInvalid,
          "a key is 1 to 128 characters without control characters and bidirectional overrides"};
}

Result<StorageItem> itemOf(const nlohmann::json& pair, std::size_t valueBytesMax) {
  StorageItem item{pair["key"].get<std::string>(), dumpJson(pair["value"])};
  if (!isKey(item.key)) return badKey();
  if (item.valueJson.size() > valueBytesMax) {
    return Error{ErrorCode::PayloadTooLarge,
                 "a value takes at most " + std::to_string(valueBytesMax) + " bytes as JSON text"};
  }
  return item;
}

/// What was stored, parsed again: it came in as one frame, so it fits the bounds of one.
Result<nlohmann::json> valueOf(const StorageItem& item) {
  auto value = parseJson(item.valueJson);
  if (!value) return Error{ErrorCode::HostError, "the stored value cannot be read"};
  return value;
}

/// The reply for use in callbacks. Owner: the callback alone; std::function wants a copyable thing.
std::shared_ptr<Reply> keep(Reply reply) { return std::make_shared<Reply>(std::move(reply)); }

}  // namespace

StorageService::StorageService(KeyValueStorage& local, KeyValueStorage& secure)
    : local_{"storage.local.", local, kStorageValueBytesMax, &localQuota},
      secure_{"storage.secure.", secure, kSecureValueBytesMax, &secureQuota} {}

std::vector<MethodBinding> StorageService::bindings() {
  static constexpr std::pair<const char*, Handler> kHandlers[] = {
      {"get", &StorageService::get},           {"set", &StorageService::set},
      {"remove", &StorageService::remove},     {"clear", &StorageService::clear},
      {"keys", &StorageService::keys},         {"info", &StorageService::info},
      {"batchGet", &StorageService::batchGet}, {"batchSet", &StorageService::batchSet}};
  std::vector<MethodBinding> all;
  for (const Space* space : {&local_, &secure_}) {
    for (const auto& [name, handler] : kHandlers) {
      all.push_back(
          {space->prefix + name, [this, space, handler = handler](ContextPtr context, Reply reply) {
             (this->*handler)(*space, *context, std::move(reply));
           }});
    }
  }
  return all;
}

void StorageService::get(const Space& space, const CallContext& context, Reply reply) {
  const std::string key = context.params["key"].get<std::string>();
  if (!isKey(key)) return reply.error(badKey());
  space.storage.read(ownerOf(context), {key},
                     [pending = keep(std::move(reply))](Result<std::vector<StorageItem>> items) {
                       if (!items) return pending->error(items.error());
                       if (items->empty())
                         return pending->result({{"found", false}, {"value", nullptr}});
                       auto value = valueOf(items->front());
                       if (!value) return pending->error(value.error());
                       pending->result({{"found", true}, {"value", std::move(*value)}});
                     });
}

void StorageService::set(const Space& space, const CallContext& context, Reply reply) {
  auto item = itemOf(context.params, space.valueBytesMax);
  if (!item) return reply.error(item.error());
  space.storage.write(ownerOf(context), {std::move(*item)}, space.quotaOf(context),
                      [pending = keep(std::move(reply))](Result<void> written) {
                        if (!written) return pending->error(written.error());
                        pending->result(nlohmann::json::object());
                      });
}

void StorageService::remove(const Space& space, const CallContext& context, Reply reply) {
  const std::string key = context.params["key"].get<std::string>();
  if (!isKey(key)) return reply.error(badKey());
  space.storage.remove(ownerOf(context), key,
                       [pending = keep(std::move(reply))](Result<bool> removed) {
                         if (!removed) return pending->error(removed.error());
                         pending->result({{"removed", *removed}});
                       });
}

void StorageService::clear(const Space& space, const CallContext& context, Reply reply) {
  space.storage.clear(ownerOf(context),
                      [pending = keep(std::move(reply))](Result<std::int64_t> count) {
                        if (!count) return pending->error(count.error());
                        pending->result({{"removed", *count}});
                      });
}

void StorageService::keys(const Space& space, const CallContext& context, Reply reply) {
  space.storage.keys(ownerOf(context),
                     [pending = keep(std::move(reply))](Result<std::vector<std::string>> keys) {
                       if (!keys) return pending->error(keys.error());
                       pending->result({{"keys", *keys}});
                     });
}

void StorageService::info(const Space& space, const CallContext& context, Reply reply) {
  const StorageQuota quota = space.quotaOf(context);
  space.storage.use(ownerOf(context),
                    [pending = keep(std::move(reply)), quota](Result<StorageUse> use) {
                      if (!use) return pending->error(use.error());
                      pending->result({{"usedBytes", use->bytes},
                                       {"limitBytes", quota.bytesMax},
                                       {"keys", use->items},
                                       {"keysMax", quota.itemsMax}});
                    });
}

void StorageService::batchGet(const Space& space, const CallContext& context, Reply reply) {
  auto keys = context.params["keys"].get<std::vector<std::string>>();
  if (!std::all_of(keys.begin(), keys.end(), isKey)) return reply.error(badKey());
  space.storage.read(ownerOf(context), std::move(keys),
                     [pending = keep(std::move(reply))](Result<std::vector<StorageItem>> items) {
                       if (!items) return pending->error(items.error());
                       std::size_t bytes = 0;
                       nlohmann::json list = nlohmann::json::array();
                       for (const StorageItem& item : *items) {
                         bytes += item.key.size() + item.valueJson.size() + kItemOverheadBytes;
                         if (bytes > kStorageBatchBytesMax) {
                           return pending->error(
                               ErrorCode::PayloadTooLarge,
                               "the values take over 1000000 bytes: ask for fewer keys");
                         }
                         auto value = valueOf(item);
                         if (!value) return pending->error(value.error());
                         list.push_back({{"key", item.key}, {"value", std::move(*value)}});
                       }
                       pending->result({{"items", std::move(list)}});
                     });
}

void StorageService::batchSet(const Space& space, const CallContext& context, Reply reply) {
  std::vector<StorageItem> items;
  std::set<std::string> seen;
  for (const nlohmann::json& pair : context.params["items"]) {
    auto item = itemOf(pair, space.valueBytesMax);
    if (!item) return reply.error(item.error());
    if (!seen.insert(item->key).second) {
      return reply.error(ErrorCode::InvalidParams, "items holds a key twice");
    }
    items.push_back(std::move(*item));
  }
  space.storage.write(ownerOf(context), std::move(items), space.quotaOf(context),
                      [pending = keep(std::move(reply))](Result<void> written) {
                        if (!written) return pending->error(written.error());
                        pending->result(nlohmann::json::object());
                      });
}

}  // namespace kiosk::bridge
