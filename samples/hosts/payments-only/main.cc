// A server without mini-apps that takes an order and pays it.
//
//   payments-only DATA init MERCHANT NAME KID PUBLIC_KEY_HEX     admits a merchant
//   payments-only DATA fund USER AMOUNT REFERENCE                adds kopecks to a user's account
//   payments-only DATA pay USER KEY < order.jws                  shows the order, asks, pays
//   payments-only DATA refund MERCHANT ORDER KEY                 gives it back
//
// What it leaves out is what the operator has: a log-in, and a screen in place of these lines.

#include <kiosk/payments.h>

#include <charconv>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

namespace {

using Words = std::vector<std::string>;

int failed(const kiosk::Error& error) {
  const std::string name(kiosk::errorName(error.code));
  std::fprintf(stderr, "%s: %s\n", name.c_str(), error.message.c_str());
  return 1;
}

/// The bytes of hex digits; empty when they are none.
std::string bytesOfHex(const std::string& hex) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
    unsigned value = 0;
    const auto* end = hex.data() + at + 2;
    if (std::from_chars(hex.data() + at, end, value, 16).ptr != end) return {};
    bytes += static_cast<char>(value);
  }
  return bytes;
}

int admit(kiosk::Payments& payments, const Words& words) {
  auto admitted = payments.registerMerchant({words[0], words[1], words[2], bytesOfHex(words[3])});
  return admitted ? 0 : failed(admitted.error());
}

int fund(kiosk::Payments& payments, const Words& words) {
  std::int64_t amount = 0;
  std::from_chars(words[1].data(), words[1].data() + words[1].size(), amount);
  const kiosk::UserId user(words[0]);
  if (auto funded = payments.fund(user, "RUB", amount, words[2]); !funded) {
    return failed(funded.error());
  }
  auto balance = payments.balance(user, "RUB");
  if (!balance) return failed(balance.error());
  std::printf("%lld\n", static_cast<long long>(*balance));
  return 0;
}

int pay(kiosk::Payments& payments, const Words& words) {
  std::string orderToken, answer;
  std::getline(std::cin, orderToken);
  auto order = payments.read(orderToken, "en");
  if (!order) return failed(order.error());
  std::fprintf(stderr, "Pay %s to %s? y or n\n", order->amountText.c_str(), order->payee.c_str());
  std::getline(std::cin, answer);
  if (answer != "y") return 1;

  kiosk::PayRequest request;
  request.orderToken = orderToken;
  request.user = kiosk::UserId(words[0]);
  request.idempotencyKey = words[1];
  request.confirmed = {order->amountMinor, order->currency, order->payee};
  auto paid = payments.pay(request);
  if (!paid) return failed(paid.error());
  const nlohmann::json said = {{"status", kiosk::payStatusName(paid->status)},
                               {"paymentId", paid->paymentId},
                               {"receipt", paid->receipt}};
  std::printf("%s\n", said.dump().c_str());
  return 0;
}

int refund(kiosk::Payments& payments, const Words& words) {
  kiosk::RefundRequest request;
  request.merchantId = words[0];
  request.orderId = words[1];
  request.idempotencyKey = words[2];
  auto refunded = payments.refund(request);
  if (!refunded) return failed(refunded.error());
  std::printf("%s\n", refunded->dump().c_str());
  return 0;
}

struct Command {
  const char* name;
  std::size_t words;
  int (*run)(kiosk::Payments&, const Words&);
};

constexpr Command kCommands[] = {
    {"init", 4, admit}, {"fund", 3, fund}, {"pay", 2, pay}, {"refund", 3, refund}};

}  // namespace

int main(int argc, char** argv) {
  const Words words(argv, argv + argc);
  for (const Command& command : kCommands) {
    if (words.size() != command.words + 3 || words[2] != command.name) continue;
    auto payments = kiosk::Payments::open({.dataDir = words[1]});
    if (!payments) return failed(payments.error());
    return command.run(**payments, Words(words.begin() + 3, words.end()));
  }
  std::fprintf(stderr, "usage: payments-only DATA init|fund|pay|refund …\n");
  return 2;
}
