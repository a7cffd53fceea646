// The zygote's command line. Goal: what a host writes is read back, and nothing else is taken.

#include <doctest/doctest.h>

#include <vector>

#include "runtime/jail/zygote.h"

namespace kiosk::jail {
namespace {

std::optional<ZygoteOptions> parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "kiosk-guest");
  return parseZygoteArguments(static_cast<int>(arguments.size()), arguments.data());
}

}  // namespace

TEST_CASE("options: every option is read") {
  const auto options = parse({"--zygote", "--tier=jitless", "--dumpable", "--forks-max=7",
                              "--accept-missing-layer", "--", "--zygote", "x"});
  REQUIRE(options.has_value());
  CHECK(options->tier == GuestTier::Jitless);
  CHECK(options->dumpable);
  CHECK(options->forksMax == 7);
  CHECK(options->missingLayer == MissingLayer::Accept);
  CHECK(options->appArguments == std::vector<std::string>{"--zygote", "x"});
}

TEST_CASE("options: the defaults are the strict ones") {
  const auto options = parse({"--zygote", "--tier=jit"});
  REQUIRE(options.has_value());
  CHECK(!options->dumpable);
  CHECK(options->missingLayer == MissingLayer::Refuse);
}

TEST_CASE("options: anything else is not taken for a zygote") {
  CHECK(!parse({}));
  CHECK(!parse({"--zygote"}));
  CHECK(!parse({"--tier=jit", "--zygote"}));
  CHECK(!parse({"--zygote", "--tier=fast"}));
  CHECK(!parse({"--zygote", "--tier=jit", "--forks-max=0"}));
  CHECK(!parse({"--zygote", "--tier=jit", "--forks-max=1000001"}));
  CHECK(!parse({"--zygote", "--tier=jit", "--forks-max=5x"}));
  CHECK(!parse({"--zygote", "--tier=jit", "--unknown"}));
}

}  // namespace kiosk::jail
