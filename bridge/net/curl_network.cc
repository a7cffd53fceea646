#include "bridge/net/curl_network.h"

#include <curl/curl.h>

#include <utility>

#include "bridge/net/curl_transfer.h"
#include "runtime/base/quiet_thread.h"

namespace kiosk::bridge {
namespace {

constexpr int kPollMsMax = 1000;

}  // namespace

struct CurlNetwork::Post {
  struct Order {
    std::uint64_t exchange = 0;
    NetworkRequest request;
  };
  std::mutex mutex;
  // Guarded by mutex.
  std::vector<Order> orders;
  std::vector<std::uint64_t> aborts;
  bool stopping = false;
  Executor* loop = nullptr;
  // The loop's own.
  std::map<std::uint64_t, Done> waiting;
  bool gone = false;

  static void answer(const std::shared_ptr<Post>& post, std::uint64_t exchange,
                     Result<NetworkResponse> outcome) {
    if (post->gone) return;
    auto node = post->waiting.extract(exchange);
    if (!node.empty()) node.mapped()(std::move(outcome));
  }
};

CurlNetwork::CurlNetwork(CurlNetworkOptions options)
    : options_(std::move(options)), post_(std::make_shared<Post>()) {
  multi_ = startCurl() ? ::curl_multi_init() : nullptr;
}

CurlNetwork::~CurlNetwork() {
  post_->gone = true;
  {
    const std::lock_guard lock(post_->mutex);
    post_->stopping = true;
  }
  if (multi_ != nullptr) ::curl_multi_wakeup(multi_);
  if (worker_.joinable()) worker_.join();
  if (multi_ != nullptr) ::curl_multi_cleanup(multi_);
}

void CurlNetwork::attached(Executor& loop) {
  const std::lock_guard lock(post_->mutex);
  post_->loop = &loop;
}

void CurlNetwork::detached() {
  post_->gone = true;
  const std::lock_guard lock(post_->mutex);
  post_->loop = nullptr;
}

std::uint64_t CurlNetwork::start(NetworkRequest request, Done done) {
  const auto exchange = ++last_;
  const bool isFull = post_->waiting.size() >= kNetExchangesMax;
  post_->waiting.emplace(exchange, std::move(done));
  if (multi_ == nullptr || isFull) {
    settle(exchange, isFull
                         ? Error{ErrorCode::TooManyConnections, "the host calls too many servers"}
                         : Error{ErrorCode::HostError, "the network could not be started"});
    return exchange;
  }
  {
    const std::lock_guard lock(post_->mutex);
    post_->orders.push_back({exchange, std::move(request)});
  }
  if (!worker_.joinable()) worker_ = quietThread([this] { work(); });
  ::curl_multi_wakeup(multi_);
  return exchange;
}

void CurlNetwork::abort(std::uint64_t exchange) {
  if (post_->waiting.erase(exchange) == 0 || multi_ == nullptr) return;
  {
    const std::lock_guard lock(post_->mutex);
    post_->aborts.push_back(exchange);
  }
  ::curl_multi_wakeup(multi_);
}

void CurlNetwork::work() {
  for (;;) {
    {
      const std::lock_guard lock(post_->mutex);
      if (post_->stopping) break;
    }
    takeOrders();
    int running = 0;
    ::curl_multi_perform(multi_, &running);
    collect();
    ::curl_multi_poll(multi_, nullptr, 0, kPollMsMax, nullptr);
  }
  while (!transfers_.empty()) remove(transfers_.begin()->first);
}

void CurlNetwork::takeOrders() {
  std::vector<Post::Order> orders;
  std::vector<std::uint64_t> aborts;
  {
    const std::lock_guard lock(post_->mutex);
    orders.swap(post_->orders);
    aborts.swap(post_->aborts);
  }
  for (auto& order : orders) {
    auto transfer =
        std::make_unique<CurlTransfer>(std::move(order.request), order.exchange, options_.hosts);
    if (transfer->handle() == nullptr ||
        ::curl_multi_add_handle(multi_, transfer->handle()) != CURLM_OK) {
      settle(order.exchange, Error{ErrorCode::HostError, "the network has no room"});
      continue;
    }
    transfers_.emplace(order.exchange, std::move(transfer));
  }
  for (const auto exchange : aborts) remove(exchange);
}

void CurlNetwork::collect() {
  int left = 0;
  while (const CURLMsg* message = ::curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    char* self = nullptr;
    ::curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &self);
    auto& transfer = *reinterpret_cast<CurlTransfer*>(self);
    const auto exchange = transfer.exchange();
    settle(exchange, transfer.outcome(code));
    remove(exchange);
  }
}

void CurlNetwork::settle(std::uint64_t exchange, Result<NetworkResponse> outcome) {
  const std::lock_guard lock(post_->mutex);
  if (post_->loop == nullptr) return;
  post_->loop->post([post = post_, exchange, outcome = std::move(outcome)]() mutable {
    Post::answer(post, exchange, std::move(outcome));
  });
}

void CurlNetwork::remove(std::uint64_t exchange) {
  const auto found = transfers_.find(exchange);
  if (found == transfers_.end()) return;
  ::curl_multi_remove_handle(multi_, found->second->handle());
  transfers_.erase(found);
}

}  // namespace kiosk::bridge
