#pragma once
// One connection as cpp-httplib reads and writes it, with what the library does not keep: a bound
// on the head and on the whole, and one deadline for all of it, so that a client which sends a byte
// now and then holds a thread no longer than another.
//
// It also keeps the head as it came. The library percent-decodes header values, so that two
// different requests would look the same; what was signed is what was sent.

#include <httplib.h>

#include <array>
#include <atomic>
#include <chrono>
#include <string>
#include <string_view>

#include "bridge/server/api_message.h"

namespace kiosk::bridge::partner {

class RequestStream final : public httplib::Stream {
 public:
  /// `socket` and `stopping` are borrowed; a connection that has said nothing yet when `stopping`
  /// becomes true is at its end.
  RequestStream(int socket, const std::atomic<bool>& stopping);

  bool is_readable() const override;
  bool is_writable() const override;
  /// -1 when a bound or the deadline was passed.
  ssize_t read(char* into, std::size_t size) override;
  ssize_t write(const char* from, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return socket_; }

  /// Request line and headers up to the empty line, as they came.
  std::string_view head() const { return head_; }
  /// Lets the client read the answer before the connection is reset: waits a moment for its end.
  void linger();

 private:
  bool wait(short events, bool isIdle) const;
  bool keepHead(std::string_view bytes);

  const int socket_;
  const std::atomic<bool>& stopping_;
  const std::chrono::steady_clock::time_point deadline_;
  std::array<char, 4096> buffer_{};
  std::size_t at_ = 0, end_ = 0;
  std::size_t received_ = 0;
  std::string head_;
  bool headDone_ = false;
};

/// The headers of a head as it came: names in lower case, blanks around values taken off. False
/// when a line is not "name: value" ended by CR LF, or begins with a blank (a folded header).
bool parseHead(std::string_view head, HeaderList& headers);

}  // namespace kiosk::bridge::partner
