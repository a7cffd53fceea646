#include "bridge/store/budgets.h"

namespace kiosk::bridge {

Refusals readRefusals(soci::session& sql, const std::string& user, const std::string& app,
                      const std::string& permission) {
  long long count = 0, until = 0;
  sql << "SELECT count, until_ms FROM refusals WHERE user_id = :owner AND app_id = :app"
         " AND permission = :permission",
      soci::use(user, "owner"), soci::use(app, "app"), soci::use(permission, "permission"),
      soci::into(count), soci::into(until);
  if (!sql.got_data()) return {};
  return {static_cast<std::uint32_t>(count), until};
}

void writeRefusals(soci::session& sql, const std::string& user, const std::string& app,
                   const std::string& permission, const Refusals& refusals) {
  const long long count = refusals.count, until = refusals.untilMs;
  sql << "INSERT INTO refusals (user_id, app_id, permission, count, until_ms)"
         " VALUES (:owner, :app, :permission, :count, :until)"
         " ON CONFLICT (user_id, app_id, permission)"
         " DO UPDATE SET count = excluded.count, until_ms = excluded.until_ms",
      soci::use(user, "owner"), soci::use(app, "app"), soci::use(permission, "permission"),
      soci::use(count, "count"), soci::use(until, "until");
}

void forgetRefusals(soci::session& sql, const std::string& user, const std::string& app,
                    const std::string& permission) {
  sql << "DELETE FROM refusals WHERE user_id = :owner AND app_id = :app"
         " AND permission = :permission",
      soci::use(user, "owner"), soci::use(app, "app"), soci::use(permission, "permission");
}

bool takeDay(soci::session& sql, const std::string& user, const std::string& app, DayBudget budget,
             std::int64_t day, std::uint32_t max) {
  const std::string name(dayBudgetName(budget));
  long long at = 0, used = 0;
  sql << "SELECT day, used FROM day_counts WHERE user_id = :owner AND app_id = :app"
         " AND budget = :budget",
      soci::use(user, "owner"), soci::use(app, "app"), soci::use(name, "budget"), soci::into(at),
      soci::into(used);
  const bool fresh = !sql.got_data() || day > at;
  if (fresh) at = day, used = 0;
  if (used >= static_cast<long long>(max)) return false;
  ++used;
  sql << "INSERT INTO day_counts (user_id, app_id, budget, day, used)"
         " VALUES (:owner, :app, :budget, :day, :used) ON CONFLICT (user_id, app_id, budget)"
         " DO UPDATE SET day = excluded.day, used = excluded.used",
      soci::use(user, "owner"), soci::use(app, "app"), soci::use(name, "budget"),
      soci::use(at, "day"), soci::use(used, "used");
  return true;
}

std::array<std::uint32_t, kDayBudgets> readDays(soci::session& sql, const std::string& user,
                                                const std::string& app, std::int64_t day) {
  std::array<std::uint32_t, kDayBudgets> taken = {};
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT budget, day, used FROM day_counts WHERE user_id = :owner"
                      " AND app_id = :app",
       soci::use(user, "owner"), soci::use(app, "app"));
  for (const soci::row& row : rows) {
    for (std::size_t i = 0; i < kDayBudgets; ++i) {
      if (row.get<std::string>(0) != dayBudgetName(static_cast<DayBudget>(i))) continue;
      if (day <= row.get<long long>(1)) {
        taken[i] = static_cast<std::uint32_t>(row.get<long long>(2));
      }
    }
  }
  return taken;
}

PrivacySpent readPrivacy(soci::session& sql, const std::string& user, const std::string& app) {
  PrivacySpent spent;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT kind, points FROM privacy_spent WHERE user_id = :owner"
                      " AND app_id = :app",
       soci::use(user, "owner"), soci::use(app, "app"));
  for (const soci::row& row : rows) {
    spent[row.get<std::string>(0)] = static_cast<int>(row.get<long long>(1));
  }
  return spent;
}

void writePrivacy(soci::session& sql, const std::string& user, const std::string& app,
                  const std::string& kind, int points) {
  const long long cost = points;
  sql << "INSERT INTO privacy_spent (user_id, app_id, kind, points)"
         " VALUES (:owner, :app, :kind, :points) ON CONFLICT (user_id, app_id, kind)"
         " DO UPDATE SET points = excluded.points",
      soci::use(user, "owner"), soci::use(app, "app"), soci::use(kind, "kind"),
      soci::use(cost, "points");
}

}  // namespace kiosk::bridge
