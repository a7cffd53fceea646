#pragma once
// What a handler of the partner API gets and gives. A handler runs inside a job of the store, in
// the transaction that also keeps its answer; an error of it leaves no trace but that answer.

#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "bridge/audit_head.h"

namespace kiosk::bridge::partner {

/// A request whose signature held. May be run a second time, so that it draws nothing at random.
struct ApiCall {
  std::string merchantId;
  std::vector<std::string> parts;            ///< what stands for the {names} of the path
  std::map<std::string, std::string> query;  ///< words, each name once
  nlohmann::json body;                       ///< an object
  std::int64_t nowMs = 0;
  std::string freshId;  ///< 32 hex digits, unguessable, for what the call makes
  bool insecureWebhooks = false;
  /// The host's public keys by id. Owners: HostKeyRing and the calls that look at them.
  std::shared_ptr<const AuditKeys> hostKeys;
};

struct ApiReply {
  int status = 200;
  nlohmann::json body;  ///< null: no body
};

using ApiHandler = Result<ApiReply> (*)(soci::session& sql, const ApiCall& call);

/// Whether the first answer under an idempotency key is kept for replays. A POST that changes
/// nothing, and whose answer speaks of a user, keeps none.
enum class Answers : std::uint8_t { Kept, NotKept };

/// One row of the API. `pattern` is spelt as in openapi.json: "/v1/orders/{orderId}".
struct ApiRoute {
  const char* method;
  const char* pattern;
  ApiHandler handler;  ///< null: answered without a log-in (PartnerApi)
  std::vector<std::string> queryNames;
  Answers answers = Answers::Kept;
};

/// All routes, in the order of the documentation.
std::span<const ApiRoute> apiRoutes();

/// What a path leads to.
struct RouteMatch {
  const ApiRoute* route = nullptr;  ///< null when the path has no such method, or is not there
  std::vector<std::string> parts;
  std::string allow;  ///< the methods of the path; empty when it is not there
};
RouteMatch matchRoute(std::string_view method, std::string_view path);

/// Errors: InvalidParams   not of the form a=b&c=d, a name that is not in `names`, or twice.
Result<std::map<std::string, std::string>> parseQuery(std::string_view query,
                                                      const std::vector<std::string>& names);

/// Errors: InvalidParams   `body` holds another member than `names`.
Result<void> checkMembers(const nlohmann::json& body, std::initializer_list<const char*> names);
/// Errors: InvalidParams   the member is no string of 1..`bytesMax` bytes.
Result<std::string> textMember(const nlohmann::json& body, const char* name, std::size_t bytesMax);
/// `limit` of the query. Errors: InvalidParams   not 1..kPageMax.
Result<std::int64_t> pageLimit(const ApiCall& call);

Result<ApiReply> createOrder(soci::session& sql, const ApiCall& call);
Result<ApiReply> readOrders(soci::session& sql, const ApiCall& call);
Result<ApiReply> readOrder(soci::session& sql, const ApiCall& call);
Result<ApiReply> cancelOneOrder(soci::session& sql, const ApiCall& call);
Result<ApiReply> readPayment(soci::session& sql, const ApiCall& call);

Result<ApiReply> createRefund(soci::session& sql, const ApiCall& call);
Result<ApiReply> readRefunds(soci::session& sql, const ApiCall& call);
Result<ApiReply> readRefund(soci::session& sql, const ApiCall& call);

Result<ApiReply> readSubscriptions(soci::session& sql, const ApiCall& call);
Result<ApiReply> readSubscription(soci::session& sql, const ApiCall& call);
Result<ApiReply> cancelOneSubscription(soci::session& sql, const ApiCall& call);

Result<ApiReply> setWebhook(soci::session& sql, const ApiCall& call);
Result<ApiReply> readWebhook(soci::session& sql, const ApiCall& call);
Result<ApiReply> removeWebhook(soci::session& sql, const ApiCall& call);
Result<ApiReply> readEvents(soci::session& sql, const ApiCall& call);
Result<ApiReply> replayOneEvent(soci::session& sql, const ApiCall& call);

Result<ApiReply> verifyIdentity(soci::session& sql, const ApiCall& call);

Result<ApiReply> readKeys(soci::session& sql, const ApiCall& call);
Result<ApiReply> addKey(soci::session& sql, const ApiCall& call);
Result<ApiReply> revokeKey(soci::session& sql, const ApiCall& call);

}  // namespace kiosk::bridge::partner
