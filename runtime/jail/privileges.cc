#include "runtime/jail/privileges.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "runtime/base/fd.h"

namespace kiosk::jail {
namespace {

// Of newer kernels than the headers of Debian 12.
constexpr int kPrSetMdwe = 65;
constexpr unsigned long kMdweRefuseExecGain = 1;

constexpr int kNiceOfGuests = 5;
constexpr char kOomScore[] = "500";

int dropCapabilities() {
  __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {};
  return ::syscall(SYS_capset, &header, none) == 0 ? 0 : errno;
}

void dropBoundingSet() {
  // Ends at the first capability that this kernel does not know.
  for (unsigned long capability = 0; ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0;)
    ++capability;
}

}  // namespace

int dropUserIds() {
  if (::setgroups(0, nullptr) != 0) return errno;
  if (::setresgid(kGuestId, kGuestId, kGuestId) != 0) return errno;
  return ::setresuid(kGuestId, kGuestId, kGuestId) == 0 ? 0 : errno;
}

int setDumpable(Dumpable dumpable) {
  return ::prctl(PR_SET_DUMPABLE, dumpable == Dumpable::Yes ? 1 : 0, 0, 0, 0) == 0 ? 0 : errno;
}

void dropPrivileges(LayerReport& report) {
  dropBoundingSet();
  int error = ::geteuid() == 0 ? dropUserIds() : 0;
  const int capabilityError = dropCapabilities();
  if (error == 0) error = capabilityError;
  report.set(Layer::Unprivileged, error);
  report.set(Layer::NoNewPrivileges, ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : errno);
}

void restrictSpeculation(LayerReport& report) {
  const bool set =
      ::prctl(PR_SET_SPECULATION_CTRL, PR_SPEC_INDIRECT_BRANCH, PR_SPEC_DISABLE, 0, 0) == 0;
  report.set(Layer::Speculation, set ? 0 : errno);
}

void refuseExecGain(LayerReport& report) {
  report.set(Layer::NoExecGain, ::prctl(kPrSetMdwe, kMdweRefuseExecGain, 0, 0, 0) == 0 ? 0 : errno);
}

void yieldToHost() {
  ::setpriority(PRIO_PROCESS, 0, kNiceOfGuests);
  const Fd file(::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
  if (file && ::write(file.get(), kOomScore, sizeof kOomScore - 1) < 0) return;
}

}  // namespace kiosk::jail
