#include "pages.h"

#include <algorithm>

#include "bounds.h"

namespace web_host {

std::size_t Pages::countOf(const kiosk::UserId& user) const {
  const std::lock_guard lock(mutex_);
  return countLocked(user);
}

std::size_t Pages::countLocked(const kiosk::UserId& user) const {
  return static_cast<std::size_t>(
      std::count_if(pages_.begin(), pages_.end(),
                    [&user](const auto& entry) { return entry.first.first == user; }));
}

std::shared_ptr<Page> Pages::open(const kiosk::UserId& user, const std::string& id,
                                  std::shared_ptr<Feed> feed) {
  auto page = std::make_shared<Page>();
  page->user = user;
  page->id = id;
  page->feed = std::move(feed);
  std::shared_ptr<Page> before;
  {
    const std::lock_guard lock(mutex_);
    auto& place = pages_[{user, id}];
    before = std::exchange(place, page);
    const bool isTooMany = countLocked(user) > kPagesPerUserMax || pages_.size() > kStreamsMax;
    if (isTooMany) {
      pages_.erase({user, id});
      page = nullptr;
    }
  }
  if (before != nullptr) {
    before->replaced = true;
    before->feed->wake();
  }
  if (page != nullptr) changed_(user);
  return page;
}

void Pages::close(const std::shared_ptr<Page>& page) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = pages_.find({page->user, page->id});
    if (found == pages_.end() || found->second != page) return;
    pages_.erase(found);
  }
  changed_(page->user);
}

PageStream::PageStream(Pages& pages, std::shared_ptr<Page> page, std::uint64_t after,
                       std::string boot)
    : pages_(pages),
      page_(std::move(page)),
      after_(after),
      boot_(std::move(boot)),
      lastWrite_(std::chrono::steady_clock::now()) {}

PageStream::~PageStream() { pages_.close(page_); }

bool PageStream::next(std::string& out) {
  out.clear();
  const auto now = std::chrono::steady_clock::now();
  if (!greeted_) {
    greeted_ = true;
    lastWrite_ = now;
    // How soon a page that lost the stream tries again; and headers leave with the first bytes.
    out = "retry: 500\n\n";
    return true;
  }
  if (page_->replaced) return false;
  switch (page_->feed->next(after_, out, kStreamLook)) {
    case Feed::Got::Closed:
      return false;
    case Feed::Got::Reset:
      out = "id: " + std::to_string(after_) +
            "\ndata: " + dump({{"type", "reset"}, {"boot", boot_}, {"seq", after_}}) + "\n\n";
      break;
    case Feed::Got::Events:
      break;
    case Feed::Got::Nothing:
      if (page_->replaced) return false;
      if (now - lastWrite_ < kHeartbeat) return true;
      out = ": still here\n\n";
      break;
  }
  lastWrite_ = now;
  return true;
}

}  // namespace web_host
