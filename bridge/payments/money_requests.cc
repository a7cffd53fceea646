#include "bridge/payments/money_requests.h"

#include <kiosk/bridge/catalogue.h>

#include <algorithm>

#include "bridge/messages/message_rows.h"
#include "bridge/payments/amount.h"
#include "bridge/store/new_id.h"
#include "runtime/base/guard.h"

namespace kiosk::bridge {
namespace {

/// What the call asks for, as far as it says; without a payer. The app's own word may be missing.
MoneyRequest moneyDraftOf(const CallContext& context) {
  MoneyRequest draft;
  draft.key = context.params.value("requestId", "");
  draft.app = context.session.manifest().appId;
  draft.requester = context.session.user;
  draft.currency = context.params["currency"].get<std::string>();
  draft.amountMinor = context.params["amountMinor"].get<std::int64_t>();
  draft.note = context.params.value("note", "");
  draft.consentId = context.receiptId;
  return draft;
}

nlohmann::json sentResult(const MoneyRequest& request, const char* status) {
  return {{"requestId", request.key}, {"status", status}};
}

Prepared moneyQuestion(const MoneyRequest& draft, const std::string& language) {
  Prepared prepared;
  prepared.facts = {{HostWords{"You ask for", "Вы просите"}.in(language),
                     formatAmount(draft.amountMinor, draft.currency, language)}};
  if (!draft.note.empty()) {
    prepared.facts.push_back({HostWords{"Note", "Примечание"}.in(language), draft.note});
  }
  prepared.facts.push_back({HostWords{"Whom", "Кого"}.in(language),
                            HostWords{"you choose next; the app does not learn whom",
                                      "вы выберете сейчас; приложение не узнает, кого"}
                                .in(language)});
  prepared.bound = {{"amountMinor", draft.amountMinor},
                    {"currency", draft.currency},
                    {"note", draft.note},
                    {"requestId", draft.key}};
  return prepared;
}

/// The message that the chat shows, in the words of the host alone.
SharedMessage moneyMessage(const MoneyRequest& request, const MoneyPeer& peer,
                           const SessionInfo& session) {
  const std::string amount = formatAmount(request.amountMinor, request.currency, session.language);
  SharedMessage message;
  message.chatId = peer.chatId;
  message.sender = request.requester;
  message.viaApp = request.app;
  message.viaAppName = session.manifest().name;
  message.text =
      HostWords{"Request of money: " + amount + ". Pay or decline it in the wallet.",
                "Просьба о деньгах: " + amount + ". Оплатить или отклонить можно в кошельке."}
          .in(peer.language);
  message.createdAtMs = request.createdAtMs;
  return message;
}

/// A request that was written, and what its chat is to hear of; no message for one that was there.
struct SentMoney {
  MoneyRequest request;
  std::optional<PostedMessage> posted;
};

Result<SentMoney> sendMoneyRequest(soci::session& sql, const MoneyRequest& draft,
                                   const SharedMessage& message) {
  auto earlier = findByMoneyKey(sql, draft);
  if (!earlier) return earlier.error();
  if (*earlier) return SentMoney{std::move(**earlier), std::nullopt};
  const auto peers = readMoneyPeers(sql, draft.requester);
  const bool offered = std::any_of(peers.begin(), peers.end(), [&](const MoneyPeer& peer) {
    return peer.chatId == message.chatId && peer.user == draft.payer;
  });
  if (!KIOSK_GUARD("money.peer", offered)) {
    return Error{ErrorCode::NotFound, "the chat is no longer one of two people"};
  }
  if (auto written = insertMoneyRequest(sql, draft); !written) return written.error();
  auto posted = insertMessage(sql, message);
  if (!posted) return posted.error();
  return SentMoney{draft, std::move(*posted)};
}

/// False for a call whose session has ended meanwhile: nobody is asked for it any more.
bool askerLives(const CallContext& context) {
  return !context.liveSession || context.liveSession() != nullptr;
}

}  // namespace

/// One payments.requestMoney from the user's yes to its answer.
struct MoneyRequestsService::Asking {
  Asking(std::shared_ptr<std::set<SessionId>> open, ContextPtr call, Reply answer)
      : picking(std::move(open)), context(std::move(call)), reply(std::move(answer)) {}
  ~Asking() { picking->erase(context->session.id); }
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;

