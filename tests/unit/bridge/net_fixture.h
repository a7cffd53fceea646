#pragma once
// What the tests of net.fetch share: a network that answers as told and remembers what it was
// asked, and a server on loopback that sends the same bytes to whoever connects.

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <kiosk/bridge/network_provider.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <deque>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "runtime/base/fd.h"

namespace kiosk::test {

/// Answers from within the loop's next turn, each exchange with the next of `answers`; one without
/// an answer is left open.
class HandNetwork final : public bridge::Network {
 public:
  void attached(Executor& loop) override { loop_ = &loop; }
  void detached() override { loop_ = nullptr; }
  std::uint64_t start(bridge::NetworkRequest request, Done done) override {
    const auto exchange = ++last_;
    asked.push_back(std::move(request));
    open.emplace(exchange, std::move(done));
    if (answers.empty()) return exchange;
    loop_->post([this, exchange, answer = std::move(answers.front())]() mutable {
      auto node = open.extract(exchange);
      if (!node.empty()) node.mapped()(std::move(answer));
    });
    answers.pop_front();
    return exchange;
  }
  void abort(std::uint64_t exchange) override {
    if (open.erase(exchange) > 0) aborted.push_back(exchange);
  }

  std::deque<Result<bridge::NetworkResponse>> answers;
  std::vector<bridge::NetworkRequest> asked;
  std::vector<std::uint64_t> aborted;
  std::map<std::uint64_t, Done> open;

 private:
  Executor* loop_ = nullptr;
  std::uint64_t last_ = 0;
};

/// Accepts on 127.0.0.1, reads once, sends `bytes`, and closes, or holds the connection open.
class NetPeer {
 public:
  enum class Then : std::uint8_t { Closes, Holds };

  explicit NetPeer(std::string bytes, Then then = Then::Closes)
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
  ~NetPeer() {
    isOver_ = true;
    ::shutdown(listener_.get(), SHUT_RDWR);
    thread_.join();
  }
  NetPeer(const NetPeer&) = delete;
  NetPeer& operator=(const NetPeer&) = delete;

  std::string port() const { return std::to_string(port_); }
  std::string url() const { return "http://127.0.0.1:" + port() + "/"; }
  int connections() const { return connections_; }

 private:
  void serve() {
    std::vector<Fd> held;
    while (!isOver_) {
      Fd peer(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (!peer) continue;
      ++connections_;
      char request[4096];
      (void)::recv(peer.get(), request, sizeof request, 0);
      (void)::send(peer.get(), bytes_.data(), bytes_.size(), MSG_NOSIGNAL);
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
