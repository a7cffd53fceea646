#include "bridge/server/partner_api.h"

#include <kiosk/check.h>

#include <array>
#include <optional>

#include "bridge/payments/payment_book.h"
#include "bridge/server/partner_bounds.h"
#include "bridge/server/request_form.h"
#include "bridge/store/new_id.h"
#include "runtime/base/json.h"

namespace kiosk::bridge::partner {
namespace {

constexpr std::int64_t kRetryAfterMs = std::chrono::milliseconds(kRetryAfter).count();
constexpr std::int64_t kBurstSeconds = kRequestsBurst / kRequestsPerSecond;
/// One text for an unknown merchant, an unknown or revoked key, and a wrong signature: nobody
/// learns here which merchants there are.
constexpr const char* kNotSigned = "the signature is not by an active key of that merchant";

/// What our clients are to cover; for those who did not.
constexpr const char* kAcceptSignature =
    "sig=(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"idempotency-key\")"
    ";created;nonce;keyid;alg=\"ed25519\";tag=\"kiosk-partner\"";

ApiAnswer jsonAnswer(const ApiReply& reply) {
  ApiAnswer answer;
  answer.status = reply.status;
  if (reply.body.is_null()) return answer;
  answer.type = kJsonType;
  answer.body = dumpJson(reply.body);
  return answer;
}

ApiAnswer unauthorised(const Error& error, const std::string& requestId) {
  auto answer = problemAnswer({401, error}, requestId);
  answer.add("WWW-Authenticate", "Signature realm=\"kiosk-partner\"");
  answer.add("Accept-Signature", kAcceptSignature);
  return answer;
}

Error servedNow() {
  return {ErrorCode::Busy,
          "a request under this Idempotency-Key is being served: ask again for its answer",
          kRetryAfterMs};
}

Error keyOfAnother() {
  return {ErrorCode::InvalidParams,
          "the Idempotency-Key was used for another request: take a new key"};
}

/// What the store refused: mostly for a while.
ApiAnswer storeRefusal(Error error, const std::string& requestId) {
  const int status = statusOf(error.code);
  if (status == 503 && !error.retryAfterMs) error.retryAfterMs = kRetryAfterMs;
  return problemAnswer({status, std::move(error)}, requestId);
}

void addRateHeaders(ApiAnswer& answer, const RateVerdict& rate) {
  answer.add("RateLimit-Policy", "\"partner\";q=" + std::to_string(kRequestsBurst) +
                                     ";w=" + std::to_string(kBurstSeconds));
  answer.add("RateLimit", "\"partner\";r=" + std::to_string(rate.remaining) +
                              ";t=" + std::to_string(rate.waitSeconds));
}

/// The key that a claim names, 32 raw bytes; empty when it is not there or revoked.
std::string keyOf(soci::session& sql, const SignatureClaim& claim) {
  const auto merchant = findMerchant(sql, claim.merchantId, claim.kid);
  return merchant ? merchant->publicKey : std::string();
}

/// Whether an answer is the outcome of an act. What was malformed, or may go better later, began
/// none.
bool isKept(int status) { return status != 400 && status != 429 && status < 500; }

/// Runs the handler so that a refusal takes back what it wrote, and nothing before it.
Result<ApiReply> runHandler(soci::session& sql, ApiHandler handler, const ApiCall& call) {
  sql << "SAVEPOINT partner_call";
  auto reply = handler(sql, call);
  if (!reply) sql << "ROLLBACK TO SAVEPOINT partner_call";
  sql << "RELEASE SAVEPOINT partner_call";
  return reply;
}

}  // namespace

/// One signed request, ready for the store. A copy goes into the store's job, which may run twice.
struct PartnerApi::Job {
  ApiHandler handler = nullptr;
  ApiCall call;
  SignatureClaim claim;
  std::string publicKey;  ///< that the claim was checked with
  std::string key;        ///< empty: nothing is kept for replays
  std::string hash;       ///< of method, target and body, hex
};

/// What a job of the store found out, all of it to be committed.
struct PartnerApi::Outcome {
  ApiAnswer answer;
  bool isReplay = false;
};

PartnerApi::PartnerApi(Store& store, Clock& clock, Random& random, PartnerApiConfig config)
    : store_(store),
      clock_(clock),
      random_(random),
      config_(std::move(config)),
      rates_(clock),
      keys_(config_.publicKeys, clock),
      login_(store, clock, random, config_.issuer) {
  KIOSK_CHECK(!config_.authorities.empty(), "the server has a name");
}

std::string PartnerApi::newRequestId() {
  std::array<std::uint8_t, 16> bytes{};
  random_.fill(bytes);
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | 0x40);  // a UUID of version 4
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);
  std::string id = toHex(bytes);
  for (const std::size_t at : {20u, 16u, 12u, 8u}) id.insert(at, 1, '-');
  return id;
}

