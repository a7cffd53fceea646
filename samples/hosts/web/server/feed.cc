#include "feed.h"

#include "bounds.h"

namespace web_host {

void Feed::append(const Json& events) {
  std::string data = dump(events);
  {
    const std::lock_guard lock(mutex_);
    const auto number = next_++;
    Event event{number, "id: " + std::to_string(number) + "\ndata: " + data + "\n\n"};
    bytes_ += event.text.size();
    ring_.push_back(std::move(event));
    while (ring_.size() > kRingEventsMax || (bytes_ > kRingBytesMax && ring_.size() > 1)) {
      bytes_ -= ring_.front().text.size();
      ring_.pop_front();
    }
  }
  came_.notify_all();
}

std::uint64_t Feed::newest() const {
  const std::lock_guard lock(mutex_);
  return next_ - 1;
}

Feed::Got Feed::next(std::uint64_t& after, std::string& out, std::chrono::milliseconds wait) {
  std::unique_lock lock(mutex_);
  const auto wakes = wakes_;
  came_.wait_for(lock, wait, [&] { return closed_ || wakes_ != wakes || after != next_ - 1; });
  if (closed_) return Got::Closed;
  if (after == next_ - 1) return Got::Nothing;
  const std::uint64_t oldest = ring_.empty() ? next_ : ring_.front().number;
  if (after >= next_ || after + 1 < oldest) {
    after = next_ - 1;
    return Got::Reset;
  }
  out.clear();
  for (auto at = ring_.begin() + static_cast<std::ptrdiff_t>(after + 1 - oldest); at != ring_.end();
       ++at) {
    out += at->text;
  }
  after = next_ - 1;
  return Got::Events;
}

void Feed::wake() {
  {
    const std::lock_guard lock(mutex_);
    ++wakes_;
  }
  came_.notify_all();
}

void Feed::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  came_.notify_all();
}

}  // namespace web_host
