#pragma once
// The embedded network: libcurl's multi interface on one thread of its own.
//
// A fresh connection for each exchange, HTTP/1.1, no proxy of the environment, no .netrc, no
// cookies, no redirects. The address is judged in the callback that makes the socket, so that what
// was judged is what is connected to, whatever the name resolves to a moment later.

#include <kiosk/bridge/network_provider.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace kiosk::bridge {

/// Exchanges of the whole host at once; one more is refused.
inline constexpr std::size_t kNetExchangesMax = 128;
/// Until there is a connection, in milliseconds.
inline constexpr long kNetConnectMsMax = 10'000;
/// An answer's status line and headers, in bytes.
inline constexpr std::size_t kNetHeadBytesMax = 64u << 10;

struct CurlNetworkOptions {
  /// Names whose addresses the operator knows better than the resolver: "name:port:address". They
  /// are judged like any other.
  std::vector<std::string> hosts = {};
};

class CurlTransfer;

/// Threads: the loop's own; its worker is inside.
class CurlNetwork final : public Network {
 public:
  explicit CurlNetwork(CurlNetworkOptions options = {});
  /// Ends what is under way; waits for the thread.
  ~CurlNetwork() override;
  CurlNetwork(const CurlNetwork&) = delete;
  CurlNetwork& operator=(const CurlNetwork&) = delete;

  void attached(Executor& loop) override;
  void detached() override;
  std::uint64_t start(NetworkRequest request, Done done) override;
  void abort(std::uint64_t exchange) override;

 private:
  struct Post;  ///< what the loop and the worker share
  void work();
  void takeOrders();
  void collect();
  void settle(std::uint64_t exchange, Result<NetworkResponse> outcome);
  void remove(std::uint64_t exchange);

  const CurlNetworkOptions options_;
  std::shared_ptr<Post> post_;  ///< owners: this and the tasks on the loop
  std::uint64_t last_ = 0;
  void* multi_ = nullptr;  ///< a CURLM; null when libcurl could not be started
  std::map<std::uint64_t, std::unique_ptr<CurlTransfer>> transfers_;  ///< the worker's own
  std::thread worker_;
};

}  // namespace kiosk::bridge
