#include "bridge/server/api_server.h"

#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "bridge/server/bounded_pool.h"
#include "bridge/server/partner_bounds.h"
#include "bridge/server/request_form.h"
#include "bridge/server/request_stream.h"
#include "runtime/base/log.h"

namespace kiosk::bridge::partner {
namespace {

/// Stands among a request's headers when its head is not one that we read; leads to a refusal.
constexpr const char* kMalformedMark = "kiosk-malformed";
constexpr std::chrono::milliseconds kReadyLook{5};

/// Gives the library the headers as they were sent, without those by which it would change the
/// answer (a part of it, packed), and with a length where the client left out that there is none.
void useRawHead(httplib::Request& request, std::string_view head) {
  request.headers.clear();
  request.ranges.clear();
  HeaderList headers;
  if (!parseHead(head, headers)) {
    request.headers.emplace(kMalformedMark, "1");
    return;
  }
  for (auto& [name, value] : headers) {
    if (name == "range" || name == "accept-encoding") continue;
    request.headers.emplace(name, std::move(value));
  }
  if (!request.has_header("content-length") && !request.has_header("transfer-encoding")) {
    request.headers.emplace("content-length", "0");
  }
}

ApiRequest apiRequestOf(const httplib::Request& request) {
  ApiRequest out;
  out.method = request.method;
  out.target = request.target;
  for (const auto& [name, value] : request.headers) out.headers.emplace_back(name, value);
  out.body = request.body;
  return out;
}

void writeAnswer(const ApiAnswer& answer, httplib::Response& response) {
  response.status = answer.status;
  response.headers.clear();
  for (const auto& [name, value] : answer.headers) response.headers.emplace(name, value);
  if (!answer.type.empty()) response.set_content(answer.body, answer.type);
}

/// The library's server with our stream: one request, then the connection is closed.
class StreamServer final : public httplib::Server {
 public:
  std::atomic<bool> stopping{false};

  /// The library lets 5 connections wait in the kernel and the clients of a burst try again after
  /// seconds; a second listen() changes that. REQUIRES: bound.
  bool widenBacklog() { return ::listen(svr_sock_, kListenBacklog) == 0; }

 private:
  bool process_and_close_socket(socket_t socket) override {
    RequestStream stream(socket, stopping);
    bool closed = false;
    const bool served = process_request(stream, true, closed, [&stream](httplib::Request& request) {
      useRawHead(request, stream.head());
    });
    stream.linger();
    ::close(socket);
    return served;
  }
};

}  // namespace

struct ApiServer::Impl {
  StreamServer server;
  PartnerApi* api = nullptr;  ///< set before it serves

  /// Refuses what need not be read to its end.
  bool refuseEarly(const httplib::Request& request, httplib::Response& response) {
    if (request.has_header(kMalformedMark)) {
      writeAnswer(api->refuse({400, {ErrorCode::InvalidParams, "the head is not HTTP/1.1"}}),
                  response);
      return true;
    }
    const auto& method = request.method;
    const bool isServed =
        method == "GET" || method == "POST" || method == "PUT" || method == "DELETE";
    const ApiRequest head = apiRequestOf(request);
    if (const auto refused = api->checkHead(head)) {
      writeAnswer(api->refuse(*refused, head.path()), response);
      return true;
    }
    if (!isServed) writeAnswer(api->handle(head), response);
    return !isServed;
  }

  void fillStatus(httplib::Response& response) {
    if (!response.body.empty()) return;
    const ErrorCode code = response.status == 413   ? ErrorCode::PayloadTooLarge
                           : response.status == 404 ? ErrorCode::NotFound
                                                    : ErrorCode::InvalidParams;
    const char* detail = response.status == 413   ? "the body is over 64 KiB"
                         : response.status == 404 ? "there is nothing at this address"
                                                  : "the request is not HTTP/1.1, or too large";
    writeAnswer(api->refuse({response.status, {code, detail}}), response);
  }
};

ApiServer::ApiServer() : impl_(std::make_unique<Impl>()) {
  StreamServer& server = impl_->server;
  server.new_task_queue = [] { return new BoundedPool; };
  server.set_payload_max_length(kBodyBytesMax);
  server.set_tcp_nodelay(true);
  server.set_pre_routing_handler(
      [this](const httplib::Request& request, httplib::Response& response) {
        using enum httplib::Server::HandlerResponse;
        return impl_->refuseEarly(request, response) ? Handled : Unhandled;
      });
  const auto handler = [this](const httplib::Request& request, httplib::Response& response) {
    writeAnswer(impl_->api->handle(apiRequestOf(request)), response);
  };
  server.Get(".*", handler);
  server.Post(".*", handler);
  server.Put(".*", handler);
  server.Delete(".*", handler);
  server.set_error_handler([this](const httplib::Request&, httplib::Response& response) {
    impl_->fillStatus(response);
  });
  server.set_exception_handler(
      [this](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
        logError("the partner API: a handler threw");
        writeAnswer(impl_->api->refuse({500, {ErrorCode::Internal, "that is a mistake of ours"}}),
                    response);
      });
}

ApiServer::~ApiServer() = default;

Result<int> ApiServer::bind(const std::string& address, int port) {
  StreamServer& server = impl_->server;
  const int bound = port == 0 ? server.bind_to_any_port(address)
                              : (server.bind_to_port(address, port) ? port : -1);
  if (bound <= 0 || !server.widenBacklog()) {
    return Error{ErrorCode::HostError, "cannot listen on " + address + ":" + std::to_string(port) +
                                           ": is the port taken?"};
  }
  return bound;
}

void ApiServer::serve(PartnerApi& api) {
  impl_->api = &api;
  impl_->server.listen_after_bind();
}

void ApiServer::awaitReady() const {
  while (!impl_->server.is_running()) std::this_thread::sleep_for(kReadyLook);
}

void ApiServer::stop() {
  impl_->server.stopping = true;
  impl_->server.stop();
}

}  // namespace kiosk::bridge::partner
