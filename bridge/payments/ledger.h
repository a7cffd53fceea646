#pragma once
// The embedded ledger: double entry, append-only.
//
//   accounts             balance_minor is the sum of the account's entries; the database refuses
//                        a negative one but for the host's own, which may be overdrawn
//   ledger_transactions  one per movement; a payment, a refund or a request of money has at most
//                        one
//   ledger_entries       at least two per transaction, with the sum zero
//
// Transactions and entries are never updated and never deleted: the database refuses it.
//
// All functions run inside a job of the store, and throw what SOCI throws.

#include <kiosk/result.h>
#include <soci/soci.h>

#include <cstdint>
#include <span>
#include <string>

namespace kiosk::bridge::ledger {

enum class OwnerKind : std::uint8_t { User, Merchant, Host };

/// Money of one owner in one currency.
struct Account {
  OwnerKind kind = OwnerKind::User;
  std::string owner;
  std::string currency;
};

/// One line: what is added to `account`; not zero.
struct Entry {
  Account account;
  std::int64_t amountMinor = 0;
};

/// What a transaction is for.
enum class Purpose : std::uint8_t { Funding, Payment, Refund, Transfer };

struct Transaction {
  std::string id;  ///< unguessable
  Purpose purpose = Purpose::Funding;
  /// Id of the payment, the refund or the request of money, once for each; empty for a funding.
  std::string reference = {};
  std::int64_t createdAtMs = 0;
};

/// Books `entries` as one transaction; accounts come into being with their first entry.
/// REQUIRES: at least two entries, their sum is zero.
/// Errors: InsufficientFunds   an account without overdraft would go below zero. The caller rolls
/// back.
Result<void> post(soci::session& sql, const Transaction& transaction,
                  std::span<const Entry> entries);

/// 0 for an account that is not there.
std::int64_t balance(soci::session& sql, const Account& account);

/// What must hold at all times.
struct Audit {
  std::int64_t transactions = 0;
  std::int64_t sumMinor = 0;  ///< of all entries: 0
  std::int64_t unbalanced =
      0;  ///< transactions with fewer than two lines or a sum that is not 0: 0
  std::int64_t wrongBalances = 0;  ///< accounts whose balance is not the sum of their entries: 0
  std::int64_t paidWithoutBooking =
      0;  ///< payments captured by the ledger's word without a transaction: 0
  std::int64_t bookedWithoutPayment = 0;  ///< transactions whose payment is not captured: 0
  std::int64_t wrongRefunds =
      0;  ///< refunds by the ledger's word without their transaction, or the reverse: 0
  std::int64_t wrongAmounts = 0;  ///< transactions that moved another sum than was agreed: 0
  std::int64_t wrongOrders =
      0;  ///< orders whose state or refunded sum is not that of their payment and refunds: 0
  std::int64_t wrongMandates =
      0;  ///< charges of subscriptions beside their mandate: twice, early, another sum: 0
  std::int64_t wrongTransfers =
      0;  ///< requests of money whose transfer is not theirs: none, another sum, other users: 0
  bool sound() const {
    return sumMinor == 0 && unbalanced == 0 && wrongBalances == 0 && paidWithoutBooking == 0 &&
           bookedWithoutPayment == 0 && wrongRefunds == 0 && wrongAmounts == 0 &&
           wrongOrders == 0 && wrongMandates == 0 && wrongTransfers == 0;
  }
};
Audit audit(soci::session& sql);

}  // namespace kiosk::bridge::ledger
