// Goal: a receipt says what was agreed to and by whom, nobody can change, move, add or take away
// one without being named by the verifier, and it is on disk exactly when its answer is. Method: a
// book over a real store; the verifier gets the exported text and the public key, nothing else.
#include <doctest/doctest.h>

#include "bridge/receipts/receipt_book.h"
#include "bridge/receipts/receipt_verify.h"
#include "bridge/store/grants.h"
#include "runtime/base/json.h"
#include "tests/unit/bridge/payments_fixture.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;
using test::SeededRandom;

/// A chain of receipts, some of them of another user.
struct Chain {
  test::TempFolder folder;
  SeededRandom random{11};
  Ed25519Key key = Ed25519Key::generate(random);
  ReceiptBook book{ed25519Signer(key, "host-1"), {.name = "Test host", .jurisdiction = "RU"}};
  std::unique_ptr<Store> store = *Store::open({.path = (folder.path() / "kiosk.db").string()});
  SessionInfo anna = test::makeSession(app(), "anna");

  static std::shared_ptr<Package> app() {
    auto package = test::makePackage("ru.post.parcel");
    package->payloadHash = std::string(64, 'a');
    package->manifest.versionName = "1.2";
    package->manifest.optionalPermissions = {{"identity.basic", "to greet you", "delivery", 30}};
    package->manifest.appOperator = Operator{.name = "Post",
                                             .inn = "7724490000",
                                             .ogrn = "",
                                             .address = "Moscow",
                                             .email = "a@post.example",
                                             .phone = "",
                                             .privacyPolicyUrl = "https://post.example/privacy",
                                             .termsUrl = "",
                                             .ageRating = ""};
    return package;
  }

  ReceiptDraft draft(const std::string& id, ReceiptKind kind, const std::string& user = "anna") {
    QuestionSource source;
    source.method = "identity.userinfo";
    source.grantName = "identity.basic";
    source.title = "See your name and photo";
    source.facts = {{"Fields", "name"}};
    source.principal = "pairwise-" + user;
    source.dataCategories = {"name", "photo"};
    const auto question = askFor(anna, std::move(source));
    ReceiptDraft draft;
    draft.id = id;
    draft.kind = kind;
    draft.atMs = 1'800'000'000'000;
    draft.user = UserId(user);
    draft.app = AppId("ru.post.parcel");
    draft.permission = "identity.basic";
    draft.body = bodyOf(anna, *question, "pairwise-" + user);
    return draft;
  }
  Result<void> append(const ReceiptDraft& draft) {
    return store->runNow<void>("test.append",
                               [&](soci::session& sql) { return book.append(sql, draft); });
  }
  void fill() {
    REQUIRE(append(draft("r1", ReceiptKind::Grant)).has_value());
    REQUIRE(append(draft("r2", ReceiptKind::Refusal, "boris")).has_value());
    auto revoked = draft("r3", ReceiptKind::Revocation);
    revoked.body = revocationBody(CollectionMethod::Settings);
    revoked.relatesTo = "r1";
    REQUIRE(append(revoked).has_value());
    REQUIRE(append(draft("r4", ReceiptKind::Grant)).has_value());
  }
  template <class T>
  T query(std::function<T(soci::session&)> read) {
    return *store->runNow<T>("test.query", [&](soci::session& s) { return Result<T>(read(s)); });
  }
  std::vector<StoredReceipt> all() {
    return query<std::vector<StoredReceipt>>(
        [](soci::session& sql) { return readReceipts(sql, {}); });
  }
  std::vector<std::string> lines() {
    std::vector<std::string> lines;
    for (const auto& one : all()) {
      lines.push_back(one.token.empty() ? "withheld " + std::to_string(one.seq) + " " + one.hash
                                        : one.token);
    }
    lines.push_back(*store->runNow<std::string>(
        "test.head", [&](soci::session& sql) { return book.head(sql, 1); }));
    return lines;
  }
  ReceiptKeys keys() const {
    return *ReceiptKeys::parse(
        json{{"keys", json::array({ed25519Jwk(key.publicKey(), "host-1")})}}.dump());
  }
  ReceiptReport verify(const std::vector<std::string>& lines,
                       ReceiptSpan span = ReceiptSpan::Whole) const {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return verifyReceipts(text, keys(), span);
  }
  /// A token with another payload, signed again by `signer`.
  static std::string edited(const std::string& token, const std::function<void(json&)>& edit,
                            const ReceiptSigner& signer) {
    auto payload = parseReceiptToken(token)->payload;
    edit(payload);
    return *signReceiptToken(payload, kConsentReceiptType, signer);
  }
};

}  // namespace

