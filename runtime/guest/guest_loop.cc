#include "runtime/guest/guest_loop.h"

#include <malloc.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <ctime>
#include <utility>

#include "runtime/guest/exit_codes.h"
#include "runtime/guest/turn_timer.h"

namespace kiosk::guest {
namespace {

constexpr std::size_t kReadBytes = 8 * 1024;
/// Output that is held back until the end of a turn; more leaves during the turn.
constexpr std::size_t kHeldBytesMax = 256 * 1024;
/// How long an answer is looked for before the process sleeps: waking it up costs more than that.
constexpr double kAnswerSoonMs = 0.03;
constexpr std::size_t kDetailBytesMax = 4096;
constexpr std::size_t kLogLineBytesMax = 4096;

/// At most `bytesMax` bytes of well-formed UTF-8, cut between characters.
std::string_view cut(std::string_view utf8, std::size_t bytesMax) {
  if (utf8.size() <= bytesMax) return utf8;
  std::size_t end = bytesMax;
  while (end > 0 && (utf8[end] & 0xC0) == 0x80) --end;
  return utf8.substr(0, end);
}

/// JSON text of `text` into a buffer of the caller's, without allocating: it is written where V8
/// has run out of memory or a signal has stopped everything.
class LastWords {
 public:
  void add(std::string_view text) {
    for (const char c : text) put(c);
  }
  void addEscaped(std::string_view text) {
    static constexpr char kHex[] = "0123456789abcdef";
    for (const char c : cut(text, kDetailBytesMax)) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') {
        put('\\'), put(c);
      } else if (c == '\n') {
        put('\\'), put('n');
      } else if (byte < 0x20) {
        add("\\u00"), put(kHex[byte >> 4]), put(kHex[byte & 15]);
      } else {
        put(c);
      }
    }
  }
  /// With its frame header in front.
  std::string_view frame() {
    const auto length = static_cast<std::uint32_t>(size_);
    std::memcpy(bytes_, &length, sizeof length);
    return {bytes_, size_ + 4};
  }

 private:
  void put(char c) {
    if (size_ + 4 < sizeof bytes_) bytes_[4 + size_++] = c;
  }
  char bytes_[4 + 6 * kDetailBytesMax + 256] = {};
  std::size_t size_ = 0;
};

EndReason reasonOf(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(EndReason::Killed); ++i) {
    if (endReasonName(static_cast<EndReason>(i)) == name) return static_cast<EndReason>(i);
  }
  return EndReason::Killed;
}

double monotonicMs() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1000 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// One turn's CPU limit.
class TurnGuard {
 public:
  TurnGuard(std::chrono::milliseconds limit, std::chrono::milliseconds grace) {
    TurnTimer::arm(limit, grace);
  }
  ~TurnGuard() { TurnTimer::disarm(); }
};

std::string jsonText(std::string_view text) {
  std::string out = "\"";
  static constexpr char kHex[] = "0123456789abcdef";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\', out += c;
    } else if (byte < 0x20) {
      out += "\\u00", out += kHex[byte >> 4], out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out += '"';
}

}  // namespace

void GuestLoop::run(const GuestConfig& config, std::string_view configText,
                    const ImageReader& image) {
  config_ = config;
  logTokens_ = config_.logLinesPerSecondMax;
  logRefilledMs_ = monotonicMs();
  engine_.adopt(config_.engine, *this, image);
  load(configText);
  for (;;) {
    noteProgress();
    reportDroppedLogs();
    const bool spoke = !out_.empty();
    flush();
    if (spoke && receiveSoon()) continue;
    const double wait = engine_.untilNextTimerMs();
    // Without a timer the read itself waits, which saves a call of the system a turn.
    if (wait >= 0) {
      pollfd entry{socket_, POLLIN, 0};
      const int ready = poll(&entry, 1, static_cast<int>(std::ceil(std::fmin(wait, 1e9))));
      if (ready > 0) receive(0);
      if (engine_.untilNextTimerMs() == 0) {
        TurnGuard guard(config_.turnTimeMax, config_.killGraceMax);
        afterTurn(engine_.fireTimers());
      }
    } else {
      rest();
      receive(0);
    }
  }
}

void GuestLoop::rest() {
  if (!std::exchange(trimAtRest_, false)) return;
  pollfd entry{socket_, POLLIN, 0};
  if (poll(&entry, 1, 0) == 0) {
    // Compiling left most of its memory behind; an app that waits should not hold it.
    malloc_trim(0);
  } else {
    trimAtRest_ = true;
  }
}

void GuestLoop::load(std::string_view configText) {
  TurnGuard guard(config_.loadTimeMax, config_.killGraceMax);
  afterTurn(engine_.start(configText));
  afterTurn(engine_.load(config_.appId, config_.entry));
}

void GuestLoop::noteProgress() {
  if (phase_ == Phase::Loading) {
    std::string why;
    switch (engine_.loadState(why)) {
      case LoadState::Pending:
        break;
      case LoadState::Failed:
        end(EndReason::Error, why);
      case LoadState::Ready:
        phase_ = Phase::Running;
        trimAtRest_ = true;
        announce();
    }
  }
  if (engine_.idle()) {
    end(EndReason::Closed,
        phase_ == Phase::Running ? "" : "the app waits at its top level for what cannot come");
  }
}

