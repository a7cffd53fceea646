#pragma once
// Where V8's heap lies: side by side, from one random place on.
//
// V8 asks for a random address for every chunk, and each then needs page tables of its own:
// measured with 500 idle guests, 290 KiB of page tables each, more than their private heap, and
// every fork copies them. Here each chunk is hinted behind the one before. The place itself is as
// random as the kernel makes it, once per zygote; guests of one zygote share its layout in any
// case.

#include <v8-platform.h>

namespace kiosk::guest {

class PageAllocator final : public v8::PageAllocator {
 public:
  /// `base` is borrowed and does the work.
  explicit PageAllocator(v8::PageAllocator* base) : base_(base) {}

  std::size_t AllocatePageSize() override { return base_->AllocatePageSize(); }
  std::size_t CommitPageSize() override { return base_->CommitPageSize(); }
  void SetRandomMmapSeed(std::int64_t seed) override { base_->SetRandomMmapSeed(seed); }
  void* GetRandomMmapAddr() override;
  void* AllocatePages(void* address, std::size_t length, std::size_t alignment,
                      Permission permissions) override;
  bool FreePages(void* address, std::size_t length) override {
    return base_->FreePages(address, length);
  }
  bool ReleasePages(void* address, std::size_t length, std::size_t newLength) override {
    return base_->ReleasePages(address, length, newLength);
  }
  bool SetPermissions(void* address, std::size_t length, Permission permissions) override {
    return base_->SetPermissions(address, length, permissions);
  }
#if V8_MAJOR_VERSION >= 11
  bool RecommitPages(void* address, std::size_t length, Permission permissions) override {
    return base_->RecommitPages(address, length, permissions);
  }
#endif
  bool DiscardSystemPages(void* address, std::size_t size) override {
    return base_->DiscardSystemPages(address, size);
  }
  bool DecommitPages(void* address, std::size_t size) override {
    return base_->DecommitPages(address, size);
  }

 private:
  v8::PageAllocator* base_;
  char* next_ = nullptr;
};

}  // namespace kiosk::guest
