#include "bridge/mock_bank/mock_bank_server.h"

#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "bridge/mock_bank/bank_json.h"
#include "bridge/mock_bank/bank_stream.h"
#include "runtime/base/crypto.h"
#include "runtime/base/quiet_thread.h"

namespace kiosk::bridge {
namespace {

constexpr std::chrono::milliseconds kRequestTimeMax{10'000};
constexpr const char* kLoopback = "127.0.0.1";
constexpr const char* kJsonType = "application/json";

/// The connection whose request this thread carries.
thread_local BankStream* currentStream = nullptr;

/// cpp-httplib's server over streams of our own, one request for each connection.
class CuttingServer final : public httplib::Server {
 public:
  ~CuttingServer() override = default;

 private:
  bool process_and_close_socket(socket_t socket) override {
    Fd owned(socket);
    if (connections_.fetch_add(1) < kBankConnectionsMax) {
      BankStream stream(std::move(owned), kRequestTimeMax);
      currentStream = &stream;
      bool isClosed = false;
      process_request(stream, true, isClosed, nullptr);
      currentStream = nullptr;
    }
    connections_.fetch_sub(1);
    return true;
  }

  std::atomic<std::size_t> connections_{0};
};

class BankServer final : public MockBankServer {
 public:
  BankServer(MockBank bank, std::string token, Clock& clock)
      : bank_(std::move(bank)), token_(std::move(token)), clock_(clock) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(kBankThreads); };
    server_.set_payload_max_length(kBankRequestBytesMax);
    server_.set_tcp_nodelay(true);
    // The library's own choice is SO_REUSEPORT, by which two banks would share one port unsaid.
    server_.set_socket_options([](int socket) {
      const int yes = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    const auto handler = [this](const httplib::Request& request, httplib::Response& response) {
      serve(request, response);
    };
    // Here and not by pattern: the library matches patterns with std::regex, which needs stack for
    // every character of the path.
    server_.set_pre_routing_handler(
        [handler](const httplib::Request& request, httplib::Response& response) {
          if (request.method == "PUT" && request.target.size() <= kBankTargetBytesMax) {
            return httplib::Server::HandlerResponse::Unhandled;  // its body is still to be read
          }
          handler(request, response);
          return httplib::Server::HandlerResponse::Handled;
        });
    server_.Put(".*", handler);
    server_.set_error_handler([](const httplib::Request&, httplib::Response& response) {
      if (!response.body.empty()) return;
      const auto answer = bankError(response.status, "invalid_request",
                                    "say PUT with a JSON body of at most 16 KiB, or GET");
      response.set_content(answer.body, kJsonType);
    });
  }

  ~BankServer() override {
    {
      const std::lock_guard lock(mutex_);
      isStopping_ = true;
    }
    stopping_.notify_all();
    server_.stop();
    if (thread_.joinable()) thread_.join();
  }

  Result<void> listen(int port) {
    port_ = port == 0 ? server_.bind_to_any_port(kLoopback)
                      : (server_.bind_to_port(kLoopback, port) ? port : -1);
    if (port_ <= 0) {
      return Error{ErrorCode::HostError,
                   "cannot listen on 127.0.0.1:" + std::to_string(port) + ": is the port taken?"};
    }
    thread_ = quietThread([this] { server_.listen_after_bind(); });
    // A server that is stopped before it runs would not stop.
    while (!server_.is_running()) std::this_thread::yield();
    return {};
  }

  int port() const override { return port_; }
  bool conserved() const override {
    const std::lock_guard lock(mutex_);
    return bank_.conserved();
  }
  std::int64_t userBalance(const std::string& user) const override {
    const std::lock_guard lock(mutex_);
    return bank_.userBalance(user);
  }

 private:
  void serve(const httplib::Request& request, httplib::Response& response) {
    const auto answer = answerTo(request);
    if (answer.delayMs > 0) {
      std::unique_lock lock(mutex_);
      const auto delay = std::chrono::milliseconds(answer.delayMs);
      if (stopping_.wait_for(lock, delay, [this] { return isStopping_; })) {
        return currentStream->cut();
      }
      currentStream->extend(delay);
    }
    if (!answer.isAnswered) return currentStream->cut();
    response.status = answer.status;
    response.set_content(answer.body, kJsonType);
  }

  BankResponse answerTo(const httplib::Request& request) {
    if (!token_.empty() && !equalConstantTime(bytesOf(request.get_header_value("Authorization")),
                                              bytesOf("Bearer " + token_))) {
      return bankError(401, "unauthorized", "send Authorization: Bearer and the bank's token");
    }
    const std::lock_guard lock(mutex_);
    // The wall clock may be set back; the bank's time does not go back.
    nowMs_ = std::max(nowMs_, clock_.wallMs());
    return bank_.handle({request.method, request.target, request.body}, nowMs_);
  }

  mutable std::mutex mutex_;
  std::condition_variable stopping_;
  bool isStopping_ = false;  // guarded by mutex_, as the next two
  MockBank bank_;
  std::int64_t nowMs_ = 0;
  const std::string token_;
  Clock& clock_;
  CuttingServer server_;
  std::thread thread_;
  int port_ = 0;
};

}  // namespace

Result<std::unique_ptr<MockBankServer>> MockBankServer::start(MockBank bank, int port,
                                                              std::string token, Clock& clock) {
  auto server = std::make_unique<BankServer>(std::move(bank), std::move(token), clock);
  if (auto listens = server->listen(port); !listens) return listens.error();
  return std::unique_ptr<MockBankServer>(std::move(server));
}

}  // namespace kiosk::bridge
