#include "runtime/channel/socket_stream.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <deque>
#include <string>

namespace kiosk {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;

}  // namespace

struct SocketStream::State {
  Fd socket;
  Callbacks callbacks;
  std::unique_ptr<FdWatch> watch;  // none once the stream is destroyed
  std::deque<std::string> queue;
  std::size_t frontSent = 0;  // of the first in the queue
  std::size_t waiting = 0;
  bool reading = true;
  bool ended = false;   // the peer writes no more
  bool broken = false;  // the peer reads no more

  void onReady() {
    if (waiting > 0) writeQueue();
    if (reading && !ended) readOnce();
    if (watch) watchAgain();
  }

  void watchAgain() {
    const bool wantsRead = reading && !ended;
    watch->setEvents(static_cast<short>((wantsRead ? POLLIN : 0) | (waiting > 0 ? POLLOUT : 0)));
  }

  void readOnce() {
    char bytes[kReadBytes];
    const ssize_t got = ::recv(socket.get(), bytes, sizeof bytes, MSG_DONTWAIT);
    if (got > 0) return callbacks.onBytes({bytes, static_cast<std::size_t>(got)});
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    ended = true;
    callbacks.onEnd();
  }

  /// Bytes of `bytes` that the kernel took.
  std::size_t sendSome(std::string_view bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      const ssize_t took = ::send(socket.get(), bytes.data() + sent, bytes.size() - sent,
                                  MSG_NOSIGNAL | MSG_DONTWAIT);
      if (took < 0 && errno == EINTR) continue;
      if (took < 0) {
        broken = errno != EAGAIN;
        break;
      }
      sent += static_cast<std::size_t>(took);
    }
    return sent;
  }

  void writeQueue() {
    while (!queue.empty() && !broken) {
      const std::string_view rest = std::string_view(queue.front()).substr(frontSent);
      const std::size_t sent = sendSome(rest);
      waiting -= sent;
      frontSent += sent;
      if (sent < rest.size()) break;
      queue.pop_front();
      frontSent = 0;
    }
    if (!broken) return;
    queue.clear();
    frontSent = waiting = 0;
  }
};

SocketStream::SocketStream(UvLoop& loop, Fd socket, Callbacks callbacks)
    : state_(std::make_shared<State>()) {
  state_->socket = std::move(socket);
  state_->callbacks = std::move(callbacks);
  const std::weak_ptr<State> state = state_;
  state_->watch = std::make_unique<FdWatch>(loop, state_->socket.get(), [state] {
    if (const auto alive = state.lock()) alive->onReady();
  });
  state_->watchAgain();
}

SocketStream::~SocketStream() {
  // The descriptor is closed after its watch, and now: the peer shall see the end at once.
  state_->watch.reset();
  state_->socket.reset();
}

void SocketStream::pauseReading() {
  state_->reading = false;
  state_->watchAgain();
}

void SocketStream::resumeReading() {
  state_->reading = true;
  state_->watchAgain();
}

std::size_t SocketStream::waitingBytes() const { return state_->waiting; }

void SocketStream::write(std::string_view bytes) {
  if (state_->broken) return;
  if (state_->queue.empty()) bytes.remove_prefix(state_->sendSome(bytes));
  if (bytes.empty() || state_->broken) return;
  state_->queue.emplace_back(bytes);
  state_->waiting += bytes.size();
  state_->watchAgain();
}

}  // namespace kiosk
