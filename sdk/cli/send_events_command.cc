// kiosk send-events: tells merchants' servers what the outbox of a data folder holds. A process of
// its own, for it signs: the one that serves merchants has no key.

#include <poll.h>
#include <unistd.h>

#include <cstdio>

#include "bridge/identity/host_keys.h"
#include "bridge/webhooks/webhook_post.h"
#include "bridge/webhooks/webhook_workers.h"
#include "sdk/cli/command_line.h"
#include "sdk/cli/data_folder.h"
#include "sdk/cli/exit_status.h"
#include "sdk/cli/interrupt.h"
#include "sdk/cli/run_command.h"

namespace kiosk::cli {
namespace {

struct SendArguments {
  std::string dataDir, issuer = "kiosk";
  bool insecureWebhooks = false;
};

int sendEvents(const SendArguments& given) {
  Interrupt interrupt;  // before any thread
  const std::string dataDir = given.dataDir.empty() ? defaultDataDir() : given.dataDir;
  const std::string database = dataDir + "/kiosk.db";
  if (::access(database.c_str(), F_OK) != 0) {
    return failed(Error{ErrorCode::NotFound, "there is no store in " + dataDir});
  }
  auto keys =
      bridge::HostKeys::load(dataDir + "/keys", systemRandom(), bridge::MissingKeys::Refuse);
  if (!keys) return failed(keys.error());
  auto store = bridge::Store::open({.path = database});
  if (!store) return failed(store.error());
  bridge::WebhookPost post(given.insecureWebhooks ? bridge::NetworkReach::AlsoLoopback
                                                  : bridge::NetworkReach::Public);
  bridge::WebhookSender sender(**store, {*keys, given.issuer}, post, systemClock(), systemRandom());
  const bridge::WebhookWorkers workers(sender);
  std::printf("sending events of %s\n", dataDir.c_str());
  std::fflush(stdout);
  pollfd signal{interrupt.fd(), POLLIN, 0};
  while (!interrupt.take()) ::poll(&signal, 1, -1);
  return kExitOk;
}

}  // namespace

void addSendEvents(CLI::App& app, Command& chosen) {
  auto given = std::make_shared<SendArguments>();  // owners: CLI11's binding and the command
  auto* send = app.add_subcommand("send-events", "Tell merchants' servers what happened");
  send->add_option("--data", given->dataDir, "where services keep their data");
  send->add_option("--issuer", given->issuer, "the `iss` of what is sent")->capture_default_str();
  send->add_flag("--allow-insecure-webhooks", given->insecureWebhooks,
                 "call http on this machine too; for development only");
  send->callback([given, &chosen] { chosen = [given] { return sendEvents(*given); }; });
}

}  // namespace kiosk::cli
