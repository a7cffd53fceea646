// Goal: launch data and phone proofs are exactly what Telegram's and MAX's servers compute, and
// nothing that only looks like them passes. Method: golden vectors that were checked with other
// tools (Python, openssl), and each vector broken in one way at a time.

#include "bridge/identity/launch_data.h"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "bridge/identity/phone_proof.h"
#include "tests/unit/bridge/service_fixture.h"

namespace kiosk::bridge {
namespace {

using test::codeOf;

constexpr const char* kTelegramToken = "5768337691:AAH5YkoiEuPk8-FZa32hStHTqXiLPtAEhx8";
const std::string kTelegramFields =
    "query_id=AAHdF6IQAAAAAN0XohDhrOrc&user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22"
    "Vladislav%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22"
    "language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%7D&auth_date=1662771648";
const std::string kTelegramHash =
    "c501b71e775f74ce10e377dea85a7ea24ecd640b223ea86dfe453e0eaed2e2b2";
const std::string kTelegram = kTelegramFields + "&hash=" + kTelegramHash;
constexpr LaunchDataAge kTelegramAge{.nowMs = 1'662'771'650'000};

constexpr const char* kMaxToken = "test-bot-token-0001";
const std::string kMaxFields =
    "auth_date=1771409719&chat=%7B%22id%22%3A12345%2C%22type%22%3A%22DIALOG%22%7D&ip=192.168.0.1&"
    "query_id=4c0ab423-342b-4e45-aea4-2747dbc500cd&user=%7B%22id%22%3A67890%2C%22first_name%22%3A%"
    "22"
    "Max%22%2C%22last_name%22%3A%22User%22%2C%22username%22%3Anull%2C%22language_code%22%3A%22ru%22"
    "%2C%22photo_url%22%3Anull%7D";
const std::string kMaxHash = "9c5b6ad2755a6d7f04452cd0c5037387be3d498d39f2a7e4be0dbe04d42119c1";

// Vector 2: Telegram's Ed25519 for third parties.
constexpr const char* kBotId = "7342037359";
const std::string kPublicKeyHex =
    "e7bf03a2fa4602af4580703d88dda5bb59f32ed8b02a56c187fe7d34caed242d";
const std::string kSignature =
    "zL-ucjNyREiHDE8aihFwpfR9aggP2xiAo3NSpfe-p7IbCisNlDKlo7Kb6G4D0Ao2mBrSgEk4maLSdv6MLIlADQ";
constexpr LaunchDataAge kSignatureAge{.nowMs = 1'733'584'800'000};

LaunchFields thirdPartyFields() {
  return {{"auth_date", "1733584787"},
          {"chat_instance", "8134722200314281151"},
          {"chat_type", "private"},
          {"user", R"({"id":279058397,"first_name":"Vladislav + - ? \/","last_name":"Kibenko",)"
                   R"("username":"vdkfrost","language_code":"ru","is_premium":true,)"
                   R"("allows_write_to_pm":true,"photo_url":"https:\/\/t.me\/i\/userpic\/320\/)"
                   R"(4FPEE4tmP3ATHa57u6MqTDih13LTOiMoKoLDRG4PnSA.svg"})"},
          {"signature", kSignature}};
}

std::string publicKey() { return *fromHex(kPublicKeyHex); }

TEST_CASE("launch data: the golden vectors of Telegram (HMAC) and MAX are accepted") {
  auto telegram = verifyLaunchData(kTelegram, kTelegramToken, kTelegramAge);
  REQUIRE(telegram);
  CHECK(telegram->at("query_id") == "AAHdF6IQAAAAAN0XohDhrOrc");
  CHECK(launchDataHash(*telegram, kTelegramToken) == kTelegramHash);
  auto max =
      verifyLaunchData(kMaxFields + "&hash=" + kMaxHash, kMaxToken, {.nowMs = 1'771'409'719'000});
  REQUIRE(max);
  CHECK(max->at("chat") == R"({"id":12345,"type":"DIALOG"})");
}

