#include "runtime/jail/namespaces.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "runtime/base/fd.h"
#include "runtime/jail/privileges.h"

namespace kiosk::jail {
namespace {

int writeWhole(const char* path, const char* text) {
  const Fd file(::open(path, O_WRONLY | O_CLOEXEC));
  if (!file) return errno;
  const auto length = static_cast<ssize_t>(std::strlen(text));
  return ::write(file.get(), text, static_cast<std::size_t>(length)) == length ? 0 : errno;
}

/// A user namespace whose only id stands for our own. Groups cannot be set inside.
int enterUserNamespace() {
  const unsigned uid = ::geteuid();
  const unsigned gid = ::getegid();
  if (::unshare(CLONE_NEWUSER) != 0) return errno;
  char map[64];
  std::snprintf(map, sizeof map, "%u %u 1", kGuestId, uid);
  if (const int error = writeWhole("/proc/self/uid_map", map)) return error;
  if (const int error = writeWhole("/proc/self/setgroups", "deny")) return error;
  std::snprintf(map, sizeof map, "%u %u 1", kGuestId, gid);
  return writeWhole("/proc/self/gid_map", map);
}

int leave(int flag) { return ::unshare(flag) == 0 ? 0 : errno; }

/// A mount namespace whose mounts are ours alone. Where the root is no mount point (a chroot) its
/// propagation cannot be cut, and anything attached would show up in the host.
int enterMountNamespace(Mounts& mounts) {
  if (const int error = leave(CLONE_NEWNS)) return error;
  const bool cut = ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  if (!cut && errno != EINVAL) return errno;
  mounts = cut ? Mounts::Private : Mounts::InChroot;
  return 0;
}

/// Mounts an empty directory over one that is there, and goes into it.
int enterMountedDirectory() {
  for (const char* place : {"/tmp", "/var", "/usr", "/etc"}) {
    constexpr unsigned long kFlags = MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC;
    if (::mount("none", place, "tmpfs", kFlags, "size=4k,nr_inodes=1,mode=0555") != 0) continue;
    return ::chdir(place) == 0 ? 0 : errno;
  }
  return errno;
}

/// Makes an empty directory that is attached nowhere, and goes into it.
int enterDetachedDirectory() {
  const Fd context(static_cast<int>(::syscall(SYS_fsopen, "tmpfs", FSOPEN_CLOEXEC)));
  if (!context) return errno;
  const auto configure = [&context](unsigned command, const char* key, const char* value) {
    return ::syscall(SYS_fsconfig, context.get(), command, key, value, 0) == 0;
  };
  if (!configure(FSCONFIG_SET_STRING, "nr_inodes", "1") ||
      !configure(FSCONFIG_SET_STRING, "mode", "0555") ||
      !configure(FSCONFIG_CMD_CREATE, nullptr, nullptr)) {
    return errno;
  }
  constexpr unsigned kAttributes =
      MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
  const Fd mount(
      static_cast<int>(::syscall(SYS_fsmount, context.get(), FSMOUNT_CLOEXEC, kAttributes)));
  return mount && ::fchdir(mount.get()) == 0 ? 0 : errno;
}

int replaceRoot(Mounts mounts) {
  if (mounts == Mounts::Private) {
    if (const int error = enterMountedDirectory()) return error;
    // With both arguments ".", the old root lies on top of the new one and is unmounted from there.
    if (::syscall(SYS_pivot_root, ".", ".") == 0) {
      if (::umount2(".", MNT_DETACH) != 0) return errno;
      return ::chdir("/") == 0 ? 0 : errno;
    }
  } else if (const int error = enterDetachedDirectory()) {
    return error;
  }
  return ::chroot(".") == 0 && ::chdir("/") == 0 ? 0 : errno;
}

}  // namespace

Mounts enterNamespaces(LayerReport& report) {
  Mounts mounts = Mounts::Host;
  int mountError = ::geteuid() == 0 ? enterMountNamespace(mounts) : EPERM;
  if (mountError == 0) {
    report.notNeeded(Layer::UserNamespace);
  } else {
    // Root without its capabilities (a container) becomes an ordinary user before it asks further.
    if (::geteuid() == 0 && dropUserIds() == 0) setDumpable(Dumpable::Yes);
    const int userError = enterUserNamespace();
    report.set(Layer::UserNamespace, userError);
    mountError = userError == 0 ? enterMountNamespace(mounts) : userError;
  }
  if (mountError != 0) report.failed(Layer::EmptyRoot, mountError);
  report.set(Layer::PidNamespace, leave(CLONE_NEWPID));
  report.set(Layer::NetworkNamespace, leave(CLONE_NEWNET));
  report.set(Layer::IpcNamespace, leave(CLONE_NEWIPC));
  report.set(Layer::UtsNamespace, leave(CLONE_NEWUTS));
  report.set(Layer::CgroupNamespace, leave(CLONE_NEWCGROUP));
  return mounts;
}

void enterEmptyRoot(Mounts mounts, LayerReport& report) {
  if (mounts != Mounts::Host) report.set(Layer::EmptyRoot, replaceRoot(mounts));
}

}  // namespace kiosk::jail
