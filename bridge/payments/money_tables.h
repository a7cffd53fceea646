#pragma once
// The step of the schema that makes room for requests of money between users. It stands in the list
// of bridge/store/schema.cc.

#include <string>
#include <vector>

namespace kiosk::bridge {

/// Makes money_requests, and rebuilds the ledger's transactions with their rows so that a transfer
/// is one of their kinds.
std::vector<std::string> moneyTables();

}  // namespace kiosk::bridge
