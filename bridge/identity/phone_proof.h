#pragma once
// The proof that goes with a phone number: an HMAC over "authDate=…\nphone=…\nuserId=…".
//
// MAX writes HMAC_SHA256(data, botToken) in its documentation of the phone number, and HMAC(key,
// message) in that of launch data, so the sentence has two readings. The host issues the first (the
// token is the key), the usual construction; a server that must take both asks for either.

#include <cstdint>
#include <string>
#include <string_view>

namespace kiosk::bridge {

enum class PhoneProofReading : std::uint8_t {
  TokenIsKey,  ///< HMAC-SHA-256(key = bot token, message = data): what the host issues
  DataIsKey,   ///< HMAC-SHA-256(key = data, message = bot token): the literal reading of MAX's
               ///< sentence
};

struct PhoneProof {
  std::int64_t authDate = 0;  ///< seconds since 1970-01-01T00:00:00Z
  std::string phone;          ///< digits only
  std::string userId;
};

/// The hash: 64 lower-case hex digits.
std::string phoneProofHash(const PhoneProof& proof, std::string_view botToken,
                           PhoneProofReading reading);

/// Whether `hash` is that of `proof` in `reading`; compared in constant time.
bool verifyPhoneProof(const PhoneProof& proof, std::string_view hash, std::string_view botToken,
                      PhoneProofReading reading);

}  // namespace kiosk::bridge
