#pragma once
// A MockBank behind HTTP on this machine's loopback. Threads of its own: one takes connections, a
// few carry requests, one request for each connection.

#include <kiosk/clock.h>
#include <kiosk/result.h>

#include <memory>
#include <string>

#include "bridge/mock_bank/mock_bank.h"

namespace kiosk::bridge {

/// Requests at once, late answers included; more wait for a thread, at most kBankConnectionsMax
/// connections in all.
inline constexpr int kBankThreads = 16;
inline constexpr std::size_t kBankConnectionsMax = 256;

class MockBankServer {
 public:
  /// Listens on 127.0.0.1:`port` (0: a free one) and serves. `token`: what requests must bear;
  /// empty: none. `clock` is borrowed. Errors: HostError   the port is taken.
  static Result<std::unique_ptr<MockBankServer>> start(MockBank bank, int port, std::string token,
                                                       Clock& clock);
  /// Ends late answers and waits for the threads.
  virtual ~MockBankServer() = default;

  virtual int port() const = 0;
  /// MockBank's. Threads: any.
  virtual bool conserved() const = 0;
  virtual std::int64_t userBalance(const std::string& user) const = 0;
};

}  // namespace kiosk::bridge
