#pragma once
// The partner API on a socket: plain HTTP/1.1, one request a connection, behind TLS or a proxy.

#include <kiosk/result.h>

#include <memory>
#include <string>

#include "bridge/server/partner_api.h"

namespace kiosk::bridge::partner {

class ApiServer {
 public:
  ApiServer();
  ~ApiServer();
  ApiServer(const ApiServer&) = delete;
  ApiServer& operator=(const ApiServer&) = delete;

  /// Takes the port (0: a free one) and answers which it is.
  /// Errors: HostError   the address cannot be listened on.
  Result<int> bind(const std::string& address, int port);

  /// Serves until `stop`, then until what had begun is answered. `api` is borrowed.
  /// REQUIRES: bound.
  void serve(PartnerApi& api);

  /// Waits until connections are taken. Threads: any but the one that serves.
  void awaitReady() const;

  /// Takes no new connections. REQUIRES: ready. Threads: any.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kiosk::bridge::partner
