#pragma once
// payments.requestMoney, payments.moneyRequest: a user asks another one for money, by the host's
// own sheet, picker and words. The app learns neither whom nor of whom there would be to ask.
//
//   sheet: amount, note ──► picker: one-to-one chats ──► one transaction: the request, and a
//                                                        message of the host's words in that chat
//
// Paying and declining are the host's own screens' affair: `Services::payMoneyRequest`.

#include <kiosk/bridge/service.h>
#include <kiosk/clock.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "bridge/payments/money_book.h"
#include "bridge/sql_providers.h"
#include "bridge/store/store.h"

namespace kiosk::bridge {

/// Who keeps the money and the chats that a request needs.
struct MoneyParts {
  EmbeddedMessenger* messenger = nullptr;  ///< borrowed; null: the host brought its own
  const Wallet* wallet = nullptr;          ///< borrowed; null: the embedded ledger
};

/// Threads: the loop's own.
class MoneyRequestsService final : public Service {
 public:
  /// All borrowed; they outlive the service. `picker` answers none of its questions after that.
  MoneyRequestsService(Store& store, MoneyParts parts, Picker& picker, Clock& clock, Random& random)
      : store_(store), parts_(parts), picker_(picker), clock_(clock), random_(random) {}

  std::vector<MethodBinding> bindings() override;

 private:
  struct Asking;
  using AskingPtr = std::shared_ptr<Asking>;  ///< owners: the callbacks of one request under way
  using PreparedDone = std::function<void(Result<Prepared>)>;

  void prepareRequest(ContextPtr context, PreparedDone done);
  void request(ContextPtr context, Reply reply);
  void pick(AskingPtr asking);
  void send(AskingPtr asking, const MoneyPeer& peer);
  void status(ContextPtr context, Reply reply);

  Store& store_;
  const MoneyParts parts_;
  Picker& picker_;
  Clock& clock_;
  Random& random_;
  /// Sessions that show a picker; one at a time each. Owners: the service and its requests, of
  /// which a picker that was never answered may outlive the service.
  const std::shared_ptr<std::set<SessionId>> picking_ = std::make_shared<std::set<SessionId>>();
};

}  // namespace kiosk::bridge
