#pragma once
// One user's rows in the embedded store: all of them as JSON, or gone.
//
// Erased are: profile, chat memberships, messages sent, grants and ended grants, storage.local,
// storage.secure with the owners' keys, what receipts say (their hashes stay in the chain),
// refusals, budgets, tickets, idempotency keys, mandates. Payments, orders, subscriptions
// (ended), requests of money (without their notes) and the ledger stay, for the merchant's books
// and the law need them, but under a pseudonym: an HMAC of the user's id under a key of the host's.
// Pairwise ids are derived and stored nowhere.
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/ids.h>
#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "bridge/storage/secure_sql.h"

namespace kiosk::bridge {

/// Everything but storage.secure: an object with an array of rows for each table.
nlohmann::json exportRows(soci::session& sql, const UserId& user);

/// How many rows were removed from, or renamed in, each table: {"grants": 2, …}; tables without a
/// row of the user are left out.
/// Subscriptions end first, and open requests of money: nothing is charged of who is gone.
nlohmann::json eraseRows(soci::session& sql, const UserId& user, const std::string& pseudonym,
                         std::int64_t nowMs);

}  // namespace kiosk::bridge