ApiAnswer PartnerApi::finish(ApiAnswer answer, const std::string& requestId) const {
  answer.add("Kiosk-Request-Id", requestId);
  answer.add("Cache-Control", "no-store");
  answer.add("X-Content-Type-Options", "nosniff");
  return answer;
}

ApiAnswer PartnerApi::refuse(const Refusal& refusal, std::string_view path) {
  const std::string requestId = newRequestId();
  if (path == "/oauth2/token") {
    return finish(oidc::refusalAnswer({refusal.status, "invalid_request", refusal.error.message}),
                  requestId);
  }
  return finish(problemAnswer(refusal, requestId), requestId);
}

std::optional<Refusal> PartnerApi::checkHead(const ApiRequest& head) const {
  return checkForm(head, config_.authorities);
}

ApiAnswer PartnerApi::handle(const ApiRequest& request) {
  if (const auto refused = checkForm(request, config_.authorities)) {
    return refuse(*refused, request.path());
  }
  const std::string requestId = newRequestId();
  const auto match = matchRoute(request.method, request.path());
  if (match.allow.empty()) {
    return finish(
        problemAnswer({404, {ErrorCode::NotFound, "there is nothing at this address"}}, requestId),
        requestId);
  }
  if (match.route == nullptr) {
    auto answer =
        problemAnswer({405, {ErrorCode::Unsupported, "use one of: " + match.allow}}, requestId);
    answer.add("Allow", match.allow);
    return finish(std::move(answer), requestId);
  }
  if (match.route->handler == nullptr) {
    return finish(servePublic(*match.route, request, requestId), requestId);
  }
  return finish(serveSigned(request, match, requestId), requestId);
}

ApiAnswer PartnerApi::servePublic(const ApiRoute& route, const ApiRequest& request,
                                  const std::string& requestId) {
  const std::string_view pattern = route.pattern;
  if (pattern == "/.well-known/openid-configuration") return login_.configuration();
  if (pattern == "/oauth2/token") return login_.token(request);
  if (pattern == "/oauth2/userinfo") return login_.userinfo(request);
  ApiAnswer answer;
  answer.type = kJsonType;
  if (pattern == "/openapi.json") {
    answer.body = embeddedOpenapi();
  } else if (pattern == "/.well-known/jwks.json") {
    auto jwks = keys_.jwks();
    if (!jwks) return storeRefusal(jwks.error(), requestId);
    answer.type = "application/jwk-set+json";
    answer.body = *std::move(jwks);
  } else {
    const auto alive =
        store_.runNow<void>("partner.health", [](soci::session&) -> Result<void> { return {}; });
    if (!alive) return storeRefusal(alive.error(), requestId);
    answer.body = R"({"status":"ok"})";
  }
  return answer;
}

Result<PartnerApi::Caller> PartnerApi::authenticate(const ApiRequest& request, std::int64_t nowMs) {
  auto claim = readSignature(request, nowMs);
  if (!claim) return claim.error();
  if (!request.body.empty() || request.countOf("content-digest") > 0) {
    if (auto digest = checkContentDigest(request); !digest) return digest.error();
  }
  auto key = store_.runNow<std::string>("partner.key", [claim = *claim](soci::session& sql) {
    return Result<std::string>(keyOf(sql, claim));
  });
  if (!key) return key.error();
  if (!verifySignature(*claim, bytesOf(*key))) {
    return Error{ErrorCode::SignatureInvalid, kNotSigned};
  }
  return Caller{*std::move(claim), *std::move(key)};
}

