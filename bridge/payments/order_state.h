#pragma once
// Where an order stands. One machine for every way of paying:
//
//   created ──► authorised ──► captured            by the embedded ledger, in one transaction
//      │  │         │ ▲  ├───► pending ──► captured | failed | unknown      the bank has it
//      │  │         │ │  └───► unknown ──► captured | failed | pending      no answer came
//      │  │         ▼ │
//      │  │       failed ──► authorised   another attempt, another payment
//      │  │         ├──► cancelled | expired
//      │  └──► cancelled      by the merchant, before anyone paid
//      └─────► expired        nobody paid in time
//
// captured, cancelled and expired are final. Refunds do not move an order: `refundedMinor` grows.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kiosk::bridge {

enum class OrderState : std::uint8_t {
  Created,
  Authorised,
  Pending,
  Unknown,
  Captured,
  Cancelled,
  Failed,
  Expired
};

inline constexpr std::array kOrderStates = {
    OrderState::Created,  OrderState::Authorised, OrderState::Pending, OrderState::Unknown,
    OrderState::Captured, OrderState::Cancelled,  OrderState::Failed,  OrderState::Expired};

/// "created", "authorised", … as the API, the database and the events say it.
const char* orderStateName(OrderState state);
std::optional<OrderState> orderStateOf(std::string_view name);

/// Whether the picture above has an arrow from `from` to `to`.
bool orderMayMove(OrderState from, OrderState to);

}  // namespace kiosk::bridge
