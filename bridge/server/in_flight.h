#pragma once
// The idempotency keys whose first request is being served now, in this process. A second request
// under one of them is told to come back, and does not wait on a thread.

#include <mutex>
#include <set>
#include <string>
#include <utility>

namespace kiosk::bridge::partner {

/// Threads: any.
class InFlight {
 public:
  using Key = std::pair<std::string, std::string>;  ///< merchant, idempotency key

  /// Holds a key until it goes; holds nothing when another one does.
  class Hold {
   public:
    Hold(InFlight& all, Key key) : all_(all), key_(std::move(key)) {
      const std::lock_guard lock(all_.mutex_);
      held_ = all_.keys_.insert(key_).second;
    }
    ~Hold() {
      if (!held_) return;
      const std::lock_guard lock(all_.mutex_);
      all_.keys_.erase(key_);
    }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    bool held() const { return held_; }

   private:
    InFlight& all_;
    const Key key_;
    bool held_ = false;
  };

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return keys_.size();
  }

 private:
  mutable std::mutex mutex_;
  std::set<Key> keys_;  ///< guarded by mutex_; one for each thread that serves
};

}  // namespace kiosk::bridge::partner
