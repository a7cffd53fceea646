#include "bridge/mock_bank/bank_books.h"

#include <kiosk/check.h>

namespace kiosk::bridge {
namespace {

constexpr const char* kWorld = "world";

}  // namespace

BankBooks::Moved BankBooks::transfer(const std::string& from, const std::string& to,
                                     std::int64_t amountMinor, const std::string& id) {
  KIOSK_CHECK(amountMinor > 0 && amountMinor <= kBankBalanceMax, "an amount is within its range");
  if (from != kWorld && balance(from) < amountMinor) return Moved::NotEnough;
  if (balance(to) > kBankBalanceMax - amountMinor) return Moved::TooMuch;
  if (!balances_.contains(to) && balances_.size() >= kBankAccountsMax) return Moved::TooMuch;
  balances_[from] -= amountMinor;
  balances_[to] += amountMinor;
  journal_.emplace(id, Entry{from, to, amountMinor});
  return Moved::Yes;
}

std::int64_t BankBooks::balance(const std::string& account) const {
  const auto found = balances_.find(account);
  return found == balances_.end() ? 0 : found->second;
}

std::int64_t BankBooks::movedBy(const std::string& id, const std::string& account) const {
  std::int64_t sum = 0;
  const auto [begin, end] = journal_.equal_range(id);
  for (auto entry = begin; entry != end; ++entry) {
    if (entry->second.to == account) sum += entry->second.amountMinor;
    if (entry->second.from == account) sum -= entry->second.amountMinor;
  }
  return sum;
}

std::size_t BankBooks::transfers(const std::string& id) const { return journal_.count(id); }

bool BankBooks::sound() const {
  std::map<std::string, std::int64_t> booked;
  for (const auto& [id, entry] : journal_) {
    booked[entry.from] -= entry.amountMinor;
    booked[entry.to] += entry.amountMinor;
  }
  std::int64_t sum = 0;
  for (const auto& [account, balance] : balances_) {
    sum += balance;
    if (balance < 0 && account != kWorld) return false;
  }
  return sum == 0 && booked == balances_;
}

}  // namespace kiosk::bridge
