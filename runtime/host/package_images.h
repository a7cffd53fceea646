#pragma once
// Packages as guests map them: one sealed memfd for each, made once and shared by its sessions.

#include <kiosk/package.h>

#include <list>
#include <memory>

#include "runtime/base/fd.h"

namespace kiosk {

/// Images that are kept at hand; each is one descriptor.
constexpr std::size_t kImagesMax = 64;

/// Threads: the loop's own.
class PackageImages {
 public:
  /// A descriptor of the image of `package`, for one guest.
  /// Errors: HostError   no descriptor or no memory is left.
  Result<Fd> of(const std::shared_ptr<const Package>& package);
  /// Forgets the images of packages that nobody holds any more.
  void dropUnused();

 private:
  struct Image {
    std::weak_ptr<const Package> package;
    Fd memory;
  };
  std::list<Image> images_;  // the most recently used first
};

}  // namespace kiosk
