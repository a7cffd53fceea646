#pragma once
// The tool's short commands. Each returns the exit status and says what is wrong on standard error.

#include <cstdint>
#include <optional>
#include <string>

namespace kiosk::cli {

/// Writes `path` (mode 0600) and `path`.pub; refuses to replace either.
int keygenCommand(const std::string& path);

/// Packs the folder `directory` into `out`, signed when `keyPath` is given.
int packCommand(const std::string& directory, const std::string& out,
                const std::optional<std::string>& keyPath);

/// Examines a package; 0 when it is sound and, with a trust store, signed by a key in it.
int verifyCommand(const std::string& path, const std::optional<std::string>& trustPath, bool json);

/// Says which layers of the jail this machine gives.
int doctorCommand(const std::string& tier, bool json);

/// Lists the enforcement points and what each keeps out.
int guardsCommand(bool json);

enum class ApiForm { OpenRpc, TypeScript, Markdown, Components };
int apiCommand(ApiForm form);

/// What the commands of installed apps are given.
struct AppsOptions {
  std::string subject;  ///< a `.ma` for install, else an app's id
  std::string dataDir;  ///< empty: the tool's own
  /// Keys to trust; without it `trust.txt` in the data folder, if it is there.
  std::optional<std::string> trustPath;
  std::int64_t versionCode = 0;
  bool acceptNewRights = false;
  bool json = false;
};
int installCommand(const AppsOptions& options);
int listCommand(const AppsOptions& options);
int uninstallCommand(const AppsOptions& options);
enum class AppChange { Pin, Unpin, Approve, Rollback };
int changeAppCommand(AppChange change, const AppsOptions& options);

/// What the receipts commands are asked for; each reads what it needs.
struct ReceiptsOptions {
  std::string dataDir, user, app;
  std::string jwks;        ///< a file; empty: the keys of the data folder
  bool withChain = false;  ///< hashes of what is left out, and the head
  bool some = false;       ///< the file holds single receipts, not a whole chain
  bool json = false;
};
/// Prints the host's public keys, retired ones too, as a JWKS.
int receiptsJwksCommand(const std::string& dataDir);
int receiptsListCommand(const ReceiptsOptions& options);
/// Prints tokens, one a line; a whole chain ends with a signed head.
int receiptsExportCommand(const ReceiptsOptions& options);
/// Checks `path`, or standard input for "-", without store and network.
int receiptsVerifyCommand(const std::string& path, const ReceiptsOptions& options);

}  // namespace kiosk::cli
