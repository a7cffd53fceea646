#include "bridge/userdata/user_data.h"

#include <future>

#include "bridge/payments/jws.h"
#include "bridge/store/dialect.h"
#include "bridge/store/new_id.h"
#include "bridge/userdata/user_rows.h"
#include "runtime/base/guard.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kPseudonymDigits = 32;

AuditRecord recordOf(const UserDataParts& parts, AuditKind kind, const UserId& user,
                     const std::string& receiptId) {
  auto subject = std::make_shared<AuditSubject>();
  subject->user = user.value;
  AuditRecord record;
  record.kind = kind;
  record.timeMs = parts.clock.wallMs();
  record.subject = std::move(subject);
  record.receipt = receiptId;
  record.decision = "allowed";
  record.reason = "operator";
  return record;
}

/// Runs what is posted at once, on the thread that posts.
class HereAndNow final : public Executor {
 public:
  void post(std::function<void()> task) override { task(); }
  TimerId after(std::chrono::milliseconds, std::function<void()>) override { return 0; }
  void cancelTimer(TimerId) override {}
};

/// The record is on disk when this returns.
Result<void> writeDurably(AuditLog& audit, AuditRecord record) {
  HereAndNow loop;
  audit.setLoop(&loop);
  std::promise<Result<void>> written;
  auto outcome = written.get_future();
  audit.appendDurable(std::move(record),
                      [&written](Result<void> done) { written.set_value(std::move(done)); });
  auto done = outcome.get();
  audit.setLoop(nullptr);
  return done;
}

Result<std::vector<OwnedItem>> secureItems(const UserDataParts& parts, const UserId& user) {
  return parts.store.runNow<std::vector<OwnedItem>>("user.secure", [&](soci::session& sql) {
    return secureItemsOf(sql, parts.storageKeys, user, parts.random);
  });
}

}  // namespace

Result<UserExport> exportUser(const UserDataParts& parts, const UserId& user) {
  auto tables = parts.store.runNow<nlohmann::json>(
      "user.export",
      [&](soci::session& sql) -> Result<nlohmann::json> { return exportRows(sql, user); });
  if (!tables) return tables.error();
  auto items = secureItems(parts, user);
  if (!items) return items.error();
  if (tables->empty() && items->empty()) {
    return Error{ErrorCode::NotFound, "nothing is kept of this user"};
  }
  UserExport made;
  made.receiptId = newId(parts.random);
  const auto now = parts.clock.wallMs();
  made.data = {{"user", user.value}, {"exportedAt", now}, {"tables", *std::move(tables)}};
  auto secure = nlohmann::json::array();
  for (const auto& item : *items) {
    auto value = parseJson(item.item.valueJson);
    if (!value) return Error{ErrorCode::HostError, "a stored value cannot be read"};
    secure.push_back(
        {{"app", item.app.value}, {"key", item.item.key}, {"value", *std::move(value)}});
  }
  if (!secure.empty()) made.data["secure"] = std::move(secure);
  auto record = recordOf(parts, AuditKind::Exported, user, made.receiptId);
  record.outcome = "ok";
  if (auto done = writeDurably(parts.audit, std::move(record)); !done) return done.error();
  const nlohmann::json facts = {
      {"id", made.receiptId}, {"exportedAt", now}, {"dataHash", sha256Hex(dumpJson(made.data))}};
  made.receipt =
      signJws(facts, kExportReceiptType, parts.keys.signingKeyId(), parts.keys.signing());
  return made;
}

Result<UserErasure> eraseUser(const UserDataParts& parts, const UserId& user) {
  UserErasure made;
  made.receiptId = newId(parts.random);
  made.pseudonym = "erased-" + parts.keys.pseudonym(user).substr(0, kPseudonymDigits);
  auto intent = recordOf(parts, AuditKind::Intent, user, made.receiptId);
  intent.method = "user.erase";
  if (auto done = writeDurably(parts.audit, std::move(intent)); !done) return done.error();
  auto counts = parts.store.runNow<nlohmann::json>(
      "user.erase", [&](soci::session& sql) -> Result<nlohmann::json> {
        return eraseRows(sql, user, made.pseudonym, parts.clock.wallMs());
      });
  if (!counts) return counts.error();
  made.counts = *std::move(counts);
  auto scrubbed = parts.store.maintainNow("user.scrub", [](soci::session& sql) -> Result<void> {
    KIOSK_GUARDED("erase.scrub", dialect::scrub(sql));
    return {};
  });
  if (!scrubbed) return scrubbed.error();
  auto record = recordOf(parts, AuditKind::Erased, user, made.receiptId);
  record.outcome = "ok";
  if (auto done = writeDurably(parts.audit, std::move(record)); !done) return done.error();
  const nlohmann::json facts = {{"id", made.receiptId},
                                {"erasedAt", parts.clock.wallMs()},
                                {"pseudonym", made.pseudonym},
                                {"rows", made.counts}};
  made.receipt =
      signJws(facts, kErasureReceiptType, parts.keys.signingKeyId(), parts.keys.signing());
  return made;
}

}  // namespace kiosk::bridge