TEST_CASE(
    "launch data: the golden vector of Telegram's Ed25519 is accepted, and no other key or bot") {
  const std::string raw = encodeLaunchData(thirdPartyFields());
  CHECK(verifyLaunchDataSignature(raw, kBotId, bytesOf(publicKey()), kSignatureAge).has_value());
  CHECK(codeOf(verifyLaunchDataSignature(raw, "7342037358", bytesOf(publicKey()), kSignatureAge)) ==
        ErrorCode::SignatureInvalid);
  std::string otherKey = publicKey();
  otherKey[5] = static_cast<char>(otherKey[5] ^ 1);
  CHECK(codeOf(verifyLaunchDataSignature(raw, kBotId, bytesOf(otherKey), kSignatureAge)) ==
        ErrorCode::SignatureInvalid);
  auto fields = thirdPartyFields();
  fields["chat_type"] = "group";
  CHECK(codeOf(verifyLaunchDataSignature(encodeLaunchData(fields), kBotId, bytesOf(publicKey()),
                                         kSignatureAge)) == ErrorCode::SignatureInvalid);
  fields = thirdPartyFields();
  fields["signature"] += "=";
  CHECK(codeOf(verifyLaunchDataSignature(encodeLaunchData(fields), kBotId, bytesOf(publicKey()),
                                         kSignatureAge)) == ErrorCode::InvalidParams);
  fields.erase("signature");
  CHECK(codeOf(verifyLaunchDataSignature(encodeLaunchData(fields), kBotId, bytesOf(publicKey()),
                                         kSignatureAge)) == ErrorCode::InvalidParams);
}

struct Broken {
  const char* why;
  std::string raw;
  ErrorCode code;
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  KIOSK_CHECK(at != std::string::npos, "the test changes something");
  return text.replace(at, from.size(), to);
}

/// Signs fields as the host would, so that only the form can be what is refused.
std::string signedRaw(const std::string& fields, const std::string& extra = "") {
  auto parsed = parseLaunchData(fields);
  KIOSK_CHECK(parsed.has_value(), "the test's fields are well-formed");
  return fields + extra + "&hash=" + launchDataHash(*parsed, kTelegramToken);
}

std::string upperCase(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  return text;
}

TEST_CASE("launch data: the negative set is refused, each for its own reason") {
  const std::vector<Broken> broken = {
      {"duplicated hash", kTelegram + "&hash=" + kTelegramHash, ErrorCode::InvalidParams},
      {"duplicated other key", replaced(kTelegram, "&auth_date", "&query_id=x&auth_date"),
       ErrorCode::InvalidParams},
      {"duplicated key behind an escape",
       replaced(kTelegram, "&auth_date", "&%61uth_date=1662771648&auth_date"),
       ErrorCode::InvalidParams},
      {"missing hash", kTelegramFields, ErrorCode::InvalidParams},
      {"empty hash", kTelegramFields + "&hash=", ErrorCode::InvalidParams},
      {"hash of 63 digits", kTelegramFields + "&hash=" + kTelegramHash.substr(1),
       ErrorCode::InvalidParams},
      {"hash of 65 digits", kTelegram + "0", ErrorCode::InvalidParams},
      {"hash in upper case", kTelegramFields + "&hash=" + upperCase(kTelegramHash),
       ErrorCode::InvalidParams},
      {"hash that is not hex", kTelegramFields + "&hash=" + std::string(64, 'g'),
       ErrorCode::InvalidParams},
      {"another hash", kTelegramFields + "&hash=" + std::string(64, '0'),
       ErrorCode::SignatureInvalid},
      {"changed byte", replaced(kTelegram, "Kibenko", "Kibenka"), ErrorCode::SignatureInvalid},
      {"added field", kTelegram + "&start_param=x", ErrorCode::SignatureInvalid},
      {"removed field", replaced(kTelegram, "query_id=AAHdF6IQAAAAAN0XohDhrOrc&", ""),
       ErrorCode::SignatureInvalid},
      {"auth_date in milliseconds", signedRaw("auth_date=1662771648000&user=x"),
       ErrorCode::InvalidParams},
      {"auth_date with letters behind", signedRaw("auth_date=166277164a&user=x"),
       ErrorCode::InvalidParams},
      {"auth_date with a sign", signedRaw("auth_date=-662771648&user=x"), ErrorCode::InvalidParams},
      {"auth_date with a leading zero", signedRaw("auth_date=0662771648&user=x"),
       ErrorCode::InvalidParams},
      {"no auth_date", signedRaw("user=x"), ErrorCode::InvalidParams},
      {"from the future", signedRaw("auth_date=1662771690&user=x"), ErrorCode::NotVerified},
      {"older than an hour", signedRaw("auth_date=1662768049&user=x"), ErrorCode::NotVerified},
      {"plus for a space", signedRaw("auth_date=1662771648&user=a%20b", "") + "+",
       ErrorCode::InvalidParams},
      {"plus in a value", replaced(signedRaw("auth_date=1662771648&user=a%20b"), "%20", "+"),
       ErrorCode::InvalidParams},
      {"empty value", kTelegram + "&start_param=", ErrorCode::InvalidParams},
      {"empty key", kTelegram + "&=x", ErrorCode::InvalidParams},
      {"no equals sign", kTelegram + "&flag", ErrorCode::InvalidParams},
      {"empty field", kTelegram + "&", ErrorCode::InvalidParams},
      {"key in upper case", kTelegram + "&Hash=x", ErrorCode::InvalidParams},
      {"raw byte over 127", replaced(kTelegram, "Kibenko", "Kib\xc3\xa9nko"),
       ErrorCode::InvalidParams},
      {"raw space", replaced(kTelegram, "Kibenko", "Kib nko"), ErrorCode::InvalidParams},
      {"raw NUL", replaced(kTelegram, "Kibenko", std::string("Kib\0nko", 7)),
       ErrorCode::InvalidParams},
      {"escaped line feed, which would forge a field",
       replaced(kTelegram, "Kibenko", "Kib%0Aauth_date=1"), ErrorCode::InvalidParams},
      {"escaped NUL", replaced(kTelegram, "Kibenko", "Kib%00nko"), ErrorCode::InvalidParams},
      {"escaped bytes that are not UTF-8", replaced(kTelegram, "Kibenko", "%ff%fe"),
       ErrorCode::InvalidParams},
      {"broken escape", replaced(kTelegram, "%7B", "%7"), ErrorCode::InvalidParams},
      {"escape of no digits", replaced(kTelegram, "%7B", "%zz"), ErrorCode::InvalidParams},
      {"over-long", kTelegram + "&pad=" + std::string(kLaunchDataBytesMax, 'x'),
       ErrorCode::InvalidParams},
      {"nothing", "", ErrorCode::InvalidParams},
  };
  for (const Broken& one : broken) {
    CAPTURE(one.why);
    CHECK(codeOf(verifyLaunchData(one.raw, kTelegramToken, kTelegramAge)) == one.code);
  }
  CHECK(codeOf(verifyLaunchData(kTelegram, kMaxToken, kTelegramAge)) ==
        ErrorCode::SignatureInvalid);
}