ApiAnswer PartnerApi::serveSigned(const ApiRequest& request, const RouteMatch& match,
                                  const std::string& requestId) {
  if (request.method == "POST") {
    if (auto key = idempotencyKey(request); !key) {
      return problemAnswer({400, key.error()}, requestId);
    }
  }
  const auto caller = authenticate(request, clock_.wallMs());
  if (!caller && caller.error().code == ErrorCode::SignatureInvalid) {
    return unauthorised(caller.error(), requestId);
  }
  if (!caller) return storeRefusal(caller.error(), requestId);
  const auto rate = rates_.take(caller->claim.merchantId);
  auto answer =
      rate.allowed
          ? serveCall(request, match, *caller, requestId)
          : problemAnswer(
                {429, {ErrorCode::RateLimited, "too many requests: wait", rate.waitSeconds * 1000}},
                requestId);
  addRateHeaders(answer, rate);
  return answer;
}

ApiAnswer PartnerApi::serveCall(const ApiRequest& request, const RouteMatch& match,
                                const Caller& caller, const std::string& requestId) {
  const auto refused = [&requestId](const Error& error) {
    return problemAnswer({statusOf(error.code), error}, requestId);
  };
  Job job;
  std::optional<InFlight::Hold> hold;
  if (request.method == "POST") {
    auto key = idempotencyKey(request);
    if (!key) return refused(key.error());
    job.key = *std::move(key);
    job.hash = sha256Hex(request.method + "\n" + request.target + "\n" + request.body);
    hold.emplace(inFlight_, InFlight::Key{caller.claim.merchantId, job.key});
    if (!hold->held()) return problemAnswer({409, servedNow()}, requestId);
    if (match.route->answers == Answers::NotKept) job.key.clear();
  }
  auto query = parseQuery(request.query().value_or(""), match.route->queryNames);
  if (!query) return refused(query.error());
  auto body = parseBody(request);
  if (!body) return refused(body.error());
  auto keys = keys_.keys();
  if (!keys) return storeRefusal(keys.error(), requestId);
  job.handler = match.route->handler;
  job.claim = caller.claim;
  job.publicKey = caller.publicKey;
  job.call.merchantId = caller.claim.merchantId;
  job.call.parts = match.parts;
  job.call.query = *std::move(query);
  job.call.body = *std::move(body);
  job.call.nowMs = clock_.wallMs();
  job.call.freshId = newId(random_);
  job.call.insecureWebhooks = config_.insecureWebhooks;
  job.call.hostKeys = *std::move(keys);
  return run(job, requestId);
}

Result<PartnerApi::Outcome> PartnerApi::transact(soci::session& sql, const Job& job,
                                                 const std::string& requestId) {
  const std::int64_t now = job.call.nowMs;
  if (keyOf(sql, job.claim) != job.publicKey) {
    return Outcome{unauthorised({ErrorCode::SignatureInvalid, kNotSigned}, requestId)};
  }
  if (auto fresh = rememberNonce(sql, job.claim, now); !fresh) {
    if (fresh.error().code != ErrorCode::SignatureInvalid) return fresh.error();
    return Outcome{unauthorised(fresh.error(), requestId)};
  }
  if (!job.key.empty()) {
    if (auto first = findAnswer(sql, job.claim.merchantId, job.key, now)) {
      if (first->requestHash != job.hash) {
        return Outcome{problemAnswer({409, keyOfAnother()}, requestId)};
      }
      return Outcome{{first->status, first->type, first->body, {}}, true};
    }
  }
  const auto reply = runHandler(sql, job.handler, job.call);
  auto answer = reply ? jsonAnswer(*reply)
                      : problemAnswer({statusOf(reply.error().code), reply.error()}, requestId);
  if (!job.key.empty() && isKept(answer.status)) {
    keepAnswer(sql, job.claim.merchantId, job.key,
               {job.hash, answer.status, answer.type, answer.body}, now);
  }
  return Outcome{std::move(answer)};
}

ApiAnswer PartnerApi::run(const Job& job, const std::string& requestId) {
  auto outcome = store_.runNow<Outcome>("partner.call", [job, requestId](soci::session& sql) {
    return transact(sql, job, requestId);
  });
  if (!outcome) return storeRefusal(outcome.error(), requestId);
  if (outcome->isReplay) outcome->answer.add("Idempotent-Replayed", "true");
  return std::move(outcome->answer);
}

}  // namespace kiosk::bridge::partner
