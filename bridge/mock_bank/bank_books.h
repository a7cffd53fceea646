#pragma once
// Accounts of a test bank, in double entry: what one account loses another gains, and the sum of
// all is zero at any moment. Money enters from the account "world" alone.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace kiosk::bridge {

inline constexpr std::size_t kBankAccountsMax = 100'000;
inline constexpr std::int64_t kBankBalanceMax = 1'000'000'000'000'000;
/// What opening balances are booked under; no id of a request holds a colon.
inline constexpr const char* kBankOpeningEntry = "opening:";

class BankBooks {
 public:
  enum class Moved : std::uint8_t { Yes, NotEnough, TooMuch };

  /// Moves `amountMinor` (1 or more) and books it under `id`. TooMuch: the receiver would hold more
  /// than kBankBalanceMax, or there would be too many accounts. Only "world" may owe.
  Moved transfer(const std::string& from, const std::string& to, std::int64_t amountMinor,
                 const std::string& id);
  /// 0 for an account that is not there.
  std::int64_t balance(const std::string& account) const;

  /// What `account` gained (less than 0: lost) under `id`.
  std::int64_t movedBy(const std::string& id, const std::string& account) const;
  /// How many transfers were booked under `id`.
  std::size_t transfers(const std::string& id) const;
  std::size_t transfers() const { return journal_.size(); }

  /// Whether all accounts add up to zero, each is what its entries add up to, and none but "world"
  /// owes.
  bool sound() const;

 private:
  struct Entry {
    std::string from, to;
    std::int64_t amountMinor;
  };
  std::map<std::string, std::int64_t> balances_;
  std::multimap<std::string, Entry> journal_;  ///< by id
};

}  // namespace kiosk::bridge
