// The acquirer's real transport over loopback: to the mock bank's server, and to peers that answer
// with whatever a hostile bank might. Only threads and sockets are real; the loop is held by hand.

#include <doctest/doctest.h>
#include <kiosk/bridge/acquirer.h>
#include <sys/stat.h>

#include <fstream>

#include "bridge/acquirer/http_transport.h"
#include "bridge/mock_bank/mock_bank_server.h"
#include "tests/unit/bridge/acquirer_fixture.h"
#include "tests/unit/bridge/fakes.h"
#include "tests/unit/bridge/raw_peer.h"

namespace kiosk::bridge {
namespace {

using rig::json;
using test::RawPeer;

constexpr const char* kTestToken = "0123456789abcdef-token";

struct HttpBench {
  explicit HttpBench(AcquirerOptions options) {
    options.clock = &clock;
    auto made = makeAcquirer(std::move(options));
    REQUIRE(made);
    wallet = std::move(*made);
    wallet->attached(loop);
  }
  ChargeOutcome charge(const std::string& id) {
    std::optional<ChargeOutcome> outcome;
    wallet->charge(rig::chargeOf(id, 300), [&](ChargeAnswer said) { outcome = said.outcome; });
    loop.until([&] { return outcome.has_value(); });
    REQUIRE(outcome.has_value());
    return *outcome;
  }

