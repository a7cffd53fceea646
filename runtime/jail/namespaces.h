#pragma once
// Namespaces of the zygote and the empty root directory. Made once; guests inherit them.

#include "runtime/jail/layer_report.h"

namespace kiosk::jail {

/// What may be done to the file system after enterNamespaces.
enum class Mounts : std::uint8_t {
  Host,      ///< the host's own: nothing may be mounted
  Private,   ///< ours alone, and the root is a mount point
  InChroot,  ///< we may mount, but below the host's root: only what is never attached is ours alone
};

/// Leaves every namespace of the host that the kernel lets us leave: directly as root, through a
/// user namespace with one user id otherwise. Needs one thread. Files stay as they are. A new PID
/// namespace holds children only: fork once more when `Layer::PidNamespace` is active.
Mounts enterNamespaces(LayerReport& report);

/// Replaces the file system by one empty read-only directory, as `mounts` allows. Files that are
/// open or mapped stay so. Must be followed by a drop of all privileges: root could leave a chroot.
void enterEmptyRoot(Mounts mounts, LayerReport& report);

}  // namespace kiosk::jail
