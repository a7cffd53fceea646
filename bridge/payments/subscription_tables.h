#pragma once
// The step of the schema that makes room for subscriptions and refund tokens. It stands in the list
// of bridge/store/schema.cc.

#include <string>
#include <vector>

namespace kiosk::bridge {

/// Makes subscriptions, subscription_charges and refund_tokens.
std::vector<std::string> subscriptionTables();

}  // namespace kiosk::bridge
