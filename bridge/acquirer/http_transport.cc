#include "bridge/acquirer/http_transport.h"

#include <fcntl.h>
#include <httplib.h>
#include <openssl/crypto.h>
#include <sys/socket.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "bridge/acquirer/acquirer_options.h"
#include "runtime/base/fd.h"
#include "runtime/base/quiet_thread.h"

namespace kiosk::bridge {
namespace {

constexpr std::chrono::milliseconds kCutAgain{50};
constexpr int kFirstFreeNumber = 3;  // 0 to 2 are an embedder's standard streams, open or not

Error noAnswer() {
  return {ErrorCode::NetworkError, "the bank cannot be reached, or did not answer in full"};
}

Result<AcquirerReply> exchange(httplib::Client& client, const AcquirerRequest& asked,
                               const std::string& token) {
  httplib::Request request;
  request.method = asked.method;
  request.path = asked.path;
  request.body = asked.body;
  request.set_header("Accept", "application/json");
  if (!asked.body.empty()) request.set_header("Content-Type", "application/json");
  if (!token.empty()) request.set_header("Authorization", "Bearer " + token);
  AcquirerReply reply;
  request.content_receiver = [&reply](const char* data, std::size_t size, std::uint64_t,
                                      std::uint64_t) {
    if (size > kAcquirerBodyBytesMax - reply.body.size()) return false;
    reply.body.append(data, size);
    return true;
  };
  try {
    const auto result = client.send(request);
    if (!result) return noAnswer();
    reply.status = result->status;
    return reply;
  } catch (const std::exception&) {
    return noAnswer();
  }
}

}  // namespace

struct HttpTransport::Worker {
  std::unique_ptr<httplib::Client> client;
  std::thread thread;
  // Guarded by mutex_:
  std::uint64_t number = 0;  ///< of the request that it has; 0: none
  /// The connection's socket, by a number of our own: the library closes its own when it likes, and
  /// its `stop` waits for a connection that is being made.
  Fd socket;

  void shut() const {
    if (socket) ::shutdown(socket.get(), SHUT_RDWR);
  }
};

Result<std::unique_ptr<HttpTransport>> HttpTransport::create(const AcquirerOptions& options) {
  auto url = checkBaseUrl(options);
  if (!url) return url.error();
  if (auto sound = checkHttpOptions(options); !sound) return sound.error();
  std::string token;
  if (!options.tokenFile.empty()) {
    auto read = readTokenFile(options.tokenFile);
    if (!read) return read.error();
    token = std::move(*read);
  }
  return std::unique_ptr<HttpTransport>(
      new HttpTransport(options, std::move(*url), std::move(token)));
}

HttpTransport::HttpTransport(AcquirerOptions options, std::string baseUrl, std::string token)
    : options_(std::move(options)), baseUrl_(std::move(baseUrl)), token_(std::move(token)) {}

HttpTransport::~HttpTransport() {
  detached();
  OPENSSL_cleanse(token_.data(), token_.size());
}

void HttpTransport::attached(Executor& loop) {
  KIOSK_CHECK(loop_ == nullptr, "an acquirer has one loop at a time");
  loop_ = &loop;
  present_ = std::make_shared<int>(0);
  stopping_ = false;
  for (int i = 0; i < options_.workers; ++i) {
    auto worker = std::make_unique<Worker>();
    worker->client = std::make_unique<httplib::Client>(baseUrl_);
    auto& client = *worker->client;
    client.set_connection_timeout(options_.connectTimeMax);
    client.set_read_timeout(options_.readTimeMax);
    client.set_write_timeout(options_.readTimeMax);
    client.set_follow_location(false);  // the token is for this bank alone
    client.set_decompress(false);
    client.set_keep_alive(false);
    client.set_tcp_nodelay(true);
    client.set_socket_options([this, &worker = *worker](int socket) {
      const std::lock_guard lock(mutex_);
      worker.socket.reset(::fcntl(socket, F_DUPFD_CLOEXEC, kFirstFreeNumber));
    });
    if (!options_.caFile.empty()) client.set_ca_cert_path(options_.caFile);
    workers_.push_back(std::move(worker));
  }
  // The library writes to closed connections without MSG_NOSIGNAL: on a thread that takes no
  // signals this does not end the process.
  for (auto& worker : workers_) {
    worker->thread = quietThread([this, &worker = *worker] { work(worker); });
  }
}

void HttpTransport::detached() {
  if (loop_ == nullptr) return;
  {
    std::unique_lock lock(mutex_);
    present_.reset();
    stopping_ = true;
    queue_.clear();
    wake_.notify_all();
    const auto isIdle = [](const auto& worker) { return worker->number == 0; };
    do {
      for (auto& worker : workers_) worker->shut();
    } while (!idle_.wait_for(
        lock, kCutAgain, [&] { return std::all_of(workers_.begin(), workers_.end(), isIdle); }));
  }
  for (auto& worker : workers_) worker->thread.join();
  workers_.clear();
  for (const auto& [number, waiting] : waiting_) loop_->cancelTimer(waiting.timer);
  waiting_.clear();
  loop_ = nullptr;
}

void HttpTransport::request(AcquirerRequest request, Done done) {
  if (loop_ == nullptr) {
    return done(Error{ErrorCode::NotReady, "attach the acquirer to the host's loop first"});
  }
  if (waiting_.size() >= kAcquirerRequestsMax) {
    return done(Error{ErrorCode::Busy, "too many requests wait for the bank"});
  }
  const auto number = ++lastNumber_;
  const auto timer = loop_->after(options_.requestTimeMax, [this, number] {
    cutOff(number);
    settle(number, Error{ErrorCode::Timeout, "the bank did not answer in time"});
  });
  waiting_.emplace(number, Waiting{std::move(done), timer});
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back({number, std::move(request)});
  }
  wake_.notify_one();
}

void HttpTransport::work(Worker& worker) {
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (stopping_) return;
      job = std::move(queue_.front());
      queue_.pop_front();
      worker.number = job.number;
    }
    auto reply = exchange(*worker.client, job.request, token_);
    const std::lock_guard lock(mutex_);
    worker.number = 0;
    worker.socket.reset();
    idle_.notify_all();
    if (stopping_) return;
    // Under the lock: `detached` takes it before the loop may go.
    loop_->post([this, present = std::weak_ptr<int>(present_), number = job.number,
                 reply = std::move(reply)]() mutable {
      if (!present.expired()) settle(number, std::move(reply));
    });
  }
}

void HttpTransport::settle(std::uint64_t number, Result<AcquirerReply> reply) {
  auto waiting = waiting_.extract(number);
  if (waiting.empty()) return;  // it was settled by its timer
  loop_->cancelTimer(waiting.mapped().timer);
  const auto done = std::move(waiting.mapped().done);
  done(std::move(reply));
}

void HttpTransport::cutOff(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  std::erase_if(queue_, [number](const Job& job) { return job.number == number; });
  for (auto& worker : workers_) {
    if (worker->number != number) continue;
    worker->shut();
    // A connection that is made only now would go on: the name was looked up so long.
    loop_->after(kCutAgain, [this, number, present = std::weak_ptr<int>(present_)] {
      if (!present.expired()) cutOff(number);
    });
  }
}

}  // namespace kiosk::bridge
