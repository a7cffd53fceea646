// Joins a target to libFuzzer. `fuzz-NAME --seeds=DIR` writes the target's seeds into the folder
// DIR, which must be there, and ends.

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "tests/fuzz/fuzz.h"

namespace kiosk::fuzz {
namespace {

constexpr std::string_view kSeedsFlag = "--seeds=";

/// Whether all of them could be written.
bool writeSeeds(const std::string& folder) {
  for (const Seed& seed : madeSeeds()) {
    std::ofstream file(folder + "/" + seed.name, std::ios::binary);
    file.write(seed.bytes.data(), static_cast<std::streamsize>(seed.bytes.size()));
    if (!file.flush()) {
      std::fprintf(stderr, "cannot write the seed %s into %s\n", seed.name.c_str(), folder.c_str());
      return false;
    }
  }
  return true;
}

}  // namespace

Ed25519Key fixedKey(std::uint8_t first) {
  std::array<std::uint8_t, 32> seed{};
  seed[0] = first;
  auto key = Ed25519Key::fromSeed(seed);
  KIOSK_CHECK(key.has_value(), "32 bytes are a seed");
  return *std::move(key);
}

std::uint8_t Pieces::byte() {
  const auto piece = take(1);
  return piece.empty() ? 0 : static_cast<std::uint8_t>(piece.front());
}

std::uint16_t Pieces::number() {
  const unsigned low = byte(), high = byte();
  return static_cast<std::uint16_t>(low | (high << 8));
}

std::string_view Pieces::until(char end) {
  const auto at = rest_.find(end);
  const auto piece = rest_.substr(0, at);
  rest_ = at == rest_.npos ? std::string_view() : rest_.substr(at + 1);
  return piece;
}

std::string_view Pieces::take(std::size_t bytes) {
  const auto piece = rest_.substr(0, bytes);
  rest_.remove_prefix(piece.size());
  return piece;
}

}  // namespace kiosk::fuzz

/// libFuzzer calls it once, before any input.
extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  for (int i = 1; i < *count; ++i) {
    const std::string_view argument = (*arguments)[i];
    if (!argument.starts_with(kiosk::fuzz::kSeedsFlag)) continue;
    const bool written =
        kiosk::fuzz::writeSeeds(std::string(argument.substr(kiosk::fuzz::kSeedsFlag.size())));
    std::exit(written ? EXIT_SUCCESS : EXIT_FAILURE);
  }
  return 0;
}

/// libFuzzer calls it with each input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  kiosk::fuzz::tryInput({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