  rig::FakeClock clock;
  rig::FakeLoop loop{clock};
  std::unique_ptr<Acquirer> wallet;
};

AcquirerOptions optionsTo(const std::string& url) {
  AcquirerOptions options;
  options.baseUrl = url;
  return options;
}

std::unique_ptr<MockBankServer> startBank(Clock& clock, const std::string& token = "",
                                          const json& rules = json::array()) {
  auto server = MockBankServer::start(rig::makeMockBank(rules), 0, token, clock);
  REQUIRE(server);
  return std::move(*server);
}

std::string urlOf(const MockBankServer& server) {
  return "http://127.0.0.1:" + std::to_string(server.port());
}

std::string writeToken(const rig::TempDir& dir, const std::string& text, mode_t mode = 0600) {
  const std::string path = dir.path + "/token";
  std::ofstream(path) << text;
  ::chmod(path.c_str(), mode);
  return path;
}

TEST_CASE("acquirer over HTTP: a charge is paid, and a lost answer is unknown") {
  rig::FakeClock clock;
  const auto bank = startBank(
      clock, "",
      json::array({{{"match", {{"operation", "charge"}, {"nth", 2}}}, {"fault", "lost"}}}));
  HttpBench bench(optionsTo(urlOf(*bank)));
  CHECK(bench.charge("one") == ChargeOutcome::Paid);
  CHECK(bench.charge("two") == ChargeOutcome::Unknown);
  CHECK(bank->userBalance("anna") == 1'000'000 - 600);
  CHECK(bank->conserved());
}

TEST_CASE("acquirer over HTTP: the token of the file goes with each request, and no other does") {
  rig::FakeClock clock;
  rig::TempDir dir;
  const auto bank = startBank(clock, kTestToken);
  auto options = optionsTo(urlOf(*bank));
  CHECK(HttpBench(options).charge("one") == ChargeOutcome::Unknown);
  options.tokenFile = writeToken(dir, "0123456789abcdef-wrong\n");
  CHECK(HttpBench(options).charge("one") == ChargeOutcome::Unknown);
  options.tokenFile = writeToken(dir, std::string(kTestToken) + "\n");
  CHECK(HttpBench(options).charge("one") == ChargeOutcome::Paid);
}

TEST_CASE("acquirer over HTTP: a token that others may read, or that is none, is refused unsaid") {
  rig::TempDir dir;
  const auto error = [&](const std::string& text, mode_t mode) {
    auto options = optionsTo("https://bank.example");
    options.tokenFile = writeToken(dir, text, mode);
    const auto made = makeAcquirer(std::move(options));
    REQUIRE(!made);
    CHECK(made.error().message.find(text.substr(0, 8)) == std::string::npos);
    return made.error().code;
  };
  CHECK(error(kTestToken, 0640) == ErrorCode::PolicyRefused);
  CHECK(error(kTestToken, 0604) == ErrorCode::PolicyRefused);
  CHECK(error("short-12345", 0600) == ErrorCode::InvalidParams);
  CHECK(error("0123456789abcdef\r\nX-Other: header", 0600) == ErrorCode::InvalidParams);
  CHECK(error(std::string(5'000, 'a'), 0600) == ErrorCode::InvalidParams);
  auto options = optionsTo("https://bank.example");
  options.tokenFile = dir.path + "/none";
  CHECK(makeAcquirer(options).error().code == ErrorCode::NotFound);
  options.tokenFile = dir.path;
  CHECK(makeAcquirer(options).error().code == ErrorCode::PolicyRefused);
}

TEST_CASE("acquirer over HTTP: plain http leaves this machine for no other") {
  const auto code = [](const std::string& url) {
    const auto made = makeAcquirer(optionsTo(url));
    return made ? std::string("ok") : std::string(errorName(made.error().code));
  };
  for (const char* url :
       {"https://bank.example", "https://bank.example:8443/", "https://[::1]:8443",
        "http://127.0.0.1:1", "http://localhost", "http://[::1]:80"}) {
    CHECK_MESSAGE(code(url) == "ok", url);
  }
  for (const char* url :
       {"http://bank.example", "http://127.0.0.1.evil.example", "http://10.0.0.1"}) {
    CHECK_MESSAGE(code(url) == "policy_refused", url);
  }
  for (const char* url : {"", "bank.example", "ftp://bank.example", "https://", "https://a/b",
                          "https://user@bank.example", "https://bank.example:0",
                          "https://bank.example:65536", "https://bank.example:1x", "https://a b"}) {
    CHECK_MESSAGE(code(url) == "invalid_params", url);
  }
}

TEST_CASE("acquirer over HTTP: times and workers out of their range are refused") {
  const auto isRefused = [](auto change) {
    auto options = optionsTo("https://bank.example");
    change(options);
    const auto made = makeAcquirer(std::move(options));
    return !made && made.error().code == ErrorCode::InvalidParams;
  };
  using std::chrono::milliseconds;
  CHECK(isRefused([](auto& o) { o.connectTimeMax = milliseconds(0); }));
  CHECK(isRefused([](auto& o) { o.readTimeMax = std::chrono::minutes(3); }));
  CHECK(isRefused([](auto& o) { o.requestTimeMax = milliseconds(-1); }));
  CHECK(isRefused([](auto& o) { o.workers = 0; }));
  CHECK(isRefused([](auto& o) { o.workers = 17; }));
}

TEST_CASE("acquirer over HTTP: no bank, no HTTP, a cut or too long answer are unknown") {
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  for (const std::string& bytes :
       {std::string(), std::string("SSH-2.0-hello\r\n\r\n"), head + "Content-Length: 500\r\n\r\n{",
        head + "Content-Length: 70000\r\n\r\n" + std::string(70'000, ' '),
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n" +
            std::string()}) {
    RawPeer peer(bytes, RawPeer::Then::Closes);
    HttpBench bench(optionsTo(peer.url()));
    CHECK_MESSAGE(bench.charge("one") == ChargeOutcome::Unknown, bytes.substr(0, 60));
    CHECK(peer.connections() == 1);
  }
  CHECK(HttpBench(optionsTo("http://127.0.0.1:1")).charge("one") == ChargeOutcome::Unknown);
}

TEST_CASE("acquirer over HTTP: an answer of 64 KiB is read, and one byte more is none") {
  for (const std::size_t bytes : {kAcquirerBodyBytesMax, kAcquirerBodyBytesMax + 1}) {
    RawPeer peer("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n" +
                     std::string(bytes, ' '),
                 RawPeer::Then::Closes);
    rig::FakeClock clock;
    rig::FakeLoop loop{clock};
    const auto transport = HttpTransport::create(optionsTo(peer.url()));
    REQUIRE(transport);
    (*transport)->attached(loop);
    std::optional<Result<AcquirerReply>> reply;
    (*transport)->request({"GET", "/v1/operations/one", ""}, [&](Result<AcquirerReply> said) {
      reply = std::move(said);
    });
    REQUIRE(loop.until([&] { return reply.has_value(); }));
    CHECK(reply->has_value() == (bytes == kAcquirerBodyBytesMax));
    if (!*reply) CHECK(reply->error().code == ErrorCode::NetworkError);
  }
}

TEST_CASE(
    "acquirer over HTTP: a bank that never answers is given up in time, and its thread freed") {
  RawPeer peer("HTTP/1.1 200 OK\r\nX-Slow: ", RawPeer::Then::Holds);
  auto options = optionsTo(peer.url());
  options.workers = 1;
  options.readTimeMax = std::chrono::minutes(2);
  HttpBench bench(options);
  for (int i = 1; i <= 2; ++i) {
    std::optional<ChargeOutcome> outcome;
    bench.wallet->charge(rig::chargeOf("one", 300),
                         [&](ChargeAnswer said) { outcome = said.outcome; });
    // The one worker was freed by the cut of the first request, or the second would not be sent.
    REQUIRE(bench.loop.until([&] {
      bench.loop.advance(std::chrono::milliseconds(10));
      return peer.connections() == i;
    }));
    CHECK(!outcome.has_value());
    bench.loop.advance(options.requestTimeMax);
    CHECK(outcome == ChargeOutcome::Unknown);
  }
  const auto before = std::chrono::steady_clock::now();
  bench.wallet->detached();
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(20));
}

TEST_CASE(
    "acquirer over HTTP: no answer comes after the loop was given back, nor before it is there") {
  RawPeer peer("", RawPeer::Then::Holds);
  HttpBench bench(optionsTo(peer.url()));
  int answers = 0;
  const auto count = [&](ChargeAnswer said) {
    CHECK(said.outcome == ChargeOutcome::Unknown);
    ++answers;
  };
  bench.wallet->charge(rig::chargeOf("one", 300), count);
  bench.wallet->detached();
  bench.loop.advance(std::chrono::minutes(5));
  CHECK(answers == 0);
  bench.wallet->charge(rig::chargeOf("two", 300), count);
  CHECK(answers == 1);
  bench.wallet->attached(bench.loop);
  bench.wallet->charge(rig::chargeOf("three", 300), count);
  CHECK(answers == 1);
}

TEST_CASE("acquirer over HTTP: what waits for the bank is bounded, and more is unknown at once") {
  RawPeer peer("", RawPeer::Then::Holds);
  HttpBench bench(optionsTo(peer.url()));
  int answers = 0;
  for (int i = 0; i < 256; ++i) {
    bench.wallet->charge(rig::chargeOf("p" + std::to_string(i), 300),
                         [&](ChargeAnswer) { ++answers; });
  }
  CHECK(answers == 0);
  bench.wallet->charge(rig::chargeOf("more", 300), [&](ChargeAnswer said) {
    CHECK(said.outcome == ChargeOutcome::Unknown);
    ++answers;
  });
  CHECK(answers == 1);
  bench.loop.advance(std::chrono::seconds(20));
  CHECK(answers == 257);
}

TEST_CASE("mock bank's server: it ends while an answer is late") {
  rig::FakeClock clock;
  auto bank = startBank(clock, "",
                        json::array({{{"match", {{"operation", "charge"}, {"nth", 1}}},
                                      {"fault", "late"},
                                      {"ms", 600'000}}}));
  HttpBench bench(optionsTo(urlOf(*bank)));
  bench.wallet->charge(rig::chargeOf("one", 300), [](ChargeAnswer) {});
  REQUIRE(bench.loop.until([&] { return bank->userBalance("anna") < 1'000'000; }));
  const auto before = std::chrono::steady_clock::now();
  bank.reset();
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(20));
}

}  // namespace
}  // namespace kiosk::bridge
