#include "sdk/forger/acts.h"

#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <deque>
#include <string>

#include "runtime/jail/guest_start.h"

namespace kiosk::jail {
namespace {

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

/// "N ARGUMENT…": makes the call. Texts stay where they are until it has returned.
void callSystem(std::string_view words) {
  constexpr std::size_t kWordsMax = 7;  // the call's number and six arguments
  std::deque<std::string> texts;
  long values[kWordsMax] = {};
  for (std::size_t at = 0; at < kWordsMax && !words.empty(); ++at) {
    const auto space = words.find(' ');
    const std::string word(words.substr(0, space));
    words.remove_prefix(space == std::string_view::npos ? words.size() : space + 1);
    if (word.starts_with("h:")) {
      values[at] = reinterpret_cast<long>(texts.emplace_back(unhexed(word.substr(2))).c_str());
    } else {
      values[at] = static_cast<long>(std::strtoll(word.c_str(), nullptr, 10));
    }
  }
  ::syscall(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
}

}  // namespace

std::string unhexed(std::string_view hex) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    ::_exit(kExitMisused);
  };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
  }
  return bytes;
}

void sendWithFds(int socket, std::string_view bytes, int count) {
  alignas(cmsghdr) char control[CMSG_SPACE(kFdsMax * sizeof(int))] = {};
  int fds[kFdsMax];
  std::fill_n(fds, kFdsMax, socket);
  iovec part = {const_cast<char*>(bytes.data()), bytes.size()};
  msghdr message = {};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  const std::size_t fdBytes = static_cast<std::size_t>(std::clamp(count, 1, kFdsMax)) * sizeof(int);
  message.msg_controllen = CMSG_SPACE(fdBytes);
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(fdBytes);
  std::memcpy(CMSG_DATA(header), fds, fdBytes);
  ::sendmsg(socket, &message, MSG_NOSIGNAL);
}

void actOut(std::string_view line) {
  const auto space = line.find(' ');
  const std::string_view word = line.substr(0, space);
  const std::string rest(space == std::string_view::npos ? "" : line.substr(space + 1));
  if (word == "frame") return sendFrame(rest);
  if (word == "bytes") return sendAll(unhexed(rest));
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
  if (word == "syscall") return callSystem(rest);
  if (word == "fds") return sendWithFds(kSessionSocket, "f", std::atoi(rest.c_str()));
  ::_exit(kExitMisused);
}

}  // namespace kiosk::jail
