#include "sdk/conformance/scratch_folder.h"

#include <cstdlib>
#include <filesystem>

namespace kiosk::conformance {

ScratchFolder::ScratchFolder() {
  std::error_code problem;
  const auto parent = std::filesystem::temp_directory_path(problem);
  std::string name = (parent / "kiosk-conformance-XXXXXX").string();
  if (::mkdtemp(name.data()) != nullptr) path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code problem;
  if (!path_.empty()) std::filesystem::remove_all(path_, problem);
}

}  // namespace kiosk::conformance
