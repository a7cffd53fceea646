#include "bridge/server/request_stream.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "bridge/server/partner_bounds.h"

namespace kiosk::bridge::partner {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// How often a quiet connection looks whether the server stops.
constexpr milliseconds kIdleLook{200};
/// How long, and for how much, a connection is read after its answer.
constexpr milliseconds kLingerMax{500};
constexpr std::size_t kLingerBytesMax = 256 * 1024;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

RequestStream::RequestStream(int socket, const std::atomic<bool>& stopping)
    : socket_(socket), stopping_(stopping), deadline_(steady_clock::now() + kRequestTimeMax) {}

bool RequestStream::wait(short events, bool isIdle) const {
  const auto until = std::min(deadline_, steady_clock::now() + kPauseMax);
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(until - steady_clock::now());
    if (left.count() <= 0) return false;
    // What has come already is read, also when the server stops.
    const bool isLast = isIdle && stopping_;
    pollfd ready{socket_, events, 0};
    const auto pause = isLast ? milliseconds(0) : std::min(left, kIdleLook);
    const int found = ::poll(&ready, 1, static_cast<int>(pause.count()));
    if (found > 0) return true;
    if (isLast || (found < 0 && errno != EINTR)) return false;
  }
}

bool RequestStream::is_readable() const { return at_ < end_ || wait(POLLIN, received_ == 0); }
bool RequestStream::is_writable() const { return wait(POLLOUT, false); }

bool RequestStream::keepHead(std::string_view bytes) {
  for (const char c : bytes) {
    if (headDone_) return true;
    if (head_.size() == kHeadBytesMax) return false;
    head_ += c;
    headDone_ = head_.ends_with("\n\r\n") || head_ == "\r\n";
  }
  return true;
}

ssize_t RequestStream::read(char* into, std::size_t size) {
  if (at_ == end_) {
    if (!wait(POLLIN, received_ == 0)) return -1;
    const ssize_t got = ::recv(socket_, buffer_.data(), buffer_.size(), 0);
    if (got <= 0) return got;
    at_ = 0;
    end_ = static_cast<std::size_t>(got);
    received_ += end_;
    if (received_ > kHeadBytesMax + kBodyBytesMax) return -1;
  }
  const std::size_t count = std::min(size, end_ - at_);
  if (!keepHead({buffer_.data() + at_, count})) return -1;
  std::copy_n(buffer_.data() + at_, count, into);
  at_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t RequestStream::write(const char* from, std::size_t size) {
  if (!wait(POLLOUT, false)) return -1;
  return ::send(socket_, from, size, MSG_NOSIGNAL);
}

void RequestStream::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}
void RequestStream::get_local_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

void RequestStream::linger() {
  ::shutdown(socket_, SHUT_WR);
  const auto until = steady_clock::now() + kLingerMax;
  std::size_t bytes = 0;
  while (bytes < kLingerBytesMax) {
    const auto left = std::chrono::ceil<milliseconds>(until - steady_clock::now());
    pollfd ready{socket_, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&ready, 1, static_cast<int>(left.count())) <= 0) return;
    const ssize_t got = ::recv(socket_, buffer_.data(), buffer_.size(), 0);
    if (got <= 0) return;
    bytes += static_cast<std::size_t>(got);
  }
}

bool parseHead(std::string_view head, HeaderList& headers) {
  bool isRequestLine = true;
  while (!head.empty()) {
    const auto end = head.find("\r\n");
    if (end == std::string_view::npos) return false;
    const auto line = head.substr(0, end);
    head.remove_prefix(end + 2);
    if (line.find_first_of("\r\n") != std::string_view::npos) return false;
    if (isRequestLine) {
      isRequestLine = false;
      continue;
    }
    if (line.empty()) return head.empty();
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || line.front() == ' ' || line.front() == '\t') {
      return false;
    }
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    headers.emplace_back(std::move(name), trimmed(line.substr(colon + 1)));
    if (headers.size() > kHeadersMax) return false;
  }
  return false;
}

}  // namespace kiosk::bridge::partner
