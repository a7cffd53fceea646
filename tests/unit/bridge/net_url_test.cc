// Goal: an address is read one way or not at all, and only what the manifest lists is covered.
// Method: tables of addresses that other readers take for something else.
#include <doctest/doctest.h>

#include "bridge/net/net_headers.h"
#include "bridge/net/origin_rule.h"
#include "tests/unit/bridge/fakes.h"
#include "tests/unit/bridge/service_fixture.h"
#include "tests/unit/bridge/test_catalogue.h"

namespace kiosk::bridge {
namespace {

using test::codeOf;

NetUrl netUrlOf(const std::string& text) {
  auto url = parseNetUrl(text);
  CAPTURE(text);
  REQUIRE(url);
  return *url;
}

TEST_CASE("net: an address is put together again in one spelling") {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"https://api.example.ru", "https://api.example.ru/"},
      {"HTTPS://API.Example.RU/A?b#c", "https://api.example.ru/A?b"},
      {"https://api.example.ru:443/a", "https://api.example.ru/a"},
      {"https://api.example.ru:8443?q=1", "https://api.example.ru:8443/?q=1"},
      {"http://127.0.0.1:80/", "http://127.0.0.1/"},
      {"http://localhost:3000/a/../b", "http://localhost:3000/a/../b"},
      {"https://xn--80a1acny.xn--p1ai/", "https://xn--80a1acny.xn--p1ai/"},
      {"https://api.example.ru/@b:c", "https://api.example.ru/@b:c"},
      {"https://api.example.ru#@evil.example", "https://api.example.ru/"},
      {"https://api.example.ru?@evil.example", "https://api.example.ru/?@evil.example"},
  };
  for (const auto& [text, read] : table) CHECK(netUrlOf(text).text() == read);
}

TEST_CASE("net: what two readers could take for two hosts is no address") {
  for (const char* text : {"",
                           "api.example.ru",
                           "//api.example.ru",
                           "https:api.example.ru",
                           "https:/api.example.ru",
                           "ftp://api.example.ru/",
                           "file:///etc/passwd",
                           "javascript://api.example.ru/",
                           "wss://api.example.ru/",
                           "https://",
                           "https:///api.example.ru/",
                           "https://user@api.example.ru/",
                           "https://api.example.ru@evil.example/",
                           "https://api.example.ru:443@evil.example/",
                           "https://api.example.ru\\@evil.example/",
                           "https://evil.example\\.api.example.ru/",
                           "https:\\\\api.example.ru/",
                           "https://api.example.ru./",
                           "https://.api.example.ru/",
                           "https://api..example.ru/",
                           "https://api.example.ru:/",
                           "https://api.example.ru:0/",
                           "https://api.example.ru:00443/",
                           "https://api.example.ru:65536/",
                           "https://api.example.ru:443:443/",
                           "https://api.example.ru:+443/",
                           "https://api_x.example.ru/",
                           "https://-api.example.ru/",
                           "https://api%2eexample.ru/",
                           "https://\xd0\xbf\xd0\xbe\xd1\x87\xd1\x82\xd0\xb0.\xd1\x80\xd1\x84/",
                           "https://api.example.ru/\r\nHost: evil",
                           "https://api.example.ru/a b",
                           "https://api.example.ru/\t",
                           " https://api.example.ru/",
                           "https://api.example.ru/\x7f",
                           "https://[::1]/",
                           "https://[::ffff:127.0.0.1]/",
                           "http://2130706433/",
                           "http://0x7f000001/",
                           "http://0x7f.1/",
                           "http://127.1/",
                           "http://0177.0.0.1/",
                           "http://127.0.0.01/",
                           "http://127.0.0.256/",
                           "http://127.0.0.1.1/",
                           "http://1.2.3.0x4/"}) {
    CAPTURE(text);
    CHECK(codeOf(parseNetUrl(text)) == ErrorCode::InvalidParams);
  }
  CHECK(!parseNetUrl("https://api.example.ru/" + std::string(kNetUrlBytesMax, 'a')));
  CHECK(!parseNetUrl("https://" + std::string(64, 'a') + ".ru/"));
}

TEST_CASE("net: a declared origin covers its scheme, host and port, and one level of a star") {
  const auto covers = [](const char* declared, const char* url) {
    return coversOrigin(declared, netUrlOf(url));
  };
  CHECK(covers("https://api.example.ru", "https://api.example.ru/a"));
  CHECK(covers("https://api.example.ru:443", "https://API.example.ru/a"));
  CHECK(covers("https://*.example.ru", "https://api.example.ru/"));
  CHECK(covers("https://*.example.ru:8443", "https://api.example.ru:8443/"));
  CHECK(covers("http://localhost:3000", "http://localhost:3000/"));
  CHECK(!covers("https://api.example.ru", "http://api.example.ru/"));
  CHECK(!covers("https://api.example.ru", "https://api.example.ru:444/"));
  CHECK(!covers("https://api.example.ru", "https://api.example.ru.evil.example/"));
  CHECK(!covers("https://api.example.ru", "https://evilapi.example.ru/"));
  CHECK(!covers("https://api.example.ru", "https://a.api.example.ru/"));
  CHECK(!covers("https://*.example.ru", "https://example.ru/"));
  CHECK(!covers("https://*.example.ru", "https://a.b.example.ru/"));
  CHECK(!covers("https://*.example.ru", "https://a.evilexample.ru/"));
  CHECK(!covers("wss://api.example.ru", "https://api.example.ru/"));
  CHECK(!covers("ws://localhost:3000", "http://localhost:3000/"));
}

