// kiosk serve-api: the partner API over a data folder, beside a host that runs on it or alone.

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <thread>

#include "bridge/identity/host_keys.h"
#include "bridge/oidc/client_book.h"
#include "bridge/oidc/issuer_url.h"
#include "bridge/server/api_server.h"
#include "sdk/cli/command_line.h"
#include "sdk/cli/data_folder.h"
#include "sdk/cli/exit_status.h"
#include "sdk/cli/interrupt.h"
#include "sdk/cli/run_command.h"

namespace kiosk::cli {
namespace {

struct ServeArguments {
  std::string dataDir, address = "127.0.0.1";
  int port = 0;
  std::vector<std::string> authorities;
  std::string issuer;  ///< empty: of the address
  bool insecureWebhooks = false;
};

/// The audit log is not opened: a host that runs on the folder has it to itself.
Result<std::unique_ptr<bridge::Store>> openStore(const std::string& dataDir) {
  const std::string database = dataDir + "/kiosk.db";
  if (::access(database.c_str(), F_OK) != 0) {
    return Error{ErrorCode::NotFound, "there is no store in " + dataDir};
  }
  return bridge::Store::open({.path = database});
}

bool names(const std::vector<std::string>& authorities, const std::string& one) {
  return std::find(authorities.begin(), authorities.end(), one) != authorities.end();
}

bridge::partner::PartnerApiConfig configOf(const ServeArguments& given, const std::string& dataDir,
                                           int port, const std::string& issuer) {
  bridge::partner::PartnerApiConfig config;
  // The public keys of the folder, retired ones too. A private key is not opened: this process
  // signs nothing.
  config.publicKeys = [dataDir] { return bridge::HostKeys::publicKeys(dataDir + "/keys"); };
  config.issuer = issuer;
  config.insecureWebhooks = given.insecureWebhooks;
  config.authorities = given.authorities;
  if (config.authorities.empty()) {
    for (const char* name : {"127.0.0.1:", "localhost:", "[::1]:"}) {
      config.authorities.push_back(name + std::to_string(port));
    }
  }
  const std::string own = bridge::oidc::authorityOfIssuer(issuer);
  if (!names(config.authorities, own)) config.authorities.push_back(own);
  return config;
}

/// Tells hosts over this store by which name their log-ins are to be issued.
Result<void> announceIssuer(bridge::Store& store, const std::string& issuer) {
  return store.runNow<void>(
      "login.announce",
      [issuer, nowMs = systemClock().wallMs()](soci::session& sql) -> Result<void> {
        bridge::oidc::writeIssuer(sql, issuer, nowMs);
        return {};
      });
}

/// Serves until a signal comes, then until what had begun is answered.
void serveUntilSignal(bridge::partner::ApiServer& server, bridge::partner::PartnerApi& api,
                      Interrupt& interrupt, const std::string& address) {
  std::thread serving([&] { server.serve(api); });
  server.awaitReady();
  std::printf("partner API on %s\n", address.c_str());
  std::fflush(stdout);
  pollfd signal{interrupt.fd(), POLLIN, 0};
  while (!interrupt.take()) ::poll(&signal, 1, -1);
  server.stop();
  serving.join();
}

int serveApi(const ServeArguments& given) {
  Interrupt interrupt;  // before any thread
  const std::string dataDir = given.dataDir.empty() ? defaultDataDir() : given.dataDir;
  auto store = openStore(dataDir);
  if (!store) return failed(store.error());
  const auto keys = bridge::HostKeys::publicKeys(dataDir + "/keys");
  if (!keys) return failed(keys.error());
  bridge::partner::ApiServer server;
  const auto port = server.bind(given.address, given.port);
  if (!port) return failed(port.error());
  const std::string issuer =
      given.issuer.empty() ? "http://127.0.0.1:" + std::to_string(*port) : given.issuer;
  if (auto sound = bridge::oidc::checkIssuer(issuer); !sound) return failed(sound.error());
  if (auto told = announceIssuer(**store, issuer); !told) return failed(told.error());
  bridge::partner::PartnerApi api(**store, systemClock(), systemRandom(),
                                  configOf(given, dataDir, *port, issuer));
  const bool isV6 = given.address.find(':') != std::string::npos;
  serveUntilSignal(
      server, api, interrupt,
      "http://" + (isV6 ? "[" + given.address + "]" : given.address) + ":" + std::to_string(*port));
  return kExitOk;
}

}  // namespace

void addServeApi(CLI::App& app, Command& chosen) {
  auto given = std::make_shared<ServeArguments>();  // owners: CLI11's bindings and the command
  auto* serve = app.add_subcommand("serve-api", "Serve the HTTP API for merchants' servers");
  serve->add_option("--data", given->dataDir, "where services keep their data");
  serve->add_option("--port", given->port, "0: a free one")->check(CLI::Range(0, 65'535));
  serve->add_option("--address", given->address, "to listen on; put TLS in front of any but this")
      ->capture_default_str();
  serve->add_option("--authority", given->authorities,
                    "Host that clients name, e.g. api.example.org; several: again");
  serve->add_option("--issuer", given->issuer,
                    "URL of the OpenID provider, e.g. https://api.example.org; else that of the"
                    " port on this machine");
  serve->add_flag("--allow-insecure-webhooks", given->insecureWebhooks,
                  "let webhooks be http on this machine; for development only");
  serve->callback([given, &chosen] { chosen = [given] { return serveApi(*given); }; });
}

}  // namespace kiosk::cli
