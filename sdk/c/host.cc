#include "runtime/base/json.h"
#include "runtime/package/app_json.h"
#include "sdk/c/handles.h"

using kiosk::Error;
using kiosk::ErrorCode;
using kiosk::Result;
using nlohmann::json;
namespace c = kiosk::c;

namespace {

/// Takes the entry of `id` out of `open`; nothing when there is none.
template <class Map>
std::optional<typename Map::mapped_type> takeOut(Map& open, std::uint64_t id) {
  auto node = open.extract(id);
  if (node.empty()) return std::nullopt;
  return std::move(node.mapped());
}

kiosk_status notOpen() { return kiosk::errorNumber(ErrorCode::NotFound); }
kiosk_status invalid() { return kiosk::errorNumber(ErrorCode::InvalidParams); }

/// Names of the methods of a private namespace, as far as it can be read; the bridge says what is
/// wrong with the rest.
std::vector<std::string> methodsOf(std::string_view catalogue) {
  std::vector<std::string> names;
  const auto parsed = kiosk::parseJson(catalogue);
  if (!parsed || !parsed->is_object() || !parsed->contains("methods")) return names;
  const std::string space = parsed->value("namespace", json()).is_string()
                                ? (*parsed)["namespace"].get<std::string>()
                                : std::string();
  for (const json& method : (*parsed)["methods"]) {
    if (method.is_object() && method.value("name", json()).is_string()) {
      names.push_back(space + "." + method["name"].get<std::string>());
    }
  }
  return names;
}

Result<void> checkConfig(const kiosk_host_config& config) {
  if (config.ask_consent == nullptr) {
    return Error{ErrorCode::InvalidParams,
                 "ask_consent is missing: only the host can ask its users"};
  }
  if (config.charge != nullptr && config.charge_lookup == nullptr) {
    return Error{ErrorCode::InvalidParams, "charge needs charge_lookup beside it"};
  }
  if (config.private_namespace.length > 0 && config.private_call == nullptr) {
    return Error{ErrorCode::InvalidParams, "private_namespace needs private_call beside it"};
  }
  if (config.data_dir.length == 0) return Error{ErrorCode::InvalidParams, "data_dir is missing"};
  return {};
}

Result<void> start(kiosk_host& it) {
  const kiosk_host_config& config = it.config;
  if (auto sound = checkConfig(config); !sound) return sound;
  kiosk::HostConfig hostConfig;
  if (config.trust_path.length > 0) {
    auto trust = kiosk::TrustStore::readFile(c::stringOf(config.trust_path));
    if (!trust) return trust.error();
    hostConfig.trust = *std::move(trust);
  }
  kiosk::bridge::ServicesConfig services;
  services.dataDir = c::stringOf(config.data_dir);
  services.consentUi = &it;
  services.picker = &it;
  if (config.charge != nullptr) services.wallet = &it;
  if (config.policy != nullptr) services.policy = &it;
  if (config.host_name.length > 0) services.host.name = c::stringOf(config.host_name);
  if (config.private_namespace.length > 0) {
    std::vector<kiosk::bridge::MethodBinding> handlers;
    for (auto& name : methodsOf(c::viewOf(config.private_namespace))) {
      handlers.push_back({name, [&it](kiosk::bridge::ContextPtr context, kiosk::Reply reply) {
                            it.privateCall(context, std::move(reply));
                          }});
    }
    services.registerNamespace(c::stringOf(config.private_namespace), std::move(handlers));
  }
  auto made = kiosk::bridge::Services::create(std::move(services));
  if (!made) return made.error();
  it.services = *std::move(made);
  hostConfig.dataDir = c::stringOf(config.data_dir);
  hostConfig.guestPath = c::stringOf(config.guest_path);
  if (config.sessions_max > 0) hostConfig.sessionsMax = config.sessions_max;
  if (config.jitless != 0) hostConfig.tier = kiosk::Tier::Jitless;
  auto host = kiosk::Host::create(std::move(hostConfig), *it.services);
  if (!host) return host.error();
  it.host = *std::move(host);
  return {};
}

/// An answer of an installed app's change, as `kiosk_done` takes it.
template <class T>
kiosk::Host::Done<T> tell(void* user, kiosk_done done) {
  return [user, done](Result<T> outcome) {
    if (!outcome) {
      return done(user, c::statusOf(outcome.error()), c::textOf(outcome.error().message));
    }
    std::string text = "null";
    if constexpr (std::is_same_v<T, std::vector<kiosk::InstalledApp>>) {
      json list = json::array();
      for (const auto& app : *outcome) list.push_back(json(kiosk::jsonOf(app)));
      text = kiosk::dumpJson(list);
    } else if constexpr (!std::is_void_v<T>) {
      text = kiosk::dumpJson(kiosk::jsonOf(*outcome));
    }
    done(user, 0, c::textOf(text));
  };
}

std::string member(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

void kiosk_host::ask(const kiosk::SessionInfo& session, const kiosk::ConsentPrompt& prompt,
                     std::function<void(kiosk::ConsentAnswer)> answer) {
  consents[prompt.id] = std::move(answer);
  const std::string text = kiosk::dumpJson(c::jsonOf(prompt, session));
  config.ask_consent(config.user, prompt.id, c::textOf(text));
}

void kiosk_host::withdraw(std::uint64_t id) {
  if (consents.erase(id) == 0 || config.withdraw_consent == nullptr) return;
  config.withdraw_consent(config.user, id);
}

void kiosk_host::pick(const kiosk::SessionInfo& session, const std::string& title,
                      const std::vector<kiosk::PickerOption>& options,
                      std::function<void(std::string)> chosen) {
  if (config.pick == nullptr) return chosen("");
  json list = json::array();
  for (const auto& option : options) list.push_back({{"id", option.id}, {"label", option.label}});
  const auto id = nextId++;
  picks[id] = std::move(chosen);
  const std::string text =
      kiosk::dumpJson({{"title", title}, {"user", session.user.value}, {"options", list}});
  config.pick(config.user, id, c::textOf(text));
}

void kiosk_host::charge(const kiosk::bridge::WalletCharge& charge,
                        std::function<void(kiosk::bridge::ChargeAnswer)> done) {
  const auto id = nextId++;
  charges[id] = std::move(done);
  const std::string text = kiosk::dumpJson({{"paymentId", charge.paymentId},
                                            {"user", charge.user.value},
                                            {"merchantId", charge.merchantId},
                                            {"orderId", charge.orderId},
                                            {"amountMinor", charge.amountMinor},
                                            {"currency", charge.currency}});
  config.charge(config.user, id, c::textOf(text));
}

void kiosk_host::lookup(const std::string& paymentId,
                        std::function<void(kiosk::bridge::ChargeAnswer)> done) {
  const auto outcome = config.charge_lookup(config.user, c::textOf(paymentId));
  done(static_cast<kiosk::bridge::ChargeOutcome>(outcome));
}

kiosk::bridge::PolicyDecision kiosk_host::decide(const kiosk::SessionInfo& session,
                                                 const kiosk::bridge::MethodSpec& method,
                                                 const json& params) {
  const std::string text = kiosk::dumpJson({{"method", method.name},
                                            {"params", params},
                                            {"user", session.user.value},
                                            {"appId", session.manifest().appId.value}});
  switch (config.policy(config.user, c::textOf(text))) {
    case KIOSK_POLICY_ALLOW:
      return kiosk::bridge::PolicyVerdict::Allow;
    case KIOSK_POLICY_ASK:
      return kiosk::bridge::PolicyVerdict::Ask;
    case KIOSK_POLICY_DENY:
      break;
  }
  return kiosk::bridge::PolicyVerdict::Deny;
}

void kiosk_host::privateCall(const kiosk::bridge::ContextPtr& context, kiosk::Reply reply) {
  const auto id = nextId++;
  calls.emplace(id, std::move(reply));
  const std::string text = kiosk::dumpJson({{"method", context->method},
                                            {"params", context->params},
                                            {"user", context->session.user.value},
                                            {"appId", context->session.manifest().appId.value}});
  config.private_call(config.user, id, c::textOf(text));
}

uint32_t kiosk_abi_version(void) noexcept { return KIOSK_ABI_VERSION; }
const char* kiosk_version(void) noexcept { return KIOSK_VERSION; }

const char* kiosk_status_name(kiosk_status status) noexcept {
  if (status == 0) return "ok";
#define KIOSK_X(name, text, number, retryable) \
  if (status == (number)) return text;
  KIOSK_ERRORS(KIOSK_X)
#undef KIOSK_X
  return "unknown";
}

kiosk_status kiosk_host_create(const kiosk_host_config* config, kiosk_host** host,
                               kiosk_error* error) noexcept {
  kiosk_host_config taken;
  if (host == nullptr || !c::take(config, taken)) {
    return c::fail({ErrorCode::InvalidParams, "a config with its size, and a place for the host"},
                   error);
  }
  *host = nullptr;
  auto made = std::make_unique<kiosk_host>(taken);
  if (auto started = start(*made); !started) return c::fail(started.error(), error);
  *host = made.release();
  return 0;
}

void kiosk_host_destroy(kiosk_host* host) noexcept { delete host; }
int kiosk_host_fd(const kiosk_host* host) noexcept { return host->host->pollFd(); }
void kiosk_host_turn(kiosk_host* host, int32_t waitMs) noexcept {
  host->host->runOnce(std::chrono::milliseconds(waitMs < 0 ? 0 : waitMs));
}
void kiosk_host_wake(kiosk_host* host) noexcept {
  host->host->post([] {});
}

kiosk_status kiosk_host_answer_consent(kiosk_host* host, uint64_t id,
                                       kiosk_consent_answer answer) noexcept {
  if (answer < KIOSK_CONSENT_GRANTED || answer > KIOSK_CONSENT_DENIED) return invalid();
  const auto open = takeOut(host->consents, id);
  if (!open) return notOpen();
  (*open)(static_cast<kiosk::ConsentAnswer>(answer));
  return 0;
}

kiosk_status kiosk_host_answer_pick(kiosk_host* host, uint64_t id, kiosk_text option) noexcept {
  const auto open = takeOut(host->picks, id);
  if (!open) return notOpen();
  (*open)(c::stringOf(option));
  return 0;
}

kiosk_status kiosk_host_answer_charge(kiosk_host* host, uint64_t id,
                                      kiosk_charge_outcome outcome) noexcept {
  if (outcome < KIOSK_CHARGE_PAID || outcome > KIOSK_CHARGE_INSUFFICIENT_FUNDS) return invalid();
  const auto open = takeOut(host->charges, id);
  if (!open) return notOpen();
  (*open)(static_cast<kiosk::bridge::ChargeOutcome>(outcome));
  return 0;
}

kiosk_status kiosk_host_answer_call(kiosk_host* host, uint64_t id, kiosk_status status,
                                    kiosk_text result) noexcept {
  json value;
  std::optional<ErrorCode> code;
  if (status == 0) {
    auto parsed = kiosk::parseJson(c::viewOf(result));
    if (!parsed) return c::statusOf(parsed.error());
    value = *std::move(parsed);
  } else {
    code = kiosk::errorFromName(kiosk_status_name(status));
    if (!code) return invalid();
  }
  auto open = takeOut(host->calls, id);
  if (!open) return notOpen();
  if (code) {
    open->error(*code, c::stringOf(result));
  } else {
    open->result(std::move(value));
  }
  return 0;
}

kiosk_status kiosk_host_register_merchant(kiosk_host* host, kiosk_text id, kiosk_text name,
                                          kiosk_text keyId, kiosk_text publicKey,
                                          kiosk_error* error) noexcept {
  const auto registered = host->services->registerMerchant(
      {c::stringOf(id), c::stringOf(name), c::stringOf(keyId), c::stringOf(publicKey)});
  return registered ? 0 : c::fail(registered.error(), error);
}

kiosk_status kiosk_host_manage(kiosk_host* host, kiosk_text request, void* user,
                               kiosk_done done) noexcept {
  const auto parsed = kiosk::parseJson(c::viewOf(request));
  if (!parsed || !parsed->is_object() || done == nullptr) return invalid();
  const std::string what = member(*parsed, "do");
  const kiosk::AppId app(member(*parsed, "appId"));
  kiosk::Host& it = *host->host;
  const auto one = tell<kiosk::InstalledApp>(user, done);
  if (what == "list") {
    it.list(tell<std::vector<kiosk::InstalledApp>>(user, done));
  } else if (what == "install") {
    const bool accept = parsed->value("acceptNewRights", json(false)) == json(true);
    it.install(member(*parsed, "path"),
               {accept ? kiosk::NewRights::Accept : kiosk::NewRights::Wait},
               tell<kiosk::InstallReport>(user, done));
  } else if (what == "uninstall") {
    it.uninstall(app, tell<void>(user, done));
  } else if (what == "pin" && parsed->value("code", json()).is_number_integer()) {
    it.pin(app, (*parsed)["code"].get<std::int64_t>(), one);
  } else if (what == "unpin") {
    it.unpin(app, one);
  } else if (what == "approve") {
    it.approve(app, one);
  } else if (what == "rollback") {
    it.rollback(app, one);
  } else {
    return invalid();
  }
  return 0;
}

void kiosk_host_memory_pressure(kiosk_host* host, int32_t level) noexcept {
  host->host->memoryPressure(level >= 2 ? kiosk::MemoryPressure::Critical
                                        : kiosk::MemoryPressure::Moderate);
}

void kiosk_host_restart_zygote(kiosk_host* host, void* user, kiosk_done done) noexcept {
  host->host->restartZygote(tell<void>(user, done));
}
