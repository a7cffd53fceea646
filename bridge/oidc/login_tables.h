#pragma once
// What the log-in keeps: who the provider is, its clients, codes, access tokens, and the ids of
// assertions that were used. Codes and tokens stand as hashes, and what they stand for is sealed
// under them (login_secret.h): a copy of these tables logs nobody in and names nobody.

#include <string>
#include <vector>

namespace kiosk::bridge {

/// The statements that make the tables, as a step of bridge/store/schema.cc.
std::vector<std::string> loginTables();

}  // namespace kiosk::bridge
