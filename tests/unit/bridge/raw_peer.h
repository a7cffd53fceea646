#pragma once
// A server on loopback that says whatever a hostile one might.

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "runtime/base/fd.h"

namespace kiosk::test {

/// Reads once from each connection, answers all with the same bytes, and closes, or holds open.
class RawPeer {
 public:
  enum class Then : std::uint8_t { Closes, Holds };

  explicit RawPeer(std::string bytes, Then then = Then::Closes)
      : bytes_(std::move(bytes)), then_(then) {
    listener_.reset(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    REQUIRE(::bind(listener_.get(), raw, size) == 0);
    REQUIRE(::listen(listener_.get(), 8) == 0);
    REQUIRE(::getsockname(listener_.get(), raw, &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~RawPeer() {
    isOver_ = true;
    ::shutdown(listener_.get(), SHUT_RDWR);
    thread_.join();
  }
  RawPeer(const RawPeer&) = delete;
  RawPeer& operator=(const RawPeer&) = delete;

  std::string port() const { return std::to_string(port_); }
  /// Without a path.
  std::string url() const { return "http://127.0.0.1:" + port(); }
  int connections() const { return connections_; }

 private:
  void serve() {
    std::vector<Fd> held;
    while (!isOver_) {
      Fd peer(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (!peer) continue;
      ++connections_;
      char asked[4096];
      if (::recv(peer.get(), asked, sizeof asked, 0) <= 0) continue;
      std::string_view left = bytes_;
      while (!left.empty()) {
        const auto sent = ::send(peer.get(), left.data(), left.size(), MSG_NOSIGNAL);
        if (sent <= 0) break;
        left.remove_prefix(static_cast<std::size_t>(sent));
      }
      if (then_ == Then::Holds) held.push_back(std::move(peer));
    }
  }

  const std::string bytes_;
  const Then then_;
  Fd listener_;
  std::uint16_t port_ = 0;
  std::atomic<bool> isOver_ = false;
  std::atomic<int> connections_ = 0;
  std::thread thread_;
};

}  // namespace kiosk::test
