#pragma once
// How groups of commands join the tool's command line.

#include <CLI/CLI.hpp>
#include <functional>

namespace kiosk::cli {

/// What a parsed command line stands for; run once the line is known to be good. Returns the exit
/// status.
using Command = std::function<int()>;

/// `kiosk audit verify | show | export | head`.
void addAudit(CLI::App& app, Command& chosen);

/// `kiosk user export | erase`.
void addUser(CLI::App& app, Command& chosen);

/// `kiosk store backup | restore | rotate-key | reset-secure` and `kiosk keys rotate`.
void addStore(CLI::App& app, Command& chosen);

/// `kiosk mock-bank`.
void addMockBank(CLI::App& app, Command& chosen);

/// `kiosk clients add | list | bot-token | remove`.
void addClients(CLI::App& app, Command& chosen);

/// `kiosk serve-api`.
void addServeApi(CLI::App& app, Command& chosen);

/// `kiosk send-events`.
void addSendEvents(CLI::App& app, Command& chosen);

/// `kiosk ledger verify`.
void addLedger(CLI::App& app, Command& chosen);

/// `kiosk conformance` and `kiosk conformance verify | render`.
void addConformance(CLI::App& app, Command& chosen);

}  // namespace kiosk::cli
