// Goal: net.fetch carries what it says, follows redirects to declared origins only, ends with its
// session, and never connects to an address inside. Method: the service over a network that
// answers as told; libcurl against peers on loopback.
#include "bridge/net/net.h"

#include <doctest/doctest.h>

#include "bridge/net/curl_network.h"
#include "bridge/net/net_body.h"
#include "tests/unit/bridge/net_fixture.h"
#include "tests/unit/bridge/raw_peer.h"
#include "tests/unit/bridge/service_fixture.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;
using test::codeOf;

NetworkResponse answerOf(int status, std::string body = "",
                         std::vector<NetworkHeader> headers = {}) {
  return {status, std::move(headers), std::move(body)};
}

NetworkResponse leadsTo(int status, const std::string& location) {
  return answerOf(status, "", {{"Location", location}});
}

struct NetBench {
  NetBench() {
    auto package = test::makePackage("ru.post.parcel");
    package->provenance = Provenance::Signed;
    package->manifest.network.domains = {"https://api.example.ru", "https://cdn.example.ru"};
    anna = test::makeSession(package, "anna");
    service.attached(loop);
    caller.emplace(service, loop);
  }
  Result<json> fetch(json params) {
    if (!params.contains("url")) params["url"] = "https://api.example.ru/a";
    return caller->call("net.fetch", anna, std::move(params));
  }
  /// Starts a call that the network leaves open.
  std::shared_ptr<test::Outcome> start(std::uint64_t callId) {
    auto context = caller->context(anna, {{"url", "https://api.example.ru/a"}});
    context->callId = callId;
    auto outcome = std::make_shared<test::Outcome>();
    caller->start("net.fetch", context, outcome);
    return outcome;
  }

  test::HandLoop loop;
  test::HandClock clock;
  test::HandNetwork network;
  NetService service{&network, clock};
  SessionInfo anna;
  std::optional<test::ServiceCaller> caller;
};

TEST_CASE("net.fetch: a request carries the app's headers and body, and the host's stamp") {
  NetBench bench;
  bench.network.answers.emplace_back(
      answerOf(201, "done", {{"Content-Type", "text/plain"}, {"Set-Cookie", "a=b"}}));
  const auto result = bench.fetch({{"method", "POST"},
                                   {"headers", {{{"name", "X-Mine"}, {"value", "1"}}}},
                                   {"bodyBase64", "AP8="},
                                   {"timeoutMs", 1234}});
  REQUIRE(result);
  CHECK(*result == json{{"status", 201},
                        {"url", "https://api.example.ru/a"},
                        {"redirected", false},
                        {"headers", {{{"name", "content-type"}, {"value", "text/plain"}}}},
                        {"body", "done"}});
  const auto& asked = bench.network.asked.at(0);
  CHECK(asked.method == "POST");
  CHECK(asked.body == std::string("\0\xff", 2));
  CHECK(asked.timeMax.count() == 1234);
  CHECK(asked.bodyBytesMax == kNetBodyBytesMax);
  CHECK(asked.reach == NetworkReach::Public);
  REQUIRE(asked.headers.size() == 3);
  CHECK(asked.headers[1].name == "Origin");
  CHECK(asked.headers[1].value == "miniapp://ru.post.parcel");
}

TEST_CASE("net.fetch: a redirect to an origin that is not declared is not followed") {
  for (const char* location :
       {"https://evil.example/", "//evil.example/", "https://127.0.0.1/", "https://localhost/",
        "https://api.example.ru:444/", "https://a.api.example.ru/"}) {
    CAPTURE(location);
    NetBench bench;
    bench.network.answers.emplace_back(leadsTo(302, location));
    bench.network.answers.emplace_back(answerOf(200, "inside"));
    CHECK(codeOf(bench.fetch(json::object())) == ErrorCode::DomainNotAllowed);
    CHECK(bench.network.asked.size() == 1);
  }
  for (const char* location : {"http://api.example.ru/", "http://169.254.169.254/latest"}) {
    NetBench bench;
    bench.network.answers.emplace_back(leadsTo(307, location));
    bench.network.answers.emplace_back(answerOf(200, "inside"));
    CHECK(codeOf(bench.fetch(json::object())) == ErrorCode::InsecureScheme);
  }
  NetBench bench;
  bench.network.answers.emplace_back(leadsTo(302, "https://user@cdn.example.ru/"));
  CHECK(codeOf(bench.fetch(json::object())) == ErrorCode::NetworkError);
}

