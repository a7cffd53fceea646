#pragma once
// Statements that bring the tables of payments to orders with eight states, refunds and the outbox.
// They stand in the list of bridge/store/schema.cc.

#include <string>
#include <vector>

namespace kiosk::bridge {

/// Rebuilds payments, orders and the ledger's transactions with their rows, and makes refunds,
/// outbox_events and webhooks.
std::vector<std::string> orderStateTables();

}  // namespace kiosk::bridge
