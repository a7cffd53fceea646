// Landlock by raw system calls: a rule set that handles every right this kernel knows and grants
// none.
//
//   ABI  1 files and folders · 2 rename or link across folders · 3 truncate · 4 TCP bind and
//   connect ·
//        5 ioctl on devices · 6 abstract unix sockets and signals to the outside

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "runtime/base/fd.h"
#include "runtime/jail/privileges.h"

namespace kiosk::jail {
namespace {

/// struct landlock_ruleset_attr as of ABI 6; older kernels take a prefix of it.
struct RulesetAttributes {
  std::uint64_t files;
  std::uint64_t network;
  std::uint64_t scoped;
};

constexpr unsigned kCreateRulesetVersion = 1;
constexpr int kNewestAbi = 6;
constexpr std::uint64_t kTcpBindAndConnect = 0x3;
constexpr std::uint64_t kAbstractSocketsAndSignals = 0x3;

/// Every right over files that `abi` knows: a run of low bits.
constexpr std::uint64_t fileRights(int abi) {
  constexpr std::array<int, kNewestAbi> kBits = {13, 14, 15, 15, 16, 16};
  return (std::uint64_t{1} << kBits[static_cast<std::size_t>(abi - 1)]) - 1;
}

constexpr std::size_t attributeBytes(int abi) {
  return abi >= 6 ? sizeof(RulesetAttributes) : abi >= 4 ? 16 : 8;
}

}  // namespace

void enterLandlock(LayerReport& report) {
  const long known = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, kCreateRulesetVersion);
  if (known < 1) return report.failed(Layer::Landlock, errno);
  const int abi = static_cast<int>(std::min<long>(known, kNewestAbi));
  RulesetAttributes attributes = {};
  attributes.files = fileRights(abi);
  if (abi >= 4) attributes.network = kTcpBindAndConnect;
  if (abi >= 6) attributes.scoped = kAbstractSocketsAndSignals;
  const Fd ruleset(static_cast<int>(
      ::syscall(SYS_landlock_create_ruleset, &attributes, attributeBytes(abi), 0)));
  if (!ruleset) return report.failed(Layer::Landlock, errno);
  report.set(Layer::Landlock,
             ::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) == 0 ? 0 : errno);
}

}  // namespace kiosk::jail
