#include <kiosk/bridge/support_provider.h>

#include "bridge/sql_providers.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {
namespace {

Result<void> insertTicket(soci::session& sql, const Ticket& ticket) {
  long long open = 0;
  sql << "SELECT COUNT(*) FROM tickets WHERE user_id = :owner AND app_id = :app AND state = 'open'",
      soci::use(ticket.user.value, "owner"), soci::use(ticket.app.value, "app"), soci::into(open);
  if (open >= kOpenTicketsMax) {
    return Error{ErrorCode::QuotaExceeded, "this user has too many open tickets with this app"};
  }
  const long long createdAtMs = ticket.createdAtMs;
  sql << "INSERT INTO tickets (id, user_id, app_id, app_name, topic, reference, context, state,"
         " created_at_ms) VALUES (:id, :owner, :app, :app_name, :topic, :reference, :context, "
         "'open', :at)",
      soci::use(ticket.id, "id"), soci::use(ticket.user.value, "owner"),
      soci::use(ticket.app.value, "app"), soci::use(ticket.appName, "app_name"),
      soci::use(ticket.topic, "topic"), soci::use(ticket.reference, "reference"),
      soci::use(ticket.context, "context"), soci::use(createdAtMs, "at");
  return {};
}

class SqlSupportDesk final : public SupportDesk {
 public:
  explicit SqlSupportDesk(Store& store) : store_(store) {}

  void open(Ticket ticket, std::function<void(Result<void>)> done) override {
    store_.run<void>(
        "support.open",
        [ticket = std::move(ticket)](soci::session& sql) { return insertTicket(sql, ticket); },
        std::move(done));
  }

 private:
  Store& store_;
};

}  // namespace

std::unique_ptr<SupportDesk> sqlSupportDesk(Store& store) {
  return std::make_unique<SqlSupportDesk>(store);
}

}  // namespace kiosk::bridge
