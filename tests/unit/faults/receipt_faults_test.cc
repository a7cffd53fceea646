// Goal: as store_faults_test, for receipts: whatever fails, the chain holds, and a receipt is there
// exactly when the answer that it proves is.

#include "bridge/receipts/receipt_book.h"
#include "bridge/receipts/receipt_verify.h"
#include "bridge/store/store.h"
#include "tests/unit/faults/host_parts.h"
#include "tests/unit/faults/scenario.h"

using namespace kiosk;
using namespace kiosk::bridge;
using namespace kiosk::test;

namespace {

const ReceiptBook& book() {
  static const ReceiptBook made{ed25519Signer(hostKey(), "host-1"), {}};
  return made;
}

ReceiptKeys publicKeys() {
  const nlohmann::json jwks = {{"keys", {ed25519Jwk(hostKey().publicKey(), "host-1")}}};
  return *ReceiptKeys::parse(jwks.dump());
}

/// A receipt and, next to it, the row that it speaks of.
bool add(const std::string& dir, const std::string& id) {
  auto store = Store::open({.path = dir + "/kiosk.db"});
  if (!store) return false;
  return (*store)
      ->runNow<void>("test.add",
                     [&](soci::session& sql) {
                       ReceiptDraft draft;
                       draft.id = id;
                       draft.atMs = 1'800'000'000'000;
                       draft.user = UserId("anna");
                       draft.app = AppId("app");
                       draft.permission = "p";
                       draft.body = {{"note", std::string(6000, 't')}};
                       sql << "INSERT INTO refusals VALUES ('anna', 'app', :id, 1, 1)",
                           soci::use(id, "id");
                       return book().append(sql, draft);
                     })
      .has_value();
}

}  // namespace

TEST_CASE("faults: a receipt is there with what it speaks of, and the chain holds") {
  faultsOfAllKinds({.prepare =
                        [](const std::string& dir) {
                          REQUIRE(add(dir, "r1"));
                          REQUIRE(add(dir, "r2"));
                        },
                    .act = [](const std::string& dir) { return add(dir, "r3"); },
                    .look =
                        [](const std::string& dir) {
                          auto store = Store::open({.path = dir + "/kiosk.db"});
                          REQUIRE_MESSAGE(store.has_value(), (store ? "" : store.error().message));
                          std::string text;
                          long long answers = 0;
                          const auto read = (*store)->runNow<void>(
                              "test.read", [&](soci::session& sql) -> Result<void> {
                                for (const auto& one : readReceipts(sql, {}))
                                  text += one.token + "\n";
                                text += *book().head(sql, 1'800'000'000'001) + "\n";
                                sql << "SELECT COUNT(*) FROM refusals", soci::into(answers);
                                return {};
                              });
                          REQUIRE(read.has_value());
                          const auto report =
                              verifyReceipts(text, publicKeys(), ReceiptSpan::Whole);
                          REQUIRE_MESSAGE(report.sound, report.why);
                          REQUIRE(report.receipts == static_cast<std::uint64_t>(answers));
                          REQUIRE((answers == 2 || answers == 3));
                          return answers == 2 ? State::Old : State::New;
                        }});
}