TEST_CASE("net.fetch: a redirect to another declared origin leaves authorization behind") {
  NetBench bench;
  bench.network.answers.emplace_back(leadsTo(303, "https://cdn.example.ru/b"));
  bench.network.answers.emplace_back(answerOf(200, "b"));
  const auto result = bench.fetch({{"method", "POST"},
                                   {"headers",
                                    {{{"name", "Authorization"}, {"value", "Bearer 1"}},
                                     {{"name", "Content-Type"}, {"value", "a/b"}},
                                     {{"name", "X-Mine"}, {"value", "1"}}}},
                                   {"body", "x"}});
  REQUIRE(result);
  CHECK((*result)["url"] == "https://cdn.example.ru/b");
  CHECK((*result)["redirected"] == true);
  const auto& second = bench.network.asked.at(1);
  CHECK(second.method == "GET");
  CHECK(second.body.empty());
  CHECK(second.headers.size() == 3);
  CHECK(second.headers[0].name == "X-Mine");
}

TEST_CASE("net.fetch: five redirects are followed, a sixth is not, and an app may want none") {
  for (const int redirects : {5, 6}) {
    NetBench bench;
    for (int i = 0; i < redirects; ++i) bench.network.answers.emplace_back(leadsTo(302, "/b"));
    bench.network.answers.emplace_back(answerOf(200));
    CHECK(bench.fetch(json::object()).has_value() == (redirects == 5));
    CHECK(bench.network.asked.size() == 6);
  }
  NetBench bench;
  bench.network.answers.emplace_back(leadsTo(302, "/b"));
  CHECK(codeOf(bench.fetch({{"redirect", "error"}})) == ErrorCode::NetworkError);
  bench.network.answers.emplace_back(leadsTo(302, "https://evil.example/"));
  CHECK((*bench.fetch({{"redirect", "manual"}}))["status"] == 302);
}

TEST_CASE("net.fetch: an eleventh request of a session is refused, and its end aborts all") {
  NetBench bench;
  std::vector<std::shared_ptr<test::Outcome>> outcomes;
  for (std::uint64_t i = 1; i <= kNetFetchesMax; ++i) outcomes.push_back(bench.start(i));
  const auto refused = bench.start(11);
  REQUIRE(refused->has_value());
  CHECK(codeOf(**refused) == ErrorCode::TooManyConnections);
  bench.service.callCancelled(bench.anna, 3);
  CHECK(bench.network.aborted == std::vector<std::uint64_t>{3});
  bench.service.sessionClosed(bench.anna);
  CHECK(bench.network.aborted.size() == kNetFetchesMax);
  CHECK(bench.network.open.empty());
  for (const auto& outcome : outcomes) {
    REQUIRE(outcome->has_value());
    CHECK(codeOf(**outcome) == ErrorCode::Cancelled);
  }
}

