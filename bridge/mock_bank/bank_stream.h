#pragma once
// A connection of the test bank as cpp-httplib reads and writes it. The library always writes an
// answer; this stream can swallow it, which is how an answer is lost. It gives a peer a time in
// all.

#include <httplib.h>

#include <chrono>
#include <string>

#include "runtime/base/fd.h"

namespace kiosk::bridge {

class BankStream final : public httplib::Stream {
 public:
  /// Owns `socket`. Reading and writing fail `timeMax` from now; `extend` gives more.
  BankStream(Fd socket, std::chrono::milliseconds timeMax);
  ~BankStream() override;

  bool is_readable() const override { return true; }
  bool is_writable() const override { return !isCut_; }
  ssize_t read(char* ptr, std::size_t size) override;
  ssize_t write(const char* ptr, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return socket_.get(); }

  /// From here nothing is written.
  void cut() { isCut_ = true; }
  void extend(std::chrono::milliseconds time) { end_ += time; }

 private:
  bool wait(short events) const;

  const Fd socket_;
  std::chrono::steady_clock::time_point end_;
  bool isCut_ = false;
};

}  // namespace kiosk::bridge
