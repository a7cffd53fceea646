#pragma once
// What this host has instead of Kiosk's embedded services: users, chats, a wallet and a storage,
// all in memory, and gone with the process.

#include <kiosk/bridge/services.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace three_apps {

class Users final : public kiosk::bridge::IdentityProvider {
 public:
  void profile(const kiosk::UserId& user,
               std::function<void(kiosk::Result<kiosk::bridge::UserProfile>)> done) override {
    if (user.value != "ada") {
      return done(kiosk::Error{kiosk::ErrorCode::NotFound, "there is no such user"});
    }
    kiosk::bridge::UserProfile profile;
    profile.firstName = "Ada";
    profile.language = "en";
    done(profile);
  }
};

class Chats final : public kiosk::bridge::Messaging {
 public:
  using Chosen = std::vector<kiosk::bridge::ChatChoice>;

  void chats(const kiosk::UserId&, std::function<void(kiosk::Result<Chosen>)> done) override {
    done(Chosen{{"c1", "Tea club"}, {"c2", "Family"}});
  }
  void post(kiosk::bridge::SharedMessage message,
            std::function<void(kiosk::Result<void>)> done) override {
    if (!seen_.insert(message.id).second) return done({});  // the same message twice is one
    posted.push_back(std::move(message));
    done({});
  }

  std::vector<kiosk::bridge::SharedMessage> posted;

 private:
  std::set<std::string> seen_;
};

/// A wallet with one account for each user. The same payment id twice moves money once.
class PocketWallet final : public kiosk::bridge::Wallet {
 public:
  std::vector<std::string> methods() const override { return {"wallet"}; }

  void charge(const kiosk::bridge::WalletCharge& charge,
              std::function<void(kiosk::bridge::ChargeAnswer)> done) override {
    using enum kiosk::bridge::ChargeOutcome;
    const auto [entry, isNew] = outcomes_.try_emplace(charge.paymentId, Declined);
    if (isNew && charge.currency == "RUB") {
      std::int64_t& balance = balances_[charge.user.value];
      const bool enough = balance >= charge.amountMinor;
      if (enough) balance -= charge.amountMinor;
      entry->second = enough ? Paid : InsufficientFunds;
    }
    done(entry->second);
  }

  void lookup(const std::string& paymentId,
              std::function<void(kiosk::bridge::ChargeAnswer)> done) override {
    const auto found = outcomes_.find(paymentId);
    done(found == outcomes_.end() ? kiosk::bridge::ChargeOutcome::Declined : found->second);
  }

  std::int64_t balanceMinor(const std::string& user) { return balances_[user]; }

 private:
  std::map<std::string, std::int64_t> balances_{{"ada", 100'000}};
  std::map<std::string, kiosk::bridge::ChargeOutcome> outcomes_;
};

class MemoryStorage final : public kiosk::bridge::KeyValueStorage {
 public:
  using Owner = kiosk::bridge::StorageOwner;
  using Item = kiosk::bridge::StorageItem;
  using Quota = kiosk::bridge::StorageQuota;
  using Use = kiosk::bridge::StorageUse;

  void read(const Owner& owner, std::vector<std::string> keys,
            Done<std::vector<Item>> done) override {
    std::vector<Item> found;
    for (auto& key : keys) {
      const auto item = of(owner).find(key);
      if (item != of(owner).end()) found.push_back({item->first, item->second});
    }
    done(found);
  }
  void write(const Owner& owner, std::vector<Item> items, Quota quota, Done<void> done) override {
    auto changed = of(owner);
    for (auto& item : items) changed[item.key] = std::move(item.valueJson);
    const Use use = useOf(changed);
    if (use.bytes > quota.bytesMax || use.items > quota.itemsMax) {
      return done(kiosk::Error{kiosk::ErrorCode::QuotaExceeded, "the app's storage is full"});
    }
    of(owner) = std::move(changed);
    done({});
  }
  void remove(const Owner& owner, const std::string& key, Done<bool> done) override {
    done(of(owner).erase(key) > 0);
  }
  void clear(const Owner& owner, Done<std::int64_t> done) override {
    done(static_cast<std::int64_t>(std::exchange(of(owner), {}).size()));
  }
  void keys(const Owner& owner, Done<std::vector<std::string>> done) override {
    std::vector<std::string> keys;
    for (const auto& [key, value] : of(owner)) keys.push_back(key);
    done(keys);
  }
  void use(const Owner& owner, Done<Use> done) override { done(useOf(of(owner))); }

 private:
  using Items = std::map<std::string, std::string>;

  Items& of(const Owner& owner) { return items_[{owner.user.value, owner.app.value}]; }
  static Use useOf(const Items& items) {
    Use use;
    for (const auto& [key, value] : items) {
      use.bytes += static_cast<std::int64_t>(key.size() + value.size());
      ++use.items;
    }
    return use;
  }

  std::map<std::pair<std::string, std::string>, Items> items_;
};

/// The operator's rule: nobody shares after the shop closed.
class HouseRules final : public kiosk::bridge::PolicyHook {
 public:
  kiosk::bridge::PolicyDecision decide(const kiosk::SessionInfo&,
                                       const kiosk::bridge::MethodSpec& method,
                                       const nlohmann::json&) override {
    using enum kiosk::bridge::PolicyVerdict;
    if (shopClosed && method.name == "messages.share") return {Deny, "the shop is closed"};
    return Allow;
  }
  bool shopClosed = false;
};

}  // namespace three_apps
