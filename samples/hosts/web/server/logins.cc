#include "logins.h"

#include <kiosk/clock.h>

#include <algorithm>
#include <array>

#include "bounds.h"
#include "json.h"
#include "secrets.h"

namespace web_host {
namespace {

constexpr std::size_t kFileBytesMax = 1 << 20;
constexpr std::size_t kMarkPictures = 3;
constexpr std::size_t kCookieBytes = 64;

constexpr std::array<const char*, 32> kPictures = {
    "🦊", "🌲",    "⛵", "🐳", "🌵", "🍋", "🚲",    "🎈", "🦉", "🍒",    "🏔",
    "🐝",    "🌙",    "⭐", "🔔", "🎲", "🐢", "🍄",    "🚀", "🎻",    "🦔", "🌻",
    "🧭", "🪁", "🐧", "🍉", "⚓", "🎨", "🦋", "🌈", "🧩", "🕯"};

std::int64_t nowMs() { return kiosk::systemClock().wallMs(); }

bool isTooOld(std::int64_t sinceMs) {
  return nowMs() - sinceMs >
         std::chrono::duration_cast<std::chrono::milliseconds>(kLoginAgeMax).count();
}

}  // namespace

kiosk::Result<std::unique_ptr<Logins>> Logins::open(std::string path, std::string secret) {
  std::unique_ptr<Logins> logins(new Logins(std::move(path), std::move(secret)));
  if (auto read = logins->read(); !read) return read.error();
  return logins;
}

kiosk::Result<void> Logins::read() {
  const auto text = readWhole(path_, kFileBytesMax);
  if (!text && text.error().code == kiosk::ErrorCode::NotFound) return {};
  if (!text) return text.error();
  const Json kept = Json::parse(*text, nullptr, false);
  if (!kept.is_object()) {
    return kiosk::Error{kiosk::ErrorCode::HostError, path_ + " is damaged: remove it"};
  }
  for (const auto& [hash, entry] : kept.items()) {
    if (!entry.is_object()) continue;
    const auto since = numberOf(entry, "sinceMs", 0);
    if (!isTooOld(since)) entries_[hash] = {kiosk::UserId(textOf(entry, "user")), since};
  }
  return {};
}

kiosk::Result<void> Logins::write() const {
  Json all = Json::object();
  for (const auto& [hash, entry] : entries_) {
    all[hash] = {{"user", entry.user.value}, {"sinceMs", entry.sinceMs}};
  }
  return replaceFile(path_, dump(all));
}

kiosk::Result<std::string> Logins::begin(const kiosk::UserId& user) {
  std::string cookie = newToken();
  const std::lock_guard lock(mutex_);
  std::erase_if(entries_, [](const auto& entry) { return isTooOld(entry.second.sinceMs); });
  if (entries_.size() >= kLoginsMax) {
    entries_.erase(std::min_element(
        entries_.begin(), entries_.end(),
        [](const auto& a, const auto& b) { return a.second.sinceMs < b.second.sinceMs; }));
  }
  entries_[hashOf(cookie)] = {user, nowMs()};
  if (auto written = write(); !written) return written.error();
  return cookie;
}

std::optional<Login> Logins::find(const std::string& cookie) const {
  if (cookie.size() != kCookieBytes) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(hashOf(cookie));
  if (found == entries_.end() || isTooOld(found->second.sinceMs)) return std::nullopt;
  return Login{found->second.user, hexOf(macOf(secret_, "csrf:" + cookie))};
}

kiosk::Result<void> Logins::end(const std::string& cookie) {
  const std::lock_guard lock(mutex_);
  if (entries_.erase(hashOf(cookie)) == 0) return {};
  return write();
}

std::vector<std::string> Logins::markOf(const kiosk::UserId& user) const {
  const std::string mac = macOf(secret_, "mark:" + user.value);
  std::vector<std::string> mark;
  for (std::size_t i = 0; mark.size() < kMarkPictures && i < mac.size(); ++i) {
    const std::string picture = kPictures[static_cast<unsigned char>(mac[i]) % kPictures.size()];
    if (std::find(mark.begin(), mark.end(), picture) == mark.end()) mark.push_back(picture);
  }
  return mark;
}

}  // namespace web_host
