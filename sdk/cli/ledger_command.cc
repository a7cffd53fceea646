// kiosk ledger verify: whether the books of a data folder hold, and what does not.

#include <unistd.h>

#include <cstdio>

#include "bridge/payments/ledger.h"
#include "bridge/store/store.h"
#include "runtime/base/json.h"
#include "sdk/cli/command_line.h"
#include "sdk/cli/data_folder.h"
#include "sdk/cli/exit_status.h"
#include "sdk/cli/run_command.h"

namespace kiosk::cli {
namespace {

using bridge::ledger::Audit;

struct LedgerArguments {
  std::string dataDir;
  bool json = false;
};

/// What must be zero, in words.
struct LedgerLine {
  const char* name;
  std::int64_t Audit::*count;
  const char* meaning;
};

constexpr LedgerLine kLedgerLines[] = {
    {"sumMinor", &Audit::sumMinor, "minor units that were made or lost"},
    {"unbalanced", &Audit::unbalanced, "transactions whose entries do not add up to zero"},
    {"wrongBalances", &Audit::wrongBalances, "accounts whose balance is not that of their entries"},
    {"paidWithoutBooking", &Audit::paidWithoutBooking, "captured payments without a transaction"},
    {"bookedWithoutPayment", &Audit::bookedWithoutPayment,
     "transactions without a captured payment"},
    {"wrongRefunds", &Audit::wrongRefunds, "refunds without their transaction, or the reverse"},
    {"wrongAmounts", &Audit::wrongAmounts, "transactions of another amount than was agreed"},
    {"wrongOrders", &Audit::wrongOrders,
     "orders that say something else than their payments and refunds"},
    {"wrongMandates", &Audit::wrongMandates,
     "charges of subscriptions that their mandates do not allow"},
    {"wrongTransfers", &Audit::wrongTransfers,
     "requests of money whose transfer is missing, or not what was asked for"},
};

void printLedger(const Audit& audit, const LedgerArguments& given) {
  if (given.json) {
    nlohmann::json all = {{"sound", audit.sound()}, {"transactions", audit.transactions}};
    for (const LedgerLine& line : kLedgerLines) all[line.name] = audit.*line.count;
    std::printf("%s\n", dumpJson(all).c_str());
    return;
  }
  for (const LedgerLine& line : kLedgerLines) {
    const auto count = static_cast<long long>(audit.*line.count);
    if (count != 0) std::printf("%lld %s\n", count, line.meaning);
  }
  std::printf("%lld transactions, %s\n", static_cast<long long>(audit.transactions),
              audit.sound() ? "the books hold" : "THE BOOKS DO NOT HOLD");
}

int verifyLedger(const LedgerArguments& given) {
  const std::string dataDir = given.dataDir.empty() ? defaultDataDir() : given.dataDir;
  const std::string database = dataDir + "/kiosk.db";
  if (::access(database.c_str(), F_OK) != 0) {
    return failed(Error{ErrorCode::NotFound, "there is no store in " + dataDir});
  }
  auto store = bridge::Store::open({.path = database});
  if (!store) return failed(store.error());
  const auto audit = (*store)->runNow<Audit>("ledger.verify", [](soci::session& sql) {
    return Result<Audit>(bridge::ledger::audit(sql));
  });
  if (!audit) return failed(audit.error());
  printLedger(*audit, given);
  return audit->sound() ? kExitOk : kExitFailed;
}

}  // namespace

void addLedger(CLI::App& app, Command& chosen) {
  auto given = std::make_shared<LedgerArguments>();  // owners: CLI11's bindings and the command
  auto* ledger = app.add_subcommand("ledger", "The books of a data folder");
  ledger->require_subcommand(1);
  auto* verify =
      ledger->add_subcommand("verify", "Check that no money was made, lost or misplaced");
  verify->add_option("--data", given->dataDir, "where services keep their data");
  verify->add_flag("--json", given->json, "for programs");
  verify->callback([given, &chosen] { chosen = [given] { return verifyLedger(*given); }; });
}

}  // namespace kiosk::cli
