#pragma once
// The merchants that the host knows, with the keys that sign their orders.

#include <kiosk/bridge/merchant.h>
#include <kiosk/result.h>

#include "bridge/store/store.h"

namespace kiosk::bridge {

inline constexpr std::size_t kMerchantIdBytesMax = 64;
inline constexpr std::size_t kMerchantNameBytesMax = 128;

/// Checks the fields of `merchant` and writes it as putMerchant does.
/// Errors: InvalidParams   a field is out of its range; else as putMerchant.
Result<void> admitMerchant(Store& store, const MerchantRegistration& merchant);

/// Writes `merchant`, whose fields are known to be in range, over what stood under its id and key.
/// Waits for the store: for start-up and tools.
/// Errors: StorageFull, HostError   as Store::run.
Result<void> putMerchant(Store& store, const MerchantRegistration& merchant);

}  // namespace kiosk::bridge
