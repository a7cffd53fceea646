#include "runtime/package/manifest_rules.h"

#include <algorithm>
#include <array>

#include "runtime/package/ascii.h"
#include "runtime/package/names.h"
#include "runtime/package/origin.h"
#include "runtime/package/permission_names.h"

namespace kiosk::rules {
namespace {

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isAlphanumeric(char c) { return isDigit(c) || isLower(c) || isUpper(c); }

template <class Accepts>
bool all(std::string_view text, Accepts accepts) {
  return std::all_of(text.begin(), text.end(), accepts);
}

template <std::size_t n>
bool among(std::string_view text, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

/// ^[a-z][a-z0-9]*(\.[a-z0-9-]+)+$
bool isAppId(std::string_view text) {
  if (text.size() > 128 || text.empty() || !isLower(text.front())) return false;
  std::size_t dot = text.find('.');
  if (dot == text.npos) return false;
  if (!all(text.substr(0, dot), [](char c) { return isLower(c) || isDigit(c); })) return false;
  while (dot != text.npos) {
    text.remove_prefix(dot + 1);
    dot = text.find('.');
    const std::string_view part = text.substr(0, dot);
    const auto accepted = [](char c) { return isLower(c) || isDigit(c) || c == '-'; };
    if (part.empty() || !all(part, accepted)) return false;
  }
  return true;
}

bool isPath(std::string_view text) { return checkName(text).has_value(); }

/// A language of 2 or 3 letters and subtags of 2 to 8 letters or digits.
bool isLanguage(std::string_view text) {
  if (text.size() > 35) return false;
  const std::size_t end = std::min(text.find('-'), text.size());
  const std::string_view language = text.substr(0, end);
  const auto isLetter = [](char c) { return isLower(c) || isUpper(c); };
  if (language.size() < 2 || language.size() > 3 || !all(language, isLetter)) return false;
  text.remove_prefix(end);
  while (!text.empty()) {
    text.remove_prefix(1);
    const std::size_t next = std::min(text.find('-'), text.size());
    const std::string_view subtag = text.substr(0, next);
    if (subtag.size() < 2 || subtag.size() > 8 || !all(subtag, isAlphanumeric)) return false;
    text.remove_prefix(next);
  }
  return true;
}

bool isDeviceType(std::string_view text) {
  constexpr std::array<std::string_view, 6> kTypes = {"phone", "tablet",   "desktop",
                                                      "tv",    "wearable", "car"};
  return among(text, kTypes);
}

bool isToken(std::string_view text) {
  return !text.empty() && text.size() <= 64 && all(text, [](char c) {
    return isLower(c) || isDigit(c) || c == '_' || c == '.' || c == '-';
  });
}

bool isMerchantId(std::string_view text) {
  return !text.empty() && text.size() <= 64 &&
         all(text, [](char c) { return isAlphanumeric(c) || c == '_' || c == '.' || c == '-'; });
}

bool isPermission(std::string_view text) {
  return isPermissionName(text) || (text.starts_with("net:") && isPublicOrigin(text.substr(4)));
}

std::string permissionsAllowed() {
  std::string allowed = "a permission; the names are: ";
  for (const std::string_view name : permissionNames()) allowed += std::string(name) + ", ";
  return allowed + "and net:<origin>";
}

bool isClaim(std::string_view text) {
  constexpr std::array<std::string_view, 7> kClaims = {"fullname", "birthdate", "id_doc", "snils",
                                                       "inn",      "mobile",    "email"};
  return among(text, kClaims);
}

bool isPaymentMethod(std::string_view text) {
  constexpr std::array<std::string_view, 3> kMethods = {"sbp", "card", "wallet"};
  return among(text, kMethods);
}

bool isCurrency(std::string_view text) { return text.size() == 3 && all(text, isUpper); }

bool isCompat(std::string_view text) {
  constexpr std::array<std::string_view, 4> kShims = {"max-webapp@26", "telegram-webapp@9",
                                                      "vk-bridge@3", "wx@min"};
  return among(text, kShims);
}

bool isEmail(std::string_view text) {
  const std::size_t at = text.find('@');
  if (text.size() > 254 || at == 0 || at == text.npos) return false;
  const auto printableAscii = [](char c) { return c > ' ' && c < 0x7f && c != '@'; };
  const std::string_view domain = text.substr(at + 1);
  return all(text.substr(0, at), printableAscii) && all(domain, printableAscii) &&
         domain.find('.') != domain.npos && domain.front() != '.' && domain.back() != '.';
}

bool isPhone(std::string_view text) {
  return text.size() >= 3 && text.size() <= 32 && all(text, [](char c) {
           return isDigit(c) || c == '+' || c == '-' || c == ' ' || c == '(' || c == ')';
         });
}

bool isInn(std::string_view text) {
  return (text.size() == 10 || text.size() == 12) && all(text, isDigit);
}

bool isOgrn(std::string_view text) {
  return (text.size() == 13 || text.size() == 15) && all(text, isDigit);
}

const std::string kPermissionsAllowed = permissionsAllowed();

}  // namespace

const TextRule kAppId = {isAppId,
                         "a reverse domain name in lower case such as ru.post.parcel, at most 128 "
                         "bytes"};
const TextRule kPath = {isPath,
                        "a relative path of a package such as pages/home.js (docs/manifest.md)"};
const TextRule kLanguage = {isLanguage, "a language tag such as ru or en-GB"};
const TextRule kDeviceType = {isDeviceType, "one of: phone, tablet, desktop, tv, wearable, car"};
const TextRule kToken = {isToken, "1 to 64 of a-z, 0-9, _ . -"};
const TextRule kMerchantId = {isMerchantId, "1 to 64 of A-Z, a-z, 0-9, _ . -"};
const TextRule kPermission = {isPermission, kPermissionsAllowed};
const TextRule kOrigin = {
    isPublicOrigin,
    "an origin such as https://api.example.ru or wss://*.example.ru: no path, "
    "no IP address, no localhost"};
const TextRule kDevOrigin = {isDevelopmentOrigin, "an origin such as http://localhost:8080"};
const TextRule kClaim = {isClaim, "one of: fullname, birthdate, id_doc, snils, inn, mobile, email"};
const TextRule kPaymentMethod = {isPaymentMethod, "one of: sbp, card, wallet"};
const TextRule kCurrency = {isCurrency, "a currency code of ISO 4217 such as RUB"};
const TextRule kCompat = {isCompat,
                          "one of: max-webapp@26, telegram-webapp@9, vk-bridge@3, wx@min"};
const TextRule kHttpsUrl = {isHttpsUrl, "an address that starts with https:// and a host name"};
const TextRule kEmail = {isEmail, "an e-mail address"};
const TextRule kPhone = {isPhone, "a phone number such as +7 800 100-00-00"};
const TextRule kInn = {isInn, "an INN of 10 or 12 digits"};
const TextRule kOgrn = {isOgrn, "an OGRN of 13 or 15 digits"};

}  // namespace kiosk::rules
