#pragma once
// A bank to test against, that answers the protocol of docs/acquirer.md and does wrong what its
// script says. No thread, no input or output, no clock of its own: the same requests at the same
// times get the same answers.

#include <kiosk/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bridge/mock_bank/bank_register.h"
#include "bridge/mock_bank/fault_script.h"

namespace kiosk::bridge {

inline constexpr std::size_t kBankRequestBytesMax = std::size_t{16} << 10;
inline constexpr std::size_t kBankTargetBytesMax = 512;
inline constexpr std::int64_t kBankReportRowsMax = 100;

struct BankRequest {
  std::string method, target;  ///< target: path and query, e.g. /v1/report?limit=10
  std::string body;
};

struct BankResponse {
  int status = 200;
  std::string body = {};     ///< JSON
  std::int64_t delayMs = 0;  ///< the answer leaves so much later; 0..kFaultMsMax
  bool isAnswered = true;    ///< else the connection is closed
};

struct BankBalance {
  std::string user;  ///< 1 to 64 of A-Za-z0-9._-
  std::int64_t amountMinor = 0;
};

struct MockBankConfig {
  /// The one currency of all accounts; operations in another are rejected.
  std::string currency = "RUB";
  std::vector<BankBalance> balances;  ///< 0..10^12 each; at most kBankUsersMax
  FaultScript script = {};
  /// What links begin with; the id of the operation follows. An https URL.
  std::string linkBase = "https://pay.bank.example/";
};
inline constexpr std::size_t kBankUsersMax = 1'000;

/// Threads: one at a time.
class MockBank {
 public:
  /// Errors: InvalidParams   a member of `config` is out of its range, or a user has two balances.
  static Result<MockBank> create(MockBankConfig config);

  /// Carries `request` out as at `nowMs` (since 1970), which never steps back.
  BankResponse handle(const BankRequest& request, std::int64_t nowMs);

  /// Whether the accounts add up to zero, none owes, and exactly what is confirmed moved money.
  bool conserved() const { return books_->sound() && register_->conserved(); }
  /// What a user or a merchant has, in minor units.
  std::int64_t userBalance(const std::string& user) const {
    return books_->balance("user:" + user);
  }
  std::int64_t merchantBalance(const std::string& merchant) const {
    return books_->balance("merchant:" + merchant);
  }
  /// None: no request with this id came.
  std::optional<OperationState> operationState(const std::string& id) const;
  std::optional<BankRefundState> refundState(const std::string& id) const;
  std::size_t operations() const { return register_->operations().size(); }

 private:
  struct Ask;

  explicit MockBank(MockBankConfig config);
  Result<Ask> understand(const BankRequest& request) const;
  Result<Ask> understandPut(const BankRequest& request, Ask ask) const;
  BankResponse serve(const Ask& ask, const BankVerdicts& verdicts, std::int64_t nowMs);
  BankResponse answerOf(const Ask& ask, BankTaken taken);
  BankResponse contradict(const Ask& ask, BankResponse truth, FaultSays says);
  BankResponse withFault(const Ask& ask, const Fault& fault, std::int64_t nowMs);
  BankResponse report(const BankRequest& request) const;

  MockBankConfig config_;
  // On the heap: the register holds on to the books when the bank is moved.
  std::unique_ptr<BankBooks> books_;
  std::unique_ptr<BankRegister> register_;
  std::int64_t downUntilMs_ = 0;
};

}  // namespace kiosk::bridge
