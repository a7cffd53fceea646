#pragma once
// What the store remembers of refusals, of the day's budgets and of what apps have learnt. All run
// inside a job of the store, and throw what SOCI throws.

#include <soci/soci.h>

#include <string>

#include "bridge/consent.h"

namespace kiosk::bridge {

Refusals readRefusals(soci::session& sql, const std::string& user, const std::string& app,
                      const std::string& permission);
void writeRefusals(soci::session& sql, const std::string& user, const std::string& app,
                   const std::string& permission, const Refusals& refusals);
void forgetRefusals(soci::session& sql, const std::string& user, const std::string& app,
                    const std::string& permission);

/// Takes one of `max` of the day; false when they are used up. A clock that steps back to an
/// earlier day gives none back.
bool takeDay(soci::session& sql, const std::string& user, const std::string& app, DayBudget budget,
             std::int64_t day, std::uint32_t max);

/// How much of each budget of the day is taken.
std::array<std::uint32_t, kDayBudgets> readDays(soci::session& sql, const std::string& user,
                                                const std::string& app, std::int64_t day);

PrivacySpent readPrivacy(soci::session& sql, const std::string& user, const std::string& app);
void writePrivacy(soci::session& sql, const std::string& user, const std::string& app,
                  const std::string& kind, int points);

}  // namespace kiosk::bridge
