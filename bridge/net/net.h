#pragma once
// net.fetch: requests of mini-apps to their own servers. The gate has held the address against the
// manifest; here each redirect is, and sessions' shares and ends are kept. docs/network.md says
// what servers and apps may rely on.

#include <kiosk/bridge/network_provider.h>
#include <kiosk/bridge/service.h>
#include <kiosk/clock.h>

#include <map>
#include <memory>
#include <string>
#include <utility>

namespace kiosk::bridge {

/// Requests of one session under way at once; one more is refused.
inline constexpr std::size_t kNetFetchesMax = 10;
/// Redirects that one request follows.
inline constexpr int kNetRedirectsMax = 5;
/// What a request takes when the app does not say, redirects and all, in milliseconds. The most is
/// in net.api.json.
inline constexpr std::int64_t kNetTimeMsUsual = 30'000;

/// Threads: the loop's own.
class NetService final : public Service {
 public:
  /// Both borrowed; outlive the service. Without a network `net.fetch` is unsupported.
  NetService(Network* network, Clock& clock) : network_(network), clock_(clock) {}

  ~NetService() override;

  std::vector<MethodBinding> bindings() override;
  void attached(Executor& loop) override;
  void sessionClosed(const SessionInfo& session) override;
  void callCancelled(const SessionInfo& session, std::uint64_t callId) override;

 private:
  struct Fetch;
  using FetchPtr = std::shared_ptr<Fetch>;  ///< owners: fetches_ and the exchange under way
  using FetchKey = std::pair<std::string, std::uint64_t>;  ///< session, call

  void fetch(const ContextPtr& context, Reply reply);
  /// Begins the exchange with the place where `fetch` is now.
  void exchange(const FetchPtr& fetch);
  void answered(const FetchPtr& fetch, Result<NetworkResponse> response);
  /// Moves on to where `response` leads.
  void follow(const FetchPtr& fetch, const NetworkResponse& response);
  void finish(const FetchPtr& fetch, Result<nlohmann::json> outcome);
  void forget(const FetchPtr& fetch);
  std::size_t countOf(const SessionInfo& session) const;

  Network* network_;
  Clock& clock_;
  std::map<FetchKey, FetchPtr> fetches_;
  /// Callbacks hold it weakly; gone with the service.
  std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
};

}  // namespace kiosk::bridge
