// forger-guest: a guest without V8 that does whatever its package says, as one would whose
// JavaScript has broken the engine. The package holds a program between the lines "#forge" and
// "#end", one act a line, as acts.h says. After the last act it exits with 0.
//
// A first line may say what is done before the jail stands:
//
//   #hangup               closes its side of the socket, and lives on
//   #fds N HEX            sends these bytes with N descriptors attached
//   #template WORD        a template of it conducts itself as false_template.h says

#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "runtime/jail/zygote.h"
#include "sdk/forger/acts.h"
#include "sdk/forger/false_template.h"

namespace kiosk::jail {
namespace {

constexpr std::string_view kBegin = "#forge\n", kEnd = "#end\n", kHangUp = "#hangup\n";
constexpr std::string_view kFds = "#fds ";

std::string_view scriptOf(const GuestStart& start) {
  const std::string_view package(reinterpret_cast<const char*>(start.package.data()),
                                 start.package.size());
  const auto begin = package.find(kBegin), end = package.rfind(kEnd);
  if (begin == std::string_view::npos || end == std::string_view::npos) return "";
  return package.substr(begin + kBegin.size(), end - begin - kBegin.size());
}

/// "N HEX": sends these bytes with N descriptors attached, while that can be done.
void handOver(int socket, std::string_view line) {
  const std::string rest(line.substr(0, line.find('\n')));
  const auto space = rest.find(' ');
  if (space == std::string::npos) ::_exit(kExitMisused);
  sendWithFds(socket, unhexed(std::string_view(rest).substr(space + 1)), std::atoi(rest.c_str()));
}

class Forger final : public ZygoteApp {
 public:
  bool warm(const ZygoteOptions&) override { return true; }

  bool prepareGuest(const GuestStart& start) override {
    const auto script = scriptOf(start);
    if (script.starts_with(kHangUp)) ::shutdown(start.sessionSocket, SHUT_RDWR);
    if (script.starts_with(kFds)) handOver(start.sessionSocket, script.substr(kFds.size()));
    return true;
  }

  bool takePackageIn(const GuestStart& start, std::string&) override {
    constexpr std::string_view kConduct = "#template ";
    const auto script = scriptOf(start);
    if (!script.starts_with(kConduct)) return true;
    const auto word = script.substr(kConduct.size());
    playFalseTemplate(word.substr(0, word.find('\n')));
  }

  void runGuest(const GuestStart& start) override {
    std::string_view script = scriptOf(start);
    while (!script.empty()) {
      const auto end = script.find('\n');
      const std::string_view line = script.substr(0, end);
      if (!line.starts_with('#')) actOut(line);
      script.remove_prefix(end + 1);
    }
    ::_exit(0);
  }
};

}  // namespace
}  // namespace kiosk::jail

int main(int argc, char** argv) {
  const auto options = kiosk::jail::parseZygoteArguments(argc, argv);
  if (!options) return 2;
  kiosk::jail::Forger forger;
  return kiosk::jail::zygoteMain(*options, forger);
}
