// Goal: what a case spoils is spoilt in that one thing, and a package that nobody spoilt is sound,
// so that a refusal is for the reason that the case names. Method: a small app through each step,
// read by the reader that hosts use; readers that accept too much must be caught.

#include "sdk/conformance/package_maker.h"

#include <doctest/doctest.h>

#include "runtime/package/pack.h"
#include "sdk/conformance/case_file.h"
#include "sdk/conformance/package_changes.h"
#include "sdk/conformance/package_every.h"
#include "sdk/conformance/package_keys.h"

namespace kiosk::conformance {
namespace {

using nlohmann::json;

constexpr const char* kManifest = R"({"manifest_version": 1, "app_id": "org.example.test",
  "name": "Test", "version": {"name": "1", "code": 1}, "platform_version": {"min_code": 1},
  "icons": [{"src": "icon.svg"}], "pages": ["app.js"],
  "operator": {"name": "n", "address": "a", "email": "a@example.org", "age_rating": "0+",
    "privacy_policy_url": "https://example.org/p", "terms_url": "https://example.org/t"}})";

FileMap smallApp() {
  return {{"manifest.json", kManifest}, {"icon.svg", "<svg/>"}, {"app.js", "export {};\n"}};
}

std::string made(const json& changes) {
  const auto package = makePackage(smallApp(), changes);
  REQUIRE_MESSAGE(package, (package ? "" : package.error().message));
  return *package;
}

/// "accepted", or the code with which hosts refuse the app with `changes`.
std::string answerTo(const json& changes) {
  TrustStore trust;
  trust.add(packageKey("developer")->publicKey());
  const auto read = readPackage(made(changes), &trust);
  return read ? "accepted" : std::string(errorName(read.error().code));
}

json one(const char* name, json members) { return json::array({{{name, std::move(members)}}}); }

TEST_CASE("package maker: an app that nobody spoilt is sound, and always the same bytes") {
  CHECK(answerTo(json::array()) == "accepted");
  CHECK(made(json::array()) == made(json::array()));
  CHECK(answerTo(one("add", {{"name", "more.js"}, {"text", "x"}})) == "accepted");
  CHECK(answerTo(one("add", {{"name", "zeros"}, {"zeros", 500}, {"deflate", true}})) == "accepted");
  CHECK(answerTo(one("cosign", {{"key", "store"}, {"role", "store"}})) == "accepted");
  CHECK(answerTo(one("cosign", {{"key", "stranger"}, {"role", "reviewer"}})) == "accepted");
}

TEST_CASE("package maker: each step spoils what it names") {
  CHECK(answerTo(one("add", {{"name", "../a.js"}})) == "package.bad_zip");
  CHECK(answerTo(one("remove", {{"file", "manifest.json"}})) == "package.manifest_invalid");
  CHECK(answerTo(one("header", {{"file", "app.js"}, {"set", {{"flags", 2049}}}})) ==
        "package.bad_zip");
  CHECK(answerTo(one("reverse", json::object())) == "package.bad_zip");
  CHECK(answerTo(one("insert", {{"at", "files"}, {"text", "x"}})) == "package.bad_zip");
  CHECK(answerTo(one("end", {{"comment", "x"}})) == "package.bad_zip");
  CHECK(answerTo(one("signer", {{"key", "stranger"}})) == "package.untrusted");
  CHECK(answerTo(one("payload", {{"set", {{"role", "store"}}}})) == "package.unsigned");
  CHECK(answerTo(one("signature", {{"set", {{"alg", "none"}}}})) == "package.signature_invalid");
  CHECK(answerTo(one("malleable", json::object())) == "package.signature_invalid");
  CHECK(answerTo(one("block", {{"form", "none"}})) == "package.unsigned");
  CHECK(answerTo(one("block", {{"form", "another"}})) == "package.hash_mismatch");
  CHECK(answerTo(one("flip", {{"at", "files"}, {"byte", 40}})) != "accepted");
  CHECK(answerTo(one("truncate", {{"bytes", 1}})) == "package.bad_zip");
  CHECK(answerTo(one("append", {{"text", "x"}})) == "package.bad_zip");
}

