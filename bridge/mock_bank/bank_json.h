#pragma once
// A test bank's records as it answers them.

#include <nlohmann/json.hpp>
#include <string>

#include "bridge/mock_bank/mock_bank.h"

namespace kiosk::bridge {

nlohmann::json bankJson(const std::string& id, const BankOperation& operation,
                        const std::string& linkBase);
nlohmann::json bankJson(const std::string& id, const BankRefund& refund);

/// {"error": code, "message": what to do}, and the id where there is one.
BankResponse bankError(int status, const char* code, const std::string& message,
                       const std::string& id = {});

/// Totals by state, and up to `limit` operations whose ids come after `after`. Errors are answered.
BankResponse bankReport(const BankRegister& records, std::string_view query, bool conserved);

}  // namespace kiosk::bridge