TEST_CASE("receipts: a grant's receipt holds the fields of a consent record, and no host user id") {
  Chain chain;
  chain.fill();
  const auto payload = parseReceiptToken(chain.all()[0].token)->payload;
  const json expected = {{"version", "kiosk-receipt-1"},
                         {"issuer", "Test host"},
                         {"jurisdiction", "RU"},
                         {"kind", "grant"},
                         {"seq", 1},
                         {"id", "r1"},
                         {"issuedAtMs", 1'800'000'000'000},
                         {"principal", "pairwise-anna"},
                         {"permission", "identity.basic"},
                         {"call", "identity.userinfo"},
                         {"purpose", "delivery"},
                         {"dataCategories", {"name", "photo"}},
                         {"retentionDays", 30},
                         {"language", "en"},
                         {"consentType", "explicit"},
                         {"collectionMethod", "host-sheet"},
                         {"scope", "once"},
                         {"controller",
                          {{"name", "Post"},
                           {"inn", "7724490000"},
                           {"address", "Moscow"},
                           {"email", "a@post.example"},
                           {"privacyPolicyUrl", "https://post.example/privacy"}}},
                         {"app",
                          {{"id", "ru.post.parcel"},
                           {"name", "Parcel"},
                           {"version", "1.2"},
                           {"codeHash", std::string(64, 'a')}}}};
  for (const auto& [member, value] : expected.items()) {
    CAPTURE(member);
    CHECK(payload[member] == value);
  }
  CHECK(payload["text"]["title"] == "See your name and photo");
  CHECK(payload["text"]["facts"] == json::array({json::array({"Fields", "name"})}));
  CHECK(payload["textHash"] == sha256Hex(*canonicalJson(payload["text"])));
  CHECK(payload.dump().find("\"anna\"") == std::string::npos);
}

TEST_CASE("receipts: a revocation names the grant it ends, and takes over whose and what it was") {
  Chain chain;
  chain.fill();
  const auto payload = parseReceiptToken(chain.all()[2].token)->payload;
  CHECK(payload["kind"] == "revocation");
  CHECK(payload["relatesTo"] == "r1");
  CHECK(payload["collectionMethod"] == "host-settings");
  CHECK(payload["principal"] == "pairwise-anna");
  CHECK(payload["controller"]["name"] == "Post");
}

TEST_CASE("receipts: a whole chain is sound, and so is each receipt by itself") {
  Chain chain;
  chain.fill();
  const auto lines = chain.lines();
  const auto whole = chain.verify(lines);
  CHECK_MESSAGE(whole.sound, whole.why);
  CHECK(whole.receipts == 4);
  CHECK(whole.headSeen);
  for (std::size_t i = 0; i < 4; ++i) CHECK(chain.verify({lines[i]}, ReceiptSpan::Some).sound);
  const auto some = chain.verify({lines[0], lines[3]}, ReceiptSpan::Some);
  CHECK(some.sound);
  CHECK(some.gaps == 1);
  CHECK_FALSE(some.headSeen);
}

TEST_CASE("receipts: each removal, swap, doubling and addition in a chain is named") {
  Chain chain;
  chain.fill();
  const auto lines = chain.lines();
  const auto without = [&](std::size_t at) {
    auto cut = lines;
    cut.erase(cut.begin() + static_cast<std::ptrdiff_t>(at));
    return chain.verify(cut);
  };
  for (std::size_t i = 0; i < 3; ++i) {
    const auto report = without(i);
    CHECK_FALSE(report.sound);
    CHECK(report.badLine == i + 1);
    CHECK(report.why == "receipt " + std::to_string(i + 1) + " is missing");
  }
  const auto last = without(3);
  CHECK(last.badLine == 4);
  CHECK(last.why == "the chain ends at receipt 4, the file with receipt 3");
  CHECK_FALSE(without(4).headSeen);
  for (std::size_t i = 0; i + 1 < 4; ++i) {
    auto swapped = lines;
    std::swap(swapped[i], swapped[i + 1]);
    const auto report = chain.verify(swapped);
    CHECK_FALSE(report.sound);
    CHECK(report.badLine == i + 1);
  }
  auto doubled = lines;
  doubled.insert(doubled.begin() + 1, lines[1]);
  CHECK(chain.verify(doubled).badLine == 3);
  auto longer = lines;
  longer.push_back(lines[0]);
  CHECK(chain.verify(longer).why == "there is a line after the head");
}

