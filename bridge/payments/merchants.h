#pragma once
// The merchants that the host knows, with the keys that sign their orders.

#include <kiosk/bridge/services.h>

#include "bridge/store/store.h"

namespace kiosk::bridge {

/// Writes `merchant`, whose fields are known to be in range, over what stood under its id and key.
/// Waits for the store: for start-up and tools.
/// Errors: StorageFull, HostError   as Store::run.
Result<void> putMerchant(Store& store, const MerchantRegistration& merchant);

}  // namespace kiosk::bridge
