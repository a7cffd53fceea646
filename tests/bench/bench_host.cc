#include "tests/bench/bench_host.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace kiosk::bench {
namespace {

constexpr std::string_view kApi = R"json({
  "namespace": "bench", "summary": "What the benchmarks call.",
  "methods": [
    { "name": "send", "summary": "A small message.", "since": 1, "permission": null,
      "consent": "none", "activation": false, "timeoutMs": 10000,
      "params": { "type": "object", "additionalProperties": false, "required": ["chatId", "text"],
        "properties": { "chatId": { "type": "string", "maxLength": 64 },
                        "text": { "type": "string", "maxLength": 4000 } } },
      "result": { "type": "object", "additionalProperties": false, "required": ["ok", "id"],
        "properties": { "ok": { "type": "boolean" }, "id": { "type": "integer" } } },
      "errors": [] },
    { "name": "done", "summary": "The app's own answer.", "since": 1, "permission": null,
      "consent": "none", "activation": false, "timeoutMs": 10000,
      "params": { "type": "object", "additionalProperties": false,
        "required": ["ok", "id", "view"],
        "properties": { "ok": { "type": "boolean" }, "id": { "type": "integer" },
                        "view": { "type": "string", "maxLength": 4000 } } },
      "result": { "type": "object", "additionalProperties": false, "properties": {} },
      "errors": [] },
    { "name": "report", "summary": "A time that the app measured.", "since": 1,
      "permission": null, "consent": "none", "activation": false, "timeoutMs": 10000,
      "params": { "type": "object", "additionalProperties": false, "required": ["ms"],
        "properties": { "ms": { "type": "number" } } },
      "result": { "type": "object", "additionalProperties": false, "properties": {} },
      "errors": [] }
  ]
})json";

}  // namespace

void giveUp(const std::string& why) {
  std::fprintf(stderr, "kiosk-bench: %s\n", why.c_str());
  std::exit(1);
}

double nowMs() {
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

BenchHost::BenchHost(const BenchHostOptions& options) {
  char pattern[] = "/tmp/kiosk-bench.XXXXXX";
  if (mkdtemp(pattern) == nullptr) giveUp("cannot make a folder below /tmp");
  dataDir_ = pattern;
  // The bridge owns its services and the benchmark owns the bridge: a forwarder joins the two.
  struct Forwarder final : bridge::Service {
    explicit Forwarder(BenchHost& owner) : owner_(owner) {}
    std::vector<bridge::MethodBinding> bindings() override { return owner_.bindings(); }
    BenchHost& owner_;
  };
  bridge::DefaultServicesConfig servicesConfig;
  servicesConfig.dataDir = dataDir_;
  servicesConfig.picker = this;
  auto services = bridge::makeDefaultServices(servicesConfig);
  if (!services) giveUp(services.error().message);
  services_ = std::move(*services);
  services_.services.push_back(std::make_unique<Forwarder>(*this));
  bridge::BridgeConfig config{.dataDir = dataDir_,
                              .auditSigner = bridge::auditSigner(*services_.keys),
                              .consentUi = *this,
                              .services = std::move(services_.services),
                              .grants = std::move(services_.grants),
                              .launchData = services_.launchData};
  config.privateNamespaces = {{"bench/bench.api.json", kApi}};
  // The rate limits are not what is measured.
  config.limits.callsBurstMax = config.limits.callsPerMinuteMax = 1'000'000'000;
  auto bridge = bridge::Bridge::create(std::move(config));
  if (!bridge) giveUp(bridge.error().message);
  bridge_ = std::move(*bridge);
  HostConfig hostConfig;
  hostConfig.tier = options.tier;
  hostConfig.dumpable = options.dumpable;
  hostConfig.lifecycle.sessionsPerUserMax = hostConfig.sessionsMax;
  hostConfig.templatesMax = options.fromTemplate ? 1 : 0;
  auto host = Host::create(hostConfig, *bridge_);
  if (!host) giveUp(host.error().message);
  host_ = std::move(*host);
}

BenchHost::~BenchHost() {
  host_.reset();
  bridge_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(dataDir_, ignored);
}

std::vector<bridge::MethodBinding> BenchHost::bindings() {
  std::vector<bridge::MethodBinding> bound;
  bound.push_back({"bench.send", [this](const bridge::ContextPtr& context, Reply reply) {
                     ++sends_;
                     if (onSend) onSend();
                     const auto& text = context->params["text"].get_ref<const std::string&>();
                     reply.result({{"ok", text.size() == 5}, {"id", sends_}});
                     noteEvent();
                   }});
  bound.push_back({"bench.done", [this](const bridge::ContextPtr& context, Reply reply) {
                     done_ = context->params;
                     reply.result(nlohmann::json::object());
                     noteEvent();
                   }});
  bound.push_back({"bench.report", [this](const bridge::ContextPtr& context, Reply reply) {
                     report_ = context->params["ms"].get<double>();
                     reply.result(nlohmann::json::object());
                     noteEvent();
                   }});
  return bound;
}

void BenchHost::ask(const SessionInfo&, const ConsentPrompt&,
                    std::function<void(ConsentAnswer)> answer) {
  answer(ConsentAnswer::Refused);
}

void BenchHost::pick(const SessionInfo&, const std::string&, const std::vector<PickerOption>&,
                     std::function<void(std::string)> chosen) {
  chosen("");
}

void BenchHost::noteEvent() {
  if (awaited_ != nullptr && (*awaited_)()) host_->stop();
}

bool BenchHost::runUntil(const std::function<bool()>& isTrue, std::chrono::milliseconds timeout) {
  if (isTrue()) return true;
  bool late = false;
  const auto timer = host_->after(timeout, [&] {
    late = true;
    host_->stop();
  });
  awaited_ = &isTrue;
  host_->run();
  awaited_ = nullptr;
  host_->cancelTimer(timer);
  return !late;
}

}  // namespace kiosk::bench
