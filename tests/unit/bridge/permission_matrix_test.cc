// Goal: for every method of the catalogue, under every combination of what the manifest declares,
// what the operator lists and decides, what the user answered before and answers now, the state of
// the session, the touch and the key, the gate's answer is the one of a table. Method: the table is
// computed here from the catalogue's JSON, not by the gate's code or its reader; every combination
// is then tried.
#include <doctest/doctest.h>

#include "tests/unit/bridge/fakes.h"
#include "tests/unit/bridge/schema_samples.h"

using namespace kiosk;
using namespace kiosk::bridge;
using namespace kiosk::bridge::rig;

namespace {

enum class User { GrantsNow, RefusesNow, Denies, GrantedBefore, RefusedBefore };
enum class State { Shown, Hidden, Closing, Revoked };

struct Case {
  bool declared, listed;
  PolicyVerdict policy;
  User user;
  State state;
  bool touched, keyed;
};

struct Expected {
  std::string code;  ///< "reached": the handler had the call
  bool asked = false;
};

/// The table. `method` and `permission` (null: none) are the catalogue's own JSON.
Expected expect(const json& method, const json& permission, const Case& c) {
  const bool value = method.value("value", false), touch = method["activation"];
  const bool privileged = method.value("privileged", false) ||
                          (permission.is_object() && permission.value("privileged", false));
  const std::string own = method["consent"];
  if (c.state == State::Closing) return {"cancelled"};
  if (c.state == State::Revoked) return {"revoked"};
  const bool hidden = c.state == State::Hidden;
  if (hidden && (touch || value || own == "each")) return {"background_forbidden"};
  if (value && !c.keyed) return {"invalid_params"};
  if (permission.is_object() && !c.declared) return {"not_declared"};
  if (privileged && !c.listed) return {"permission_denied"};
  if (c.policy == PolicyVerdict::Deny) return {"policy_refused"};
  const std::string consent = c.policy == PolicyVerdict::Ask ? "each" : own;
  if (touch && !c.touched) return {"activation_required"};
  if (consent == "none") return {"reached"};
  if (consent == "once" && c.user == User::GrantedBefore) return {"reached"};
  if (hidden) return {"background_forbidden"};
  switch (c.user) {
    case User::RefusedBefore:
      return {"permission_blocked"};
    case User::RefusesNow:
      return {"user_refused", true};
    case User::Denies:
      return {"permission_denied", true};
    default:
      return {"reached", true};
  }
}

/// One gate for all combinations; every combination has a user of its own.
class Matrix {
 public:
  Matrix() : rig_(*Catalogue::embedded()) {
    rig_.service.result = [](const CallContext&) { return Error{ErrorCode::Offline, "reached"}; };
    const auto permissions = json::parse(embeddedPermissions());
    for (const auto& one : permissions["permissions"]) permissions_[one["name"]] = one;
  }

  void tryMethod(const std::string& nameSpace, const json& method) {
    const auto name = nameSpace + "." + method["name"].get<std::string>();
    const json permission =
        method["permission"].is_null() ? json() : permissions_.at(method["permission"]);
    const bool value = method.value("value", false);
    CAPTURE(name);
    for (const bool declared : {true, false}) {
      for (const bool listed : {true, false}) {
        for (const auto policy : {PolicyVerdict::Allow, PolicyVerdict::Deny, PolicyVerdict::Ask}) {
          for (const auto user : {User::GrantsNow, User::RefusesNow, User::Denies,
                                  User::GrantedBefore, User::RefusedBefore}) {
            for (const auto state : {State::Shown, State::Hidden, State::Closing, State::Revoked}) {
              for (const bool touched : {true, false}) {
                for (const bool keyed : {true, false}) {
                  if (!keyed && !value) continue;  // a key means nothing elsewhere
                  if (!permission.is_object() && (!declared || !listed)) continue;
                  tryOne(name, method, permission,
                         {declared, listed, policy, user, state, touched, keyed});
                }
              }
            }
          }
        }
      }
    }
  }

  std::uint64_t tried = 0;
  std::map<std::string, std::uint64_t> byCode;

 private:
  void tryOne(const std::string& name, const json& method, const json& permission, const Case& c) {
    const auto expected = expect(method, permission, c);
    ++tried;
    ++byCode[expected.code];
    // Another permission than the one asked for is always declared, and helps nobody.
    std::vector<std::string> declares = {"device.nfc"};
    if (permission.is_object() && c.declared) declares.push_back(permission["name"]);
    FakeSession session("s" + std::to_string(tried), appWith(declares),
                        "user" + std::to_string(tried));
    rig_.open(session).touches = c.touched ? 1 : 0;
    remember(session, permission.is_object() ? permission["name"].get<std::string>() : name, c);
    session.isShown = c.state != State::Hidden;
    rig_.policy.isRevoked = c.state == State::Revoked;
    if (c.state == State::Closing) rig_.gate->closing(session.info().id);
    rig_.policy.verdict = c.policy;
    rig_.policy.privileged = c.listed;
    const auto handled = rig_.service.handled.size(), asked = rig_.user.asked.size();
    const auto outcome =
        rig_.call(session, name, sampleOf(method["params"]), c.keyed ? "key-1" : "");
    const bool reached = rig_.service.handled.size() > handled;
    const auto code = reached && outcome.code() == "offline" ? "reached" : outcome.code();
    const bool same = code == expected.code && (rig_.user.asked.size() > asked) == expected.asked &&
                      reached == (expected.code == "reached");
    CHECK_MESSAGE(same, "combination " << tried << " of " << name << ": " << code << ", expected "
                                       << expected.code);
    rig_.close(session);
  }

  void remember(const FakeSession& session, const std::string& name, const Case& c) {
    ReceiptDraft draft;
    draft.user = session.info_.user;
    draft.app = session.info_.manifest().appId;
    draft.permission = name;
    if (c.user == User::GrantedBefore) {
      rig_.grants->put({"r" + std::to_string(tried), draft.user, draft.app, name,
                        session.info_.package->payloadHash, "hash", "en", "purpose", 1},
                       draft, [](Result<void>) {});
    }
    if (c.user == User::RefusedBefore) {
      rig_.grants->refuse({1, rig_.clock.wallMs() + 5000}, draft, [](Result<void>) {});
    }
    using Mood = FakeUser::Mood;
    rig_.user.mood = c.user == User::RefusesNow ? Mood::Refuses
                     : c.user == User::Denies   ? Mood::Denies
                                                : Mood::Grants;
  }

  GateRig rig_;
  std::map<std::string, json> permissions_;
};

}  // namespace

TEST_CASE("matrix: every method under every combination answers what the table says") {
  Matrix matrix;
  for (const auto& file : embeddedCatalogue()) {
    const auto source = json::parse(file.text);
    for (const auto& method : source["methods"]) matrix.tryMethod(source["namespace"], method);
  }
  for (const char* code :
       {"reached", "cancelled", "revoked", "background_forbidden", "invalid_params", "not_declared",
        "policy_refused", "activation_required", "permission_blocked", "user_refused",
        "permission_denied"}) {
    CAPTURE(code);
    CHECK(matrix.byCode[code] > 0);
  }
  MESSAGE(matrix.tried << " combinations");
}
