#include "sdk/conformance/forge_run.h"

#include <kiosk/check.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "runtime/base/files.h"
#include "runtime/base/json.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr JsonBounds kSessionBounds{
    .bytesMax = kForgedFileBytesMax, .depthMax = 2, .valuesMax = 16};

}  // namespace

Result<std::string> forgerProgram() {
  std::error_code problem;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", problem);
  const auto path = (program.parent_path().parent_path() / "libexec/kiosk/forger-guest").string();
  if (problem || ::access(path.c_str(), X_OK) != 0) {
    return Error{ErrorCode::NotFound,
                 "the guest of cases with \"forge\" is not installed: there is no " + path};
  }
  return path;
}

Result<void> writeForgedSessions(const std::vector<ForgedSession>& sessions,
                                 const std::string& path) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  for (const auto& session : sessions) {
    file << dumpJson({{"name", session.name}, {"program", session.program}}) << "\n";
  }
  file.close();
  if (!file) return Error{ErrorCode::HostError, "the forged sessions cannot be written"};
  return {};
}

Result<std::vector<ForgedSession>> readForgedSessions(const std::string& path) {
  const auto text = readFileWhole(path, kForgedFileBytesMax);
  if (!text) return text.error();
  std::vector<ForgedSession> sessions;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto line = parseJson(rest.substr(0, end), kSessionBounds);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const bool good = line && line->is_object() && line->value("name", json()).is_string() &&
                      line->value("program", json()).is_string();
    if (!good || sessions.size() >= kForgedSessionsMax) {
      return Error{ErrorCode::InvalidParams, path + " holds no forged sessions"};
    }
    sessions.push_back({line->at("name").get<std::string>(), line->at("program").get<std::string>(),
                        std::nullopt});
  }
  return sessions;
}

void playForged(std::vector<std::string>& arguments, const std::string& path) {
  KIOSK_CHECK(!arguments.empty() && arguments[0] == "run", "these are no arguments of kiosk run");
  arguments[0] = "forge";
  arguments.insert(arguments.begin(), "conformance");
  arguments.insert(arguments.end(), {"--sessions", path});
}

}  // namespace kiosk::conformance
