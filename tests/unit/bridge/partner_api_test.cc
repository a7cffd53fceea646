// Goal: the partner API does what a merchant signed, once, for that merchant alone, and says why
// when it does not. Method: whole requests through PartnerApi over a real store, without sockets;
// each rule broken once, and the store looked at afterwards.

#include "bridge/server/partner_api.h"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <set>
#include <thread>

#include "bridge/payments/merchants.h"
#include "bridge/payments/subscription_book.h"
#include "bridge/server/partner_bounds.h"
#include "bridge/server/webhook_url.h"
#include "runtime/base/json.h"
#include "tests/unit/bridge/partner_fixture.h"
#include "tests/unit/bridge/payments_fixture.h"

namespace kiosk::bridge::partner {
namespace {

using nlohmann::json;
using test::PartnerSigner;

PartnerApiConfig benchConfig() {
  return {{"api.example.org", "127.0.0.1:8080"},
          [] { return Result<AuditKeys>(AuditKeys()); },
          "https://api.example.org",
          false};
}

struct PartnerBench : test::PaymentsBench {
  PartnerSigner signer;
  PartnerApi api{*store, clock, random, benchConfig()};

  ApiRequest signedRequest(PartnerSigner& by, const std::string& method, const std::string& target,
                           const json& body = nullptr, const std::string& key = "") {
    by.nonce = "nonce-" + std::to_string(1'000'000'000 + ++nonces_);
    by.createdSeconds = clock.nowMs / 1000;
    return by.request(method, target, body.is_null() ? std::string() : dumpJson(body), key);
  }
  ApiAnswer get(const std::string& target) {
    return api.handle(signedRequest(signer, "GET", target));
  }
  ApiAnswer post(const std::string& target, const json& body, const std::string& key) {
    return api.handle(signedRequest(signer, "POST", target, body, key));
  }
  ApiAnswer put(const std::string& url) {
    return api.handle(signedRequest(signer, "PUT", "/v1/webhook", {{"url", url}}));
  }
  ApiAnswer postOrder(const std::string& id, std::int64_t amount, const std::string& key) {
    return post("/v1/orders", {{"orderToken", order(id, amount)}}, key);
  }
  /// A second merchant with a key of its own.
  PartnerSigner otherMerchant() {
    PartnerSigner other;
    other.merchantId = "other";
    other.kid = "k1";
    other.key = Ed25519Key::generate(random);
    MerchantRegistration registration;
    registration.id = other.merchantId;
    registration.name = "Other Ltd";
    registration.keyId = other.kid;
    registration.publicKey = other.key.publicKey();
    KIOSK_CHECK(putMerchant(*store, registration).has_value(), "a test's merchant is written");
    return other;
  }
  long long rows(const std::string& table) {
    return query<long long>([table](soci::session& s) {
      long long count = 0;
      s << "SELECT COUNT(*) FROM " + table, soci::into(count);
      return count;
    });
  }

 private:
  int nonces_ = 0;
};

json bodyOf(const ApiAnswer& answer) {
  auto body = parseJson(answer.body);
  return body ? *body : json();
}

std::string codeIn(const ApiAnswer& answer) { return bodyOf(answer).value("code", ""); }

std::string headerIn(const ApiAnswer& answer, std::string_view name) {
  for (const auto& [key, value] : answer.headers) {
    if (key == name) return value;
  }
  return {};
}

TEST_CASE("partner api: openapi.json describes every route, and nothing else") {
  const auto document = parseJson(embeddedOpenapi());
  REQUIRE(document);
  std::set<std::string> described, served;
  for (const auto& [path, item] : (*document)["paths"].items()) {
    for (const auto& [method, operation] : item.items()) {
      std::string upper = method;
      for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      described.insert(upper + " " + path);
    }
  }
  for (const ApiRoute& route : apiRoutes()) {
    served.insert(std::string(route.method) + " " + route.pattern);
  }
  CHECK(described == served);
}

TEST_CASE("partner api: an order is registered, read, listed and cancelled") {
  PartnerBench bench;
  const auto made = bench.postOrder("A-1", 5000, "k1");
  CHECK(made.status == 201);
  CHECK(bodyOf(made)["state"] == "created");
  CHECK(bodyOf(made)["amountMinor"] == 5000);
  CHECK(bench.postOrder("A-2", 100, "k2").status == 201);
  CHECK(bodyOf(bench.get("/v1/orders/A-1"))["orderId"] == "A-1");
  const auto page = bodyOf(bench.get("/v1/orders?limit=1"));
  CHECK(page["items"].size() == 1);
  CHECK(page["next"].is_string());
  const auto rest = bench.get("/v1/orders?limit=5&before=" + page["next"].get<std::string>());
  CHECK(bodyOf(rest)["items"].size() == 1);
  CHECK(bodyOf(rest)["next"].is_null());
  CHECK(bodyOf(bench.post("/v1/orders/A-1/cancel", nullptr, "k3"))["state"] == "cancelled");
  CHECK(bodyOf(bench.get("/v1/orders/A-1"))["state"] == "cancelled");
}

TEST_CASE("partner api: an order token that would not be paid is not registered") {
  PartnerBench bench;
  auto payload = bench.payload("B-1", 700);
  payload["merchantId"] = "other";
  CHECK(codeIn(bench.post("/v1/orders", {{"orderToken", bench.sign(payload)}}, "k1")) ==
        "order_invalid");
  const auto stranger = Ed25519Key::generate(bench.random);
  const auto forged = bench.signWith(stranger, "demo-1");
  const auto refused = bench.post("/v1/orders", {{"orderToken", forged}}, "k2");
  CHECK(refused.status == 422);
  CHECK(codeIn(refused) == "signature_invalid");
  const auto unknownKid = bench.signWith(bench.merchantKey(), "demo-2");
  CHECK(bench.post("/v1/orders", {{"orderToken", unknownKid}}, "k3").status == 422);
  const auto late = bench.order("B-2", 700, bench.clock.nowMs / 1000 - 1);
  CHECK(codeIn(bench.post("/v1/orders", {{"orderToken", late}}, "k4")) == "order_expired");
  auto payee = bench.payload("B-3", 700);
  payee["payee"] = "Somebody Else";
  CHECK(bench.post("/v1/orders", {{"orderToken", bench.sign(payee)}}, "k5").status == 422);
  CHECK(bench.rows("orders") == 0);
}

TEST_CASE("partner api: another merchant's things are as absent as what is not there") {
  PartnerBench bench;
  PartnerSigner other = bench.otherMerchant();
  REQUIRE(bench.pay(bench.anna, bench.order("C-1", 1000), "pay-1"));
  const auto mine = bodyOf(bench.get("/v1/orders/C-1"));
  CHECK(mine["state"] == "captured");
  const auto paymentId = mine["paymentId"].get<std::string>();
  const auto payment = bench.get("/v1/payments/" + paymentId);
  CHECK(bodyOf(payment)["status"] == "paid");
  CHECK(payment.body.find("anna") == std::string::npos);
  const auto refund = bodyOf(bench.post("/v1/orders/C-1/refunds", {{"amountMinor", 1}}, "r1"));
  const auto refundId = refund["refundId"].get<std::string>();
  CHECK(bench.get("/v1/refunds/" + refundId).status == 200);
  const std::pair<std::string, std::string> pairs[] = {
      {"/v1/orders/C-1", "/v1/orders/C-9"},
      {"/v1/orders/C-1/refunds", "/v1/orders/C-9/refunds"},
      {"/v1/payments/" + paymentId, "/v1/payments/none"},
      {"/v1/refunds/" + refundId, "/v1/refunds/none"}};
  for (const auto& [theirs, absent] : pairs) {
    CAPTURE(theirs);
    const auto one = bench.api.handle(bench.signedRequest(other, "GET", theirs));
    const auto two = bench.api.handle(bench.signedRequest(other, "GET", absent));
    CHECK(one.status == 404);
    CHECK(two.status == 404);
    CHECK(bodyOf(one)["detail"] == bodyOf(two)["detail"]);
  }
  for (const char* target : {"/v1/orders/C-1/cancel", "/v1/orders/C-1/refunds"}) {
    const auto act = bench.signedRequest(other, "POST", target, json::object(), target);
    CHECK(bench.api.handle(act).status == 404);
  }
  CHECK(bodyOf(bench.api.handle(bench.signedRequest(other, "GET", "/v1/events")))["items"].empty());
}

TEST_CASE("partner api: subscriptions are read and cancelled by their merchant alone") {
  PartnerBench bench;
  PartnerSigner other = bench.otherMerchant();
  Subscription one;
  one.id = std::string(32, 'a');
  one.merchantId = "post";
  one.planId = "PLUS";
  one.payer = "pairwise";
  one.mandate = "a.b.c";
  one.currency = "RUB";
  one.amountMinor = 100;
  bench.query<int>([one](soci::session& s) mutable {
    one.user = UserId("anna");
    insertSubscription(s, one, {"nonce-0000000001", "hash", "key-1", "params"});
    one.id = std::string(32, 'b');
    insertSubscription(s, one, {"nonce-0000000002", "hash", "key-2", "params"});
    return 0;
  });
  const auto page = bodyOf(bench.get("/v1/subscriptions?limit=1"));
  REQUIRE(page["items"].size() == 1);
  CHECK(page["next"] == std::string(32, 'b'));
  const auto rest = bench.get("/v1/subscriptions?limit=1&before=" + std::string(32, 'b'));
  CHECK(bodyOf(rest)["items"][0]["subscriptionId"] == one.id);
  const std::string path = "/v1/subscriptions/" + one.id;
  const auto read = bench.get(path);
  CHECK(bodyOf(read)["state"] == "active");
  CHECK(bodyOf(read)["mandate"] == "a.b.c");
  CHECK(read.body.find("anna") == std::string::npos);
  CHECK(bench.api.handle(bench.signedRequest(other, "GET", path)).status == 404);
  const auto theirs =
      bench.signedRequest(other, "POST", path + "/cancel", json::object(), "cancel-1");
  CHECK(bench.api.handle(theirs).status == 404);
  CHECK(bodyOf(bench.get(path))["state"] == "active");
  for (const char* key : {"cancel-1", "cancel-1", "cancel-2"}) {
    const auto done = bench.post(path + "/cancel", nullptr, key);
    CHECK(done.status == 200);
    CHECK(bodyOf(done)["state"] == "cancelled");
    CHECK(bodyOf(done)["reason"] == "merchant");
    CHECK(done.body.find("pairwise") == std::string::npos);
  }
}

TEST_CASE("partner api: a paid order is refunded in parts, and never by more than was paid") {
  PartnerBench bench;
  REQUIRE(bench.pay(bench.anna, bench.order("D-1", 1000), "pay-1"));
  const auto part = bench.post("/v1/orders/D-1/refunds", {{"amountMinor", 400}}, "r1");
  CHECK(part.status == 201);
  CHECK(bodyOf(part)["state"] == "succeeded");
  const auto over = bench.post("/v1/orders/D-1/refunds", {{"amountMinor", 601}}, "r2");
  CHECK(over.status == 422);
  CHECK(codeIn(over) == "amount_mismatch");
  CHECK(bodyOf(bench.post("/v1/orders/D-1/refunds", nullptr, "r3"))["amountMinor"] == 600);
  CHECK(bodyOf(bench.get("/v1/orders/D-1/refunds"))["items"].size() == 2);
  for (const json& wrong : {json(0), json(-1), json(1.5), json("1"), json(1'000'000'000'001)}) {
    const auto refused = bench.post("/v1/orders/D-1/refunds", {{"amountMinor", wrong}}, "r4");
    CHECK(refused.status == 400);
  }
  CHECK(bench.merchantBalance() == 0);
  CHECK(bench.audit().sound());
}

TEST_CASE("partner api: nobody but a key of the merchant is let in, and no answer says more") {
  PartnerBench bench;
  PartnerSigner wrongKey, noMerchant, noKid;
  wrongKey.key = Ed25519Key::generate(bench.random);
  noMerchant.merchantId = "nobody";
  noKid.kid = "demo-9";
  std::set<std::string> details;
  for (PartnerSigner* signer : {&wrongKey, &noMerchant, &noKid}) {
    const auto answer = bench.api.handle(bench.signedRequest(*signer, "GET", "/v1/orders"));
    CHECK(answer.status == 401);
    CHECK(codeIn(answer) == "signature_invalid");
    CHECK(headerIn(answer, "WWW-Authenticate") != "");
    details.insert(bodyOf(answer)["detail"].get<std::string>());
  }
  CHECK(details.size() == 1);
  CHECK(bench.rows("partner_nonces") == 0);
  auto bodyChanged = bench.signedRequest(bench.signer, "POST", "/v1/orders", json::object(), "k");
  bodyChanged.body = "{ }";
  CHECK(bench.api.handle(bodyChanged).status == 401);
}

TEST_CASE(
    "partner api: a request that was sent before is refused, also when it was refused first") {
  PartnerBench bench;
  for (const char* target : {"/v1/orders", "/v1/orders/none"}) {
    const auto request = bench.signedRequest(bench.signer, "GET", target);
    CHECK(bench.api.handle(request).status != 401);
    const auto again = bench.api.handle(request);
    CHECK(again.status == 401);
    CHECK(bodyOf(again)["detail"].get<std::string>().find("nonce") != std::string::npos);
  }
  // Remembered as long as the signature holds, and forgotten some time after.
  const auto request = bench.signedRequest(bench.signer, "GET", "/v1/orders");
  CHECK(bench.api.handle(request).status == 200);
  bench.clock.nowMs += 300'000;
  CHECK(bench.api.handle(request).status == 401);
  bench.clock.nowMs += 2'000'000;
  CHECK(bench.get("/v1/orders").status == 200);
  CHECK(bench.rows("partner_nonces") == 1);
}

TEST_CASE("partner api: the same key and request get the first answer byte for byte, one effect") {
  PartnerBench bench;
  REQUIRE(bench.pay(bench.anna, bench.order("E-1", 1000), "pay-1"));
  const auto first = bench.post("/v1/orders/E-1/refunds", {{"amountMinor", 10}}, "r1");
  CHECK(headerIn(first, "Idempotent-Replayed") == "");
  for (int i = 0; i < 3; ++i) {
    const auto again = bench.post("/v1/orders/E-1/refunds", {{"amountMinor", 10}}, "r1");
    CHECK(again.status == first.status);
    CHECK(again.body == first.body);
    CHECK(headerIn(again, "Idempotent-Replayed") == "true");
    CHECK(headerIn(again, "Kiosk-Request-Id") != headerIn(first, "Kiosk-Request-Id"));
  }
  CHECK(bench.rows("refunds") == 1);
  const auto refused = bench.post("/v1/orders/E-9/cancel", nullptr, "r2");
  CHECK(refused.status == 404);
  CHECK(bench.post("/v1/orders/E-9/cancel", nullptr, "r2").body == refused.body);
}

TEST_CASE(
    "partner api: another request under a used key is a conflict; another merchant's is not") {
  PartnerBench bench;
  PartnerSigner other = bench.otherMerchant();
  CHECK(bench.postOrder("F-1", 100, "k1").status == 201);
  const auto conflict = bench.postOrder("F-2", 100, "k1");
  CHECK(conflict.status == 409);
  CHECK(codeIn(conflict) == "invalid_params");
  CHECK(bench.post("/v1/orders/F-1/cancel", nullptr, "k1").status == 409);
  CHECK(bench.get("/v1/orders/F-2").status == 404);
  const auto theirs =
      bench.signedRequest(other, "POST", "/v1/orders/F-1/cancel", json::object(), "k1");
  CHECK(bench.api.handle(theirs).status == 404);
  bench.clock.nowMs += std::chrono::milliseconds(kAnswerKeptFor).count() + 1;
  CHECK(bench.postOrder("F-3", 100, "k1").status == 201);
}

/// Stops the first request between taking its idempotency key and reaching the store.
class GateClock final : public Clock {
 public:
  std::int64_t wallMs() const override {
    if (++reads_ == 2) {
      reached.set_value();
      opened.get_future().wait();
    }
    return test::kSignedAtMs;
  }
  std::int64_t monotonicUs() const override { return 0; }
  mutable std::promise<void> reached, opened;

