#pragma once
// ArrayBuffer memory, which V8's heap limit does not see, against a quota of the session's.

#include <v8-array-buffer.h>

#include <cstddef>

namespace kiosk::guest {

class BufferAllocator : public v8::ArrayBuffer::Allocator {
 public:
  /// Bytes that may be held at once from now on; what is held already stays.
  void setQuota(std::size_t bytesMax) { bytesMax_ = bytesMax; }

  void* Allocate(std::size_t length) override;
  void* AllocateUninitialized(std::size_t length) override;
  void Free(void* data, std::size_t length) override;

 private:
  bool take(std::size_t length);

  std::size_t bytesMax_ = std::size_t{64} << 20;
  std::size_t held_ = 0;
};

}  // namespace kiosk::guest
