#include "bridge/receipts/receipt_book.h"

namespace kiosk::bridge {
namespace {

constexpr const char* kColumns =
    "SELECT r.seq, r.id, r.kind, r.token_hash, r.issued_at_ms, COALESCE(t.user_id, ''),"
    " COALESCE(t.app_id, ''), COALESCE(t.permission, ''), COALESCE(t.token, '') FROM receipts r ";

StoredReceipt storedOf(const soci::row& row) {
  StoredReceipt receipt;
  receipt.seq = row.get<long long>(0);
  receipt.id = row.get<std::string>(1);
  receipt.kind = row.get<std::string>(2);
  receipt.hash = row.get<std::string>(3);
  receipt.atMs = row.get<long long>(4);
  receipt.user = row.get<std::string>(5);
  receipt.app = row.get<std::string>(6);
  receipt.permission = row.get<std::string>(7);
  receipt.token = row.get<std::string>(8);
  return receipt;
}

struct ChainEnd {
  long long seq = 0;
  std::string hash{kNoReceiptBefore};
};

ChainEnd chainEnd(soci::session& sql) {
  ChainEnd end;
  sql << "SELECT seq, token_hash FROM receipts ORDER BY seq DESC LIMIT 1", soci::into(end.seq),
      soci::into(end.hash);
  if (!sql.got_data()) return {};
  return end;
}

}  // namespace

ReceiptBook::ReceiptBook(std::unique_ptr<ReceiptSigner> signer, ReceiptIssuer issuer)
    : signer_(std::move(signer)), issuer_(std::move(issuer)) {}

Result<void> ReceiptBook::append(soci::session& sql, const ReceiptDraft& draft) const {
  const auto before = chainEnd(sql);
  nlohmann::json payload = draft.body;
  if (!draft.relatesTo.empty()) {
    payload["relatesTo"] = draft.relatesTo;
    if (const auto related = findReceipt(sql, draft.relatesTo)) {
      payload.update(inheritedBody(*related));
    }
  }
  const long long seq = before.seq + 1, at = draft.atMs;
  payload["version"] = kReceiptVersion;
  payload["issuer"] = issuer_.name;
  payload["jurisdiction"] = issuer_.jurisdiction;
  payload["seq"] = seq;
  payload["prev"] = before.hash;
  payload["id"] = draft.id;
  payload["kind"] = receiptKindName(draft.kind);
  payload["issuedAtMs"] = at;
  payload["permission"] = draft.permission;
  if (!payload.contains("app")) payload["app"] = {{"id", draft.app.value}};
  const auto token = signReceiptToken(payload, kConsentReceiptType, *signer_);
  if (!token) return token.error();
  const std::string kind(receiptKindName(draft.kind)), hash = receiptHash(*token);
  sql << "INSERT INTO receipts (seq, id, kind, token_hash, issued_at_ms)"
         " VALUES (:seq, :id, :kind, :hash, :at)",
      soci::use(seq, "seq"), soci::use(draft.id, "id"), soci::use(kind, "kind"),
      soci::use(hash, "hash"), soci::use(at, "at");
  sql << "INSERT INTO receipt_tokens (seq, user_id, app_id, permission, token)"
         " VALUES (:seq, :owner, :app, :permission, :token)",
      soci::use(seq, "seq"), soci::use(draft.user.value, "owner"),
      soci::use(draft.app.value, "app"), soci::use(draft.permission, "permission"),
      soci::use(*token, "token");
  return {};
}

Result<std::string> ReceiptBook::head(soci::session& sql, std::int64_t nowMs) const {
  const auto end = chainEnd(sql);
  if (end.seq == 0) return std::string();
  return signReceiptToken({{"version", kReceiptVersion},
                           {"issuer", issuer_.name},
                           {"seq", end.seq},
                           {"hash", end.hash},
                           {"issuedAtMs", nowMs}},
                          kReceiptsHeadType, *signer_);
}

std::optional<nlohmann::json> findReceipt(soci::session& sql, const std::string& id) {
  std::string token;
  sql << "SELECT t.token FROM receipts r JOIN receipt_tokens t ON t.seq = r.seq WHERE r.id = :id",
      soci::use(id, "id"), soci::into(token);
  if (!sql.got_data()) return std::nullopt;
  auto parsed = parseReceiptToken(token);
  if (!parsed) return std::nullopt;
  return std::move(parsed->payload);
}

std::vector<StoredReceipt> readReceipts(soci::session& sql, const ReceiptFilter& filter) {
  const long long after = filter.afterSeq, count = filter.countMax;
  std::vector<StoredReceipt> receipts;
  soci::rowset<soci::row> rows =
      (sql.prepare
           << kColumns
           << "LEFT JOIN receipt_tokens t ON t.seq = r.seq WHERE r.seq > :after"
              " AND (:owner = '' OR t.user_id = :owner2) AND (:app = '' OR t.app_id = :app2)"
              " ORDER BY r.seq LIMIT :count",
       soci::use(after, "after"), soci::use(filter.user, "owner"), soci::use(filter.user, "owner2"),
       soci::use(filter.app, "app"), soci::use(filter.app, "app2"), soci::use(count, "count"));
  for (const auto& row : rows) receipts.push_back(storedOf(row));
  return receipts;
}

std::vector<StoredReceipt> newestReceipts(soci::session& sql, const UserId& user, const AppId& app,
                                          std::int64_t countMax) {
  const long long count = countMax;
  std::vector<StoredReceipt> receipts;
  soci::rowset<soci::row> rows =
      (sql.prepare << kColumns
                   << "JOIN receipt_tokens t ON t.seq = r.seq WHERE t.user_id = :owner"
                      " AND (:app = '' OR t.app_id = :app2) ORDER BY r.seq DESC LIMIT :count",
       soci::use(user.value, "owner"), soci::use(app.value, "app"), soci::use(app.value, "app2"),
       soci::use(count, "count"));
  for (const auto& row : rows) receipts.push_back(storedOf(row));
  return receipts;
}

std::int64_t eraseReceipts(soci::session& sql, const UserId& user) {
  soci::statement erase = (sql.prepare << "DELETE FROM receipt_tokens WHERE user_id = :owner",
                           soci::use(user.value, "owner"));
  erase.execute(true);
  return erase.get_affected_rows();
}

}  // namespace kiosk::bridge
