#pragma once
// What the partner API keeps beside orders, refunds and events: nonces and first answers.

#include <string>
#include <vector>

namespace kiosk::bridge {

/// The statements that make the tables, as a step of bridge/store/schema.cc.
std::vector<std::string> partnerTables();

}  // namespace kiosk::bridge
