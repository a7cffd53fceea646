#pragma once
// Apps that fail again and again are not started again and again.
//
//   failures of one code for one user within kCrashMemory:
//     1        may be opened at once
//     2, 3, 4  may be opened 1 s, 2 s, 4 s after the last failure
//     5        quarantine for this user
//   quarantined for kQuarantinedUsersMax users: quarantine for everybody
//
// Quarantine holds for one code: another version may be opened. It ends by `release`, or with the
// process. A session that ends as closed, timeout or evicted is no failure, and one that ends as
// closed after kSoundTime is forgiven all.

#include <kiosk/host.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace kiosk {

constexpr std::uint32_t kCrashesMax = 5;
constexpr std::size_t kQuarantinedUsersMax = 3;
constexpr std::int64_t kCrashMemoryUs = 600'000'000;
constexpr std::int64_t kSoundTimeUs = 60'000'000;
/// (code, user) pairs that are remembered; the one that failed longest ago is forgotten first.
constexpr std::size_t kCrashRecordsMax = 10'000;

/// Whether `reason` says that the app failed.
bool isFailure(EndReason reason);

/// Times are of `Clock::monotonicUs`. Threads: the loop's own.
class CrashGuard {
 public:
  /// Errors: NotReady   not yet; retryAfterMs says when. Locked   quarantined.
  Result<void> mayOpen(const Package& package, const UserId& user, std::int64_t nowUs) const;
  void ended(const Package& package, const UserId& user, EndReason reason, std::int64_t ranUs,
             std::int64_t nowUs);
  std::vector<QuarantinedApp> quarantined() const;
  void release(const AppId& app);

 private:
  struct Key {
    std::string app, payloadHash, user;
    auto operator<=>(const Key&) const = default;
  };
  struct Record {
    std::uint32_t crashes = 0;
    std::int64_t lastUs = 0;
  };
  void forgetOldest();

  std::map<Key, Record> records_;
  std::map<Key, std::set<std::string>> codes_;  ///< user empty: whom the code is quarantined for
};

}  // namespace kiosk
