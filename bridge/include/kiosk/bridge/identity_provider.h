#pragma once
// Who the host's users are. A host with its own user base implements this; the default reads the
// table `users` of the embedded store.

#include <kiosk/ids.h>
#include <kiosk/result.h>

#include <functional>
#include <memory>
#include <string>

namespace kiosk::bridge {

/// What the host knows of a user. UTF-8 without control characters; empty where it is not known.
struct UserProfile {
  std::string firstName, lastName, username;  ///< at most 64 characters each
  std::string photoUrl;                       ///< https, at most 2048 bytes
  std::string language;                       ///< BCP 47
  std::string phone;                          ///< E.164 with its plus sign, e.g. "+79990001122"
};

/// Threads: the loop's own.
class IdentityProvider {
 public:
  virtual ~IdentityProvider() = default;
  /// Calls `done` once, now or later.
  /// Errors: NotFound   there is no such user.
  virtual void profile(const UserId& user, std::function<void(Result<UserProfile>)> done) = 0;
};

}  // namespace kiosk::bridge