void GuestLoop::afterTurn(const Turn& turn) {
  switch (turn.outcome) {
    case TurnOutcome::Done:
      return;
    case TurnOutcome::Exited:
      end(EndReason::Closed, "");
    case TurnOutcome::Stopped:
      end(engine_.heapLimitReached() ? EndReason::Heap : EndReason::Cpu, turn.text);
    case TurnOutcome::Failed:
      if (phase_ == Phase::Loading) end(EndReason::Error, turn.text);
      log(3, turn.text);
  }
}

bool GuestLoop::receiveSoon() {
  const double until = monotonicMs() + kAnswerSoonMs;
  do {
    if (receive(MSG_DONTWAIT)) return true;
  } while (monotonicMs() < until);
  return false;
}

bool GuestLoop::receive(int flags) {
  const std::size_t before = in_.size();
  in_.resize(before + kReadBytes);
  const ssize_t got = recv(socket_, in_.data() + before, kReadBytes, flags);
  in_.resize(before + (got > 0 ? static_cast<std::size_t>(got) : 0));
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return false;
  if (got <= 0) _exit(exitCodeOf(EndReason::Closed));  // the host is gone, or wants us gone
  std::size_t at = 0;
  while (in_.size() - at >= 4) {
    std::uint32_t length = 0;
    std::memcpy(&length, in_.data() + at, sizeof length);
    if (in_.size() - at - 4 < length) break;
    TurnGuard guard(config_.turnTimeMax, config_.killGraceMax);
    afterTurn(engine_.deliver(std::string_view(in_).substr(at + 4, length)));
    at += 4 + length;
  }
  in_.erase(0, at);
  return true;
}

/// Says `$/started` before anything else is said: when the module has been evaluated, or earlier
/// when it draws, logs or calls while it waits at its top level.
void GuestLoop::announce() {
  if (std::exchange(announced_, true)) return;
  queue(R"({"jsonrpc":"2.0","method":"$/started","params":{}})");
}

bool GuestLoop::send(std::string_view frame) {
  if (frame.size() > config_.messageBytesMax) return false;
  announce();
  queue(frame);
  return true;
}

void GuestLoop::queue(std::string_view frame) {
  const auto length = static_cast<std::uint32_t>(frame.size());
  char header[4];
  std::memcpy(header, &length, sizeof header);
  out_.append(header, sizeof header).append(frame);
  if (out_.size() > kHeldBytesMax) flush();
}

void GuestLoop::flush() {
  std::size_t sent = 0;
  writing_ = true;
  while (sent < out_.size()) {
    const ssize_t wrote = ::send(socket_, out_.data() + sent, out_.size() - sent, MSG_NOSIGNAL);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) _exit(exitCodeOf(EndReason::Closed));
    sent += static_cast<std::size_t>(wrote);
  }
  writing_ = false;
  out_.clear();
  if (out_.capacity() > 2 * kHeldBytesMax) out_.shrink_to_fit();
}

void GuestLoop::log(int level, std::string_view text) {
  refillLogTokens();
  if (logTokens_ < 1) {
    ++logsDropped_;
    return;
  }
  logTokens_ -= 1;
  sendLog(level, text);
}

void GuestLoop::refillLogTokens() {
  const double now = monotonicMs();
  logTokens_ = std::fmin(config_.logLinesPerSecondMax,
                         logTokens_ + (now - logRefilledMs_) / 1000 * config_.logLinesPerSecondMax);
  logRefilledMs_ = now;
}

void GuestLoop::sendLog(int level, std::string_view text) {
  send("{\"jsonrpc\":\"2.0\",\"method\":\"$/log\",\"params\":{\"level\":" + std::to_string(level) +
       ",\"text\":" + jsonText(cut(text, kLogLineBytesMax)) + "}}");
}

void GuestLoop::reportDroppedLogs() {
  if (logsDropped_ == 0) return;
  refillLogTokens();
  if (logTokens_ >= 1) sendDroppedLogs();
}

void GuestLoop::sendDroppedLogs() {
  const auto dropped = std::exchange(logsDropped_, 0);
  sendLog(2, std::to_string(dropped) + " log lines were dropped: more than " +
                 std::to_string(static_cast<int>(config_.logLinesPerSecondMax)) + " a second");
}

void GuestLoop::end(EndReason reason, std::string_view detail) {
  if (logsDropped_ > 0) sendDroppedLogs();
  flush();
  endNow(endReasonName(reason), detail);
}

void GuestLoop::endNow(std::string_view reason, std::string_view detail) {
  TurnTimer::disarm();
  // In the middle of a frame nothing more can be said; the exit status says it.
  if (!writing_) {
    static LastWords words;
    words.add(R"({"jsonrpc":"2.0","method":"$/end","params":{"reason":")");
    words.add(reason);
    words.add(R"(","detail":")");
    words.addEscaped(detail);
    words.add("\"}}");
    const auto frame = words.frame();
    (void)::send(socket_, frame.data(), frame.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  }
  _exit(exitCodeOf(reasonOf(reason)));
}

}  // namespace kiosk::guest
