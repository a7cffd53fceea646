#pragma once
// Who is logged in: one random cookie each. The file keeps hashes of cookies, so that whoever reads
// it can log in as nobody, and a restart logs nobody out.

#include <kiosk/ids.h>
#include <kiosk/result.h>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace web_host {

struct Login {
  kiosk::UserId user;
  std::string csrf;  ///< what the user's own pages send with every change
};

/// Threads: any.
class Logins {
 public:
  /// `secret` is what CSRF tokens and marks are derived from.
  /// Errors: HostError   the file at `path` cannot be read.
  static kiosk::Result<std::unique_ptr<Logins>> open(std::string path, std::string secret);

  /// A new cookie for `user`. The oldest log-in goes when there are kLoginsMax.
  /// Errors: HostError   the file cannot be written.
  kiosk::Result<std::string> begin(const kiosk::UserId& user);
  /// None for a cookie that was never given, has ended or is too old.
  std::optional<Login> find(const std::string& cookie) const;
  kiosk::Result<void> end(const std::string& cookie);

  /// Three pictures that only this host and this user know: a sheet that bears them is the host's.
  std::vector<std::string> markOf(const kiosk::UserId& user) const;

 private:
  struct Entry {
    kiosk::UserId user;
    std::int64_t sinceMs = 0;
  };
  Logins(std::string path, std::string secret)
      : path_(std::move(path)), secret_(std::move(secret)) {}
  kiosk::Result<void> read();
  kiosk::Result<void> write() const;

  const std::string path_, secret_;
  mutable std::mutex mutex_;
  std::map<std::string, Entry> entries_;  ///< by the cookie's hash; guarded by mutex_
};

}  // namespace web_host
