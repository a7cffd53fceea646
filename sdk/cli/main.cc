// kiosk: the tool of partner developers, host engineers and reviewers.

#include "sdk/cli/command_line.h"
#include "sdk/cli/commands.h"
#include "sdk/cli/exit_status.h"
#include "sdk/cli/run_command.h"

namespace kiosk::cli {
namespace {

void addRun(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<RunOptions>();  // owners: CLI11's bindings and the command
  auto* run = app.add_subcommand("run", "Run a mini-app: a folder (development) or a signed .ma");
  run->add_option("PATH", options->path, "folder, .ma, or the id of an installed app")->required();
  run->add_option("--trust", options->trustPath,
                  "public keys of which one must have signed it, one a line");
  run->add_option("--user", options->user, "id of the user it runs for")->capture_default_str();
  run->add_option("--grant", options->grant, "answer to consents: ask, all, none, or NAME,…")
      ->capture_default_str();
  run->add_option("--steps", options->stepsPath, "JSON lines with what a person would do");
  run->add_option("--render", options->render, "how the view is shown: text, json or none")
      ->check(CLI::IsMember({"text", "json", "none"}));
  run->add_flag("--events", options->events, "NDJSON events on standard output");
  run->add_option("--timeout", options->timeoutSeconds, "end after so many seconds")
      ->check(CLI::Range(0.001, 86'400.0));
  run->add_option("--limit", options->limits, "NAME=VALUE, e.g. heap=64M")->take_all();
  run->add_option("--tier", options->tier, "jit or jitless")
      ->check(CLI::IsMember({"jit", "jitless"}))
      ->capture_default_str();
  run->add_flag("--template", options->fromTemplate,
                "compile the app in a template first, as for every open but the first");
  run->add_option("--data", options->dataDir, "where services keep their data");
  run->add_option("--language", options->language, "the user's language, BCP 47")
      ->capture_default_str();
  run->add_flag("--allow-unjailed", options->allowUnjailed,
                "run even where the jail lacks a required layer; for development only");
  run->callback([options, &chosen] { chosen = [options] { return runCommand(*options); }; });
}

void addPackageCommands(CLI::App& app, Command& chosen) {
  struct Arguments {
    std::string path, out;
    std::optional<std::string> key, trust;
    bool json = false;
  };
  auto given = std::make_shared<Arguments>();  // owners: CLI11's bindings and the commands
  auto* keygen = app.add_subcommand("keygen", "Make a key pair: FILE and FILE.pub");
  keygen->add_option("FILE", given->path)->required();
  keygen->callback([given, &chosen] { chosen = [given] { return keygenCommand(given->path); }; });

  auto* pack = app.add_subcommand("pack", "Pack a folder into a .ma");
  pack->add_option("DIR", given->path)->required();
  pack->add_option("-o", given->out, "the .ma to write")->required();
  pack->add_option("--key", given->key, "sign with this key (see keygen)");
  pack->callback([given, &chosen] {
    chosen = [given] { return packCommand(given->path, given->out, given->key); };
  });

  auto* verify = app.add_subcommand("verify", "Check a .ma and say who signed it");
  verify->add_option("FILE", given->path)->required();
  verify->add_option("--trust", given->trust, "public keys to trust, one a line");
  verify->add_flag("--json", given->json, "for programs");
  verify->callback([given, &chosen] {
    chosen = [given] { return verifyCommand(given->path, given->trust, given->json); };
  });
}

void addDoctor(CLI::App& app, Command& chosen) {
  auto tier = std::make_shared<std::string>("jit");  // owners: CLI11's binding and the command
  auto json = std::make_shared<bool>(false);         // likewise
  auto* doctor = app.add_subcommand("doctor", "Say which layers of the jail this machine gives");
  doctor->add_option("--tier", *tier, "jit or jitless")
      ->check(CLI::IsMember({"jit", "jitless"}))
      ->capture_default_str();
  doctor->add_flag("--json", *json, "for programs");
  auto guards = std::make_shared<bool>(false);  // likewise
  doctor->add_flag("--guards", *guards, "list the enforcement points instead");
  doctor->callback([tier, json, guards, &chosen] {
    chosen = [tier, json, guards] {
      return *guards ? guardsCommand(*json) : doctorCommand(*tier, *json);
    };
  });
}

void addApi(CLI::App& app, Command& chosen) {
  auto* api = app.add_subcommand("api", "Print the catalogue of methods");
  auto* form = api->add_option_group("form");
  form->require_option(1);
  const auto add = [&](const char* flag, const char* help, ApiForm which) {
    form->add_flag_callback(
        flag, [which, &chosen] { chosen = [which] { return apiCommand(which); }; }, help);
  };
  add("--openrpc", "as an OpenRPC document", ApiForm::OpenRpc);
  add("--typescript", "as TypeScript typings", ApiForm::TypeScript);
  add("--markdown", "as a reference page", ApiForm::Markdown);
  add("--components", "the view's components instead, as a reference page", ApiForm::Components);
}

void addAppsCommands(CLI::App& app, Command& chosen) {
  auto given = std::make_shared<AppsOptions>();  // owners: CLI11's bindings and the commands
  const auto add = [&](const char* name, const char* help, const char* subject, auto run) {
    auto* command = app.add_subcommand(name, help);
    if (subject != nullptr) command->add_option(subject, given->subject)->required();
    command->add_option("--data", given->dataDir, "where the registry lies");
    command->add_option("--trust", given->trustPath,
                        "public keys to trust, one a line; else trust.txt of the data folder");
    command->callback([given, run, &chosen] { chosen = [given, run] { return run(*given); }; });
    return command;
  };
  const auto change = [](AppChange what) {
    return [what](const AppsOptions& options) { return changeAppCommand(what, options); };
  };
  auto* install = add("install", "Install a signed .ma", "FILE", installCommand);
  install->add_flag("--accept", given->acceptNewRights, "also when it asks for more than before");
  install->add_flag("--json", given->json, "for programs");
  add("list", "Say which apps are installed", nullptr, listCommand)
      ->add_flag("--json", given->json, "for programs");
  add("uninstall", "Remove an app with all its versions", "APP", uninstallCommand);
  add("pin", "Keep one version of an app active", "APP", change(AppChange::Pin))
      ->add_option("CODE", given->versionCode, "version code")
      ->required();
  add("unpin", "Let updates become active again", "APP", change(AppChange::Unpin));
  add("approve", "Make the waiting version active", "APP", change(AppChange::Approve));
  add("rollback", "Go back to the version before", "APP", change(AppChange::Rollback));
}

void addReceipts(CLI::App& app, Command& chosen) {
  auto given = std::make_shared<ReceiptsOptions>();  // owners: CLI11's bindings and the commands
  auto file = std::make_shared<std::string>();       // likewise
  auto* receipts = app.add_subcommand("receipts", "Signed receipts of consents and payments");
  receipts->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, std::function<int()> run) {
    auto* command = receipts->add_subcommand(name, help);
    command->add_option("--data", given->dataDir, "where services keep their data");
    command->callback([given, run = std::move(run), &chosen] {
      if (given->dataDir.empty()) given->dataDir = defaultDataDir();
      chosen = run;
    });
    return command;
  };
  add("jwks", "Print the host's public keys (RFC 7517)",
      [given] { return receiptsJwksCommand(given->dataDir); });
  auto* list = add("list", "Print one line for each receipt",
                   [given] { return receiptsListCommand(*given); });
  auto* exported = add("export", "Print receipts for verify, or for another party",
                       [given] { return receiptsExportCommand(*given); });
  for (auto* command : {list, exported}) {
    command->add_option("--user", given->user, "of this user only");
    command->add_option("--app", given->app, "of this app only");
  }
  exported->add_flag("--with-chain", given->withChain,
                     "put hashes in place of what --user or --app leave out");
  auto* verify = add("verify", "Check receipts with nothing but the host's public keys",
                     [given, file] { return receiptsVerifyCommand(*file, *given); });
  verify->add_option("FILE", *file, "tokens, one a line; - for standard input")->required();
  verify->add_option("--jwks", given->jwks, "the host's public keys; else those of --data");
  verify->add_flag("--some", given->some, "single receipts with others left out between them");
  for (auto* command : {list, verify}) command->add_flag("--json", given->json, "for programs");
}

int main(int argc, char** argv) {
  CLI::App app{"Kiosk: a runtime host for mini-apps"};
  app.set_version_flag("--version", KIOSK_VERSION);
  app.require_subcommand(1);
  Command chosen;
  addRun(app, chosen);
  addPackageCommands(app, chosen);
  addAppsCommands(app, chosen);
  addDoctor(app, chosen);
  addApi(app, chosen);
  addAudit(app, chosen);
  addReceipts(app, chosen);
  addUser(app, chosen);
  addStore(app, chosen);
  addMockBank(app, chosen);
  addServeApi(app, chosen);
  addClients(app, chosen);
  addSendEvents(app, chosen);
  addLedger(app, chosen);
  addConformance(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    return app.exit(problem) == 0 ? kExitOk : kExitUsage;
  }
  return chosen();
}

}  // namespace
}  // namespace kiosk::cli

int main(int argc, char** argv) { return kiosk::cli::main(argc, argv); }
