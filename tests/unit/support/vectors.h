#pragma once
// Finds the public test vectors, which live beside the checkout and not in it. A test that does not
// find its own says so and counts as skipped; each has a small set of its own besides.
//
//   TEST_CASE("…" * doctest::skip(vectorsMissing("cctv"))) { … vectorsPath("cctv/file.json") … }

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace kiosk::test {

inline std::string readWhole(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The file or folder `name` of the vectors: under $KIOSK_VECTORS, else beside the checkout.
inline std::filesystem::path vectorsPath(const std::string& name) {
  const char* configured = std::getenv("KIOSK_VECTORS");
  const std::filesystem::path root =
      configured != nullptr ? std::filesystem::path(configured)
                            : std::filesystem::path(KIOSK_SOURCE_DIR) / ".." / "shared" / "vectors";
  return root / name;
}

/// Says so on standard error when they are.
inline bool vectorsMissing(const std::string& name) {
  if (std::filesystem::exists(vectorsPath(name))) return false;
  std::fprintf(stderr, "skipped: vectors not present: %s (set KIOSK_VECTORS to their folder)\n",
               name.c_str());
  return true;
}

}  // namespace kiosk::test
