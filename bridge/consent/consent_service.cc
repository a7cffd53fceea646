#include "bridge/consent/consent_service.h"

#include <algorithm>
#include <memory>

namespace kiosk::bridge {
namespace {

using nlohmann::json;

constexpr int kReceiptsDefault = 20;
constexpr std::size_t kReceiptsBytesMax = 512 * 1024;  // well within one message

/// Gathers one answer per name and settles the call with the last, or with the first error.
/// Owners: the answers that are still to come.
class Gathering {
 public:
  using Finish = std::function<json(const std::vector<json>&)>;
  Gathering(std::size_t count, Reply reply, Finish finish)
      : answers_(count), left_(count), reply_(std::move(reply)), finish_(std::move(finish)) {}

  void put(std::size_t at, Result<json> answer) {
    if (left_ == 0) return;
    if (!answer) {
      left_ = 0;
      return reply_.error(answer.error());
    }
    answers_[at] = *std::move(answer);
    if (--left_ == 0) reply_.result(finish_(answers_));
  }

 private:
  std::vector<json> answers_;
  std::size_t left_;
  Reply reply_;
  Finish finish_;
};

std::vector<std::string> namesOf(const ContextPtr& context) {
  return context->params["names"].get<std::vector<std::string>>();
}

}  // namespace

std::vector<MethodBinding> ConsentService::bindings() {
  return {
      {"consent.query", [this](ContextPtr c, Reply r) { query(c, std::move(r)); }},
      {"consent.request", [this](ContextPtr c, Reply r) { request(c, std::move(r)); }},
      {"consent.revoke", [this](ContextPtr c, Reply r) { revoke(c, std::move(r)); }},
      {"consent.receipts", [this](ContextPtr c, Reply r) { receipts(c, std::move(r)); }},
  };
}

void ConsentService::state(const ContextPtr& context, const std::string& name,
                           std::function<void(Result<json>)> done) {
  const auto* permission = parts_.catalogue.permission(name);
  const auto& session = context->session;
  if (permission == nullptr || session.manifest().declared(name) == nullptr ||
      (permission->privileged && !parts_.policy.mayUsePrivileged(session, *permission))) {
    return done(json{{"name", name}, {"state", "denied"}});
  }
  const bool each = permission->consent == ConsentClass::Each;
  using State = ConsentDesk::State;
  parts_.desk.state(session.id, name, [name, each, done = std::move(done)](Result<State> state) {
    if (!state) return done(state.error());
    if (!each && !state->receiptId.empty()) {
      return done(json{{"name", name}, {"state", "granted"}, {"receiptId", state->receiptId}});
    }
    if (state->blockedForMs == 0) return done(json{{"name", name}, {"state", "prompt"}});
    done(json{{"name", name}, {"state", "blocked"}, {"retryAfterMs", state->blockedForMs}});
  });
}

void ConsentService::query(const ContextPtr& context, Reply reply) {
  const auto names = namesOf(context);
  auto gathering =
      std::make_shared<Gathering>(names.size(), std::move(reply),
                                  [](const std::vector<json>& answers) { return json(answers); });
  for (std::size_t i = 0; i < names.size(); ++i) {
    state(context, names[i],
          [gathering, i](Result<json> one) { gathering->put(i, std::move(one)); });
  }
}

void ConsentService::request(const ContextPtr& context, Reply reply) {
  const auto name = context->params["name"].get<std::string>();
  const auto& session = context->session;
  const auto* permission = parts_.catalogue.permission(name);
  if (permission == nullptr || session.manifest().declared(name) == nullptr) {
    return reply.error(ErrorCode::NotDeclared,
                       "the manifest does not declare the permission '" + name + "'");
  }
  if (permission->privileged && !parts_.policy.mayUsePrivileged(session, *permission)) {
    return reply.error(ErrorCode::PermissionDenied,
                       "'" + name + "' is for apps that the operator lists");
  }
  auto held = std::make_shared<Reply>(std::move(reply));
  const auto tell = [this, context, name, held] {
    state(context, name, [held](Result<json> now) { held->settle(std::move(now)); });
  };
  if (permission->consent == ConsentClass::Each) return tell();
  QuestionSource source;
  source.method = context->method;
  source.grantName = name;
  source.title = permission->title.in(session.language);
  source.principal = parts_.desk.principal(session);
  source.dataCategories = permission->data;
  auto question = askFor(session, std::move(source));
  if (!question) return held->error(question.error());
  parts_.desk.ask(session.id, *std::move(question), Remember::Yes,
                  [tell, held](Result<std::string> receipt) {
                    using enum ErrorCode;
                    const bool answeredByUser = receipt || receipt.error().code == UserRefused ||
                                                receipt.error().code == PermissionBlocked;
                    if (answeredByUser) return tell();
                    held->error(receipt.error());
                  });
}

void ConsentService::revoke(const ContextPtr& context, Reply reply) {
  const auto names = namesOf(context);
  auto gathering = std::make_shared<Gathering>(names.size(), std::move(reply),
                                               [names](const std::vector<json>& answers) {
                                                 json revoked = json::array();
                                                 for (std::size_t i = 0; i < names.size(); ++i) {
                                                   if (answers[i] == true)
                                                     revoked.push_back(names[i]);
                                                 }
                                                 return json{{"revoked", std::move(revoked)}};
                                               });
  const auto& session = context->session;
  for (std::size_t i = 0; i < names.size(); ++i) {
    parts_.desk.revoke(session.user, session.manifest().appId, names[i], CollectionMethod::App,
                       [gathering, i](Result<bool> revoked) {
                         if (!revoked) return gathering->put(i, revoked.error());
                         gathering->put(i, json(*revoked));
                       });
  }
}

void ConsentService::receipts(const ContextPtr& context, Reply reply) {
  const auto& session = context->session;
  auto held = std::make_shared<Reply>(std::move(reply));
  parts_.grants.receipts(session.user, session.manifest().appId,
                         context->params.value("countMax", kReceiptsDefault),
                         [held](Result<std::vector<StoredReceipt>> receipts) {
                           if (!receipts) return held->error(receipts.error());
                           json all = json::array();
                           std::size_t bytes = 0;
                           for (const auto& receipt : *receipts) {
                             bytes += receipt.token.size();
                             if (bytes > kReceiptsBytesMax) break;
                             all.push_back({{"id", receipt.id},
                                            {"kind", receipt.kind},
                                            {"name", receipt.permission},
                                            {"issuedAt", receipt.atMs},
                                            {"token", receipt.token}});
                           }
                           held->result(std::move(all));
                         });
}

}  // namespace kiosk::bridge
