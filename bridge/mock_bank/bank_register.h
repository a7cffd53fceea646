#pragma once
// Operations and refunds of a test bank, with the money that they move. Every change is idempotent
// by id, and what is final stays.
//
//   operation:  created ──looked up──► accepted ──► confirmed       money moved, payer to merchant
//                  │                      │    └──► rejected        no money, a cancel, a fault
//                  └──────────────────────┴───────► deadline_expired
//   refund:     pending ──► succeeded                               money moved back
//                  └──────► failed
//
// A cancel of an id that never came leaves a tombstone: rejected, without terms.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "bridge/acquirer/wire.h"
#include "bridge/mock_bank/bank_books.h"

namespace kiosk::bridge {

inline constexpr std::size_t kBankRecordsMax = 100'000;  ///< operations, and as many refunds

enum class OperationState : std::uint8_t {
  Created,
  Accepted,
  Confirmed,
  Rejected,
  DeadlineExpired,
};
enum class BankRefundState : std::uint8_t { Pending, Succeeded, Failed };

std::string_view nameOf(OperationState state);
std::string_view nameOf(BankRefundState state);

/// When something that waits is carried out; with neither it waits for its deadline.
struct BankPatience {
  std::optional<std::int64_t> ms, lookups;
};

/// What the bank makes of a new request.
struct BankVerdicts {
  std::optional<BankPatience> pending;   ///< none: at once
  std::optional<std::string> rejection;  ///< the reason
};

struct BankOperation {
  std::optional<wire::ChargeTerms> terms;  ///< none: a tombstone
  std::string payer, reference, reason;
  std::int64_t deadlineMs = 0;
  OperationState state = OperationState::Created;
  std::optional<std::int64_t> lookupsLeft;
  std::int64_t refundedMinor = 0;  ///< with refunds that are pending
  bool lied = false;               ///< a false answer about it was given

  bool isOpen() const {
    return state == OperationState::Created || state == OperationState::Accepted;
  }
};

struct BankRefund {
  std::optional<wire::RefundTerms> terms;  ///< none: a tombstone
  std::string reference, reason;
  BankRefundState state = BankRefundState::Pending;
  std::optional<std::int64_t> lookupsLeft;
  bool lied = false;
};

/// What a request that changes something came to.
enum class BankTaken : std::uint8_t { Yes, Differs, Full };

class BankRegister {
 public:
  explicit BankRegister(BankBooks& books) : books_(books) {}

  /// Differs: the id is there with other terms. The deadline of the first request counts.
  BankTaken create(const std::string& id, const BankOperation& asked, const BankVerdicts& verdicts,
                   std::int64_t nowMs);
  BankTaken cancelOperation(const std::string& id);
  BankTaken refund(const std::string& id, const BankRefund& asked, const BankVerdicts& verdicts,
                   std::int64_t nowMs);
  BankTaken cancelRefund(const std::string& id);

  /// Null when there is none. A look-up counts for what waits for one.
  BankOperation* operation(const std::string& id);
  BankRefund* findRefund(const std::string& id);
  void noteLookup(const std::string& id, BankOperation& operation);
  void noteLookup(const std::string& id, BankRefund& refund);

  /// Carries out what is due at `nowMs`, in the order in which it became due.
  void settleDue(std::int64_t nowMs);

  const std::map<std::string, BankOperation>& operations() const { return operations_; }
  const std::map<std::string, BankRefund>& refunds() const { return refunds_; }
  /// Whether exactly what is confirmed or succeeded moved money, once and to the amount.
  bool conserved() const;

 private:
  enum class Due : std::uint8_t { Confirm, Expire, Refund };

  void confirm(const std::string& id, BankOperation& operation);
  void carryOut(const std::string& id, BankRefund& refund);
  void fail(BankRefund& refund, std::string reason);
  bool isMovedAsSaid(const std::string& id, const BankOperation& operation) const;
  bool isMovedAsSaid(const std::string& id, const BankRefund& refund) const;

  BankBooks& books_;
  std::map<std::string, BankOperation> operations_;
  std::map<std::string, BankRefund> refunds_;
  std::multimap<std::int64_t, std::pair<Due, std::string>> due_;  ///< at most two for each record
};

}  // namespace kiosk::bridge
