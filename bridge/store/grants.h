#pragma once
// Answers of users in the embedded store.

#include <memory>

#include "bridge/consent.h"
#include "bridge/identity/host_keys.h"
#include "bridge/receipts/receipt_book.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {

/// Over `store`, with a receipt for each answer in the transaction of the answer. All borrowed;
/// they outlive the grants. A grant that ends, because it was revoked or replaced, leaves its
/// receipt's id and times behind.
std::unique_ptr<GrantStore> sqlGrantStore(Store& store, const ReceiptBook& receipts,
                                          const HostKeys& keys);

}  // namespace kiosk::bridge
