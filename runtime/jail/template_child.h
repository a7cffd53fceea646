#pragma once
// An app template: a fork child of the zygote that takes one app in and then forks its guests.
//
//   zygote ── fork ──► template    package mapped → descriptors → limits → filter → takePackageIn()
//                        └─ guest  as a zygote's, under both filters
//
// Descriptors: 0, 1 and 2 are /dev/null, 3 is its own control socket, 4 to 6 its loop's; the
// zygote's are closed. What it runs on the app's behalf is a compiler over hostile source, so it is
// jailed before it looks at the package.

#include "runtime/jail/guest_child.h"
#include "runtime/jail/layer_report.h"
#include "runtime/jail/zygote.h"

namespace kiosk::jail {

/// What a host asked for.
struct TemplateStart {
  /// `sessionSocket` is not used; `limits` bound the taking in of the package.
  GuestStart app;
  /// Forks after which the template retires by itself.
  std::uint32_t forksMax = 1;
};

/// Becomes the template, serves `control` and exits. `options` and `layers` are the zygote's.
[[noreturn]] void becomeTemplate(ZygoteOptions options, GuestHeritage heritage,
                                 const LayerReport& layers, TemplateStart start, Fd control,
                                 Fd package);

}  // namespace kiosk::jail
