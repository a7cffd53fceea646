#include "bridge/demo_seed.h"

#include <string>
#include <vector>

#include "bridge/payments/demo_merchant.h"
#include "bridge/payments/ledger.h"
#include "runtime/base/crypto.h"

namespace kiosk::bridge {
namespace {

struct DemoUser {
  std::string id, firstName, lastName, phone;
  std::int64_t balanceMinor;
};

const std::vector<DemoUser>& demoUsers() {
  static const std::vector<DemoUser> kUsers = {
      {"anna", "Анна", "Смирнова", "+79990000001", 2'500'000},
      {"boris", "Борис", "Кузнецов", "+79990000002", 100'000},
      {"vera", "Вера", "Орлова", "+79990000003", 0},
  };
  return kUsers;
}

struct DemoChat {
  std::string id, title;
  std::vector<std::string> members;
};

const std::vector<DemoChat>& demoChats() {
  static const std::vector<DemoChat> kChats = {
      {"chat-family", "Family", {"anna", "boris", "vera"}},
      {"chat-work", "Work", {"anna", "boris"}},
      {"chat-dacha", "Дача", {"anna", "vera"}},
  };
  return kChats;
}

Result<void> seedUsers(soci::session& sql, std::int64_t nowMs) {
  for (const DemoUser& user : demoUsers()) {
    sql << "INSERT INTO users (id, first_name, last_name, username, photo_url, language, phone)"
           " VALUES (:id, :first, :last, :username, '', 'ru', :phone)",
        soci::use(user.id, "id"), soci::use(user.firstName, "first"),
        soci::use(user.lastName, "last"), soci::use(user.id, "username"),
        soci::use(user.phone, "phone");
    if (user.balanceMinor == 0) continue;
    const ledger::Entry entries[] = {
        {{ledger::OwnerKind::Host, "funding", "RUB"}, -user.balanceMinor},
        {{ledger::OwnerKind::User, user.id, "RUB"}, user.balanceMinor}};
    auto posted = ledger::post(sql, {.id = "demo-" + user.id, .createdAtMs = nowMs}, entries);
    if (!posted) return posted;
  }
  return {};
}

void seedChats(soci::session& sql) {
  for (const DemoChat& chat : demoChats()) {
    sql << "INSERT INTO chats (id, title) VALUES (:id, :title)", soci::use(chat.id, "id"),
        soci::use(chat.title, "title");
    for (const std::string& member : chat.members) {
      sql << "INSERT INTO chat_members (chat_id, user_id) VALUES (:chat, :member)",
          soci::use(chat.id, "chat"), soci::use(member, "member");
    }
  }
}

Result<void> seedMerchant(soci::session& sql, const std::string& id, const std::string& name,
                          std::string_view seed) {
  auto key = Ed25519Key::fromSeed(bytesOf(seed));
  if (!key) return key.error();
  const std::string kid(kDemoMerchantKid);
  const std::string publicKey = toBase64Url(bytesOf(key->publicKey()));
  sql << "INSERT INTO merchants (id, name) VALUES (:id, :name)", soci::use(id, "id"),
      soci::use(name, "name");
  sql << "INSERT INTO merchant_keys (merchant_id, kid, public_key, revoked)"
         " VALUES (:id, :kid, :public_key, 0)",
      soci::use(id, "id"), soci::use(kid, "kid"), soci::use(publicKey, "public_key");
  return {};
}

Result<void> seedMerchants(soci::session& sql) {
  auto post = seedMerchant(sql, std::string(kDemoMerchantId), std::string(kDemoMerchantName),
                           kDemoMerchantSeed);
  if (!post) return post;
  return seedMerchant(sql, std::string(kDemoShopId), std::string(kDemoShopName), kDemoShopSeed);
}

}  // namespace

Result<void> seedDemo(Store& store, Clock& clock) {
  return store.runNow<void>("demo.seed",
                            [nowMs = clock.wallMs()](soci::session& sql) -> Result<void> {
                              // The merchant tells: a user may have been erased since, and shall
                              // not come back.
                              long long seeded = 0;
                              const std::string merchant(kDemoMerchantId);
                              sql << "SELECT COUNT(*) FROM merchants WHERE id = :id",
                                  soci::use(merchant, "id"), soci::into(seeded);
                              if (seeded > 0) return {};
                              auto users = seedUsers(sql, nowMs);
                              if (!users) return users;
                              seedChats(sql);
                              return seedMerchants(sql);
                            });
}

}  // namespace kiosk::bridge
