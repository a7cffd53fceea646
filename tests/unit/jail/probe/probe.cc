// jail-probe: a guest without V8. Its configuration names what it tries inside the jail; what it
// finds goes to the host as text, if it lives to tell.

#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <map>
#include <sstream>
#include <string>
#include <thread>

#include "runtime/jail/zygote.h"

namespace kiosk::jail {
namespace {

constexpr int kDescriptorsLooked = 256;

volatile std::sig_atomic_t timerFired = 0;

void say(const std::string& text) {
  if (::send(kSessionSocket, text.data(), text.size(), MSG_NOSIGNAL) < 0) ::_exit(99);
}

std::string openDescriptors() {
  std::string list;
  for (int fd = 0; fd < kDescriptorsLooked; ++fd) {
    if (::fcntl(fd, F_GETFD) >= 0) list += std::to_string(fd) + " ";
  }
  return list;
}

/// "syscall NUMBER [six arguments]": makes the call and tells what came back.
std::string rawSyscallText(std::istringstream& words) {
  long number = 0;
  long arguments[6] = {};
  words >> number;
  for (long& argument : arguments) {
    std::string text;
    if (words >> text) argument = std::strtol(text.c_str(), nullptr, 0);
  }
  errno = 0;
  const long result = ::syscall(number, arguments[0], arguments[1], arguments[2], arguments[3],
                                arguments[4], arguments[5]);
  return "returned " + std::to_string(result) + " errno " + std::to_string(errno);
}

void rawSyscall(std::istringstream& words) { say(rawSyscallText(words)); }

/// Every call that the filter admits, as libc makes it.
void allowedCalls() {
  std::string failed;
  const auto expect = [&failed](const char* name, bool good) {
    if (!good) failed += std::string(name) + ":" + std::strerror(errno) + " ";
  };
  void* page = ::mmap(nullptr, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  expect("mmap", page != MAP_FAILED);
  page = ::mremap(page, 8192, 16384, MREMAP_MAYMOVE);
  expect("mremap", page != MAP_FAILED);
  expect("madvise", ::madvise(page, 16384, MADV_DONTNEED) == 0);
  expect("mprotect", ::mprotect(page, 16384, PROT_READ) == 0);
  expect("munmap", ::munmap(page, 16384) == 0);
  expect("brk", ::sbrk(4096) != reinterpret_cast<void*>(-1));
  timespec time = {};
  expect("clock_gettime", ::syscall(SYS_clock_gettime, CLOCK_THREAD_CPUTIME_ID, &time) == 0);
  timeval day = {};
  expect("gettimeofday", ::syscall(SYS_gettimeofday, &day, nullptr) == 0);
  char bytes[16];
  expect("getrandom", ::syscall(SYS_getrandom, bytes, sizeof bytes, 0) == sizeof bytes);
  expect("getpid", ::syscall(SYS_getpid) > 1);
  expect("gettid", ::syscall(SYS_gettid) == ::getpid());
  expect("sched_yield", ::sched_yield() == 0);
  int word = 0;
  expect("futex", ::syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0) == 0);
  sigset_t none;
  ::sigemptyset(&none);
  struct sigaction asItWas = {};
  expect("rt_sigaction", ::sigaction(SIGABRT, nullptr, &asItWas) == 0);
  expect("rt_sigprocmask", ::sigprocmask(SIG_BLOCK, &none, nullptr) == 0);
  pollfd socket = {kSessionSocket, POLLIN, 0};
  expect("poll", ::poll(&socket, 1, 0) == 0);
  expect("recv",
         ::recv(kSessionSocket, bytes, sizeof bytes, MSG_DONTWAIT) == -1 && errno == EAGAIN);
  expect("write to 2", ::write(2, "x", 1) == -1 && errno == EBADF);
  say(failed.empty() ? "all" : failed);
}

/// Writable memory, page after page, until it is refused.
std::string allocateText() {
  constexpr std::size_t kStep = std::size_t{1} << 20;
  std::size_t got = 0;
  for (;; ++got) {
    void* block =
        ::mmap(nullptr, kStep, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED) break;
    std::memset(block, 1, kStep);
  }
  return std::to_string(got) + " MiB, then " + std::strerror(errno);
}

void allocate() { say(allocateText()); }

void touch(std::istringstream& words) {
  std::size_t mebibytes = 0;
  words >> mebibytes;
  const std::size_t bytes = mebibytes << 20;
  void* block = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block == MAP_FAILED) ::_exit(1);
  std::memset(block, 1, bytes);
  say("touched");
}

void spin(std::istringstream& words) {
  long milliseconds = 0;
  words >> milliseconds;
  say("spinning");
  timespec now = {};
  do {
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  } while (now.tv_sec * 1000 + now.tv_nsec / 1'000'000 < milliseconds);
}

[[noreturn]] void spinSilently() {
  for (volatile unsigned long turns = 0;;) turns = turns + 1;
}

[[noreturn]] void spinForEver() {
  say("spinning");
  spinSilently();
}

/// Copies machine code for "return 42" into a fresh page and runs it.
void runFreshCode() {
#ifdef __x86_64__
  const unsigned char code[] = {0xb8, 42, 0, 0, 0, 0xc3};
#else
  const unsigned char code[] = {0x40, 0x05, 0x80, 0x52, 0xc0, 0x03, 0x5f, 0xd6};
#endif
  void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) ::_exit(1);
  std::memcpy(page, code, sizeof code);
  if (::mprotect(page, 4096, PROT_READ | PROT_EXEC) != 0) ::_exit(1);
  __builtin___clear_cache(static_cast<char*>(page), static_cast<char*>(page) + sizeof code);
  say("code returned " + std::to_string(reinterpret_cast<int (*)()>(page)()));
}

