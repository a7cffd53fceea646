#include "bridge/support/support.h"

#include "bridge/store/new_id.h"

namespace kiosk::bridge {

std::vector<MethodBinding> SupportService::bindings() {
  return {{"support.open", [this](ContextPtr context, Reply reply) {
             open(std::move(context), std::move(reply));
           }}};
}

void SupportService::open(ContextPtr context, Reply reply) {
  // Owner: the callback alone; std::function wants something that can be copied.
  auto pending = std::make_shared<Reply>(std::move(reply));
  Ticket ticket{.id = newId(random_),
                .user = context->session.user,
                .app = context->session.manifest().appId,
                .appName = context->session.manifest().name,
                .topic = context->params.value("topic", ""),
                .reference = context->params.value("reference", ""),
                .context = context->params.value("context", ""),
                .createdAtMs = clock_.wallMs()};
  const std::string id = ticket.id;
  desk_.open(std::move(ticket), [pending, id](Result<void> opened) {
    if (!opened) return pending->error(opened.error());
    pending->result({{"ticketId", id}});
  });
}

}  // namespace kiosk::bridge