TEST_CASE("package maker: a change that does not fit its package is an error") {
  CHECK_FALSE(makePackage(smallApp(), one("remove", {{"file", "none.js"}})).has_value());
  CHECK_FALSE(makePackage(smallApp(), one("signer", {{"key", "nobody"}})).has_value());
  CHECK_FALSE(makePackage(smallApp(), one("flip", {{"at", "end"}, {"byte", 99}})).has_value());
  CHECK_FALSE(
      makePackage(smallApp(), one("add", {{"name", "f"}, {"zeros", 1 << 20}, {"times", 100}}))
          .has_value());
}

TEST_CASE("package changes: unknown names and members are problems before anything is made") {
  CHECK(changesProblem(one("append", {{"text", "x"}})).empty());
  CHECK(changesProblem(one("apend", {{"text", "x"}})) == "knows no change \"apend\"");
  CHECK(changesProblem(one("append", {{"txt", "x"}})) == "knows no member \"txt\" of append");
  CHECK_FALSE(changesProblem(json::object()).empty());
  CHECK_FALSE(changesProblem(json::array({1})).empty());
  CHECK_FALSE(changesProblem(json(kChangesMax + 1, one("reverse", json::object())[0])).empty());
}

TEST_CASE("every variant: all of one kind are tried, and one that is accepted is named") {
  const std::string package = "0123456789";
  const auto exact = [&](std::string_view bytes) { return bytes == package; };
  for (const auto& [kind, count] : {std::pair<const char*, std::size_t>{"bitflip", 80},
                                    {"truncation", 10},
                                    {"beheading", 10},
                                    {"insertion", 10},
                                    {"removal", 10}}) {
    CAPTURE(kind);
    const auto kept = tryEvery(kind, package, exact);
    CHECK(kept.outcome == "refused");
    CHECK(kept.findings.empty());
    CHECK(kept.tried->count == count);
    CHECK(kept.tried->asPromised == count);
  }
  const auto lax = tryEvery("bitflip", package, [&](std::string_view bytes) {
    return bytes.substr(0, 7) == package.substr(0, 7) && bytes.substr(8) == package.substr(8);
  });
  CHECK(lax.outcome == "accepted");
  CHECK(lax.tried->asPromised == 72);
  REQUIRE(lax.findings.size() == 8);
  CHECK(lax.findings[3] == "accepted: bit 3 of byte 7 flipped");
  CHECK(tryEvery("removal", package, [](std::string_view) { return true; }).tried->asPromised == 0);
}

TEST_CASE("every variant: a package that is refused as it is proves nothing") {
  const auto judgement = tryEvery("bitflip", "x", [](std::string_view) { return false; });
  CHECK_FALSE(judgement.findings.empty());
  CHECK(judgement.outcome == "accepted");
  CHECK_FALSE(mayPass(*judgement.tried));
}

TEST_CASE("case files: what a case says of its package is read or refused with its line") {
  const auto problem = [](const std::string& package, const std::string& expect) {
    const auto test =
        readCase("pkg/a.js", "/*---\nid: A-001\ntitle: x\nlevel: 0\npackage: " + package +
                                 "\nexpect: " + expect + "\n---*/\n");
    return test ? std::string("none") : test.error().message;
  };
  const std::string unsound = "refused package.bad_zip";
  CHECK(problem("{}", unsound) == "none");
  CHECK(problem("{ every: bitflip }", "refused") == "none");
  CHECK(problem("{ door: load, trust: [], change: [ reverse: {} ] }", unsound) == "none");
  CHECK(problem("{}", "refused").starts_with("6: \"expect\" is refused CODE"));
  CHECK(problem("{ every: bitflip }", unsound).starts_with("6: \"expect\" is refused CODE"));
  CHECK(problem("{ every: bit }", "refused").starts_with("5: \"package\" has an every"));
  CHECK(problem("{ door: window }", unsound).starts_with("5: \"package\" has a door"));
  CHECK(problem("{ dor: run }", unsound) == "5: \"package\" knows no \"dor\"");
  CHECK(problem("{ change: [ apend: {} ] }", unsound) ==
        "5: \"package\" knows no change \"apend\"");
  CHECK(problem("{ installed: {} }", unsound).starts_with("5: \"package\" has something"));
  CHECK(problem("{ door: install, installed: { app: x } }", unsound).starts_with("5: "));
}

}  // namespace
}  // namespace kiosk::conformance
