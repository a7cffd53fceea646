#pragma once
// A small package that is in order, for tests to break.

#include <kiosk/clock.h>

#include <array>
#include <string>

#include "runtime/base/crypto.h"
#include "runtime/base/json.h"
#include "runtime/package/archive.h"
#include "runtime/package/pack.h"
#include "tests/unit/support/temp_folder.h"

namespace kiosk::test {

/// Stands still.
class FixedClock final : public Clock {
 public:
  std::int64_t wallMs() const override { return 1'770'000'000'123; }
  std::int64_t monotonicUs() const override { return 0; }
};

inline nlohmann::json sampleManifest() {
  return nlohmann::json::parse(R"({
    "manifest_version": 1,
    "app_id": "ru.post.parcel",
    "name": "Parcel",
    "version": {"name": "1.2.0", "code": 3},
    "platform_version": {"min_code": 1},
    "icons": [{"src": "icon.png", "sizes": "48x48"}],
    "entry": "app.js",
    "pages": ["pages/home"],
    "req_permissions": [
      {"name": "identity.basic", "reason": "To greet you", "purpose": "delivery"}],
    "operator": {"name": "Post", "address": "Moscow", "email": "a@post.example.ru",
      "privacy_policy_url": "https://post.example.ru/privacy",
      "terms_url": "https://post.example.ru/terms", "age_rating": "0+"}
  })");
}

inline FileMap sampleFiles() {
  return {{"manifest.json", sampleManifest().dump()},
          {"app.js", "export const greet = () => 'hello hello hello hello hello hello';\n"},
          {"icon.png", "\x89PNG\r\n\x1a\n"},
          {"i18n/ru.json", "{\"title\":\"\u041f\u043e\u0441\u044b\u043b\u043a\u0430\"}"}};
}

inline void writeFiles(const TempFolder& folder, const FileMap& files) {
  for (const auto& [name, content] : files) folder.write(name, content);
}

/// The key of seed `first`, 0, 0, …: the same in every run.
inline Ed25519Key keyOf(std::uint8_t first) {
  std::array<std::uint8_t, 32> seed{};
  seed[0] = first;
  return Ed25519Key::fromSeed(seed).value();
}

inline std::string signedPackage(const FileMap& files, const Ed25519Key& key) {
  return signPackage(writeArchive(files).value(), key, {}, FixedClock()).value();
}

}  // namespace kiosk::test
