#include "bridge/mock_bank/bank_stream.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace kiosk::bridge {

BankStream::BankStream(Fd socket, std::chrono::milliseconds timeMax)
    : socket_(std::move(socket)), end_(std::chrono::steady_clock::now() + timeMax) {}

BankStream::~BankStream() { ::shutdown(socket_.get(), SHUT_RDWR); }

bool BankStream::wait(short events) const {
  pollfd watched{socket_.get(), events, 0};
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end_ - std::chrono::steady_clock::now());
    const int ready =
        ::poll(&watched, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
    if (ready >= 0 || errno != EINTR) return ready > 0;
  }
}

ssize_t BankStream::read(char* ptr, std::size_t size) {
  if (!wait(POLLIN)) return -1;
  return ::recv(socket_.get(), ptr, size, 0);
}

ssize_t BankStream::write(const char* ptr, std::size_t size) {
  if (isCut_ || !wait(POLLOUT)) return -1;
  return ::send(socket_.get(), ptr, size, MSG_NOSIGNAL);
}

void BankStream::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip = "127.0.0.1";
  port = 0;
}

void BankStream::get_local_ip_and_port(std::string& ip, int& port) const {
  get_remote_ip_and_port(ip, port);
}

}  // namespace kiosk::bridge
