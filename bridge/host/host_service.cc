#include "bridge/host/host_service.h"

#include <algorithm>
#include <memory>

namespace kiosk::bridge {

using nlohmann::json;

std::vector<MethodBinding> HostService::bindings() {
  return {
      {"host.info", [this](ContextPtr c, Reply r) { info(c, std::move(r)); }},
      {"host.launch", [this](ContextPtr c, Reply r) { launch(c, std::move(r)); }},
      {"host.refreshLaunchData",
       [this](ContextPtr c, Reply r) { refreshLaunchData(c, std::move(r)); }},
      {"host.ready",
       [this](ContextPtr c, Reply r) {
         if (parts_.ready) parts_.ready(c->session);
         r.result(nullptr);
       }},
      {"host.close", [this](ContextPtr c, Reply r) { close(c, std::move(r)); }},
      {"host.supports", [this](ContextPtr c, Reply r) { supports(c, std::move(r)); }},
      {"host.quota", [this](ContextPtr c, Reply r) { quota(c, std::move(r)); }},
  };
}

void HostService::info(const ContextPtr& context, Reply reply) {
  const auto& facts = parts_.facts;
  reply.result({{"host", facts.name},
                {"version", facts.version},
                {"apiLevel", kApiLevel},
                {"platform", facts.platform},
                {"deviceClass", facts.deviceClass},
                {"language", context->session.language},
                {"timezone", facts.timezone}});
}

void HostService::launch(const ContextPtr& context, Reply reply) {
  const auto& session = context->session;
  json result = {{"launchId", session.id.value}, {"entryPoint", session.entryPoint}};
  if (!session.startParam.empty()) result["startParam"] = session.startParam;
  if (parts_.launchData == nullptr) return reply.result(std::move(result));
  // A std::function copies what it holds, and a Reply cannot be copied: owners are the callback's
  // copies.
  auto held = std::make_shared<Reply>(std::move(reply));
  parts_.launchData->launchData(session, [held, result = std::move(result)](
                                             Result<LaunchDataSource::LaunchData> data) mutable {
    if (!data) return held->error(data.error());
    result["launchData"] = data->raw;
    result["expiresAt"] = data->expiresAtMs;
    held->result(std::move(result));
  });
}

void HostService::refreshLaunchData(const ContextPtr& context, Reply reply) {
  if (parts_.launchData == nullptr) {
    return reply.error(ErrorCode::Unsupported, "this host has no identity service");
  }
  auto held = std::make_shared<Reply>(std::move(reply));
  parts_.launchData->launchData(
      context->session, [held](Result<LaunchDataSource::LaunchData> data) {
        if (!data) return held->error(data.error());
        held->result({{"launchData", data->raw}, {"expiresAt", data->expiresAtMs}});
      });
}

void HostService::supports(const ContextPtr& context, Reply reply) {
  const auto& method = context->params["method"].get_ref<const std::string&>();
  if (!parts_.offers(method)) return reply.result(false);
  if (!context->params.contains("param")) {
    return reply.result(parts_.catalogue.find(method) != nullptr);
  }
  reply.result(parts_.catalogue.supports(method, context->params["param"].get<std::string>()));
}

void HostService::quota(const ContextPtr& context, Reply reply) {
  const auto& manifest = context->session.manifest();
  const auto points =
      std::min(parts_.privacyPointsMax, manifest.budget.privacyPoints.value_or(UINT32_MAX));
  auto held = std::make_shared<Reply>(std::move(reply));
  parts_.grants.spent(
      context->session.user, manifest.appId, dayOf(parts_.clock.wallMs()),
      [this, context, points, held](Result<Spent> spent) {
        if (!spent) return held->error(spent.error());
        const auto used = parts_.quota(context->session.id);
        int learnt = 0;
        for (const auto& [kind, cost] : spent->privacy) learnt += cost;
        held->result({{"calls", {{"used", used.callsUsed}, {"limit", used.callsMax}}},
                      {"prompts", {{"used", used.promptsUsed}, {"limit", used.promptsMax}}},
                      {"privacy", {{"used", learnt}, {"limit", points}}}});
      });
}

void HostService::close(const ContextPtr& context, Reply reply) {
  parts_.closing(context->session.id);
  reply.result(nullptr);
  if (auto* session = context->liveSession()) session->closeFromApp();
}

}  // namespace kiosk::bridge
