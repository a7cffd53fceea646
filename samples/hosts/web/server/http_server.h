#pragma once
// The HTTP side: threads, limits, headers and the guard before every handler. Loopback only.

#include <httplib.h>

#include <string>

#include "guard.h"
#include "router.h"

namespace web_host {

/// Whether an address is this machine's own, and nobody else's.
bool isLoopback(const std::string& address);

class HttpServer {
 public:
  /// Both borrowed.
  HttpServer(Guard& guard, const Router& router);

  /// Takes the port (0: a free one) and answers which it is.
  /// Errors: PolicyRefused   `address` is not of loopback
  ///         HostError       the port is taken
  kiosk::Result<int> bind(const std::string& address, int port);
  /// Serves until `stop`. Streams that are open then must have been told to end.
  void serve();
  /// Threads: any.
  void stop() { server_.stop(); }

 private:
  void dispatch(const httplib::Request& request, httplib::Response& response);

  Guard& guard_;
  const Router& router_;
  httplib::Server server_;
};

}  // namespace web_host