TEST_CASE("net.fetch: a body is text where that is shorter, else base64, and never over a frame") {
  const auto written = [](std::string body) {
    json result = json::object();
    writeBody(std::move(body), result);
    return result;
  };
  CHECK(written("") == json::object());
  CHECK(written("\xd0\xb0") == json{{"body", "\xd0\xb0"}});
  CHECK(written("\xff") == json{{"bodyBase64", "/w=="}});
  for (const char filler : {'a', '\1', '\n', '"', '\xff'}) {
    const auto result = written(std::string(kNetBodyBytesMax, filler));
    CHECK(result.dump().size() <= 720'000);
  }
  CHECK(*readBody({{"bodyBase64", "+/8="}}) == "\xfb\xff");
  for (const char* text : {"+/8", "-_8=", "A===", "AB==", "A A="}) {
    CAPTURE(text);
    CHECK(codeOf(readBody({{"bodyBase64", text}})) == ErrorCode::InvalidParams);
  }
  CHECK(codeOf(readBody({{"body", ""}, {"bodyBase64", ""}})) == ErrorCode::InvalidParams);
  const std::string wide(kNetBodyBytesMax / 2 + 1, '\xd0');
  CHECK(codeOf(readBody({{"body", wide + wide}})) == ErrorCode::PayloadTooLarge);
}

/// One exchange of the embedded network.
Result<NetworkResponse> exchange(NetworkRequest request, CurlNetworkOptions options = {}) {
  test::HandLoop loop;
  CurlNetwork network(std::move(options));
  network.attached(loop);
  if (request.method.empty()) request.method = "GET";
  if (request.bodyBytesMax == 0) request.bodyBytesMax = 100;
  std::optional<Result<NetworkResponse>> outcome;
  network.start(std::move(request), [&](Result<NetworkResponse> got) { outcome = std::move(got); });
  loop.runUntil([&] { return outcome.has_value(); });
  return *std::move(outcome);
}

constexpr const char* kHello =
    "HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";

TEST_CASE("network: this machine is reached only by who may") {
  test::RawPeer peer(kHello);
  CHECK(codeOf(exchange({.url = peer.url() + "/"})) == ErrorCode::AddressForbidden);
  CHECK(codeOf(exchange({.url = "http://localhost:" + peer.port() + "/"})) ==
        ErrorCode::AddressForbidden);
  CHECK(peer.connections() == 0);
  const auto got = exchange({.url = peer.url() + "/", .reach = NetworkReach::AlsoLoopback});
  REQUIRE(got);
  CHECK(got->status == 200);
  CHECK(got->body == "hello");
  REQUIRE(!got->headers.empty());
  CHECK(got->headers[0].value == "1");
  CHECK(peer.connections() == 1);
}

TEST_CASE("network: a name that leads to an address inside is refused, and nothing connects") {
  test::RawPeer peer(kHello);
  const std::string url = "http://api.example.ru:" + peer.port() + "/";
  for (const char* address : {"127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]",
                              "[fd00::1]", "[::ffff:127.0.0.1]"}) {
    CAPTURE(address);
    CurlNetworkOptions options{{"api.example.ru:" + peer.port() + ":" + address}};
    // Loopback stands first: where the guard is off, nothing further is called.
    REQUIRE(codeOf(exchange({.url = url}, options)) == ErrorCode::AddressForbidden);
  }
  CHECK(peer.connections() == 0);
}

TEST_CASE("network: an answer that is too long, too slow or no HTTP is an error of its own") {
  const auto ask = [](const test::RawPeer& peer, std::size_t bytesMax) {
    return exchange({.url = peer.url() + "/",
                     .reach = NetworkReach::AlsoLoopback,
                     .timeMax = std::chrono::milliseconds(1000),
                     .bodyBytesMax = bytesMax});
  };
  test::RawPeer hello(kHello);
  CHECK(ask(hello, 5));
  CHECK(codeOf(ask(hello, 4)) == ErrorCode::PayloadTooLarge);
  test::RawPeer noise("\x16\x03\x01 not http\r\n\r\n");
  CHECK(codeOf(ask(noise, 5)) == ErrorCode::NetworkError);
  test::RawPeer wordy("HTTP/1.1 200 OK\r\nX-A: " + std::string(kNetHeadBytesMax, 'a') + "\r\n\r\n");
  CHECK(codeOf(ask(wordy, 5)) == ErrorCode::NetworkError);
  test::RawPeer silent("", test::RawPeer::Then::Holds);
  CHECK(codeOf(ask(silent, 5)) == ErrorCode::Timeout);
}

TEST_CASE("network: an exchange that was aborted answers nothing, and the end waits for none") {
  test::HandLoop loop;
  test::RawPeer silent("", test::RawPeer::Then::Holds);
  bool answered = false;
  {
    CurlNetwork network;
    network.attached(loop);
    const auto begin = [&] {
      return network.start({.method = "GET",
                            .url = silent.url() + "/",
                            .reach = NetworkReach::AlsoLoopback,
                            .bodyBytesMax = 5},
                           [&](const Result<NetworkResponse>&) { answered = true; });
    };
    network.abort(begin());
    begin();
    network.detached();
  }
  loop.runReady();
  CHECK(!answered);
}

}  // namespace
}  // namespace kiosk::bridge
