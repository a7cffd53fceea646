#include "runtime/guest/engine/page_allocator.h"

namespace kiosk::guest {
namespace {

/// What lies above this is a reservation (V8's code range), not a chunk: chunks do not follow it.
constexpr std::size_t kChunkBytesMax = std::size_t{16} << 20;

}  // namespace

void* PageAllocator::GetRandomMmapAddr() {
  return next_ != nullptr ? next_ : base_->GetRandomMmapAddr();
}

void* PageAllocator::AllocatePages(void* address, std::size_t length, std::size_t alignment,
                                   Permission permissions) {
  void* pages = base_->AllocatePages(address, length, alignment, permissions);
  if (pages != nullptr && length <= kChunkBytesMax) next_ = static_cast<char*>(pages) + length;
  return pages;
}

}  // namespace kiosk::guest
