#include <kiosk/host.h>
#include <unistd.h>

#include <cstdio>

#include "runtime/base/json.h"
#include "sdk/cli/commands.h"
#include "sdk/cli/exit_status.h"

namespace kiosk::cli {
namespace {

/// Nobody calls: the doctor opens no session.
class ClosedDoor final : public Door {
 public:
  void attached(Executor&) override {}
  void opened(DoorSession&) override {}
  void call(DoorSession&, Call, Reply reply) override {
    reply.error(ErrorCode::NotReady, "closed");
  }
  void cancelled(DoorSession&, std::uint64_t) override {}
  void closed(DoorSession&, const SessionEnd&) override {}
};

}  // namespace

int doctorCommand(const std::string& tier, bool json) {
  ClosedDoor door;
  HostConfig config;
  config.tier = tier == "jitless" ? Tier::Jitless : Tier::Jit;
  config.jail = JailPolicy::Disposable;
  auto host = Host::create(config, door);
  if (!host) {
    std::fprintf(stderr, "kiosk: %s\n", host.error().message.c_str());
    return kExitFailed;
  }
  bool complete = true;
  nlohmann::ordered_json layers = nlohmann::ordered_json::array();
  for (const JailLayer& layer : (*host)->jailLayers()) {
    complete = complete && (layer.active || !layer.required);
    layers.push_back({{"name", layer.name},
                      {"active", layer.active},
                      {"required", layer.required},
                      {"detail", layer.detail}});
    if (json) continue;
    const char* mark = layer.active ? "on " : layer.required ? "NO " : "off";
    std::printf("  %s  %-16s %s%s\n", mark, layer.name.c_str(), layer.detail.c_str(),
                layer.required ? " [required]" : "");
  }
  const char* verdict =
      complete ? "mini-apps run jailed here" : "a required layer is missing: mini-apps are refused";
  if (json) {
    const nlohmann::ordered_json out = {{"tier", tier},
                                        {"user", geteuid() == 0 ? "root" : "ordinary"},
                                        {"jailed", complete},
                                        {"layers", layers}};
    std::printf("%s\n", out.dump(2).c_str());
  } else {
    std::printf("tier %s, as %s: %s\n", tier.c_str(), geteuid() == 0 ? "root" : "an ordinary user",
                verdict);
  }
  return complete ? kExitOk : kExitFailed;
}

}  // namespace kiosk::cli
