// Goal: nobody changes a signed package without being noticed, and no bytes crash the reader.
// Method: a small signed package with every bit flipped, cut at every byte, and put through a
// seeded storm of edits; as it is, it is accepted, so no refusal is for another reason.
#include <doctest/doctest.h>

#include <random>
#include <vector>

#include "tests/unit/package/sample_package.h"

using namespace kiosk;
using namespace kiosk::test;

namespace {

std::string reviewedPackage() {
  const std::string developed = signedPackage(sampleFiles(), keyOf(1));
  return signPackage(developed, keyOf(2), {SignerRole::Reviewer, std::string(64, 'b')},
                     FixedClock())
      .value();
}

}  // namespace

TEST_CASE("tampering: not one bit of a signed package can be flipped") {
  std::string package = reviewedPackage();
  REQUIRE(readPackage(package, nullptr).has_value());
  std::size_t accepted = 0;
  for (std::size_t bit = 0; bit < package.size() * 8; ++bit) {
    const char mask = static_cast<char>(1 << bit % 8);
    package[bit / 8] ^= mask;
    if (readPackage(package, nullptr).has_value()) ++accepted;
    package[bit / 8] ^= mask;
  }
  CHECK(accepted == 0);
  CHECK(readPackage(package, nullptr).has_value());
}

TEST_CASE("tampering: no package that is cut short or grown by a byte is accepted") {
  const std::string package = reviewedPackage();
  std::size_t accepted = 0;
  for (std::size_t size = 0; size < package.size(); ++size) {
    // Exactly as long as it says, so that a read behind the end is seen by the address sanitizer.
    const std::vector<char> cut(package.begin(),
                                package.begin() + static_cast<std::ptrdiff_t>(size));
    if (readPackage({cut.data(), cut.size()}, nullptr).has_value()) ++accepted;
    if (readPackage(std::string_view(package).substr(package.size() - size), nullptr).has_value()) {
      ++accepted;
    }
    std::string grown = package;
    grown.insert(size, 1, package[size]);
    if (readPackage(grown, nullptr).has_value()) ++accepted;
  }
  CHECK(accepted == 0);
}

TEST_CASE("tampering: a seeded storm of edits neither crashes the reader nor passes") {
  const std::string package = reviewedPackage();
  std::mt19937 random(20260117);
  const auto pick = [&random](std::size_t n) { return random() % n; };
  int accepted = 0;
  for (int round = 0; round < 30'000; ++round) {
    std::string edited = package;
    for (std::size_t edits = 1 + pick(4); edits > 0; --edits) {
      const std::size_t at = pick(edited.size()), size = pick(64);
      switch (pick(5)) {
        case 0:
          edited[at] = static_cast<char>(random());
          break;
        case 1:
          edited.erase(at, size);
          break;
        case 2:
          edited.insert(at, package.substr(pick(package.size()), size));
          break;
        // An interesting number where a header may have a field.
        case 3:
          edited.replace(at, 2, std::string("\xff\xff", 2));
          break;
        default:
          edited.replace(at, 4, std::string("\0\0\0\0", 4));
      }
      if (edited.empty()) edited = "x";
    }
    const bool same = edited == package;
    if (readPackage(edited, nullptr).has_value() && !same) ++accepted;
    // What is not signed reaches further in: the unpacker and the manifest.
    const auto layout = checkArchive(edited);
    if (layout) static_cast<void>(unpackArchive(edited, *layout).has_value());
  }
  CHECK(accepted == 0);
}
