// kiosk mock-bank: a bank on this machine to test a host's payments against.

#include <poll.h>

#include <charconv>
#include <cstdio>
#include <vector>

#include "bridge/acquirer/acquirer_options.h"
#include "bridge/mock_bank/mock_bank_server.h"
#include "runtime/base/files.h"
#include "runtime/base/json.h"
#include "sdk/cli/command_line.h"
#include "sdk/cli/data_folder.h"
#include "sdk/cli/exit_status.h"
#include "sdk/cli/interrupt.h"

namespace kiosk::cli {
namespace {

constexpr std::size_t kScriptBytesMax = std::size_t{256} << 10;

struct MockBankArguments {
  int port = 0;
  std::string scriptPath, currency = "RUB", tokenPath;
  std::vector<std::string> balances;
};

Result<bridge::FaultScript> readScript(const std::string& path) {
  if (path.empty()) return bridge::FaultScript();
  const auto text = readFileWhole(path, kScriptBytesMax);
  if (!text) return text.error();
  auto parsed = parseJson(*text);
  auto script = parsed ? bridge::FaultScript::parse(*parsed) : parsed.error();
  if (!script) return Error{script.error().code, path + ": " + script.error().message};
  return script;
}

/// Reads USER=MINOR.
Result<bridge::BankBalance> readBalance(const std::string& text) {
  const auto mark = text.find('=');
  bridge::BankBalance balance{text.substr(0, mark)};
  const char* const end = text.data() + text.size();
  const char* const begin = mark == text.npos ? end : text.data() + mark + 1;
  const auto [stop, problem] = std::from_chars(begin, end, balance.amountMinor);
  if (problem != std::errc() || stop != end) {
    return Error{ErrorCode::InvalidParams,
                 "--balance is to be USER=MINOR, a whole number of minor units: anna=2500000"};
  }
  return balance;
}

Result<bridge::MockBank> makeBank(const MockBankArguments& given) {
  bridge::MockBankConfig config;
  config.currency = given.currency;
  for (const auto& text : given.balances) {
    auto balance = readBalance(text);
    if (!balance) return balance.error();
    config.balances.push_back(std::move(*balance));
  }
  auto script = readScript(given.scriptPath);
  if (!script) return script.error();
  config.script = std::move(*script);
  return bridge::MockBank::create(std::move(config));
}

int mockBank(const MockBankArguments& given) {
  Interrupt interrupt;  // before the bank's threads
  std::string token;
  if (!given.tokenPath.empty()) {
    auto read = bridge::readTokenFile(given.tokenPath);
    if (!read) return failed(read.error());
    token = std::move(*read);
  }
  auto bank = makeBank(given);
  if (!bank) return failed(bank.error());
  const auto server =
      bridge::MockBankServer::start(std::move(*bank), given.port, std::move(token), systemClock());
  if (!server) return failed(server.error());
  std::printf("mock bank: http://127.0.0.1:%d\n", (*server)->port());
  std::fflush(stdout);
  pollfd signals{interrupt.fd(), POLLIN, 0};
  while (!interrupt.take()) ::poll(&signals, 1, -1);
  if ((*server)->conserved()) return kExitOk;
  std::fprintf(stderr, "kiosk: the mock bank's books do not add up\n");
  return kExitFailed;
}

}  // namespace

void addMockBank(CLI::App& app, Command& chosen) {
  auto given = std::make_shared<MockBankArguments>();  // owners: CLI11's bindings and the command
  auto* command = app.add_subcommand("mock-bank", "A bank to test payments against, on loopback");
  command->add_option("--port", given->port, "port of 127.0.0.1; 0 for a free one")
      ->check(CLI::Range(0, 65'535));
  command->add_option("--script", given->scriptPath, "what the bank does wrong (docs/acquirer.md)");
  command->add_option("--balance", given->balances, "USER=MINOR, what a user has; may be repeated")
      ->take_all();
  command->add_option("--currency", given->currency, "the bank's one currency")
      ->capture_default_str();
  command->add_option("--token-file", given->tokenPath, "the token that requests must bear");
  command->callback([given, &chosen] { chosen = [given] { return mockBank(*given); }; });
}

}  // namespace kiosk::cli