 private:
  mutable std::atomic<int> reads_{0};
};

TEST_CASE(
    "partner api: while a request is served, another one under its key is told to come back") {
  PartnerBench bench;
  GateClock gate;
  PartnerApi api(*bench.store, gate, bench.random, benchConfig());
  const json body = {{"orderToken", bench.order("G-1", 100)}};
  const auto one = bench.signedRequest(bench.signer, "POST", "/v1/orders", body, "k1");
  const auto two = bench.signedRequest(bench.signer, "POST", "/v1/orders", body, "k1");
  ApiAnswer first;
  std::thread serving([&] { first = api.handle(one); });
  gate.reached.get_future().wait();
  CHECK(api.inFlight() == 1);
  const auto early = api.handle(two);
  CHECK(early.status == 409);
  CHECK(codeIn(early) == "busy");
  CHECK(headerIn(early, "Retry-After") == "1");
  gate.opened.set_value();
  serving.join();
  CHECK(first.status == 201);
  CHECK(api.inFlight() == 0);
  const auto late = api.handle(two);
  CHECK(late.body == first.body);
  CHECK(headerIn(late, "Idempotent-Replayed") == "true");
}

TEST_CASE("partner api: a key that is revoked while its request is served has no effect any more") {
  PartnerBench bench;
  GateClock gate;
  PartnerApi api(*bench.store, gate, bench.random, benchConfig());
  const auto request = bench.signedRequest(bench.signer, "POST", "/v1/orders",
                                           {{"orderToken", bench.order("G-2", 100)}}, "k1");
  ApiAnswer answer;
  std::thread serving([&] { answer = api.handle(request); });
  gate.reached.get_future().wait();
  bench.sql("UPDATE merchant_keys SET revoked = 1");
  gate.opened.set_value();
  serving.join();
  CHECK(answer.status == 401);
  CHECK(bench.rows("orders") == 0);
  CHECK(bench.rows("partner_answers") == 0);
}

TEST_CASE("partner api: a refusal takes back what its act had begun, and is kept itself") {
  PartnerBench bench;
  REQUIRE(bench.pay(bench.anna, bench.order("M-1", 1000), "pay-1"));
  bench.query<int>([](soci::session& s) {
    using ledger::OwnerKind;
    const ledger::Entry entries[] = {{{OwnerKind::Merchant, "post", "RUB"}, -1000},
                                     {{OwnerKind::Host, "funding", "RUB"}, 1000}};
    const auto drained = ledger::post(s, {.id = "drain", .createdAtMs = 1}, entries);
    KIOSK_CHECK(drained.has_value(), "a test's merchant spends its money");
    return 0;
  });
  const auto refused = bench.post("/v1/orders/M-1/refunds", nullptr, "r1");
  CHECK(refused.status == 422);
  CHECK(codeIn(refused) == "insufficient_funds");
  CHECK(bench.rows("refunds") == 0);
  CHECK(bodyOf(bench.get("/v1/orders/M-1"))["refundedMinor"] == 0);
  CHECK(bench.audit().sound());
  CHECK(bench.rows("partner_answers") == 1);
}

TEST_CASE("partner api: nonces that are remembered of one merchant have a bound") {
  PartnerBench bench;
  PartnerSigner other = bench.otherMerchant();
  bench.sql(
      "INSERT INTO partner_nonces WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
      " FROM n WHERE i < " +
      std::to_string(kNoncesPerMerchantMax) + ") SELECT 'post', 'x' || i, 9000000000000 FROM n");
  const auto refused = bench.get("/v1/keys");
  CHECK(refused.status == 429);
  CHECK(headerIn(refused, "Retry-After") == "300");
  CHECK(bench.api.handle(bench.signedRequest(other, "GET", "/v1/keys")).status == 200);
}

TEST_CASE("partner api: an answer that cannot be kept takes its effect back") {
  PartnerBench bench;
  bench.sql(
      "CREATE TRIGGER t BEFORE INSERT ON partner_answers BEGIN SELECT RAISE(ABORT, 'no');"
      " END");
  const auto failed = bench.postOrder("H-1", 100, "k1");
  CHECK(failed.status == 503);
  CHECK(headerIn(failed, "Retry-After") == "1");
  CHECK(bench.rows("orders") == 0);
  bench.sql("DROP TRIGGER t");
  CHECK(bench.postOrder("H-1", 100, "k1").status == 201);
}

TEST_CASE("partner api: a merchant over its rate waits, and others do not") {
  PartnerBench bench;
  PartnerSigner other = bench.otherMerchant();
  for (std::int64_t i = 0; i < kRequestsBurst; ++i) REQUIRE(bench.get("/v1/keys").status == 200);
  const auto refused = bench.get("/v1/keys");
  CHECK(refused.status == 429);
  CHECK(codeIn(refused) == "rate_limited");
  CHECK(headerIn(refused, "Retry-After") == "1");
  CHECK(headerIn(refused, "RateLimit") == "\"partner\";r=0;t=1");
  CHECK(headerIn(refused, "RateLimit-Policy") == "\"partner\";q=100;w=5");
  CHECK(bench.api.handle(bench.signedRequest(other, "GET", "/v1/keys")).status == 200);
  bench.clock.nowMs += 1000;
  for (std::int64_t i = 0; i < kRequestsPerSecond; ++i) CHECK(bench.get("/v1/keys").status == 200);
  CHECK(bench.get("/v1/keys").status == 429);
}

TEST_CASE("partner api: what is malformed is refused with a problem that says what to do") {
  PartnerBench bench;
  const auto edited = [&](auto edit) {
    auto request =
        bench.signedRequest(bench.signer, "POST", "/v1/orders", {{"orderToken", "x"}}, "k");
    edit(request);
    return bench.api.handle(request);
  };
  CHECK(edited([](auto& r) { r.body = std::string(kBodyBytesMax + 1, 'x'); }).status == 413);
  CHECK(edited([](auto& r) { r.headers[1].second = "text/plain"; }).status == 415);
  CHECK(edited([](auto& r) { r.headers.emplace_back("content-encoding", "gzip"); }).status == 415);
  CHECK(edited([](auto& r) { r.headers.emplace_back("content-length", "1x"); }).status == 400);
  CHECK(edited([](auto& r) { r.headers.emplace_back("x", "a\r\nb"); }).status == 400);
  CHECK(edited([](auto& r) { r.headers.emplace_back("x y", "a"); }).status == 400);
  CHECK(edited([](auto& r) { r.headers[0].second = "evil.example"; }).status == 421);
  CHECK(edited([](auto& r) { r.headers.emplace_back("host", "api.example.org"); }).status == 421);
  CHECK(edited([](auto& r) { r.target = "/v1/" + std::string(600, 'x'); }).status == 414);
  CHECK(edited([](auto& r) { r.target = "http://api.example.org/v1/orders"; }).status == 400);
  CHECK(edited([](auto& r) { r.target = "/v1/nothing"; }).status == 404);
  CHECK(edited([](auto& r) { r.target = "/v1/orders/%41"; }).status == 404);
  CHECK(edited([](auto& r) { r.method = "GET"; }).status == 400);
  CHECK(edited([](auto& r) {
          std::erase_if(r.headers, [](auto& h) { return h.first == "idempotency-key"; });
        }).status == 400);
  CHECK(edited([](auto& r) {
          for (int i = 0; i < 70; ++i) r.headers.emplace_back("x", "y");
        }).status == 431);
  const auto method = bench.api.handle(bench.signedRequest(bench.signer, "PUT", "/v1/orders"));
  CHECK(method.status == 405);
  CHECK(headerIn(method, "Allow") == "POST, GET");
  const auto problem = bodyOf(method);
  for (const char* member :
       {"type", "title", "status", "detail", "instance", "code", "requestId"}) {
    CHECK(problem.contains(member));
  }
  CHECK(problem["requestId"] == headerIn(method, "Kiosk-Request-Id"));
  CHECK(problem["instance"] == "urn:uuid:" + headerIn(method, "Kiosk-Request-Id"));
}

TEST_CASE("partner api: bodies and queries hold what is known, and nothing twice") {
  PartnerBench bench;
  CHECK(bench.post("/v1/orders", {{"orderToken", "x"}, {"more", 1}}, "k1").status == 400);
  CHECK(bench.post("/v1/orders", {{"orderToken", 1}}, "k2").status == 400);
  CHECK(bench.post("/v1/orders", json::array(), "k3").status == 400);
  for (const char* query : {"?limit=0", "?limit=101", "?limit=1e1", "?limit=1&limit=1", "?other=1",
                            "?limit", "?before=", "?limit=%31"}) {
    CAPTURE(query);
    CHECK(bench.get(std::string("/v1/orders") + query).status == 400);
  }
  CHECK(bench.get("/v1/orders?before=none").status == 404);
  CHECK(bench.get("/v1/events?state=lost").status == 400);
  CHECK(bench.get("/v1/events?after=-1").status == 400);
}

TEST_CASE("partner api: a key is registered with a proof by its private half, and revoked") {
  PartnerBench bench;
  const auto fresh = Ed25519Key::generate(bench.random);
  const auto newKey = [&](const std::string& kid, const Ed25519Key& by, json payload) {
    return json{{"kid", kid},
                {"publicKey", toBase64Url(bytesOf(fresh.publicKey()))},
                {"proof", signJws(payload, "kiosk-key+jwt", kid, by)}};
  };
  const std::int64_t now = bench.clock.nowMs / 1000;
  const json good = {{"merchantId", "post"}, {"kid", "k2"}, {"iat", now}};
  const auto patched = [&good](const char* name, const json& value) {
    json changed = good;
    changed[name] = value;
    return changed;
  };
  const auto refusal = [&](const json& body, const std::string& key) {
    return bench.post("/v1/keys", body, key).status;
  };
  CHECK(refusal(newKey("k2", bench.signer.key, good), "a1") == 422);
  CHECK(refusal(newKey("k2", fresh, patched("merchantId", "other")), "a2") == 422);
  CHECK(refusal(newKey("k2", fresh, patched("iat", now - 301)), "a3") == 422);
  CHECK(refusal(newKey("k2", fresh, patched("more", 1)), "a4") == 422);
  CHECK(refusal(newKey("k2", fresh, patched("kid", "k3")), "a5") == 422);
  CHECK(bench.post("/v1/keys/demo-1/revoke", nullptr, "a6").status == 409);  // the last one
  CHECK(refusal(newKey("k2", fresh, good), "a7") == 201);
  CHECK(refusal(newKey("k2", fresh, good), "a8") == 409);
  CHECK(refusal(newKey("k3", fresh, patched("kid", "k3")), "a9") == 409);  // the same key
  bench.signer.kid = "k2";
  bench.signer.key = *Ed25519Key::fromSeed(bytesOf(fresh.seed()));
  CHECK(bodyOf(bench.post("/v1/keys/demo-1/revoke", nullptr, "b1"))["state"] == "revoked");
  CHECK(bench.post("/v1/keys/none/revoke", nullptr, "b2").status == 404);
  CHECK(bodyOf(bench.get("/v1/keys"))["items"].size() == 2);
  PartnerSigner old;
  CHECK(bench.api.handle(bench.signedRequest(old, "GET", "/v1/keys")).status == 401);
  CHECK(codeIn(bench.post("/v1/orders", {{"orderToken", bench.order("K-1", 5)}}, "b3")) ==
        "signature_invalid");
}

TEST_CASE("partner api: events are listed, replayed, and kept from other merchants") {
  PartnerBench bench;
  PartnerSigner other = bench.otherMerchant();
  REQUIRE(bench.pay(bench.anna, bench.order("L-1", 1000), "pay-1"));
  const auto all = bodyOf(bench.get("/v1/events"))["items"];
  REQUIRE(!all.empty());
  CHECK(all.back()["type"] == "order.captured");
  CHECK(all.back()["data"]["orderId"] == "L-1");
  CHECK(bodyOf(bench.get("/v1/events?state=dead"))["items"].empty());
  const auto target = "/v1/events/" + all.back()["id"].get<std::string>() + "/replay";
  const auto theirs = bench.signedRequest(other, "POST", target, json::object(), "e1");
  CHECK(bench.api.handle(theirs).status == 404);
  const auto again = bench.post(target, nullptr, "e1");
  CHECK(again.status == 200);
  CHECK(bodyOf(again)["state"] == "waiting");
  CHECK(!bodyOf(again).contains("data"));
  const auto seq = std::to_string(all.back()["seq"].get<std::int64_t>());
  CHECK(bodyOf(bench.get("/v1/events?after=" + seq))["items"].empty());
}

TEST_CASE("partner api: a webhook is an https address of a public name") {
  PartnerBench bench;
  CHECK(bench.get("/v1/webhook").status == 404);
  CHECK(bench.put("https://shop.example.org/kiosk?x=1").status == 200);
  CHECK(bodyOf(bench.get("/v1/webhook"))["url"] == "https://shop.example.org/kiosk?x=1");
  CHECK(bench.put("http://127.0.0.1:9/x").status == 403);
  const auto gone = bench.api.handle(bench.signedRequest(bench.signer, "DELETE", "/v1/webhook"));
  CHECK(gone.status == 204);
  CHECK(bench.get("/v1/webhook").status == 404);
}

TEST_CASE("partner api: no address of a webhook leads to the host's own network by its form") {
  for (const char* url :
       {"http://shop.example.org/", "https://localhost/", "https://127.0.0.1/", "https://[::1]/"}) {
    CAPTURE(url);
    const auto refused = checkWebhookUrl(url, WebhookRule::HttpsOnly);
    REQUIRE(!refused);
    CHECK(refused.error().code == ErrorCode::PolicyRefused);
  }
  for (const char* url : {"",
                          "ftp://a.example/",
                          "https://10.0.0.1/",
                          "https://2130706433/",
                          "https://0x7f.1/",
                          "https://a.b@c.example/",
                          "https://a.example/#x",
                          "https://a.example:0/",
                          "https://a.example:99999/",
                          "https://a.example:/",
                          "https://[fe80::1]/",
                          "https://a..b/",
                          "https://-a.example/",
                          "https://db.internal/",
                          "https://printer.local/",
                          "https://intranet/",
                          "https://A.example/",
                          "https://a.example\\@b/",
                          "https://a .example/",
                          "https:///x"}) {
    CAPTURE(url);
    CHECK(!checkWebhookUrl(url, WebhookRule::HttpsOnly));
    CHECK(!checkWebhookUrl(url, WebhookRule::AlsoLoopback));
  }
  CHECK(checkWebhookUrl("http://127.0.0.1:8081/hook", WebhookRule::AlsoLoopback));
  CHECK(checkWebhookUrl("http://[::1]:8081/hook", WebhookRule::AlsoLoopback));
  CHECK(!checkWebhookUrl("http://shop.example.org/", WebhookRule::AlsoLoopback));
}

TEST_CASE("partner api: what is public needs no signature") {
  PartnerBench bench;
  for (const char* target : {"/openapi.json", "/.well-known/jwks.json", "/healthz"}) {
    ApiRequest request{"GET", target, {{"host", "api.example.org"}}, ""};
    const auto answer = bench.api.handle(request);
    CHECK(answer.status == 200);
    CHECK(!bodyOf(answer).is_null());
  }
  CHECK(bench.api.handle({"GET", "/v1/orders", {{"host", "api.example.org"}}, ""}).status == 401);
}

}  // namespace
}  // namespace kiosk::bridge::partner