TEST_CASE("receipts: every changed character of a token is named") {
  Chain chain;
  chain.fill();
  const auto lines = chain.lines();
  // The last character of a part may hold bits that base64url does not use; those must be zero.
  for (std::size_t at = 0; at < lines[1].size(); ++at) {
    auto changed = lines;
    changed[1][at] = changed[1][at] == 'A' ? 'B' : 'A';
    const auto report = chain.verify(changed);
    CHECK_FALSE_MESSAGE(report.sound, at);
    CHECK(report.badLine == 2);
  }
}

TEST_CASE("receipts: a token may be as long as the bound, and no longer") {
  kiosk::test::SeededRandom random(5);
  const auto key = Ed25519Key::generate(random);
  const auto signer = ed25519Signer(key, "host-1");
  bool reached = false;
  for (std::size_t length = 48'980; length < 49'040; ++length) {
    const auto token =
        signReceiptToken({{"text", std::string(length, 'x')}}, kConsentReceiptType, *signer);
    if (!token) {
      CHECK(token.error().code == ErrorCode::PayloadTooLarge);
      continue;
    }
    CHECK(token->size() <= kReceiptTokenBytesMax);
    reached = reached || token->size() == kReceiptTokenBytesMax;
  }
  CHECK(reached);
}

TEST_CASE("receipts: another key's signature, another algorithm and another type are refused") {
  Chain chain;
  chain.fill();
  auto lines = chain.lines();
  const auto other = Ed25519Key::generate(chain.random);
  const auto same = [](json&) {};
  lines[1] = Chain::edited(lines[1], same, *ed25519Signer(other, "host-1"));
  CHECK(chain.verify(lines).why == "its signature is not sound: it was changed");
  lines[1] = Chain::edited(lines[1], same, *ed25519Signer(other, "host-2"));
  CHECK(chain.verify(lines).why.find("host-2, which is not in the set") != std::string::npos);

  const auto token = chain.lines()[1];
  const auto rest = token.substr(token.find('.'));
  for (const char* alg : {"none", "HS256", "ES256", "eddsa"}) {
    const auto header = json{{"alg", alg}, {"kid", "host-1"}, {"typ", kConsentReceiptType}}.dump();
    lines[1] = toBase64Url(bytesOf(header)) + rest;
    CHECK_FALSE(chain.verify(lines).sound);
  }
  auto payload = parseReceiptToken(token)->payload;
  lines[1] = *signReceiptToken(payload, "kiosk-receipt+jwt", *ed25519Signer(chain.key, "host-1"));
  CHECK(chain.verify(lines).why == "it is a token of another type");
}

TEST_CASE("receipts: even the host's key cannot make a receipt whose text, act or place disagree") {
  Chain chain;
  chain.fill();
  const auto signer = ed25519Signer(chain.key, "host-1");
  const std::vector<std::pair<std::string, std::function<void(json&)>>> edits = {
      {"text that was shown", [](json& p) { p["text"]["title"] = "Nothing"; }},
      {"consentHash", [](json& p) { p["actHash"] = std::string(64, '0'); }},
      {"consentHash", [](json& p) { p["principal"] = "pairwise-vera"; }},
      {"consentHash", [](json& p) { p["call"] = "payments.request"; }},
      {"consentHash", [](json& p) { p["app"]["codeHash"] = std::string(64, 'b'); }},
      {"follows another receipt", [](json& p) { p["prev"] = std::string(64, '1'); }},
      {"does not name the receipt before it", [](json& p) { p["prev"] = std::string(64, 'g'); }},
      {"does not name the receipt before it", [](json& p) { p["prev"] = std::string(64, 'A'); }},
      {"is missing", [](json& p) { p["seq"] = 3; }},
      {"kind is not known", [](json& p) { p["kind"] = "wish"; }},
      {"version", [](json& p) { p["version"] = "kiosk-receipt-2"; }}};
  for (const auto& [why, edit] : edits) {
    auto lines = chain.lines();
    lines[1] = Chain::edited(lines[1], edit, *signer);
    const auto report = chain.verify(lines);
    CHECK_FALSE(report.sound);
    CHECK(report.badLine == 2);
    CHECK_MESSAGE(report.why.find(why) != std::string::npos, report.why);
  }
}

TEST_CASE("receipts: an erased user's receipts leave hashes, and the chain stays whole") {
  Chain chain;
  chain.fill();
  CHECK(chain.query<std::int64_t>(
            [](soci::session& sql) { return eraseReceipts(sql, UserId("anna")); }) == 3);
  const auto stored = chain.all();
  REQUIRE(stored.size() == 4);
  CHECK(stored[0].token.empty());
  CHECK(stored[0].user.empty());
  CHECK(stored[1].user == "boris");
  REQUIRE(chain.append(chain.draft("r5", ReceiptKind::Grant, "vera")).has_value());
  const auto report = chain.verify(chain.lines());
  CHECK_MESSAGE(report.sound, report.why);
  CHECK(report.receipts == 2);
  CHECK(report.withheld == 3);
  auto lines = chain.lines();
  lines[0].back() = lines[0].back() == '0' ? '1' : '0';
  CHECK(chain.verify(lines).badLine == 2);
}

