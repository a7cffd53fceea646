#include "runtime/host/crash_guard.h"

#include <algorithm>

namespace kiosk {

bool isFailure(EndReason reason) {
  return reason != EndReason::Closed && reason != EndReason::Timeout &&
         reason != EndReason::Evicted;
}

Result<void> CrashGuard::mayOpen(const Package& package, const UserId& user,
                                 std::int64_t nowUs) const {
  const std::string& app = package.manifest.appId.value;
  const auto code = codes_.find({app, package.payloadHash, ""});
  if (code != codes_.end() && code->second.size() >= kQuarantinedUsersMax) {
    return Error{ErrorCode::Locked, app + " failed for several users and is in quarantine"};
  }
  const auto found = records_.find({app, package.payloadHash, user.value});
  if (found == records_.end()) return {};
  const Record& record = found->second;
  if (record.crashes >= kCrashesMax) {
    return Error{ErrorCode::Locked, app + " failed five times in a row and is in quarantine"};
  }
  if (record.crashes < 2 || nowUs - record.lastUs > kCrashMemoryUs) return {};
  const std::int64_t waitUs = 1'000'000LL << (record.crashes - 2);
  const std::int64_t leftUs = record.lastUs + waitUs - nowUs;
  if (leftUs <= 0) return {};
  return Error{ErrorCode::NotReady, app + " has just failed; open it again later",
               leftUs / 1000 + 1};
}

void CrashGuard::ended(const Package& package, const UserId& user, EndReason reason,
                       std::int64_t ranUs, std::int64_t nowUs) {
  const Key key{package.manifest.appId.value, package.payloadHash, user.value};
  if (!isFailure(reason)) {
    const auto found = records_.find(key);
    const bool sound = reason == EndReason::Closed && ranUs >= kSoundTimeUs;
    if (sound && found != records_.end() && found->second.crashes < kCrashesMax) {
      records_.erase(found);
    }
    return;
  }
  if (records_.size() >= kCrashRecordsMax && !records_.contains(key)) forgetOldest();
  Record& record = records_[key];
  if (record.crashes < kCrashesMax && nowUs - record.lastUs > kCrashMemoryUs) record.crashes = 0;
  record.lastUs = nowUs;
  if (record.crashes < kCrashesMax && ++record.crashes == kCrashesMax) {
    codes_[{key.app, key.payloadHash, ""}].insert(key.user);
  }
}

void CrashGuard::forgetOldest() {
  const auto oldest = std::min_element(
      records_.begin(), records_.end(),
      [](const auto& a, const auto& b) { return a.second.lastUs < b.second.lastUs; });
  const auto code = codes_.find({oldest->first.app, oldest->first.payloadHash, ""});
  if (code != codes_.end() && code->second.size() < kQuarantinedUsersMax) {
    code->second.erase(oldest->first.user);
    if (code->second.empty()) codes_.erase(code);
  }
  records_.erase(oldest);
}

std::vector<QuarantinedApp> CrashGuard::quarantined() const {
  std::vector<QuarantinedApp> all;
  for (const auto& [key, users] : codes_) {
    if (users.size() >= kQuarantinedUsersMax) {
      all.push_back({AppId(key.app), key.payloadHash, UserId()});
      continue;
    }
    for (const auto& user : users) all.push_back({AppId(key.app), key.payloadHash, UserId(user)});
  }
  return all;
}

void CrashGuard::release(const AppId& app) {
  std::erase_if(records_, [&](const auto& one) { return one.first.app == app.value; });
  std::erase_if(codes_, [&](const auto& one) { return one.first.app == app.value; });
}

}  // namespace kiosk
