#include "bridge/mock_bank/bank_json.h"

#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

/// The value of a query's part: digits only, 1..kBankReportRowsMax.
std::optional<std::int64_t> rowsOf(std::string_view text) {
  if (text.empty() || text.size() > 3) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  if (value < 1 || value > kBankReportRowsMax) return std::nullopt;
  return value;
}

struct ReportPage {
  std::string after;
  std::int64_t limit = kBankReportRowsMax;
};

std::optional<ReportPage> pageOf(std::string_view query) {
  ReportPage page;
  while (!query.empty()) {
    const auto part = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), part.size() + 1));
    if (part.starts_with("after=") && wire::isId(part.substr(6))) {
      page.after = part.substr(6);
    } else if (const auto rows =
                   part.starts_with("limit=") ? rowsOf(part.substr(6)) : std::nullopt) {
      page.limit = *rows;
    } else {
      return std::nullopt;
    }
  }
  return page;
}

template <class Records>
json totalsOf(const Records& records) {
  json totals = json::object();
  for (const auto& [id, record] : records) {
    auto& total = totals[std::string(nameOf(record.state))];
    if (total.is_null()) total = {{"count", 0}, {"amountMinor", 0}};
    total["count"] = total["count"].template get<std::int64_t>() + 1;
    total["amountMinor"] = total["amountMinor"].template get<std::int64_t>() +
                           (record.terms ? record.terms->amountMinor : 0);
  }
  return totals;
}

json reportRow(const std::string& id, const BankOperation& operation) {
  json row{{"id", id}, {"state", nameOf(operation.state)}};
  if (!operation.terms) return row;
  row["amountMinor"] = operation.terms->amountMinor;
  row["refundedMinor"] = operation.refundedMinor;
  row["currency"] = operation.terms->currency;
  row["merchantId"] = operation.terms->merchantId;
  row["orderId"] = operation.terms->orderId;
  return row;
}

}  // namespace

json bankJson(const std::string& id, const BankOperation& operation, const std::string& linkBase) {
  json answer{{"id", id}, {"state", nameOf(operation.state)}};
  if (!operation.reason.empty()) answer["reason"] = operation.reason;
  if (!operation.terms) return answer;
  answer["amountMinor"] = operation.terms->amountMinor;
  answer["currency"] = operation.terms->currency;
  answer["merchantId"] = operation.terms->merchantId;
  answer["orderId"] = operation.terms->orderId;
  answer["reference"] = operation.reference;
  answer["deadlineMs"] = operation.deadlineMs;
  answer["refundedMinor"] = operation.refundedMinor;
  if (operation.isOpen()) answer["link"] = linkBase + id;
  return answer;
}

json bankJson(const std::string& id, const BankRefund& refund) {
  json answer{{"id", id}, {"state", nameOf(refund.state)}};
  if (!refund.reason.empty()) answer["reason"] = refund.reason;
  if (!refund.terms) return answer;
  answer["operationId"] = refund.terms->operationId;
  answer["amountMinor"] = refund.terms->amountMinor;
  answer["currency"] = refund.terms->currency;
  answer["reference"] = refund.reference;
  return answer;
}

BankResponse bankError(int status, const char* code, const std::string& message,
                       const std::string& id) {
  json answer{{"error", code}, {"message", message}};
  if (!id.empty()) answer["id"] = id;
  return {status, dumpJson(answer)};
}

BankResponse bankReport(const BankRegister& records, std::string_view query, bool conserved) {
  const auto page = pageOf(query);
  if (!page) {
    return bankError(400, "invalid_request", "say /v1/report?after=ID&limit=N, N of 1 to 100");
  }
  json rows = json::array();
  const auto& all = records.operations();
  auto row = page->after.empty() ? all.begin() : all.upper_bound(page->after);
  for (; row != all.end() && std::ssize(rows) < page->limit; ++row) {
    rows.push_back(reportRow(row->first, row->second));
  }
  json next = nullptr;
  if (row != all.end()) next = rows.back()["id"];
  return {200,
          dumpJson({{"operations", std::move(rows)},
                    {"next", std::move(next)},
                    {"totals",
                     {{"operations", totalsOf(all)}, {"refunds", totalsOf(records.refunds())}}},
                    {"conserved", conserved}})};
}

}  // namespace kiosk::bridge
