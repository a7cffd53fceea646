#pragma once
// What users answered, and where it is remembered: grants, refusals, budgets of the day, and the
// receipts that prove them.

#include <kiosk/bridge/catalogue.h>
#include <kiosk/door.h>
#include <kiosk/executor.h>
#include <kiosk/ids.h>
#include <kiosk/result.h>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bridge/receipts/receipt.h"

namespace kiosk::bridge {

/// How often one question was refused since it was last granted.
struct Refusals {
  std::uint32_t count = 0;
  std::int64_t untilMs = 0;  ///< wall clock; not asked before
};

/// How one permission stands with one user of an app.
struct Standing {
  std::optional<Grant> grant;  ///< for exactly the code that was asked about
  Refusals refusals;
};

/// Points of privacy by kind of data: what an app has learnt of a user.
using PrivacySpent = std::map<std::string, int>;

/// What an app has used up with one user.
struct Spent {
  PrivacySpent privacy;
  std::array<std::uint32_t, kDayBudgets> today = {};  ///< by DayBudget
};

/// The day of a wall clock, counted from 1970, and when the next one begins.
std::int64_t dayOf(std::int64_t wallMs);
std::int64_t msToNextDay(std::int64_t wallMs);

/// Where answers live. `done` comes later, on the loop, or at once from within the call; that of a
/// change comes when the change would survive a power cut, its receipt with it.
/// At most one grant stands for (user, app, permission). Threads: the loop's own.
class GrantStore {
 public:
  template <class T>
  using Done = std::function<void(Result<T>)>;

  virtual ~GrantStore() = default;
  /// Called once before anything else. Borrowed; outlives the store's use.
  virtual void attached(Executor& loop) { (void)loop; }
  /// The user as the app's developer knows them; stands in receipts.
  virtual std::string principal(const SessionInfo& session) { return session.user.value; }

  /// How `permission` stands for exactly this code.
  virtual void standing(const UserId& user, const AppId& app, const std::string& permission,
                        const std::string& codeHash, Done<Standing> done) = 0;
  /// Stores `grant`, replacing an older one for the same (user, app, permission), and forgets its
  /// refusals.
  virtual void put(Grant grant, ReceiptDraft receipt, Done<void> done) = 0;
  /// Remembers a refusal of the receipt's user, app and permission.
  virtual void refuse(Refusals refusals, ReceiptDraft receipt, Done<void> done) = 0;
  /// Stores the receipt of a yes that holds for one act only, and forgets its refusals.
  virtual void allowOnce(ReceiptDraft receipt, Done<void> done) = 0;
  /// Takes back the grant of the receipt's user, app and permission; true when there was one. Only
  /// then is there a receipt, which relates to the grant's.
  virtual void revoke(ReceiptDraft receipt, Done<bool> done) = 0;
  /// All standing grants of `user`, for any code, by app and permission; of one app when `app` is
  /// not empty.
  virtual void list(const UserId& user, const AppId& app, Done<std::vector<Grant>> done) = 0;
  /// The newest receipts of `user` and `app`, newest first.
  virtual void receipts(const UserId& user, const AppId& app, std::int64_t countMax,
                        Done<std::vector<StoredReceipt>> done) = 0;

  /// Takes one of `max` of the day; false when they are used up.
  virtual void takeOfDay(const UserId& user, const AppId& app, DayBudget budget, std::int64_t day,
                         std::uint32_t max, Done<bool> done) = 0;

  virtual void spent(const UserId& user, const AppId& app, std::int64_t day, Done<Spent> done) = 0;
  /// Notes that the app learns `kind` at the cost of `points`, once for each kind; false, and
  /// nothing is noted, when the sum of all kinds would pass `max`.
  virtual void spendPrivacy(const UserId& user, const AppId& app, const std::string& kind,
                            int points, std::uint32_t max, Done<bool> done) = 0;
};

/// Whether `spent` may grow by `kind` at `points` without passing `max`; grows it if so. A kind
/// costs as much as the most precise reading of it.
bool addPrivacy(PrivacySpent& spent, const std::string& kind, int points, std::uint32_t max);

/// Answers that are forgotten when the process ends, and that leave no receipts: for tests and for
/// hosts without a disk.
std::unique_ptr<GrantStore> memoryGrantStore();

}  // namespace kiosk::bridge