void foreignCall() {
#ifdef __x86_64__
  long result = 20;  // getpid of the 32-bit table
  asm volatile("int $0x80" : "+a"(result) : : "memory");
  say("int 0x80 returned " + std::to_string(result));
#endif
}

class Probe final : public ZygoteApp {
 public:
  bool warm(const ZygoteOptions& options) override {
    descriptors_ = openDescriptors();
    environment_ = std::getenv("KIOSK_PROBE_SECRET") != nullptr ? "visible" : "hidden";
    argument_ = options.appArguments.empty() ? "" : options.appArguments[0];
    if (argument_ == "thread") {
      std::thread([] { ::pause(); }).detach();
    } else if (argument_ == "dontfork") {
      void* page =
          ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      return ::madvise(page, 4096, MADV_DONTFORK) == 0;
    }
    return argument_ != "cold";
  }

  bool prepareGuest(const GuestStart&) override {
    if (argument_ == "unprepared") return false;
    ::signal(SIGALRM, [](int) { timerFired = 1; });
    sigevent event = {};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGALRM;
    return ::timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer_) == 0;
  }

  /// "serve" serves; all else is tried in the template, whose last word tells what came of it.
  bool takePackageIn(const GuestStart& start, std::string& why) override {
    std::istringstream words{std::string(start.config)};
    std::string word;
    words >> word;
    if (word == "serve") return true;
    if (word == "refuse") why = "this app\nis not for templates";
    if (word == "syscall") why = rawSyscallText(words);
    if (word == "allocate") why = allocateText();
    if (word == "descriptors") why = openDescriptors();
    if (word == "abort") std::abort();
    if (word == "hang") spinSilently();
    return false;
  }

  void runGuest(const GuestStart& start) override {
    std::istringstream words{std::string(start.config)};
    std::string probe;
    words >> probe;
    run(probe, words, start);
    ::_exit(0);
  }

 private:
  void run(const std::string& probe, std::istringstream& words, const GuestStart& start) {
    const std::map<std::string, void (*)(std::istringstream&)> withWords = {
        {"syscall", rawSyscall}, {"touch", touch}, {"spin", spin}};
    const std::map<std::string, void (*)()> plain = {
        {"allowed", allowedCalls}, {"allocate", allocate}, {"code", runFreshCode},
        {"int80", foreignCall},    {"abort", std::abort},  {"hang", spinForEver},
    };
    if (const auto found = withWords.find(probe); found != withWords.end()) {
      found->second(words);
    } else if (const auto simple = plain.find(probe); simple != plain.end()) {
      simple->second();
    } else if (probe == "exit") {
      int status = 0;
      words >> status;
      ::_exit(status);
    } else if (probe == "wait") {
      say("waiting");
      char byte = 0;
      while (::read(kSessionSocket, &byte, 1) > 0) continue;
    } else if (probe == "package") {
      say(std::string(reinterpret_cast<const char*>(start.package.data()), start.package.size()));
    } else if (probe == "package-write") {
      const_cast<std::byte&>(start.package[0]) = std::byte{0};
    } else if (probe == "config") {
      say(std::to_string(start.config.size()));
    } else if (probe == "descriptors") {
      say(descriptors_);
    } else if (probe == "environment") {
      say(environment_);
    } else if (probe == "timer") {
      armAndWait();
    } else {
      ::_exit(98);
    }
  }

  void armAndWait() {
    const itimerspec soon = {{0, 0}, {0, 5'000'000}};
    if (::timer_settime(timer_, 0, &soon, nullptr) != 0) ::_exit(1);
    while (timerFired == 0) continue;
    say("fired");
  }

  std::string descriptors_;
  std::string environment_;
  std::string argument_;
  timer_t timer_ = {};
};

}  // namespace
}  // namespace kiosk::jail

int main(int argc, char** argv) {
  const auto options = kiosk::jail::parseZygoteArguments(argc, argv);
  if (!options) return 2;
  kiosk::jail::Probe probe;
  return kiosk::jail::zygoteMain(*options, probe);
}
