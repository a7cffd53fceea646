#include "runtime/guest/engine/buffer_allocator.h"

#include <cstdlib>

namespace kiosk::guest {

bool BufferAllocator::take(std::size_t length) {
  if (length > bytesMax_ || held_ > bytesMax_ - length) return false;
  held_ += length;
  return true;
}

void* BufferAllocator::Allocate(std::size_t length) {
  if (!take(length)) return nullptr;
  void* data = std::calloc(length == 0 ? 1 : length, 1);
  if (data == nullptr) held_ -= length;
  return data;
}

void* BufferAllocator::AllocateUninitialized(std::size_t length) {
  // Zeroed all the same: what an app reads must never be what another piece of code left there.
  return Allocate(length);
}

void BufferAllocator::Free(void* data, std::size_t length) {
  if (data == nullptr) return;
  held_ -= length;
  std::free(data);
}

}  // namespace kiosk::guest
