#include "runtime/jail/syscall_filter.h"

#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "runtime/base/fd.h"
#include "runtime/jail/syscall_table.h"

namespace kiosk::jail {
namespace {

using Context = std::unique_ptr<void, decltype(&seccomp_release)>;

/// libseccomp returns negative errnos.
bool ok(int result) {
  if (result < 0) errno = -result;
  return result >= 0;
}

bool addEntry(scmp_filter_ctx context, const SyscallEntry& entry) {
  const int number = seccomp_syscall_resolve_name(entry.name);
  if (number < 0) return true;  // poll on aarch64: this architecture has no such call
  const std::uint32_t action =
      entry.failsWith == 0 ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(std::uint32_t{entry.failsWith});
  if (entry.alternatives.empty()) return ok(seccomp_rule_add(context, action, number, 0));
  return std::all_of(
      entry.alternatives.begin(), entry.alternatives.end(), [&](const ArgumentRule& rule) {
        return ok(seccomp_rule_add_array(context, action, number,
                                         static_cast<unsigned>(rule.size()), rule.data()));
      });
}

bool configure(scmp_filter_ctx context) {
  constexpr std::uint32_t kBinaryTree = 2;
  return ok(seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS)) &&
         ok(seccomp_attr_set(context, SCMP_FLTATR_CTL_NNP, 0)) &&
         ok(seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, kBinaryTree));
}

/// The compiled program; empty on failure.
std::vector<sock_filter> exported(scmp_filter_ctx context) {
  const Fd file(::memfd_create("filter", MFD_CLOEXEC));
  struct stat status = {};
  if (!file || !ok(seccomp_export_bpf(context, file.get())) || ::fstat(file.get(), &status) != 0) {
    return {};
  }
  const auto bytes = static_cast<std::size_t>(status.st_size);
  std::vector<sock_filter> program(bytes / sizeof(sock_filter));
  const ssize_t got = ::pread(file.get(), program.data(), bytes, 0);
  if (got != status.st_size) program.clear();
  return program;
}

bool comparesWithPlaceholder(const sock_filter& instruction) {
  return instruction.code == (BPF_JMP | BPF_JEQ | BPF_K) && instruction.k == kOwnPidPlaceholder;
}

}  // namespace

std::optional<SyscallFilter> SyscallFilter::compile(GuestTier tier, FilterFor use) {
  const Context context(seccomp_init(SCMP_ACT_KILL_PROCESS), &seccomp_release);
  if (!context) errno = ENOSYS;  // libseccomp asks the kernel first, and sets no errno
  if (!context || !configure(context.get())) return std::nullopt;
  const bool isGuests = use == FilterFor::Guest;
  for (const SyscallEntry& entry : isGuests ? syscallTable(tier) : templateSyscallTable(tier)) {
    if (!addEntry(context.get(), entry)) return std::nullopt;
  }
  std::vector<sock_filter> program = exported(context.get());
  if (program.empty()) return std::nullopt;
  if (!isGuests) return SyscallFilter(std::move(program), std::nullopt);
  const auto place = std::find_if(program.begin(), program.end(), comparesWithPlaceholder);
  if (place == program.end() || std::any_of(place + 1, program.end(), comparesWithPlaceholder)) {
    errno = EINVAL;
    return std::nullopt;
  }
  const auto ownPidAt = static_cast<std::size_t>(place - program.begin());
  return SyscallFilter(std::move(program), ownPidAt);
}

int SyscallFilter::install() {
  if (ownPidAt_) program_[*ownPidAt_].k = static_cast<std::uint32_t>(::getpid());
  const sock_fprog filter = {static_cast<unsigned short>(program_.size()), program_.data()};
  return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0 ? 0 : errno;
}

}  // namespace kiosk::jail
