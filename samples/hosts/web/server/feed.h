#pragma once
// What a user's pages are told, in order, numbered; the newest of it kept for pages that lost their
// stream. The loop's thread appends, each stream's thread reads at its own pace.
//
//   numbers begin at a value of the clock, so that those of an earlier run are smaller than all of
//   this one: a page that asks for what came after such a number is told to start anew

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>

#include "json.h"

namespace web_host {

class Feed {
 public:
  explicit Feed(std::uint64_t first) : next_(first) {}

  /// Threads: the loop's own.
  void append(const Json& events);
  /// The number of the newest; of none, the one before the first.
  std::uint64_t newest() const;

  enum class Got : std::uint8_t {
    Events,  ///< `out` has them, ready for the wire, and `after` moved on
    Reset,   ///< what came after `after` is not kept any more; `after` is the newest now
    Nothing,
    Closed,
  };
  /// What came after number `after`, waiting up to `wait` for something.
  Got next(std::uint64_t& after, std::string& out, std::chrono::milliseconds wait);
  /// Wakes all readers, e.g. because one of them is to go.
  void wake();
  /// Nobody waits any more.
  void close();

 private:
  struct Event {
    std::uint64_t number;
    std::string text;
  };

  mutable std::mutex mutex_;
  std::condition_variable came_;
  std::deque<Event> ring_;  ///< guarded by mutex_, as all below
  std::size_t bytes_ = 0;
  std::uint64_t next_;
  std::uint64_t wakes_ = 0;
  bool closed_ = false;
};

}  // namespace web_host
