#pragma once
// `kiosk run PATH`: one mini-app, one user, the embedded services.

#include <optional>
#include <string>
#include <vector>

namespace kiosk::cli {

struct RunOptions {
  std::string path;
  /// Keys of which one must have signed the package; without it any key will do, but for an
  /// installed app, which is held against `trust.txt` of the data folder.
  std::optional<std::string> trustPath;
  std::string user = "anna";
  std::string grant = "ask";
  std::string stepsPath;
  std::string render;  ///< "", "text", "json" or "none"
  bool events = false;
  std::optional<double> timeoutSeconds;
  std::vector<std::string> limits;  ///< NAME=VALUE
  std::string tier = "jit";
  std::string dataDir;
  std::string language = "en";
  bool allowUnjailed = false;
  bool fromTemplate = false;
  /// Sessions of a forged guest (sdk/conformance/forge_run.h), and that guest's program; empty: the
  /// app is run, by kiosk-guest. No option of `kiosk run` sets it.
  std::string forgedPath, forgerPath;
};

/// Runs until the mini-app or the person ends it. Returns the exit status.
int runCommand(const RunOptions& options);

/// Where the tool keeps its data without --data: $XDG_DATA_HOME/kiosk or ~/.local/share/kiosk.
std::string defaultDataDir();

/// Writes `kiosk: MESSAGE` to standard error and returns the status for bad usage.
int usageError(const std::string& message);

}  // namespace kiosk::cli
