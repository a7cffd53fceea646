#pragma once
// The host's end of a session's socket: reads in pieces, writes at once where the kernel has room
// and queues the rest. The owner bounds the queue.
//
// A stream of its own and not libuv's: libuv writes with write(2), and a guest that died would then
// end an embedder that leaves SIGPIPE as it is.

#include <functional>
#include <memory>
#include <string_view>

#include "runtime/base/fd.h"
#include "runtime/channel/uv_loop.h"

namespace kiosk {

/// Threads: the loop's own. May be destroyed from within its callbacks.
class SocketStream {
 public:
  struct Callbacks {
    /// At most 64 KiB at a time, and once in a turn of the loop, so that no peer holds up the
    /// others.
    std::function<void(std::string_view bytes)> onBytes;
    /// The peer is gone; comes once, after its last bytes.
    std::function<void()> onEnd;
  };

  /// Reads until paused. `socket` is a connected stream socket; it is made non-blocking.
  SocketStream(UvLoop& loop, Fd socket, Callbacks callbacks);
  ~SocketStream();
  SocketStream(const SocketStream&) = delete;
  SocketStream& operator=(const SocketStream&) = delete;

  void pauseReading();
  void resumeReading();
  /// Sends `bytes`, or queues what the peer has no room for; dropped when the peer is gone.
  void write(std::string_view bytes);
  /// Bytes that the peer has not taken yet.
  std::size_t waitingBytes() const;

 private:
  struct State;
  std::shared_ptr<State> state_;  // owners: this stream, and the event that is being handled
};

}  // namespace kiosk
