#include "bridge/identity/identity.h"

#include <kiosk/bridge/catalogue.h>

#include <algorithm>

#include "bridge/identity/launch_data.h"
#include "bridge/identity/phone_proof.h"
#include "bridge/store/new_id.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

constexpr std::int64_t kLaunchDataLifeMs = 3'600'000;
constexpr std::size_t kPhoneDigitsMax = 15;

/// The digits of an E.164 number; empty when `phone` is not one.
std::string digitsOf(const std::string& phone) {
  if (phone.size() < 8 || phone.size() > kPhoneDigitsMax + 1 || phone[0] != '+') return {};
  std::string digits = phone.substr(1);
  const bool sound =
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  return sound ? digits : std::string();
}

nlohmann::json profileJson(const UserProfile& profile, std::string sub) {
  nlohmann::json info = {{"sub", std::move(sub)},
                         {"language", profile.language.empty() ? "en" : profile.language}};
  if (!profile.firstName.empty()) info["firstName"] = profile.firstName;
  if (!profile.lastName.empty()) info["lastName"] = profile.lastName;
  if (!profile.username.empty()) info["username"] = profile.username;
  if (!profile.photoUrl.empty()) info["photoUrl"] = profile.photoUrl;
  return info;
}

}  // namespace

std::vector<MethodBinding> IdentityService::bindings() {
  return {
      {"identity.userinfo",
       [this](ContextPtr context, Reply reply) { userinfo(std::move(context), std::move(reply)); }},
      {"identity.requestPhone",
       [this](ContextPtr context, Reply reply) {
         requestPhone(std::move(context), std::move(reply));
       },
       [this](ContextPtr context, std::function<void(Result<Prepared>)> done) {
         preparePhone(std::move(context), std::move(done));
       }},
  };
}

void IdentityService::launchData(const SessionInfo& session,
                                 std::function<void(Result<LaunchData>)> done) {
  const std::int64_t nowMs = clock_.wallMs();
  const nlohmann::json user = {{"id", keys_.pairwiseId(session.user, *session.package)},
                               {"language_code", session.language}};
  LaunchFields fields = {{"auth_date", std::to_string(nowMs / 1000)},
                         {"query_id", newId(random_)},
                         {"user", dumpJson(user)}};
  if (!session.startParam.empty()) fields["start_param"] = session.startParam;
  const AppId& app = session.manifest().appId;
  fields["signature"] = launchDataSignature(fields, app.value, keys_.signing());
  fields["hash"] = launchDataHash(fields, keys_.botToken(app));
  done(LaunchData{encodeLaunchData(fields), nowMs + kLaunchDataLifeMs});
}

void IdentityService::userinfo(ContextPtr context, Reply reply) {
  // Owner: the callback alone; std::function wants something that can be copied.
  auto pending = std::make_shared<Reply>(std::move(reply));
  const UserId user = context->session.user;
  provider_.profile(user, [this, context, pending](Result<UserProfile> profile) {
    if (!profile) return pending->error(profile.error());
    const SessionInfo& session = context->session;
    pending->result(profileJson(*profile, keys_.pairwiseId(session.user, *session.package)));
  });
}

void IdentityService::preparePhone(ContextPtr context, std::function<void(Result<Prepared>)> done) {
  const UserId user = context->session.user;
  provider_.profile(user, [context, done = std::move(done)](Result<UserProfile> profile) {
    if (!profile) return done(profile.error());
    const std::string digits = digitsOf(profile->phone);
    if (digits.empty()) {
      return done(Error{ErrorCode::NotFound, "the host knows no phone number of this user"});
    }
    context->prepared = digits;
    const HostWords label{"Phone number", "Номер телефона"};
    Prepared prepared;
    prepared.facts = {{label.in(context->session.language), "+" + digits}};
    prepared.bound = {{"phone", digits}};
    done(std::move(prepared));
  });
}

void IdentityService::requestPhone(ContextPtr context, Reply reply) {
  const auto* digits = std::any_cast<std::string>(&context->prepared);
  if (digits == nullptr) return reply.error(ErrorCode::Internal, "the call was not prepared");
  const SessionInfo& session = context->session;
  const PhoneProof proof{.authDate = clock_.wallMs() / 1000,
                         .phone = *digits,
                         .userId = keys_.pairwiseId(session.user, *session.package)};
  const std::string token = keys_.botToken(session.manifest().appId);
  reply.result({{"phone", proof.phone},
                {"userId", proof.userId},
                {"authDate", proof.authDate},
                {"hash", phoneProofHash(proof, token, PhoneProofReading::TokenIsKey)},
                {"receipt", context->receiptId}});
}

}  // namespace kiosk::bridge
