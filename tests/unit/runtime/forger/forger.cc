// forger-guest: a guest without V8 that does whatever its package says, as one would whose
// JavaScript has broken the engine. The package holds a script between the lines "#forge" and
// "#end", one act a line:
//
//   frame TEXT            sends TEXT as one frame
//   bytes HEX             sends bytes as they are
//   repeat N TEXT         N frames; "#" in TEXT is the number of the frame, from 1
//   flood TEXT            frames without end
//   await TEXT            reads until TEXT has come
//   sing TEXT             a frame for every event of the host, for ever; numbered as above
//   read                  reads until the host closes the socket
//   hold                  waits for ever and reads nothing
//   spin                  uses the CPU for ever
//   spin-answering MS     the same for MS of CPU time, answering pings
//   touch MIB             memory, written to
//   exit N                ends with status N
//   die WORD              segv, ill, trap, fpe, abort or syscall
//
// With the line "#template WORD", a template of it conducts itself as false_template.h says.
//
// After the last act it exits with 0. With the line "#hangup" it closes its side of the socket
// before the jail stands, and lives on.

#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <string_view>

#include "runtime/jail/zygote.h"
#include "tests/unit/runtime/forger/false_template.h"

namespace kiosk::jail {
namespace {

constexpr int kExitMisused = 99;
constexpr std::string_view kBegin = "#forge\n", kEnd = "#end\n", kHangUp = "#hangup\n";
constexpr std::string_view kPong = R"({"jsonrpc":"2.0","method":"$/pong","params":{}})";

void sendAll(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(kSessionSocket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) ::_exit(0);  // the host has hung up
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void sendFrame(std::string_view text) {
  const auto length = static_cast<std::uint32_t>(text.size());
  std::string frame(reinterpret_cast<const char*>(&length), sizeof length);
  sendAll(frame.append(text));
}

std::string numbered(std::string_view text, unsigned long number) {
  std::string out;
  for (const char c : text) c == '#' ? out += std::to_string(number) : out += c;
  return out;
}

std::string unhex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

/// Reads until `text` has come; for ever where it is empty. Ends with the host's end of the socket.
void awaitText(std::string_view text) {
  static std::string heard;
  char bytes[4096];
  for (;;) {
    const auto found = text.empty() ? std::string::npos : heard.find(text);
    if (found != std::string::npos) return heard.erase(0, found + text.size()), void();
    if (text.empty()) heard.clear();
    const ssize_t got = ::recv(kSessionSocket, bytes, sizeof bytes, 0);
    if (got <= 0) ::_exit(0);
    heard.append(bytes, static_cast<std::size_t>(got));
  }
}

[[noreturn]] void hold() {
  for (;;) ::poll(nullptr, 0, -1);
}

[[noreturn]] void spin() {
  for (volatile unsigned long turns = 0;;) turns = turns + 1;
}

void spinAnswering(long milliseconds) {
  timespec now = {};
  char bytes[4096];
  do {
    const ssize_t got = ::recv(kSessionSocket, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got > 0 && std::string_view(bytes, static_cast<std::size_t>(got)).find("$/ping") !=
                       std::string_view::npos) {
      sendFrame(kPong);
    }
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  } while (now.tv_sec * 1000 + now.tv_nsec / 1'000'000 < milliseconds);
}

void touch(std::size_t mebibytes) {
  const std::size_t bytes = mebibytes << 20;
  void* block = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block == MAP_FAILED) ::_exit(kExitMisused);
  std::memset(block, 1, bytes);
}

void die(std::string_view how) {
  volatile int zero = 0, seven = 7;
  if (how == "segv") *reinterpret_cast<volatile int*>(static_cast<std::uintptr_t>(zero)) = 1;
  if (how == "ill") __asm__ volatile(".byte 0x0f, 0x0b");
  if (how == "trap") __builtin_trap();
  if (how == "fpe") zero = seven / zero;
  if (how == "abort") std::abort();
  if (how == "syscall") ::syscall(SYS_getppid);
}

void act(std::string_view line) {
  const auto space = line.find(' ');
  const std::string_view word = line.substr(0, space);
  const std::string rest(space == std::string_view::npos ? "" : line.substr(space + 1));
  if (word == "frame") return sendFrame(rest);
  if (word == "bytes") return sendAll(unhex(rest));
  if (word == "repeat") {
    char* text = nullptr;
    const unsigned long count = std::strtoul(rest.c_str(), &text, 10);
    for (unsigned long i = 1; i <= count; ++i) sendFrame(numbered(text + 1, i));
    return;
  }
  if (word == "flood") {
    for (unsigned long i = 1;; ++i) sendFrame(numbered(rest, i));
  }
  if (word == "await") return awaitText(rest);
  if (word == "sing") {
    for (unsigned long i = 1;; ++i) {
      awaitText("lifecycle");
      sendFrame(numbered(rest, i));
    }
  }
  if (word == "read") return awaitText("");
  if (word == "hold") hold();
  if (word == "spin") spin();
  if (word == "spin-answering") return spinAnswering(std::atol(rest.c_str()));
  if (word == "touch") return touch(std::strtoul(rest.c_str(), nullptr, 10));
  if (word == "exit") ::_exit(std::atoi(rest.c_str()));
  if (word == "die") return die(rest);
  ::_exit(kExitMisused);
}

std::string_view scriptOf(const GuestStart& start) {
  const std::string_view package(reinterpret_cast<const char*>(start.package.data()),
                                 start.package.size());
  const auto begin = package.find(kBegin), end = package.rfind(kEnd);
  if (begin == std::string_view::npos || end == std::string_view::npos) return "";
  return package.substr(begin + kBegin.size(), end - begin - kBegin.size());
}

class Forger final : public ZygoteApp {
 public:
  bool warm(const ZygoteOptions&) override { return true; }

  bool prepareGuest(const GuestStart& start) override {
    if (scriptOf(start).starts_with(kHangUp)) ::shutdown(start.sessionSocket, SHUT_RDWR);
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
      if (!line.starts_with('#')) act(line);
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
