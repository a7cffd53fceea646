// Goal: an event's token says what happened and is the host's; a merchant cannot make the host call
// what is inside its network. Method: the token read back; a table of addresses.

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>

#include "bridge/net/public_address.h"
#include "bridge/payments/webhook_sender.h"
#include "bridge/webhooks/webhook_post.h"
#include "tests/unit/bridge/payments_fixture.h"
#include "tests/unit/bridge/raw_peer.h"

namespace kiosk::bridge {
namespace {

using test::codeOf;

bool isPublic(const std::string& text) {
  sockaddr_in v4{};
  if (::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    return isPublicAddress(reinterpret_cast<const sockaddr&>(v4));
  }
  sockaddr_in6 v6{};
  REQUIRE(::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1);
  v6.sin6_family = AF_INET6;
  return isPublicAddress(reinterpret_cast<const sockaddr&>(v6));
}

TEST_CASE("webhooks: only addresses of the internet at large are public") {
  for (const char* address : {"0.0.0.0",
                              "10.1.2.3",
                              "100.64.0.1",
                              "127.0.0.1",
                              "127.255.255.255",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.0.0.8",
                              "192.0.2.1",
                              "192.168.1.1",
                              "198.18.0.1",
                              "198.51.100.7",
                              "203.0.113.9",
                              "224.0.0.1",
                              "240.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "::ffff:10.0.0.1",
                              "::ffff:127.0.0.1",
                              "64:ff9b::a00:1",
                              "fe80::1",
                              "fc00::1",
                              "fd12::1",
                              "ff02::1",
                              "2001::1",
                              "2001:db8::1",
                              "2002:7f00:1::",
                              "3fff::1",
                              "::10.0.0.1"}) {
    CAPTURE(address);
    CHECK(!isPublic(address));
  }
  for (const char* address :
       {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.0.1",
        "172.32.0.1", "192.169.0.1", "198.17.0.1", "198.20.0.1", "223.255.255.255",
        "2606:4700::1111", "2a00:1450::5", "::ffff:8.8.8.8", "2002:808:808::"}) {
    CAPTURE(address);
    CHECK(isPublic(address));
  }
}

TEST_CASE("webhooks: an endpoint inside is not connected to, and loopback is for development") {
  test::RawPeer peer("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
  WebhookPost near(NetworkReach::AlsoLoopback);
  const auto delivered = near.post(peer.url() + "/events", "token");
  REQUIRE(delivered);
  CHECK(*delivered == 202);
  CHECK(peer.connections() == 1);
  WebhookPost far(NetworkReach::Public, {"shop.example:" + peer.port() + ":127.0.0.1"});
  CHECK(codeOf(far.post(peer.url() + "/events", "token")) == ErrorCode::PolicyRefused);
  // A public name that leads here.
  CHECK(codeOf(far.post("https://shop.example:" + peer.port() + "/events", "token")) ==
        ErrorCode::AddressForbidden);
  CHECK(peer.connections() == 1);
}

TEST_CASE("webhooks: an answer that is too long, or none, is no delivery") {
  test::RawPeer wordy("HTTP/1.1 202 Accepted\r\n\r\n" +
                      std::string(kWebhookAnswerBytesMax + 1, 'a'));
  test::RawPeer noise("what?\r\n\r\n");
  WebhookPost near(NetworkReach::AlsoLoopback);
  CHECK(codeOf(near.post(wordy.url() + "/", "token")) == ErrorCode::PayloadTooLarge);
  CHECK(codeOf(near.post(noise.url() + "/", "token")) == ErrorCode::NetworkError);
}

TEST_CASE("webhooks: a token says what happened to whom, and the host signed it") {
  test::PaymentsBench bench;
  EventRow event;
  event.id = std::string(32, 'a');
  event.merchantId = "post";
  event.subject = "A";
  event.type = "order.captured";
  event.data = {{"orderId", "A"}, {"state", "captured"}};
  event.createdAtMs = 1'800'000'000'999;
  const auto token = eventToken(event, {bench.keys, "https://host.example"}, 1'800'000'060'000);
  const auto jws = parseJws(token, kEventTokenType);
  REQUIRE(jws);
  CHECK(verifyJws(*jws, bytesOf(bench.keys.signing().publicKey())));
  CHECK(jws->kid == bench.keys.signingKeyId());
  CHECK(jws->payload ==
        nlohmann::json{{"iss", "https://host.example"},
                       {"aud", "post"},
                       {"iat", 1'800'000'060},
                       {"jti", event.id},
                       {"toe", 1'800'000'000},
                       {"sub", "A"},
                       {"events", {{"urn:kiosk:event:order.captured", event.data}}}});
}

TEST_CASE("webhooks: waits double from seconds to hours, each spread over its upper half") {
  test::SeededRandom random(1);
  for (int attempt = 1; attempt <= kEventAttemptsMax; ++attempt) {
    const std::int64_t whole = std::min(kEventRetryMsMin << (attempt - 1), kEventRetryMsMax);
    std::int64_t least = whole, most = 0;
    for (int i = 0; i < 200; ++i) {
      const auto wait = eventRetryMs(attempt, random);
      least = std::min(least, wait);
      most = std::max(most, wait);
    }
    CHECK(least >= whole / 2);
    CHECK(most <= whole);
    CHECK(most - least > whole / 4);
  }
  CHECK(eventRetryMs(1'000'000, random) <= kEventRetryMsMax);
}

}  // namespace
}  // namespace kiosk::bridge
