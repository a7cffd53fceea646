#include "runtime/host/package_images.h"

#include <fcntl.h>

#include <algorithm>

#include "runtime/jail/zygote_client.h"
#include "runtime/package/image.h"

namespace kiosk {

void PackageImages::dropUnused() {
  std::erase_if(images_, [](const Image& image) { return image.package.expired(); });
}

Result<Fd> PackageImages::of(const std::shared_ptr<const Package>& package) {
  dropUnused();
  auto found = std::find_if(images_.begin(), images_.end(), [&](const Image& image) {
    return !image.package.owner_before(package) && !package.owner_before(image.package);
  });
  if (found == images_.end()) {
    const std::string bytes = encodeImage(package->files);
    auto memory = jail::makeSealedMemory(std::as_bytes(std::span(bytes.data(), bytes.size())));
    if (!memory) return std::move(memory).error();
    images_.push_front(Image{package, std::move(*memory)});
    if (images_.size() > kImagesMax) images_.pop_back();
  } else {
    images_.splice(images_.begin(), images_, found);
  }
  Fd copy(fcntl(images_.front().memory.get(), F_DUPFD_CLOEXEC, 0));
  if (!copy) return Error{ErrorCode::HostError, "the process has no descriptor left"};
  return copy;
}

}  // namespace kiosk
