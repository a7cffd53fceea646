// kiosk clients: which apps' servers may ask for log-ins, and by whose keys.

#include <cstdio>

#include "bridge/oidc/client_book.h"
#include "bridge/payments/merchants.h"
#include "bridge/server/api_message.h"
#include "bridge/server/partner_bounds.h"
#include "runtime/base/json.h"
#include "runtime/package/manifest_rules.h"
#include "sdk/cli/command_line.h"
#include "sdk/cli/data_folder.h"
#include "sdk/cli/exit_status.h"
#include "sdk/cli/run_command.h"

namespace kiosk::cli {
namespace {

using bridge::oidc::LoginClient;

constexpr std::size_t kPartnerNameBytesMax = 128;

struct ClientsArguments {
  std::string app, merchantId, dataDir;
  /// Of a merchant that is not there yet.
  std::string name, kid, keyPath;
  bool json = false;
};

bool hasMerchant(bridge::Store& store, const std::string& id) {
  const auto count = store.runNow<long long>("clients.merchant", [id](soci::session& sql) {
    long long found = 0;
    sql << "SELECT COUNT(*) FROM merchants WHERE id = :id", soci::use(id, "id"), soci::into(found);
    return Result<long long>(found);
  });
  return count && *count > 0;
}

/// Registers the merchant that --key speaks of. One that is there keeps its keys: it changes them
/// itself, by /v1/keys.
Result<void> addMerchant(bridge::Store& store, const ClientsArguments& given) {
  if (hasMerchant(store, given.merchantId)) {
    return Error{ErrorCode::KeyInvalid,
                 "the merchant is there already, with keys: leave --key, --kid and --name out"};
  }
  using bridge::partner::isWord;
  using bridge::partner::kWordBytesMax;
  if (!isWord(given.merchantId, kWordBytesMax) || !isWord(given.kid, kWordBytesMax)) {
    return Error{ErrorCode::InvalidParams, "--merchant and --kid are 1 to 64 of A-Za-z0-9._-"};
  }
  if (given.name.empty() || given.name.size() > kPartnerNameBytesMax || !isUtf8(given.name)) {
    return Error{ErrorCode::InvalidParams, "--name is 1 to 128 bytes of UTF-8"};
  }
  auto key = readPublicKeyFile(given.keyPath);
  if (!key) return key.error();
  bridge::MerchantRegistration registration;
  registration.id = given.merchantId;
  registration.name = given.name;
  registration.keyId = given.kid;
  registration.publicKey = *std::move(key);
  return bridge::putMerchant(store, registration);
}

int addClient(const ClientsArguments& given) {
  if (!rules::kAppId.accepts(given.app)) {
    return failed({ErrorCode::InvalidParams, "APP is not an app id such as ru.post.parcel"});
  }
  auto folder = DataFolder::open(given.dataDir);
  if (!folder) return failed(folder.error());
  if (!given.keyPath.empty()) {
    if (auto added = addMerchant(*folder->store, given); !added) return failed(added.error());
  }
  const auto put = folder->store->runNow<void>(
      "clients.add",
      [client = LoginClient{given.app, given.merchantId}, nowMs = systemClock().wallMs()](
          soci::session& sql) { return bridge::oidc::putClient(sql, client, nowMs); });
  if (!put) return failed(put.error());
  std::printf("users of %s log in at the servers of %s\n", given.app.c_str(),
              given.merchantId.c_str());
  return kExitOk;
}

int listClients(const ClientsArguments& given) {
  auto folder = DataFolder::open(given.dataDir);
  if (!folder) return failed(folder.error());
  const auto clients =
      folder->store->runNow<std::vector<LoginClient>>("clients.list", [](soci::session& sql) {
        return Result<std::vector<LoginClient>>(bridge::oidc::listClients(sql, ""));
      });
  if (!clients) return failed(clients.error());
  for (const LoginClient& client : *clients) {
    const nlohmann::json line = {{"appId", client.app}, {"merchantId", client.merchantId}};
    std::printf("%s\n", given.json ? dumpJson(line).c_str()
                                   : (client.app + " " + client.merchantId).c_str());
  }
  return kExitOk;
}

int removeClient(const ClientsArguments& given) {
  auto folder = DataFolder::open(given.dataDir);
  if (!folder) return failed(folder.error());
  const auto removed =
      folder->store->runNow<bool>("clients.remove", [app = AppId(given.app)](soci::session& sql) {
        return Result<bool>(bridge::oidc::removeClient(sql, app));
      });
  if (!removed) return failed(removed.error());
  if (!*removed) return failed({ErrorCode::NotFound, "there is no client " + given.app});
  std::printf("users of %s log in nowhere now\n", given.app.c_str());
  return kExitOk;
}

/// The secret that the app's server checks launch data with.
int printToken(const ClientsArguments& given) {
  if (!rules::kAppId.accepts(given.app)) {
    return failed({ErrorCode::InvalidParams, "APP is not an app id such as ru.post.parcel"});
  }
  const auto folder = DataFolder::open(given.dataDir);
  if (!folder) return failed(folder.error());
  std::printf("%s\n", folder->keys->botToken(AppId(given.app)).c_str());
  return kExitOk;
}

}  // namespace

void addClients(CLI::App& app, Command& chosen) {
  auto given = std::make_shared<ClientsArguments>();  // owners: CLI11's bindings and the commands
  auto* clients = app.add_subcommand("clients", "Whose servers may ask who an app's user is");
  clients->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, int (*run)(const ClientsArguments&)) {
    auto* command = clients->add_subcommand(name, help);
    command->add_option("--data", given->dataDir, "where services keep their data");
    command->callback([given, &chosen, run] {
      if (given->dataDir.empty()) given->dataDir = defaultDataDir();
      chosen = [given, run] { return run(*given); };
    });
    return command;
  };
  auto* adding = add("add", "Let an app's users log in at a merchant's servers", &addClient);
  adding->add_option("APP", given->app, "the app's id, which is the client's too")->required();
  adding->add_option("--merchant", given->merchantId, "whose keys sign for it")->required();
  auto* key = adding->add_option("--key", given->keyPath, "register the merchant: its public key");
  auto* kid = adding->add_option("--kid", given->kid, "the name of that key");
  auto* name = adding->add_option("--name", given->name, "the merchant's name, for its users");
  key->needs(kid)->needs(name);
  kid->needs(key);
  name->needs(key);
  add("list", "Print one line for each client", &listClients)
      ->add_flag("--json", given->json, "for programs");
  add("bot-token", "Print the secret by which an app's server checks launch data", &printToken)
      ->add_option("APP", given->app)
      ->required();
  add("remove", "End the log-in of an app", &removeClient)
      ->add_option("APP", given->app)
      ->required();
}

}  // namespace kiosk::cli