  const std::shared_ptr<std::set<SessionId>> picking;
  ContextPtr context;
  Reply reply;
  MoneyRequest draft;
  std::vector<MoneyPeer> peers;
};

std::vector<MethodBinding> MoneyRequestsService::bindings() {
  MethodBinding asking{
      "payments.requestMoney",
      [this](ContextPtr context, Reply reply) { request(std::move(context), std::move(reply)); },
      [this](ContextPtr context, PreparedDone done) {
        prepareRequest(std::move(context), std::move(done));
      }};
  if (parts_.wallet != nullptr) {
    asking.unsupported = "the host's wallet moves no money between users";
  } else if (parts_.messenger == nullptr) {
    asking.unsupported = "the host's messenger does not tell who is in a chat";
  }
  return {std::move(asking), {"payments.moneyRequest", [this](ContextPtr context, Reply reply) {
                                status(std::move(context), std::move(reply));
                              }}};
}

void MoneyRequestsService::prepareRequest(ContextPtr context, PreparedDone done) {
  const MoneyRequest draft = moneyDraftOf(*context);
  if (!KIOSK_GUARD("money.currency", currencyExponent(draft.currency).has_value())) {
    return done(Error{ErrorCode::InvalidParams, "this host does not deal in that currency"});
  }
  store_.run<std::optional<MoneyRequest>>(
      "money.prepare",
      [draft, now = clock_.wallMs()](soci::session& sql) -> Result<std::optional<MoneyRequest>> {
        if (!draft.key.empty()) {
          auto earlier = findByMoneyKey(sql, draft);
          if (!earlier || *earlier) return earlier;
        }
        if (auto few = checkMoneyRequests(sql, draft.requester, now); !few) return few.error();
        return std::optional<MoneyRequest>();
      },
      [context, draft, done = std::move(done)](Result<std::optional<MoneyRequest>> earlier) {
        if (!earlier) return done(earlier.error());
        if (!*earlier) return done(moneyQuestion(draft, context->session.language));
        Prepared prepared;
        prepared.replay = sentResult(**earlier, "sent");
        done(std::move(prepared));
      });
}

void MoneyRequestsService::request(ContextPtr context, Reply reply) {
  if (!picking_->insert(context->session.id).second) {
    return reply.error(ErrorCode::Busy, "a picker is open already");
  }
  auto asking = std::make_shared<Asking>(picking_, std::move(context), std::move(reply));
  asking->draft = moneyDraftOf(*asking->context);
  asking->draft.id = newId(random_);
  if (asking->draft.key.empty()) asking->draft.key = asking->draft.id;
  store_.run<std::vector<MoneyPeer>>(
      "money.peers",
      [user = asking->draft.requester](soci::session& sql) -> Result<std::vector<MoneyPeer>> {
        return readMoneyPeers(sql, user);
      },
      [this, asking](Result<std::vector<MoneyPeer>> peers) {
        if (!peers) return asking->reply.error(peers.error());
        asking->peers = std::move(*peers);
        pick(asking);
      });
}

void MoneyRequestsService::pick(AskingPtr asking) {
  if (!askerLives(*asking->context)) {
    return asking->reply.error(ErrorCode::Cancelled, "the session ended");
  }
  std::vector<PickerOption> options;
  for (const MoneyPeer& peer : asking->peers) options.push_back({peer.chatId, peer.label});
  const SessionInfo& session = asking->context->session;
  const std::string amount =
      formatAmount(asking->draft.amountMinor, asking->draft.currency, session.language);
  const HostWords title{"Whom to ask for " + amount, "У кого попросить " + amount};
  picker_.pick(session, title.in(session.language), options, [this, asking](std::string id) {
    if (id.empty()) return asking->reply.result(sentResult(asking->draft, "cancelled"));
    const auto chosen = std::find_if(asking->peers.begin(), asking->peers.end(),
                                     [&id](const MoneyPeer& peer) { return peer.chatId == id; });
    if (chosen == asking->peers.end()) {
      return asking->reply.error(ErrorCode::HostError, "the host's picker failed");
    }
    send(asking, *chosen);
  });
}

void MoneyRequestsService::send(AskingPtr asking, const MoneyPeer& peer) {
  if (!askerLives(*asking->context)) {
    return asking->reply.error(ErrorCode::Cancelled, "the session ended");
  }
  MoneyRequest& draft = asking->draft;
  draft.payer = peer.user;
  draft.createdAtMs = clock_.wallMs();
  draft.expiresAtMs = draft.createdAtMs + kMoneyRequestOpenMs;
  SharedMessage message = moneyMessage(draft, peer, asking->context->session);
  message.id = newId(random_);
  store_.run<SentMoney>(
      "money.send",
      [draft, message = std::move(message)](soci::session& sql) {
        return sendMoneyRequest(sql, draft, message);
      },
      [this, asking](Result<SentMoney> sent) {
        if (!sent) return asking->reply.error(sent.error());
        if (sent->posted) parts_.messenger->announce(*sent->posted);
        asking->reply.result(sentResult(sent->request, "sent"));
      });
}

void MoneyRequestsService::status(ContextPtr context, Reply reply) {
  auto pending = std::make_shared<Reply>(std::move(reply));
  MoneyRequest sought;
  sought.key = context->params["requestId"].get<std::string>();
  sought.requester = context->session.user;
  sought.app = context->session.manifest().appId;
  store_.run<std::optional<MoneyRequest>>(
      "money.status",
      [sought](soci::session& sql) -> Result<std::optional<MoneyRequest>> {
        return moneyRequestByKey(sql, sought);
      },
      [pending, now = clock_.wallMs()](Result<std::optional<MoneyRequest>> found) {
        if (!found) return pending->error(found.error());
        if (!*found) {
          return pending->error(ErrorCode::NotFound,
                                "there is no such request of this user in this app");
        }
        pending->result({{"status", moneyRequestStateName(stateAt(**found, now))}});
      });
}

}  // namespace kiosk::bridge
