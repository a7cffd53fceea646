#include "sdk/conformance/package_every.h"

#include <kiosk/check.h>

#include <algorithm>
#include <array>

namespace kiosk::conformance {
namespace {

constexpr std::size_t kBitsOfByte = 8;

/// One kind of small change: how many there are for `size` bytes, what the one at `index` makes of
/// a package, and its name.
struct VariantKind {
  std::string_view name;
  std::size_t (*count)(std::size_t size);
  void (*make)(std::string& package, std::size_t index);
  std::string (*called)(std::size_t index);
};

constexpr auto kVariantKinds = std::to_array<VariantKind>({
    {"bitflip", [](std::size_t size) { return size * kBitsOfByte; },
     [](std::string& package, std::size_t index) {
       package[index / kBitsOfByte] ^= static_cast<char>(1 << index % kBitsOfByte);
     },
     [](std::size_t index) {
       return "bit " + std::to_string(index % kBitsOfByte) + " of byte " +
              std::to_string(index / kBitsOfByte) + " flipped";
     }},
    {"truncation", [](std::size_t size) { return size; },
     [](std::string& package, std::size_t index) { package.resize(index); },
     [](std::size_t index) { return "cut after " + std::to_string(index) + " bytes"; }},
    {"beheading", [](std::size_t size) { return size; },
     [](std::string& package, std::size_t index) { package.erase(0, index + 1); },
     [](std::size_t index) { return "without its first " + std::to_string(index + 1) + " bytes"; }},
    {"insertion", [](std::size_t size) { return size; },
     [](std::string& package, std::size_t index) { package.insert(index, 1, package[index]); },
     [](std::size_t index) { return "byte " + std::to_string(index) + " doubled"; }},
    {"removal", [](std::size_t size) { return size; },
     [](std::string& package, std::size_t index) { package.erase(index, 1); },
     [](std::size_t index) { return "byte " + std::to_string(index) + " left out"; }},
});

const VariantKind* kindOf(std::string_view name) {
  const auto found = std::find_if(kVariantKinds.begin(), kVariantKinds.end(),
                                  [name](const VariantKind& kind) { return kind.name == name; });
  return found == kVariantKinds.end() ? nullptr : &*found;
}

}  // namespace

bool isVariantKind(std::string_view kind) { return kindOf(kind) != nullptr; }

Judgement tryEvery(std::string_view kind, const std::string& package,
                   const PackageReader& accepts) {
  const auto* rule = kindOf(kind);
  KIOSK_CHECK(rule != nullptr, "kinds were checked when their case was read");
  Judgement judgement;
  Tried tried;
  judgement.outcome = "refused";
  if (package.size() > kEveryBytesMax) {
    judgement.findings.push_back("the package is too large for each of its variants");
  } else if (!accepts(package)) {
    judgement.findings.push_back("the package is refused as it is, so no refusal proves anything");
  } else {
    tried.count = rule->count(package.size());
  }
  std::string variant;
  for (std::size_t index = 0; index < tried.count; ++index) {
    variant = package;
    rule->make(variant, index);
    if (!accepts(variant)) {
      ++tried.asPromised;
    } else if (judgement.findings.size() < kAcceptedNamedMax) {
      judgement.findings.push_back("accepted: " + rule->called(index));
    }
  }
  if (!mayPass(tried)) judgement.outcome = "accepted";
  judgement.tried = tried;
  return judgement;
}

}  // namespace kiosk::conformance
