#pragma once
// The way to the servers that mini-apps call. The default is libcurl on a thread of its own; a host
// that sends such traffic through a gateway implements this. One exchange at a time: redirects are
// followed by the bridge, which holds each against the manifest first.

#include <kiosk/executor.h>
#include <kiosk/result.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace kiosk::bridge {

struct NetworkHeader {
  std::string name, value;
};

/// Where the name in a request may lead.
enum class NetworkReach : std::uint8_t {
  Public,        ///< addresses of the internet at large only
  AlsoLoopback,  ///< this machine's own too: an app in development
};

struct NetworkRequest {
  std::string method = {};  ///< "GET", "POST" …
  std::string url = {};     ///< http or https, ASCII, no user, no fragment
  std::vector<NetworkHeader> headers = {};
  std::string body = {};
  NetworkReach reach = NetworkReach::Public;
  std::chrono::milliseconds timeMax{30'000};  ///< for all of it
  std::size_t bodyBytesMax = 0;               ///< of the answer
};

struct NetworkResponse {
  int status = 0;
  std::vector<NetworkHeader> headers;  ///< as they came
  std::string body;
};

/// Threads: the loop's own.
class Network {
 public:
  using Done = std::function<void(Result<NetworkResponse>)>;
  virtual ~Network() = default;

  /// Called once, before anything else: where `done` is called. Borrowed.
  virtual void attached(Executor& loop) = 0;
  /// Called once, when the host goes: the loop is not used after it returns.
  virtual void detached() = 0;
  /// Begins one exchange and answers its number, which is not 0. Keeps no cookies, adds no
  /// credentials, follows no redirect, uses no connection of another exchange, and judges the
  /// address that it connects to by `reach`. `done` is called once, later, unless `abort` comes
  /// first.
  /// Errors of `done`: AddressForbidden     the name leads to an address out of reach
  ///                   NetworkError         no connection, or no answer that is HTTP
  ///                   Timeout              over `timeMax`
  ///                   PayloadTooLarge      the answer is longer than `bodyBytesMax`
  ///                   TooManyConnections   the host has no room for another
  virtual std::uint64_t start(NetworkRequest request, Done done) = 0;
  /// Ends an exchange; its `done` is not called. An unknown number is ignored.
  virtual void abort(std::uint64_t exchange) = 0;
};

}  // namespace kiosk::bridge