TEST_CASE("launch data: too many fields are refused before anything is computed") {
  std::string raw = "a=1";
  for (char first = 'a'; first <= 'b'; ++first) {
    for (char second = 'a'; second <= 'z'; ++second)
      raw += std::string("&") + first + second + "=1";
  }
  CHECK(codeOf(parseLaunchData(raw)) == ErrorCode::InvalidParams);
}

TEST_CASE(
    "launch data: exactly an hour old and half a minute ahead still pass, a second more does not") {
  const std::string raw = signedRaw("auth_date=1662771648&user=x");
  const auto at = [&raw](std::int64_t seconds) {
    return verifyLaunchData(raw, kTelegramToken, {.nowMs = seconds * 1000}).has_value();
  };
  CHECK(at(1'662'771'648 + 3600));
  CHECK(!at(1'662'771'648 + 3601));
  CHECK(at(1'662'771'648 - 30));
  CHECK(!at(1'662'771'648 - 31));
}

TEST_CASE("launch data: whatever is encoded is parsed back, in any script") {
  const LaunchFields fields = {{"auth_date", "1662771648"},
                               {"user", "{\"first_name\":\"Анна + 50% & = #\",\"x\":\"日本😀\"}"}};
  auto parsed = parseLaunchData(encodeLaunchData(fields));
  REQUIRE(parsed);
  CHECK(*parsed == fields);
}

TEST_CASE("phone proof: both readings give the golden hashes, and one never passes for the other") {
  const PhoneProof proof{.authDate = 1771409719, .phone = "79990001122", .userId = "67890"};
  const std::string tokenIsKey = "2e838c12e90437d0858570336f29edf28e5e9ef0231083616541bec86181dbc6";
  const std::string dataIsKey = "5ba2d289682b3fac1e4789d7b0347fe95bb2a29c0578092a22f95ffc3d11aecf";
  using Reading = PhoneProofReading;
  CHECK(phoneProofHash(proof, kMaxToken, Reading::TokenIsKey) == tokenIsKey);
  CHECK(phoneProofHash(proof, kMaxToken, Reading::DataIsKey) == dataIsKey);
  CHECK(verifyPhoneProof(proof, tokenIsKey, kMaxToken, Reading::TokenIsKey));
  CHECK(verifyPhoneProof(proof, dataIsKey, kMaxToken, Reading::DataIsKey));
  CHECK(!verifyPhoneProof(proof, tokenIsKey, kMaxToken, Reading::DataIsKey));
  CHECK(!verifyPhoneProof(proof, upperCase(tokenIsKey), kMaxToken, Reading::TokenIsKey));
  PhoneProof other = proof;
  other.userId = "67891";
  CHECK(!verifyPhoneProof(other, tokenIsKey, kMaxToken, Reading::TokenIsKey));
}

}  // namespace
}  // namespace kiosk::bridge
