// What the user gave, to whom, and how to take it back; money; what was done.

#include <algorithm>

#include "answer.h"
#include "routes.h"

namespace web_host {
namespace {

using kiosk::AppId;
using kiosk::Error;
using kiosk::ErrorCode;
using kiosk::Result;
using kiosk::UserId;
using Grants = std::vector<kiosk::bridge::Grant>;
using Receipts = std::vector<kiosk::bridge::StoredReceipt>;
using Uses = std::vector<kiosk::bridge::PrivacyUse>;
using Activity = std::vector<kiosk::bridge::ActivityEntry>;
using MoneyRequests = std::vector<kiosk::bridge::MoneyRequestEntry>;
using Subscriptions = std::vector<kiosk::bridge::SubscriptionEntry>;
using kiosk::bridge::AppDataErased;
using kiosk::bridge::WalletSummary;

constexpr std::int64_t kReceiptsMax = 200;
constexpr std::int64_t kActivityShown = 200;

std::string languageOf(Api& api, const UserId& user) {
  const auto language = api.loop.ask<std::string>(
      [&api, user](Loop::Done<std::string> done) { done(api.worlds.of(user).language); });
  return language ? *language : "en";
}

Result<Receipts> receiptsOf(Api& api, const UserId& user) {
  return api.loop.ask<Receipts>([&api, user](Loop::Done<Receipts> done) {
    api.services.receipts(user, AppId(), kReceiptsMax, std::move(done));
  });
}

void tellWallet(Api& api, const Ask& ask, httplib::Response& response) {
  const auto wallet =
      api.loop.ask<WalletSummary>([&api, user = ask.login.user](Loop::Done<WalletSummary> done) {
        api.services.wallet(user, kiosk::bridge::kPaymentsPageMax, std::move(done));
      });
  if (!wallet) return answerError(response, wallet.error());
  answerJson(response, {{"wallet", toJson(*wallet, api.gallery, languageOf(api, ask.login.user))}});
}

void tellSubscriptions(Api& api, const Ask& ask, httplib::Response& response) {
  const auto all =
      api.loop.ask<Subscriptions>([&api, user = ask.login.user](Loop::Done<Subscriptions> done) {
        api.services.subscriptions(user, std::move(done));
      });
  if (!all) return answerError(response, all.error());
  const auto language = languageOf(api, ask.login.user);
  Json list = Json::array();
  for (const auto& one : *all) {
    list.push_back({{"id", one.id},
                    {"payee", one.payee},
                    {"title", one.title},
                    {"appName", api.gallery.nameOf(one.app, language)},
                    {"amountMinor", one.amountMinor},
                    {"currency", one.currency},
                    {"periodUnit", one.periodUnit},
                    {"periodCount", one.periodCount},
                    {"state", one.state},
                    {"nextChargeAtMs", one.nextChargeAtMs}});
  }
  answerJson(response, {{"subscriptions", std::move(list)}});
}

void cancelSubscription(Api& api, const Ask& ask, httplib::Response& response) {
  const auto done =
      api.loop.ask<bool>([&api, user = ask.login.user, id = ask.parts[0]](Loop::Done<bool> answer) {
        api.services.cancelSubscription(user, id, [answer](Result<void> cancelled) {
          answer(cancelled ? Result<bool>(true) : Result<bool>(cancelled.error()));
        });
      });
  if (!done) return answerError(response, done.error());
  answerDone(response);
}

void tellMoneyRequests(Api& api, const Ask& ask, httplib::Response& response) {
  const auto all =
      api.loop.ask<MoneyRequests>([&api, user = ask.login.user](Loop::Done<MoneyRequests> done) {
        api.services.moneyRequests(user, std::move(done));
      });
  if (!all) return answerError(response, all.error());
  const auto language = languageOf(api, ask.login.user);
  Json list = Json::array();
  for (const auto& one : *all) {
    const bool asked = one.direction == kiosk::bridge::MoneyDirection::Asked;
    list.push_back({{"id", one.id},
                    {"direction", asked ? "asked" : "askedOf"},
                    {"otherName", one.otherName},
                    {"appName", api.gallery.nameOf(one.app, language)},
                    {"amountMinor", one.amountMinor},
                    {"currency", one.currency},
                    {"note", one.note},
                    {"state", one.state},
                    {"atMs", one.atMs}});
  }
  answerJson(response, {{"requests", std::move(list)}});
}

/// The user's answer to a request of money: their yes or their no.
using AnswerMoney = void (kiosk::bridge::Services::*)(const UserId&, const std::string&,
                                                      std::function<void(Result<void>)>);

void answerMoney(Api& api, const Ask& ask, httplib::Response& response, AnswerMoney act) {
  const auto done = api.loop.ask<bool>(
      [&api, act, user = ask.login.user, id = ask.parts[0]](Loop::Done<bool> answer) {
        (api.services.*act)(user, id, [answer](Result<void> acted) {
          answer(acted ? Result<bool>(true) : Result<bool>(acted.error()));
        });
      });
  if (!done) return answerError(response, done.error());
  answerDone(response);
}

void payMoney(Api& api, const Ask& ask, httplib::Response& response) {
  answerMoney(api, ask, response, &kiosk::bridge::Services::payMoneyRequest);
}

void declineMoney(Api& api, const Ask& ask, httplib::Response& response) {
  answerMoney(api, ask, response, &kiosk::bridge::Services::declineMoneyRequest);
}

Json grantsJson(Api& api, const Grants& grants, const std::string& language) {
  Json list = Json::array();
  for (const auto& grant : grants) {
    list.push_back({{"app", grant.app.value},
                    {"appName", api.gallery.nameOf(grant.app, language)},
                    {"permission", grant.permission},
                    {"title", api.gallery.titleOf(grant.permission, language)},
                    {"purpose", grant.purpose},
                    {"receipt", grant.receiptId},
                    {"grantedAtMs", grant.grantedAtMs}});
  }
  return list;
}

Json receiptsJson(Api& api, const Receipts& receipts, const std::string& language) {
  Json list = Json::array();
  for (const auto& receipt : receipts) {
    list.push_back({{"id", receipt.id},
                    {"kind", receipt.kind},
                    {"app", receipt.app},
                    {"appName", api.gallery.nameOf(AppId(receipt.app), language)},
                    {"permission", receipt.permission},
                    {"title", api.gallery.titleOf(receipt.permission, language)},
                    {"atMs", receipt.atMs}});
  }
  return list;
}

void tellPrivacy(Api& api, const Ask& ask, httplib::Response& response) {
  const auto& user = ask.login.user;
  const auto grants = api.loop.ask<Grants>([&api, user](Loop::Done<Grants> done) {
    api.services.consents(user, AppId(), std::move(done));
  });
  if (!grants) return answerError(response, grants.error());
  const auto uses = api.loop.ask<Uses>(
      [&api, user](Loop::Done<Uses> done) { api.services.privacySpent(user, std::move(done)); });
  if (!uses) return answerError(response, uses.error());
  const auto receipts = receiptsOf(api, user);
  if (!receipts) return answerError(response, receipts.error());
  const auto language = languageOf(api, user);
  Json budgets = Json::array();
  for (const auto& use : *uses) {
    budgets.push_back({{"app", use.app.value},
                       {"appName", api.gallery.nameOf(use.app, language)},
                       {"used", use.points},
                       {"limit", api.gallery.privacyPointsOf(use.app)}});
  }
  answerJson(response, {{"grants", grantsJson(api, *grants, language)},
                        {"budgets", std::move(budgets)},
                        {"receipts", receiptsJson(api, *receipts, language)}});
}

/// The signed token, to be kept and checked elsewhere.
void tellReceipt(Api& api, const Ask& ask, httplib::Response& response) {
  const auto receipts = receiptsOf(api, ask.login.user);
  if (!receipts) return answerError(response, receipts.error());
  const auto found = std::find_if(receipts->begin(), receipts->end(), [&ask](const auto& receipt) {
    return receipt.id == ask.parts[0];
  });
  if (found == receipts->end()) {
    return answerError(response, {ErrorCode::NotFound, "There is no such receipt of yours."});
  }
  // The id is hex: it was compared with one that the host made.
  setHeader(response, "Content-Disposition",
            "attachment; filename=\"receipt-" + found->id + ".jws\"");
  answerBytes(response, found->token + "\n", "text/plain; charset=utf-8");
}

void revoke(Api& api, const Ask& ask, httplib::Response& response) {
  const AppId app(ask.parts[0]);
  const std::string permission = ask.parts.size() > 1 ? ask.parts[1] : "";
  const auto done =
      api.loop.ask<bool>([&api, user = ask.login.user, app, permission](Loop::Done<bool> answer) {
        const auto finish = [&api, user, answer](Result<bool> revoked) {
          if (revoked) api.worlds.of(user).publish({{"type", "grants"}});
          answer(std::move(revoked));
        };
        if (!permission.empty()) return api.services.revoke(user, app, permission, finish);
        api.services.revokeAll(user, app, [finish](Result<std::vector<std::string>> names) {
          finish(names ? Result<bool>(!names->empty()) : Result<bool>(names.error()));
        });
      });
  if (!done) return answerError(response, done.error());
  if (!*done) return answerError(response, {ErrorCode::NotFound, "Nothing was granted there."});
  answerDone(response);
}

void erase(Api& api, const Ask& ask, httplib::Response& response) {
  const AppId app(textOf(ask.body, "app"));
  if (app.empty()) return answerError(response, {ErrorCode::InvalidParams, "Which mini-app?"});
  const auto erased = api.loop.ask<AppDataErased>(
      [&api, user = ask.login.user, app](Loop::Done<AppDataErased> done) {
        api.services.eraseAppData(user, app, std::move(done));
      });
  if (!erased) return answerError(response, erased.error());
  answerJson(response, {{"erased",
                         {{"local", erased->localItems},
                          {"secure", erased->secureItems},
                          {"tickets", erased->tickets}}}});
}

void exportData(Api& api, const Ask& ask, httplib::Response& response) {
  const auto data = api.loop.ask<Json>(
      [&api, user = ask.login.user, app = AppId(ask.parts[0])](Loop::Done<Json> done) {
        api.services.exportAppData(user, app, std::move(done));
      });
  if (!data) return answerError(response, data.error());
  setHeader(response, "Content-Disposition", "attachment; filename=\"my-data.json\"");
  answerJson(response, *data);
}

void tellActivity(Api& api, const Ask& ask, httplib::Response& response) {
  const auto activity =
      api.loop.ask<Activity>([&api, user = ask.login.user](Loop::Done<Activity> done) {
        api.services.activity(user, kActivityShown, std::move(done));
      });
  if (!activity) return answerError(response, activity.error());
  const auto language = languageOf(api, ask.login.user);
  Json list = Json::array();
  for (const auto& entry : *activity) {
    list.push_back({{"atMs", entry.atMs},
                    {"kind", entry.kind},
                    {"app", entry.app.value},
                    {"appName", entry.app.empty() ? "" : api.gallery.nameOf(entry.app, language)},
                    {"method", entry.method},
                    {"outcome", entry.outcome}});
  }
  answerJson(response, {{"entries", std::move(list)}});
}

}  // namespace

void addPrivacyRoutes(Router& router, Api& api) {
  const auto on = [&](const char* method, const char* pattern,
                      void (*handler)(Api&, const Ask&, httplib::Response&)) {
    router.on(method, pattern,
              [&api, handler](const Ask& ask, auto& response) { handler(api, ask, response); });
  };
  on("GET", "/api/wallet", tellWallet);
  on("GET", "/api/subscriptions", tellSubscriptions);
  on("DELETE", "/api/subscriptions/*", cancelSubscription);
  on("GET", "/api/money-requests", tellMoneyRequests);
  on("POST", "/api/money-requests/*/pay", payMoney);
  on("POST", "/api/money-requests/*/decline", declineMoney);
  on("GET", "/api/privacy", tellPrivacy);
  on("GET", "/api/receipts/*", tellReceipt);
  on("DELETE", "/api/grants/*", revoke);
  on("DELETE", "/api/grants/*/*", revoke);
  on("POST", "/api/erase", erase);
  on("GET", "/api/export/*", exportData);
  on("GET", "/api/activity", tellActivity);
}

}  // namespace web_host
