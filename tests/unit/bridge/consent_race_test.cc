// Goal: whatever the order in which a grant and its revocation meet on the way to the disk, nothing
// rests on a grant once its revocation was confirmed, and the receipts tell what happened. Method:
// several users' calls and revocations start at random moments against the real store and audit
// threads, with one loop as in a host. KIOSK_RACE_ROUNDS sets how many: one user's is one round.
#include <doctest/doctest.h>

#include <cstdlib>

#include "bridge/receipts/receipt_verify.h"
#include "bridge/store/grants.h"
#include "tests/unit/bridge/fakes.h"
#include "tests/unit/bridge/service_fixture.h"
#include "tests/unit/bridge/test_catalogue.h"

using namespace kiosk;
using namespace kiosk::bridge;
using namespace kiosk::bridge::rig;

namespace {

constexpr std::size_t kUsers = 8;

/// A gate over a real store.
struct Race {
  TempDir data;
  kiosk::test::SeededRandom random{77};
  HostKeys keys{std::string(32, 'k'), Ed25519Key::generate(random)};
  ReceiptBook book{ed25519Signer(keys.signing(), "host-1"), {}};
  std::unique_ptr<Store> store = *Store::open({.path = data.path + "/kiosk.db"});
  GateRig rig{smallCatalogue(), limits(), 4096, sqlGrantStore(*store, book, keys)};
  std::vector<std::unique_ptr<FakeSession>> sessions;
  std::set<std::string> ended;  ///< receipts of grants whose revocation was confirmed
  std::uint64_t handled = 0, late = 0, refused = 0;

  static GateLimits limits() {
    GateLimits all;
    all.callsBurstMax = all.callsPerMinuteMax = UINT32_MAX;
    all.promptsBurstMax = all.promptsPerHourMax = all.promptsPerDayMax = UINT32_MAX;
    return all;
  }

  Race() {
    for (std::size_t i = 0; i < kUsers; ++i) {
      sessions.push_back(std::make_unique<FakeSession>(
          "s" + std::to_string(i), appWith({"test.once"}), "user" + std::to_string(i)));
      rig.open(*sessions.back());
    }
    rig.service.result = [this](const CallContext& context) -> Result<json> {
      ++handled;
      if (ended.contains(context.receiptId)) ++late;
      return json(nullptr);
    };
  }
  ~Race() {
    for (const auto& session : sessions) rig.close(*session);
  }

  const AppId& app() { return sessions[0]->info().manifest().appId; }

  /// The receipt of the grant that stands on disk; empty when none does.
  std::string standing(std::size_t user) {
    const auto& info = sessions[user]->info();
    std::optional<Standing> found;
    rig.grants->standing(info.user, app(), "test.once", info.package->payloadHash,
                         [&](Result<Standing> now) { found = *now; });
    CHECK(rig.loop.until([&] { return found.has_value(); }));
    return found && found->grant ? found->grant->receiptId : "";
  }

  /// One round for each user, who calls and revokes at moments of chance; true when all were
  /// answered.
  bool round() {
    struct Turn {
      std::size_t user = 0;
      bool revokes = false;
    };
    std::vector<Turn> turns;
    for (std::size_t user = 0; user < kUsers; ++user) {
      turns.push_back({user, false});
      turns.push_back({user, true});
      if (random.below(2) == 0) turns.push_back({user, false});
    }
    for (auto i = turns.size() - 1; i > 0; --i) std::swap(turns[i], turns[random.below(i + 1)]);
    std::vector<std::shared_ptr<GateRig::Outcome>> calls;
    std::size_t revocations = 0, confirmed = 0;
    for (const auto& turn : turns) {
      auto& session = *sessions[turn.user];
      if (!turn.revokes) {
        calls.push_back(rig.start(session, "test.once", json::object()));
      } else {
        ++revocations;
        rig.desk->revoke(session.info().user, app(), "test.once", CollectionMethod::Settings,
                         [this, &confirmed, user = turn.user](Result<bool>) {
                           ++confirmed;
                           noteEnded(user);
                         });
      }
      if (random.below(3) == 0) rig.loop.drain();
    }
    const bool all = rig.loop.until([&] {
      return confirmed == revocations &&
             std::all_of(calls.begin(), calls.end(), [](const auto& c) { return c->done(); });
    });
    for (const auto& call : calls) {
      if (call->code() == "permission_denied") ++refused;
      CHECK((call->code() == "ok" || call->code() == "permission_denied"));
    }
    return all;
  }

  /// What the store calls ended now may not be handled any more.
  void noteEnded(std::size_t user) {
    const auto name = sessions[user]->info().user.value;
    store->run<std::vector<std::string>>(
        "test.ended",
        [name](soci::session& sql) -> Result<std::vector<std::string>> {
          std::vector<std::string> ids;
          soci::rowset<std::string> rows =
              (sql.prepare << "SELECT receipt_id FROM grants_ended WHERE user_id = :owner"
                              " ORDER BY ended_at_ms DESC LIMIT 4",
               soci::use(name, "owner"));
          for (const auto& id : rows) ids.push_back(id);
          return ids;
        },
        [this](Result<std::vector<std::string>> ids) {
          for (const auto& id : *ids) ended.insert(id);
        });
  }
};

std::uint64_t raceRounds() {
  const char* given = std::getenv("KIOSK_RACE_ROUNDS");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 320;
}

}  // namespace

TEST_CASE("consent: races of grant against revoke leave no call on a grant that was taken back") {
  Race race;
  const auto rounds = raceRounds();
  for (std::uint64_t i = 0; i < rounds; i += kUsers) {
    if (!race.round()) FAIL("round " << i << " did not end");
  }
  CHECK(race.late == 0);
  CHECK(race.handled > rounds / 2);  // how many meet their revocation is chance
  CHECK(race.refused > 0);           // some calls were met by their revocation
  for (std::size_t user = 0; user < kUsers; ++user) {
    const auto onDisk = race.standing(user);
    std::optional<std::string> known;
    race.rig.desk->find(race.sessions[user]->info().id, "test.once",
                        [&](Result<std::string> receipt) { known = *receipt; });
    CHECK(race.rig.loop.until([&] { return known.has_value(); }));
    CHECK(*known == onDisk);
  }
  std::string text;
  std::map<std::string, std::string> lastGrant;
  const auto all = *race.store->runNow<std::vector<StoredReceipt>>(
      "test.read", [](soci::session& sql) -> Result<std::vector<StoredReceipt>> {
        ReceiptFilter filter;
        filter.countMax = INT32_MAX;
        return readReceipts(sql, filter);
      });
  for (const auto& receipt : all) {
    text += receipt.token + "\n";
    const auto payload = parseReceiptToken(receipt.token)->payload;
    if (receipt.kind == "grant") {
      lastGrant[receipt.user] = receipt.id;
    } else {
      CHECK(payload["relatesTo"] == lastGrant[receipt.user]);  // it ends the grant before it
    }
  }
  const auto jwk = ed25519Jwk(race.keys.signing().publicKey(), "host-1");
  const auto keys = ReceiptKeys::parse(json{{"keys", json::array({jwk})}}.dump());
  const auto report = verifyReceipts(text, *keys, ReceiptSpan::Whole);
  CHECK_MESSAGE(report.sound, report.why);
  MESSAGE(rounds << " rounds: " << race.handled << " handled, " << race.refused
                 << " met by a revocation, " << report.receipts << " receipts");
}
