#include "bridge/consent.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace kiosk::bridge {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

class MemoryGrantStore final : public GrantStore {
 public:
  void standing(const UserId& user, const AppId& app, const std::string& permission,
                const std::string& codeHash, Done<Standing> done) override {
    const Key key(user, app, permission);
    Standing standing;
    const auto found = grants_.find(key);
    if (found != grants_.end() && found->second.codeHash == codeHash) {
      standing.grant = found->second;
    }
    const auto refused = refusals_.find(key);
    if (refused != refusals_.end()) standing.refusals = refused->second;
    done(std::move(standing));
  }

  void put(Grant grant, ReceiptDraft, Done<void> done) override {
    auto key = Key(grant.user, grant.app, grant.permission);
    refusals_.erase(key);
    grants_.insert_or_assign(std::move(key), std::move(grant));
    done({});
  }

  void refuse(Refusals refusals, ReceiptDraft receipt, Done<void> done) override {
    refusals_.insert_or_assign(keyOf(receipt), refusals);
    done({});
  }

  void allowOnce(ReceiptDraft receipt, Done<void> done) override {
    refusals_.erase(keyOf(receipt));
    done({});
  }

  void revoke(ReceiptDraft receipt, Done<bool> done) override {
    done(grants_.erase(keyOf(receipt)) > 0);
  }

  void list(const UserId& user, const AppId& app, Done<std::vector<Grant>> done) override {
    std::vector<Grant> grants;
    for (const auto& [key, grant] : grants_) {
      if (grant.user == user && (app.value.empty() || grant.app == app)) grants.push_back(grant);
    }
    done(std::move(grants));
  }

  void receipts(const UserId&, const AppId&, std::int64_t,
                Done<std::vector<StoredReceipt>> done) override {
    done(std::vector<StoredReceipt>());
  }

  void takeOfDay(const UserId& user, const AppId& app, DayBudget budget, std::int64_t day,
                 std::uint32_t max, Done<bool> done) override {
    auto& count = days_[{user, app}][static_cast<std::size_t>(budget)];
    if (day > count.day) count = {day, 0};
    if (count.used >= max) return done(false);
    ++count.used;
    done(true);
  }

  void spent(const UserId& user, const AppId& app, std::int64_t day, Done<Spent> done) override {
    Spent spent;
    spent.privacy = privacy_[{user, app}];
    const auto& counts = days_[{user, app}];
    for (std::size_t i = 0; i < kDayBudgets; ++i) {
      spent.today[i] = day > counts[i].day ? 0 : counts[i].used;
    }
    done(std::move(spent));
  }

  void spendPrivacy(const UserId& user, const AppId& app, const std::string& kind, int points,
                    std::uint32_t max, Done<bool> done) override {
    done(addPrivacy(privacy_[{user, app}], kind, points, max));
  }

 private:
  using Key = std::tuple<UserId, AppId, std::string>;
  struct DayCount {
    std::int64_t day = 0;
    std::uint32_t used = 0;
  };
  static Key keyOf(const ReceiptDraft& receipt) {
    return {receipt.user, receipt.app, receipt.permission};
  }

  std::map<Key, Grant> grants_;
  std::map<Key, Refusals> refusals_;
  std::map<std::pair<UserId, AppId>, std::array<DayCount, kDayBudgets>> days_;
  std::map<std::pair<UserId, AppId>, PrivacySpent> privacy_;
};

}  // namespace

std::int64_t dayOf(std::int64_t wallMs) { return wallMs / kDayMs; }
std::int64_t msToNextDay(std::int64_t wallMs) { return kDayMs - wallMs % kDayMs; }

bool addPrivacy(PrivacySpent& spent, const std::string& kind, int points, std::uint32_t max) {
  std::int64_t sum = points;
  for (const auto& [name, cost] : spent) {
    if (name != kind) sum += cost;
  }
  const auto known = spent.find(kind);
  if (known != spent.end() && known->second >= points) return true;
  if (sum > max) return false;
  spent[kind] = points;
  return true;
}

std::unique_ptr<GrantStore> memoryGrantStore() { return std::make_unique<MemoryGrantStore>(); }

}  // namespace kiosk::bridge
