#pragma once
// What the tests of net.fetch share: a network that answers as told and remembers what it was
// asked.

#include <kiosk/bridge/network_provider.h>

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace kiosk::test {

/// Answers from within the loop's next turn, each exchange with the next of `answers`; one without
/// an answer is left open.
class HandNetwork final : public bridge::Network {
 public:
  void attached(Executor& loop) override { loop_ = &loop; }
  void detached() override { loop_ = nullptr; }
  std::uint64_t start(bridge::NetworkRequest request, Done done) override {
    const auto exchange = ++last_;
    asked.push_back(std::move(request));
    open.emplace(exchange, std::move(done));
    if (answers.empty()) return exchange;
    loop_->post([this, exchange, answer = std::move(answers.front())]() mutable {
      auto node = open.extract(exchange);
      if (!node.empty()) node.mapped()(std::move(answer));
    });
    answers.pop_front();
    return exchange;
  }
  void abort(std::uint64_t exchange) override {
    if (open.erase(exchange) > 0) aborted.push_back(exchange);
  }

  std::deque<Result<bridge::NetworkResponse>> answers;
  std::vector<bridge::NetworkRequest> asked;
  std::vector<std::uint64_t> aborted;
  std::map<std::uint64_t, Done> open;

 private:
  Executor* loop_ = nullptr;
  std::uint64_t last_ = 0;
};

}  // namespace kiosk::test
