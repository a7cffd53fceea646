#include "bridge/identity/launch_data.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>

namespace kiosk::bridge {
namespace {

constexpr std::string_view kSecretLabel = "WebAppData";
constexpr std::size_t kHashDigits = 64;
constexpr std::size_t kSignatureCharacters = 86;
/// Seconds have ten digits until the year 2286; milliseconds have thirteen.
constexpr std::size_t kAuthDateDigits = 10;

Error malformed(std::string message) { return {ErrorCode::InvalidParams, std::move(message)}; }

bool isControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool isKey(std::string_view key) {
  return !key.empty() && key.size() <= 32 && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || c == '_';
  });
}

std::string dataCheckString(const LaunchFields& fields,
                            std::initializer_list<std::string_view> leftOut) {
  std::string text;
  for (const auto& [key, value] : fields) {
    if (std::find(leftOut.begin(), leftOut.end(), key) != leftOut.end()) continue;
    if (!text.empty()) text += '\n';
    text += key + "=" + value;
  }
  return text;
}

std::string signedText(const LaunchFields& fields, std::string_view botId) {
  return std::string(botId) + ":" + std::string(kSecretLabel) + "\n" +
         dataCheckString(fields, {"hash", "signature"});
}

Result<std::pair<std::string, std::string>> parseField(std::string_view field) {
  const std::size_t equals = field.find('=');
  if (equals == std::string_view::npos) return malformed("a field of the launch data has no value");
  const std::string_view key = field.substr(0, equals);
  if (!isKey(key)) return malformed("a key of the launch data is not of [a-z_]");
  auto value = percentDecode(field.substr(equals + 1));
  if (!value) return malformed("a percent escape of the launch data is broken");
  if (value->empty()) return malformed("a value of the launch data is empty");
  if (!isUtf8(*value)) return malformed("a value of the launch data is not UTF-8");
  if (std::any_of(value->begin(), value->end(), isControl)) {
    return malformed("a value of the launch data holds a control character");
  }
  return std::pair{std::string(key), std::move(*value)};
}

Result<void> checkAge(const LaunchFields& fields, const LaunchDataAge& age) {
  const auto found = fields.find("auth_date");
  if (found == fields.end()) return malformed("the launch data has no auth_date");
  const std::string& text = found->second;
  const bool digits =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || text.size() != kAuthDateDigits || text[0] == '0') {
    return malformed("auth_date is not a number of seconds with ten digits");
  }
  std::int64_t seconds = 0;
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  const std::int64_t now = age.nowMs / 1000;
  if (seconds > now + age.aheadMax.count()) {
    return Error{ErrorCode::NotVerified, "the launch data is from the future: check the clocks"};
  }
  if (now - seconds > age.ageMax.count()) {
    return Error{ErrorCode::NotVerified, "the launch data is too old: ask for new"};
  }
  return {};
}

bool isLowerHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

Result<LaunchFields> parseLaunchData(std::string_view raw) {
  if (raw.empty()) return malformed("the launch data is empty");
  if (raw.size() > kLaunchDataBytesMax) return malformed("the launch data is over 8192 bytes");
  for (const char c : raw) {
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f) {
      return malformed("the launch data holds a byte that is not visible ASCII");
    }
    if (c == '+')
      return malformed("the launch data holds a plus sign: a space is %20, a plus is %2B");
  }
  LaunchFields fields;
  for (std::string_view rest = raw;;) {
    const std::size_t end = rest.find('&');
    auto field = parseField(rest.substr(0, end));
    if (!field) return field.error();
    if (!fields.emplace(std::move(*field)).second)
      return malformed("a key of the launch data is there twice");
    if (fields.size() > kLaunchFieldsMax) return malformed("the launch data has over 32 fields");
    if (end == std::string_view::npos) return fields;
    rest.remove_prefix(end + 1);
  }
}

std::string encodeLaunchData(const LaunchFields& fields) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string text;
  auto append = [&text](const std::string& key, const std::string& value) {
    if (!text.empty()) text += '&';
    text += key + "=";
    for (const char c : value) {
      const auto byte = static_cast<unsigned char>(c);
      const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                         (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
      if (plain) {
        text += c;
      } else {
        text += {'%', kHex[byte >> 4], kHex[byte & 15]};
      }
    }
  };
  for (const auto& [key, value] : fields) {
    if (key != "hash") append(key, value);
  }
  const auto hash = fields.find("hash");
  if (hash != fields.end()) append(hash->first, hash->second);
  return text;
}

std::string launchDataHash(const LaunchFields& fields, std::string_view botToken) {
  const Sha256Digest secret = hmacSha256(bytesOf(kSecretLabel), bytesOf(botToken));
  return toHex(hmacSha256(secret, bytesOf(dataCheckString(fields, {"hash"}))));
}

std::string launchDataSignature(const LaunchFields& fields, std::string_view botId,
                                const Ed25519Key& key) {
  return toBase64Url(bytesOf(key.sign(bytesOf(signedText(fields, botId)))));
}

Result<LaunchFields> verifyLaunchData(std::string_view raw, std::string_view botToken,
                                      const LaunchDataAge& age) {
  auto fields = parseLaunchData(raw);
  if (!fields) return fields;
  const auto hash = fields->find("hash");
  if (hash == fields->end()) return malformed("the launch data has no hash");
  if (hash->second.size() != kHashDigits || !isLowerHex(hash->second)) {
    return malformed("hash is not 64 lower-case hex digits");
  }
  const std::string expected = launchDataHash(*fields, botToken);
  if (!equalConstantTime(bytesOf(expected), bytesOf(hash->second))) {
    return Error{ErrorCode::SignatureInvalid, "the hash of the launch data is not the host's"};
  }
  auto fresh = checkAge(*fields, age);
  if (!fresh) return fresh.error();
  return fields;
}

Result<LaunchFields> verifyLaunchDataSignature(std::string_view raw, std::string_view botId,
                                               Bytes publicKey, const LaunchDataAge& age) {
  auto fields = parseLaunchData(raw);
  if (!fields) return fields;
  const auto signature = fields->find("signature");
  if (signature == fields->end()) return malformed("the launch data has no signature");
  const auto bytes = fromBase64Url(signature->second);
  if (!bytes || signature->second.size() != kSignatureCharacters) {
    return malformed("signature is not 64 bytes in base64url without padding");
  }
  if (!ed25519Verify(publicKey, bytesOf(signedText(*fields, botId)), bytesOf(*bytes))) {
    return Error{ErrorCode::SignatureInvalid, "the signature of the launch data is not the host's"};
  }
  auto fresh = checkAge(*fields, age);
  if (!fresh) return fresh.error();
  return fields;
}

}  // namespace kiosk::bridge
