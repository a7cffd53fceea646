#pragma once
// Users, chats, balances and a merchant, so that one command shows a complete super-app.

#include <kiosk/clock.h>
#include <kiosk/result.h>

#include "bridge/store/store.h"

namespace kiosk::bridge {

/// Fills `store` with the demo's data, once: when its first user is there already nothing changes.
///
///   users      anna, boris, vera
///   chats      Family (anna, boris, vera), Work (anna, boris), Дача (anna, vera)
///   balances   25 000.00, 1 000.00 and 0.00 RUB
///   merchants  post and shop, with the keys of bridge/payments/demo_merchant.h
///
/// Waits for the store: for start-up, never on the loop.
/// Errors: StorageFull, HostError   as Store::run.
Result<void> seedDemo(Store& store, Clock& clock);

}  // namespace kiosk::bridge
