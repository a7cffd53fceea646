#pragma once
// Where users' questions go. A host with a help desk implements this; the default keeps tickets in
// the embedded store.

#include <kiosk/ids.h>
#include <kiosk/result.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace kiosk::bridge {

/// Open tickets that one user may have with one app; one more is refused.
inline constexpr int kOpenTicketsMax = 50;

struct Ticket {
  std::string id;  ///< unguessable, made by the caller
  UserId user;
  AppId app;
  std::string appName, topic, reference, context;
  std::int64_t createdAtMs = 0;
};

/// Threads: the loop's own.
class SupportDesk {
 public:
  virtual ~SupportDesk() = default;
  /// Takes `ticket`; `done` comes when it would survive a power cut.
  /// Errors: QuotaExceeded   the user has kOpenTicketsMax open tickets with this app.
  virtual void open(Ticket ticket, std::function<void(Result<void>)> done) = 0;
};

}  // namespace kiosk::bridge
