#include "http_server.h"

#include <cstdio>

#include "answer.h"
#include "bounds.h"

namespace web_host {
namespace {

constexpr std::size_t kPathBytesMax = 512;

void answerStatus(const httplib::Request&, httplib::Response& response) {
  if (!response.body.empty()) return;
  switch (response.status) {
    case 404:
      return answerRefusal(response, {404, "not_found", "There is nothing here."});
    case 413:
      return answerRefusal(response, {413, "payload_too_large", "That is too much at once."});
    default:
      return answerRefusal(response,
                           {response.status, "invalid_params", "The request makes no sense."});
  }
}

}  // namespace

bool isLoopback(const std::string& address) {
  return address == "127.0.0.1" || address == "::1" || address == "localhost";
}

HttpServer::HttpServer(Guard& guard, const Router& router) : guard_(guard), router_(router) {
  server_.new_task_queue = [] { return new httplib::ThreadPool(kStreamsMax + kWorkers); };
  server_.set_default_headers(strictHeaders());
  server_.set_payload_max_length(kBodyBytesMax);
  server_.set_tcp_nodelay(true);
  // A connection that waits for its next request would hold a thread that others need.
  server_.set_keep_alive_max_count(1);
  server_.set_read_timeout(std::chrono::seconds(5));
  server_.set_write_timeout(std::chrono::seconds(5));
  server_.set_pre_routing_handler(
      [this](const httplib::Request& request, httplib::Response& response) {
        using enum httplib::Server::HandlerResponse;
        // The library matches its one pattern with std::regex, which needs stack for every
        // character.
        if (request.path.size() > kPathBytesMax) {
          answerRefusal(response, {414, "invalid_params", "That address is too long."});
          return Handled;
        }
        const auto refused = guard_.check(request);
        if (!refused) return Unhandled;
        answerRefusal(response, *refused);
        return Handled;
      });
  const auto handler = [this](const httplib::Request& request, httplib::Response& response) {
    dispatch(request, response);
  };
  server_.Get(".*", handler);
  server_.Post(".*", handler);
  server_.Delete(".*", handler);
  server_.set_error_handler(answerStatus);
  server_.set_exception_handler(
      [](const httplib::Request& request, httplib::Response& response, std::exception_ptr) {
        std::fprintf(stderr, "kiosk-web: a handler threw at %s\n", request.path.c_str());
        answerRefusal(response, {500, "internal", "That is a mistake of ours."});
      });
}

void HttpServer::dispatch(const httplib::Request& request, httplib::Response& response) {
  auto login = guard_.loginOf(request);
  if (!router_.handle(request, login ? *std::move(login) : Login{}, response)) {
    answerRefusal(response, {404, "not_found", "There is nothing here."});
  }
}

kiosk::Result<int> HttpServer::bind(const std::string& address, int port) {
  if (!isLoopback(address)) {
    return kiosk::Error{kiosk::ErrorCode::PolicyRefused,
                        "this host has demo users and no real log-in: it listens on 127.0.0.1, ::1 "
                        "or localhost and nowhere else"};
  }
  const int bound = port == 0 ? server_.bind_to_any_port(address)
                              : (server_.bind_to_port(address, port) ? port : -1);
  if (bound <= 0) {
    return kiosk::Error{
        kiosk::ErrorCode::HostError,
        "cannot listen on " + address + ":" + std::to_string(port) + ": is the port taken?"};
  }
  guard_.listensOn(bound);
  return bound;
}

void HttpServer::serve() { server_.listen_after_bind(); }

}  // namespace web_host
