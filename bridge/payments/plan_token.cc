#include "bridge/payments/plan_token.h"

#include <initializer_list>
#include <utility>

#include "bridge/payments/token_members.h"

namespace kiosk::bridge {
namespace {

Result<Period> readPeriod(const nlohmann::json* value) {
  const Error wrong = invalidToken(
      "period is not {unit, count} with 1 to 366 days, 1 to 52 weeks or 1 to 12 months");
  if (value == nullptr || !value->is_object()) return wrong;
  TokenMembers members(*value);
  const std::string* name = members.text("unit");
  const auto unit = name == nullptr ? std::nullopt : periodUnitOf(*name);
  if (!unit) return wrong;
  const auto count = members.integer("count", 1, periodCountMax(*unit));
  if (!count || members.leftOver()) return wrong;
  return Period{*unit, *count};
}

Result<void> readPlanNames(TokenMembers& members, Plan& plan) {
  for (auto [name, into] : {std::pair{"merchantId", &plan.merchantId}, {"planId", &plan.planId}}) {
    auto id = members.id(name);
    if (!id) return id.error();
    *into = *std::move(id);
  }
  auto title = members.line("title", kTokenTitleCharactersMax);
  if (!title) return title.error();
  plan.title = *std::move(title);
  auto nonce = members.nonce();
  if (!nonce) return nonce.error();
  plan.nonce = *std::move(nonce);
  if (!members.has("payee")) return {};
  auto payee = members.line("payee", kTokenPayeeCharactersMax);
  if (!payee) return payee.error();
  plan.payee = *std::move(payee);
  return {};
}

Result<void> readPlanMoney(TokenMembers& members, Plan& plan) {
  auto amount = members.amount();
  if (!amount) return amount.error();
  auto currency = members.currency();
  if (!currency) return currency.error();
  auto period = readPeriod(members.take("period"));
  if (!period) return period.error();
  plan.amountMinor = *amount;
  plan.currency = *std::move(currency);
  plan.period = *period;
  if (members.has("trialDays")) {
    const auto days = members.integer("trialDays", 1, kTrialDaysMax);
    if (!days) return invalidToken("trialDays is not a whole number from 1 to 366");
    plan.trialDays = *days;
  }
  if (members.has("maxCharges")) {
    const auto most = members.integer("maxCharges", 1, kPeriodsMax);
    if (!most) return invalidToken("maxCharges is not a whole number from 1 to 10000");
    plan.maxCharges = *most;
  }
  return {};
}

}  // namespace

Result<PlanToken> parsePlanToken(std::string_view token) {
  auto jws = parseJws(token, kPlanTokenType);
  if (!jws) return invalidToken(jws.error().message);
  PlanToken parsed;
  TokenMembers members(jws->payload);
  auto names = readPlanNames(members, parsed.plan);
  if (!names) return names.error();
  auto money = readPlanMoney(members, parsed.plan);
  if (!money) return money.error();
  auto exp = members.expiry();
  if (!exp) return exp.error();
  parsed.plan.expSeconds = *exp;
  if (members.leftOver()) return invalidToken("the plan holds a member that is not known");
  parsed.hash = sha256Hex(token);
  parsed.jws = std::move(*jws);
  return parsed;
}

}  // namespace kiosk::bridge
