#pragma once
// A folder for one use.

#include <string>

namespace kiosk::conformance {

/// A new temporary folder, removed with all that is in it when its owner goes.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  /// Absolute; empty when none could be made.
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace kiosk::conformance
