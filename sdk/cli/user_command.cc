// kiosk user: what is kept of a user, and its removal.

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "bridge/userdata/user_data.h"
#include "runtime/base/fd.h"
#include "runtime/base/json.h"
#include "sdk/cli/command_line.h"
#include "sdk/cli/data_folder.h"
#include "sdk/cli/exit_status.h"
#include "sdk/cli/run_command.h"

namespace kiosk::cli {
namespace {

struct UserArguments {
  std::string user, dataDir, out;
  bool yes = false;
};

/// To `path`, which must not exist and gets mode 0600; to standard output when it is empty.
Result<void> writeOut(const std::string& path, const nlohmann::ordered_json& document) {
  const auto text = document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  std::string_view left = text;
  Fd file;
  if (!path.empty()) {
    file.reset(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file) return Error{ErrorCode::HostError, "cannot make " + path + ": is it there already?"};
  }
  const int out = file ? file.get() : STDOUT_FILENO;
  while (!left.empty()) {
    const auto written = ::write(out, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return Error{ErrorCode::HostError, "the output could not be written"};
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  if (file && ::fsync(file.get()) != 0) {
    return Error{ErrorCode::HostError, "the output could not be written"};
  }
  return {};
}

bridge::UserDataParts partsOf(DataFolder& folder) {
  return {*folder.store, *folder.audit, *folder.keys, bridge::keysOfFile(folder.storageKeyPath()),
          systemClock(), systemRandom()};
}

int exportCommand(const UserArguments& given) {
  auto folder = DataFolder::open(given.dataDir.empty() ? defaultDataDir() : given.dataDir);
  if (!folder) return failed(folder.error());
  const auto made = bridge::exportUser(partsOf(*folder), UserId(given.user));
  if (!made) return failed(made.error());
  const auto written = writeOut(given.out, {{"data", made->data}, {"receipt", made->receipt}});
  return written ? kExitOk : failed(written.error());
}

int eraseCommand(const UserArguments& given) {
  if (!given.yes) {
    return failed(
        {ErrorCode::InvalidParams,
         "this removes all data of the user for good: say --yes, and stop the host first"});
  }
  auto folder = DataFolder::open(given.dataDir.empty() ? defaultDataDir() : given.dataDir);
  if (!folder) return failed(folder.error());
  const auto made = bridge::eraseUser(partsOf(*folder), UserId(given.user));
  if (!made) return failed(made.error());
  const auto written = writeOut(
      given.out,
      {{"erased", made->counts}, {"pseudonym", made->pseudonym}, {"receipt", made->receipt}});
  return written ? kExitOk : failed(written.error());
}

}  // namespace

void addUser(CLI::App& app, Command& chosen) {
  auto given = std::make_shared<UserArguments>();  // owners: CLI11's bindings and the commands
  auto* user = app.add_subcommand("user", "A user's data: hand it out, or remove it");
  user->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, int (*run)(const UserArguments&)) {
    auto* command = user->add_subcommand(name, help);
    command->add_option("ID", given->user, "the user's id in the host")->required();
    command->add_option("--data", given->dataDir, "where services keep their data");
    command->add_option("-o", given->out, "a new file for it; else standard output");
    command->callback([given, &chosen, run] { chosen = [given, run] { return run(*given); }; });
    return command;
  };
  add("export", "Everything that is kept of a user, with a signed receipt", &exportCommand);
  add("erase", "Remove everything that may be removed, with a signed receipt", &eraseCommand)
      ->add_flag("--yes", given->yes, "yes, for good");
}

}  // namespace kiosk::cli
