#include "bridge/identity/phone_proof.h"

#include "runtime/base/crypto.h"

namespace kiosk::bridge {

std::string phoneProofHash(const PhoneProof& proof, std::string_view botToken,
                           PhoneProofReading reading) {
  const std::string data = "authDate=" + std::to_string(proof.authDate) + "\nphone=" + proof.phone +
                           "\nuserId=" + proof.userId;
  const bool tokenIsKey = reading == PhoneProofReading::TokenIsKey;
  const Bytes token = bytesOf(botToken);
  return toHex(tokenIsKey ? hmacSha256(token, bytesOf(data)) : hmacSha256(bytesOf(data), token));
}

bool verifyPhoneProof(const PhoneProof& proof, std::string_view hash, std::string_view botToken,
                      PhoneProofReading reading) {
  const std::string expected = phoneProofHash(proof, botToken, reading);
  return equalConstantTime(bytesOf(expected), bytesOf(hash));
}

}  // namespace kiosk::bridge