TEST_CASE("receipts: the chain cannot be rewritten by SQL, and an id is used once") {
  Chain chain;
  chain.fill();
  for (const char* statement :
       {"DELETE FROM receipts WHERE seq = 4", "UPDATE receipts SET kind = 'grant' WHERE seq = 2"}) {
    CHECK_FALSE(chain.store
                    ->runNow<void>("test.sql",
                                   [&](soci::session& sql) -> Result<void> {
                                     sql << statement;
                                     return {};
                                   })
                    .has_value());
  }
  CHECK_FALSE(chain.append(chain.draft("r1", ReceiptKind::Grant)).has_value());
  CHECK(chain.all().size() == 4);
}

TEST_CASE("receipts: a receipt that cannot be written takes its grant back with it") {
  Chain chain;
  chain.fill();
  const HostKeys keys(std::string(32, 'k'), Ed25519Key::generate(chain.random));
  const auto grants = sqlGrantStore(*chain.store, chain.book, keys);
  test::HandLoop loop;
  grants->attached(loop);
  const auto put = [&](const std::string& receiptId) {
    auto draft = chain.draft(receiptId, ReceiptKind::Grant);
    std::optional<Result<void>> done;
    grants->put({receiptId, draft.user, draft.app, draft.permission, "code", "c", "en", "p", 1},
                draft, [&](Result<void> r) { done = std::move(r); });
    loop.runUntil([&] { return done.has_value(); });
    return done->has_value();
  };
  const auto count = [&] {
    return chain.query<std::int64_t>([](soci::session& sql) {
      long long rows = 0;
      sql << "SELECT COUNT(*) FROM grants", soci::into(rows);
      return std::int64_t{rows};
    });
  };
  CHECK_FALSE(put("r1"));  // the chain has a receipt of this id
  CHECK(count() == 0);
  CHECK(chain.all().size() == 4);
  CHECK(put("r9"));
  CHECK(count() == 1);
  CHECK(chain.all().size() == 5);
}

TEST_CASE("receipts: a payment leaves one, also when it is repeated; one that failed leaves none") {
  test::PaymentsBench bench;
  const auto paid = bench.pay(bench.anna, bench.order("A-1", 1500), "key-1");
  REQUIRE(paid.has_value());
  CHECK(bench.pay(bench.anna, bench.order("A-1", 1500), "key-1").has_value());
  CHECK_FALSE(bench.pay(bench.boris, bench.order("B-1", 900'000), "key-2").has_value());
  const auto receipts = bench.query<std::vector<StoredReceipt>>(
      [](soci::session& sql) { return readReceipts(sql, {}); });
  REQUIRE(receipts.size() == 1);
  CHECK(receipts[0].kind == "payment");
  CHECK(receipts[0].id == (*paid)["paymentId"]);
  CHECK(receipts[0].user == "anna");
  const auto payload = parseReceiptToken(receipts[0].token)->payload;
  CHECK(payload["relatesTo"] == "receipt-1");  // of the consent
  CHECK(payload["payment"]["amountMinor"] == 1500);
  CHECK(payload["payment"]["orderId"] == "A-1");
  CHECK(payload["payment"]["payee"] == (*paid)["receipt"]["payee"]);
  CHECK(payload["principal"] == (*paid)["receipt"]["payer"]);
}

TEST_CASE("receipts: a key set must be one, and its keys sound") {
  Chain chain;
  const auto good = ed25519Jwk(chain.key.publicKey(), "host-1");
  const auto parse = [](const json& keys) {
    return ReceiptKeys::parse(json{{"keys", keys}}.dump());
  };
  CHECK(parse(json::array({good}))->size() == 1);
  CHECK_FALSE(ReceiptKeys::parse("[]").has_value());
  CHECK_FALSE(ReceiptKeys::parse("no JSON").has_value());
  CHECK_FALSE(parse(json::array({good, good})).has_value());
  auto bad = good;
  bad["x"] = "AAAA";
  CHECK_FALSE(parse(json::array({bad})).has_value());
  bad = good;
  bad["d"] = good["x"];
  CHECK_FALSE(parse(json::array({bad})).has_value());
  bad = good;
  bad["alg"] = "GOST3410-2012-256";
  CHECK(parse(json::array({bad}))->size() == 0);  // another suite's key is passed over
}

}  // namespace kiosk::bridge
