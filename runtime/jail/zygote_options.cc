#include <charconv>
#include <string_view>

#include "runtime/jail/zygote.h"

namespace kiosk::jail {
namespace {

constexpr std::uint32_t kForksMaxCeiling = 1'000'000;

bool readForksMax(std::string_view text, std::uint32_t& out) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, out);
  return error == std::errc() && stop == end && out >= 1 && out <= kForksMaxCeiling;
}

}  // namespace

std::optional<ZygoteOptions> parseZygoteArguments(int argc, const char* const* argv) {
  if (argc < 3 || std::string_view(argv[1]) != "--zygote") return std::nullopt;
  ZygoteOptions options;
  bool tierGiven = false;
  for (int i = 2; i < argc; ++i) {
    const std::string_view argument = argv[i];
    constexpr std::string_view kForks = "--forks-max=";
    if (argument == "--") {
      options.appArguments.assign(argv + i + 1, argv + argc);
      break;
    }
    if (argument == "--tier=jit" || argument == "--tier=jitless") {
      options.tier = argument == "--tier=jit" ? GuestTier::Jit : GuestTier::Jitless;
      tierGiven = true;
    } else if (argument == "--dumpable") {
      options.dumpable = true;
    } else if (argument == "--accept-missing-layer") {
      options.missingLayer = MissingLayer::Accept;
    } else if (!argument.starts_with(kForks) ||
               !readForksMax(argument.substr(kForks.size()), options.forksMax)) {
      return std::nullopt;
    }
  }
  if (!tierGiven) return std::nullopt;
  return options;
}

}  // namespace kiosk::jail
