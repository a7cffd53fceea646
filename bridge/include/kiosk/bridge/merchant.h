#pragma once
// A merchant as a host admits it.

#include <string>

namespace kiosk::bridge {

/// A merchant whose orders are paid, with one of its keys.
struct MerchantRegistration {
  std::string id;         ///< 1 to 64 of A-Za-z0-9._-, as manifests and orders name it
  std::string name;       ///< what consent sheets show as the payee; 1 to 128 bytes of UTF-8
  std::string keyId;      ///< the `kid` of its orders, 1 to 64 of A-Za-z0-9._-
  std::string publicKey;  ///< Ed25519, 32 raw bytes
};

}  // namespace kiosk::bridge
