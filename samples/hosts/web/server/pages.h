#pragma once
// The open pages: each has one event stream, which holds a thread of the server for as long as the
// page is open.

#include <kiosk/ids.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "feed.h"

namespace web_host {

/// One open page. Owners: the registry and the stream's thread.
struct Page {
  kiosk::UserId user;
  std::string id;
  std::shared_ptr<Feed> feed;  ///< owners: the user's world and each stream
  std::atomic<bool> replaced{false};
};

/// Threads: any.
class Pages {
 public:
  /// Called, on the thread of a stream, when a page of the user came or went.
  using Changed = std::function<void(const kiosk::UserId& user)>;
  explicit Pages(Changed changed) : changed_(std::move(changed)) {}

  /// A page by the same id takes the place of the one before. Null: too many are open.
  std::shared_ptr<Page> open(const kiosk::UserId& user, const std::string& id,
                             std::shared_ptr<Feed> feed);
  void close(const std::shared_ptr<Page>& page);
  std::size_t countOf(const kiosk::UserId& user) const;

 private:
  std::size_t countLocked(const kiosk::UserId& user) const;

  const Changed changed_;
  mutable std::mutex mutex_;
  std::map<std::pair<kiosk::UserId, std::string>, std::shared_ptr<Page>> pages_;
};

/// The stream of one page: what is written next onto its socket.
class PageStream {
 public:
  PageStream(Pages& pages, std::shared_ptr<Page> page, std::uint64_t after, std::string boot);
  ~PageStream();
  PageStream(const PageStream&) = delete;
  PageStream& operator=(const PageStream&) = delete;

  /// False: the stream is over. An empty `out` means that there was nothing to say for a moment.
  bool next(std::string& out);

 private:
  Pages& pages_;
  const std::shared_ptr<Page> page_;
  std::uint64_t after_;
  const std::string boot_;
  bool greeted_ = false;
  std::chrono::steady_clock::time_point lastWrite_;
};

}  // namespace web_host