TEST_CASE("net: dev_domains count for an app in development only, and so does loopback") {
  Package package;
  package.manifest.network.domains = {"https://api.example.ru"};
  package.manifest.network.devDomains = {"http://localhost:3000", "https://test.example.ru"};
  package.provenance = Provenance::Development;
  const auto local = netUrlOf("http://localhost:3000/"),
             remote = netUrlOf("https://test.example.ru/");
  CHECK(checkDeclaredOrigin(package, local));
  CHECK(checkDeclaredOrigin(package, remote));
  CHECK(reachOf(package, local) == NetworkReach::AlsoLoopback);
  CHECK(reachOf(package, netUrlOf("https://api.example.ru/")) == NetworkReach::Public);
  CHECK(codeOf(checkDeclaredOrigin(package, netUrlOf("http://localhost:3001/"))) ==
        ErrorCode::InsecureScheme);
  package.provenance = Provenance::Signed;
  CHECK(codeOf(checkDeclaredOrigin(package, local)) == ErrorCode::InsecureScheme);
  CHECK(codeOf(checkDeclaredOrigin(package, remote)) == ErrorCode::DomainNotAllowed);
  CHECK(reachOf(package, local) == NetworkReach::Public);
}

TEST_CASE("net: a redirect's target is read by the same rules") {
  const auto base = netUrlOf("https://api.example.ru/a/b?c");
  const auto to = [&](const char* location) { return resolveLocation(base, location); };
  CHECK(to("d")->text() == "https://api.example.ru/a/d");
  CHECK(to("/d?e")->text() == "https://api.example.ru/d?e");
  CHECK(to("//evil.example/x")->text() == "https://evil.example/x");
  CHECK(to("http://127.0.0.1/")->text() == "http://127.0.0.1/");
  for (const char* location : {"", "\\\\evil.example/", "https://a@evil.example/", "ftp://a.ru/",
                               "https://[::1]/", "/a\nb", "file:///etc/passwd"}) {
    CAPTURE(location);
    CHECK(!to(location));
  }
}

TEST_CASE("net: headers that are the host's, and line breaks in any, are refused") {
  const auto sends = [](const char* name, const char* value) {
    return checkRequestHeader({name, value}).has_value();
  };
  CHECK(sends("X-Mine", "a value"));
  CHECK(sends("Authorization", "Bearer x"));
  CHECK(sends("content-type", ""));
  for (const char* name :
       {"Host", "host", "COOKIE", "Cookie2", "Origin", "Connection", "Content-Length",
        "Transfer-Encoding", "Upgrade", "User-Agent", "Referer", "Sec-Fetch-Site", "Proxy-Auth",
        "X-Forwarded-For", "Forwarded", "Via", "Expect", "TE", "X-HTTP-Method-Override"}) {
    CAPTURE(name);
    CHECK(!sends(name, "x"));
  }
  for (const char* name : {"", "X Mine", "X-Mine:", "X\r\nHost", "X\n", "\xd0\xb0"}) {
    CAPTURE(name);
    CHECK(!sends(name, "x"));
  }
  for (const char* value : {"a\r\nHost: evil", "a\nb", "a\rb", "a\x7f", "\xd0\xb0"}) {
    CAPTURE(value);
    CHECK(!sends("X-Mine", value));
  }
  CHECK(!checkRequestHeader({"X-Mine", std::string("a\0b", 3)}).has_value());
}

TEST_CASE("net: the gate refuses an origin that is not declared, and no handler is reached") {
  rig::GateRig rig(*Catalogue::embedded());
  auto app = rig::appWith({});
  app.manifest.network.domains = {"https://api.example.ru"};
  app.manifest.network.devDomains = {"http://127.0.0.1:3000"};
  app.provenance = Provenance::Signed;
  rig::FakeSession session("s1", app);
  rig.open(session);
  const std::vector<std::pair<std::string, std::string>> table = {
      {"https://evil.example/secret?token=1", "domain_not_allowed"},
      {"https://a.api.example.ru/", "domain_not_allowed"},
      {"https://127.0.0.1/", "domain_not_allowed"},
      {"https://localhost/", "domain_not_allowed"},
      {"http://api.example.ru/", "insecure_scheme"},
      {"http://127.0.0.1:3000/", "insecure_scheme"},
      {"https://api.example.ru@evil.example/", "invalid_params"},
      {"https://2130706433/", "invalid_params"},
  };
  for (const auto& [url, code] : table) {
    CAPTURE(url);
    CHECK(rig.call(session, "net.fetch", {{"url", url}}).code() == code);
  }
  CHECK(rig.service.handled.empty());
  const auto records = rig.records();
  const auto text = rig::json(records).dump();
  CHECK(text.find("declared; https://evil.example\"") != std::string::npos);
  CHECK(text.find("secret") == std::string::npos);
  rig.close(session);
}

}  // namespace
}  // namespace kiosk::bridge
