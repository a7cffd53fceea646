#include "bridge/payments/order_state.h"

#include <array>
#include <cstddef>

namespace kiosk::bridge {
namespace {

constexpr std::array kOrderStateNames = {"created",  "authorised", "pending", "unknown",
                                         "captured", "cancelled",  "failed",  "expired"};

constexpr unsigned bit(OrderState state) { return 1u << static_cast<unsigned>(state); }

/// Where the arrows of the picture lead.
constexpr unsigned nextOf(OrderState from) {
  using S = OrderState;
  switch (from) {
    case S::Created:
      return bit(S::Authorised) | bit(S::Cancelled) | bit(S::Expired);
    case S::Authorised:
      return bit(S::Captured) | bit(S::Pending) | bit(S::Unknown) | bit(S::Failed);
    case S::Pending:
      return bit(S::Captured) | bit(S::Unknown) | bit(S::Failed);
    case S::Unknown:
      return bit(S::Captured) | bit(S::Pending) | bit(S::Failed);
    case S::Failed:
      return bit(S::Authorised) | bit(S::Cancelled) | bit(S::Expired);
    case S::Captured:
    case S::Cancelled:
    case S::Expired:
      return 0;
  }
  return 0;
}

}  // namespace

const char* orderStateName(OrderState state) {
  return kOrderStateNames[static_cast<std::size_t>(state)];
}

std::optional<OrderState> orderStateOf(std::string_view name) {
  for (std::size_t i = 0; i < kOrderStateNames.size(); ++i) {
    if (kOrderStateNames[i] == name) return static_cast<OrderState>(i);
  }
  return std::nullopt;
}

bool orderMayMove(OrderState from, OrderState to) { return (nextOf(from) & bit(to)) != 0; }

}  // namespace kiosk::bridge
