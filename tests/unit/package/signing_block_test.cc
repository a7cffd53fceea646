// Goal: a signing block says one thing in one way, and everything in it is signed. Method: blocks
// made by hand as JSON, each signed rightly and wrong in one thing, put into an honest package.
#include "runtime/package/signing_block.h"

#include <doctest/doctest.h>

#include <functional>

#include "runtime/package/payload_hash.h"
#include "runtime/package/zip_records.h"
#include "tests/unit/package/sample_package.h"

using namespace kiosk;
using namespace kiosk::test;
using nlohmann::json;

namespace {

struct Unsigned {
  std::string archive = writeArchive(sampleFiles()).value();
  ArchiveLayout layout = checkArchive(archive).value();
};

json honestPayload(const Unsigned& package, const Ed25519Key& key, const std::string& role) {
  return {{"app_id", "ru.post.parcel"},
          {"file_hash", fileHashHex(package.archive, package.layout)},
          {"kid", keyIdOf(key.publicKey())},
          {"payload_hash", payloadHashHex(sampleFiles())},
          {"role", role},
          {"ts", 1'770'000'000},
          {"version", 3}};
}

/// `payload` with a signature by `key` over exactly what stands there.
json sign(const json& payload, const Ed25519Key& key) {
  return {{"payload", payload},
          {"public_key", toBase64Url(bytesOf(key.publicKey()))},
          {"signature", toBase64Url(bytesOf(key.sign(bytesOf(canonicalJson(payload).value()))))}};
}

std::string framed(const std::string& text) {
  std::string block = text;
  zip::append32(block, text.size());
  return block + std::string("MINIAPP-SIG-V1\0\0", 16);
}

std::string packageWith(const Unsigned& package, const std::string& block) {
  return withSigningBlock(package.archive, package.layout, block);
}

std::string packageOf(const Unsigned& package, const json& signatures) {
  return packageWith(package, framed(canonicalJson({{"signatures", signatures}}).value()));
}

void checkBlockRefused(const std::string& package, ErrorCode code, std::string_view words) {
  const auto read = readPackage(package, nullptr);
  REQUIRE_MESSAGE(!read.has_value(), words);
  CHECK(read.error().code == code);
  CHECK_MESSAGE(read.error().message.find(words) != std::string::npos, read.error().message);
}

constexpr auto kInvalid = ErrorCode::PackageSignatureInvalid;

}  // namespace

TEST_CASE("signing block: one made by hand from the layout is what signPackage makes") {
  const Unsigned package;
  const auto key = keyOf(1);
  const std::string byHand =
      packageOf(package, json::array({sign(honestPayload(package, key, "developer"), key)}));
  CHECK(byHand == signPackage(package.archive, key, {}, FixedClock()).value());
  CHECK(readPackage(byHand, nullptr).has_value());
}

TEST_CASE("signing block: a rightly signed payload that says something else is refused") {
  const Unsigned package;
  const auto key = keyOf(1);
  const auto refused = [&](const std::function<void(json&)>& lie, ErrorCode code,
                           std::string_view words) {
    json payload = honestPayload(package, key, "developer");
    lie(payload);
    checkBlockRefused(packageOf(package, json::array({sign(payload, key)})), code, words);
  };
  const std::string other(64, '0');
  refused([&](json& p) { p["file_hash"] = other; }, ErrorCode::PackageHashMismatch, "other bytes");
  refused([&](json& p) { p["payload_hash"] = other; }, ErrorCode::PackageHashMismatch,
          "other files");
  refused([](json& p) { p["app_id"] = "ru.post.other"; }, kInvalid, "another app_id or version");
  refused([](json& p) { p["version"] = 4; }, kInvalid, "another app_id or version");
  refused([](json& p) { p["kid"] = std::string(32, '0'); }, kInvalid, "canonical form");
  refused([](json& p) { p["role"] = "admin"; }, kInvalid, "names a role");
  refused([](json& p) { p["version"] = 0; }, kInvalid, "malformed");
  refused([](json& p) { p["ts"] = -1; }, kInvalid, "malformed");
  refused([](json& p) { p["ts"] = "now"; }, kInvalid, "malformed");
  refused([](json& p) { p["ts"] = 1.5; }, kInvalid, "malformed");
  refused([&](json& p) { p["report_hash"] = other; }, kInvalid, "malformed");
  refused([](json& p) { p["role"] = "reviewer"; }, kInvalid, "malformed");
  refused([](json& p) { p["extra"] = 1; }, kInvalid, "canonical form");
  for (const char* field :
       {"app_id", "file_hash", "kid", "payload_hash", "role", "ts", "version"}) {
    json payload = honestPayload(package, key, "developer");
    payload.erase(field);
    CHECK_FALSE(readPackage(packageOf(package, json::array({sign(payload, key)})), nullptr));
  }
  // Upper case is a second spelling of the same hash.
  refused(
      [](json& p) {
        std::string hash = p["file_hash"];
        for (char& c : hash) c = static_cast<char>(std::toupper(c));
        p["file_hash"] = hash;
      },
      kInvalid, "malformed");
}

TEST_CASE("signing block: a signature may be of the first second of 1970") {
  const Unsigned package;
  const auto key = keyOf(1);
  json payload = honestPayload(package, key, "developer");
  payload["ts"] = 0;
  const auto read = readPackage(packageOf(package, json::array({sign(payload, key)})), nullptr);
  REQUIRE(read.has_value());
  CHECK((*read)->signers.at(0).timeSeconds == 0);
}

TEST_CASE("signing block: damaged files are refused, though the developer signed them so") {
  Unsigned package;
  const auto at = package.archive.find("PNG");
  REQUIRE(at != std::string::npos);
  package.archive[at] ^= 1;
  const auto key = keyOf(1);
  const auto payload = honestPayload(package, key, "developer");
  checkBlockRefused(packageOf(package, json::array({sign(payload, key)})), ErrorCode::PackageBadZip,
                    "damaged");
}

TEST_CASE("signing block: signatures that are not the key's over the payload are refused") {
  const Unsigned package;
  const auto key = keyOf(1), other = keyOf(2);
  json signature = sign(honestPayload(package, key, "developer"), key);
  const auto refused = [&](const json& changed, std::string_view words) {
    checkBlockRefused(packageOf(package, json::array({changed})), kInvalid, words);
  };
  json changed = signature;
  changed["signature"] = sign(honestPayload(package, key, "store"), key)["signature"];
  refused(changed, "does not verify");
  changed = sign(honestPayload(package, key, "developer"), other);
  refused(changed, "canonical form");  // the payload names another key than the block
  changed = signature;
  changed["signature"] = toBase64Url(bytesOf(std::string(64, '\0')));
  refused(changed, "does not verify");
  changed["signature"] = "";
  refused(changed, "not Ed25519");
  changed = signature;
  changed["alg"] = "none";
  refused(changed, "canonical form");
  changed = signature;
  changed.erase("payload");
  refused(changed, "no signature");
  // A key of small order verifies what nobody signed.
  changed = honestPayload(package, key, "developer");
  const std::string neutral = std::string("\1", 1) + std::string(31, '\0');
  changed["kid"] = keyIdOf(neutral);
  refused({{"payload", changed},
           {"public_key", toBase64Url(bytesOf(neutral))},
           {"signature", toBase64Url(bytesOf(neutral + std::string(32, '\0')))}},
          "does not verify");
}

TEST_CASE("signing block: no developer, no signatures, too many, two of one, or the wrong order") {
  const Unsigned package;
  const auto key = keyOf(1), second = keyOf(2);
  const json developer = sign(honestPayload(package, key, "developer"), key);
  const json store = sign(honestPayload(package, second, "store"), second);
  checkBlockRefused(packageOf(package, json::array()), kInvalid, "1 to 16");
  checkBlockRefused(packageOf(package, json::object()), kInvalid, "1 to 16");
  checkBlockRefused(packageOf(package, json::array({store})), ErrorCode::PackageUnsigned,
                    "developer");
  checkBlockRefused(packageOf(package, json::array({store, developer})), kInvalid, "out of order");
  checkBlockRefused(packageOf(package, json::array({developer, developer})), kInvalid,
                    "two of one key");
  json many = json::array();
  for (int i = 0; i < 17; ++i) many.push_back(developer);
  checkBlockRefused(packageOf(package, many), kInvalid, "1 to 16");
  CHECK(readPackage(packageOf(package, json::array({developer, store})), nullptr).has_value());
}

TEST_CASE("signing block: a second spelling of a good block is refused") {
  const Unsigned package;
  const auto key = keyOf(1);
  const json block = {
      {"signatures", json::array({sign(honestPayload(package, key, "developer"), key)})}};
  const std::string text = canonicalJson(block).value();
  REQUIRE(readPackage(packageWith(package, framed(text)), nullptr).has_value());

  checkBlockRefused(packageWith(package, framed(" " + text)), kInvalid, "canonical form");
  checkBlockRefused(packageWith(package, framed(text + "\n")), kInvalid, "canonical form");
  checkBlockRefused(packageWith(package, framed(block.dump(1))), kInvalid, "canonical form");
  std::string escaped = text;
  escaped.replace(escaped.find("developer"), 1, "\\u0064");
  checkBlockRefused(packageWith(package, framed(escaped)), kInvalid, "canonical form");
  std::string twice = text;
  twice.insert(twice.find("\"role\""), "\"role\":\"store\",");
  checkBlockRefused(packageWith(package, framed(twice)), kInvalid, "stands twice");
  json more = block;
  more["comment"] = "unsigned";
  checkBlockRefused(packageWith(package, framed(canonicalJson(more).value())), kInvalid,
                    "canonical form");
  checkBlockRefused(packageWith(package, framed("")), kInvalid, "not JSON");
  checkBlockRefused(packageWith(package, framed("[]")), kInvalid, "1 to 16");
  checkBlockRefused(packageWith(package, framed(std::string(70'000, ' '))), kInvalid,
                    "bytes of JSON");
}

TEST_CASE("signing block: its frame must fill the gap exactly") {
  const Unsigned package;
  const std::string good = framed("{}");
  const auto refused = [&](const std::string& block) {
    checkBlockRefused(packageWith(package, block), ErrorCode::PackageBadZip, "no signing block");
  };
  refused("x" + good);
  refused(good + "x");
  refused(good.substr(1));
  refused(good.substr(4));
  std::string other = good;
  other[2] = 3;  // the length
  refused(other);
  other = good;
  other.back() = '\1';  // the magic
  refused(other);
  refused(std::string("MINIAPP-SIG-V1\0\0", 16));
}

TEST_CASE("signing block: code of one version under the signatures of another is refused") {
  FileMap files = sampleFiles();
  const std::string first = signedPackage(files, keyOf(1));
  files["app.js"] = "export const greet = () => 'evil';\n";
  const Unsigned evil{writeArchive(files).value(),
                      checkArchive(writeArchive(files).value()).value()};
  const auto layout = checkArchive(first).value();
  const std::string block =
      first.substr(layout.entriesEnd, layout.directoryOffset - layout.entriesEnd);
  checkBlockRefused(packageWith(evil, block), ErrorCode::PackageHashMismatch, "other bytes");
}

TEST_CASE("signing block: a text in the place of a report's hash is refused in every role") {
  const Unsigned package;
  const auto key = keyOf(1);
  for (const char* text : {"see my page", "", "ABCDEF"}) {
    json developer = honestPayload(package, key, "developer");
    developer["report_hash"] = text;
    CAPTURE(text);
    CHECK(!readPackage(packageOf(package, json::array({sign(developer, key)})), nullptr));
    json reviewer = honestPayload(package, key, "reviewer");
    reviewer["report_hash"] = text;
    const auto good = sign(honestPayload(package, key, "developer"), key);
    CHECK(!readPackage(packageOf(package, json::array({good, sign(reviewer, key)})), nullptr));
  }
}
