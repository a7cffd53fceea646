#pragma once
// The data folder of a host that takes payments alone: the same files as of a host with mini-apps.

#include <kiosk/payments.h>

#include <memory>

#include "bridge/identity/host_keys.h"
#include "bridge/receipts/receipt_book.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {

/// Destroyed in this order backwards: the store goes first.
struct Books {
  std::unique_ptr<HostKeys> keys;
  std::unique_ptr<ReceiptBook> receipts;
  std::unique_ptr<Store> store;
};

/// Opens the store of `dataDir` and loads its keys; makes both where there are none.
/// Errors: as Store::open and HostKeys::load.
Result<Books> openBooks(const std::string& dataDir, Random& random);

/// Whether `text` may name a channel: 1 to 128 of A-Za-z0-9._-.
bool isChannelName(std::string_view text);

/// Errors: InvalidParams   a member is out of its range; the message says which.
Result<void> checkPaymentsConfig(const PaymentsConfig& config);

}  // namespace kiosk::bridge
