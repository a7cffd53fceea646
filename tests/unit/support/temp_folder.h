#pragma once
// A folder of a test's own, gone when the test is.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

namespace kiosk::test {

/// Without a disk below, where there is such a place: for tests in which no power is cut but by
/// themselves.
inline std::filesystem::path fastFolder() {
  const char* const memory = "/dev/shm";
  return ::access(memory, W_OK) == 0 ? std::filesystem::path(memory)
                                     : std::filesystem::temp_directory_path();
}

class TempFolder {
 public:
  explicit TempFolder(
      const std::filesystem::path& parent = std::filesystem::temp_directory_path()) {
    std::string pattern = (parent / "kiosk-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }

  /// Writes `content` to `name` below the folder, making the folders between.
  void write(const std::string& name, std::string_view content) const {
    const auto file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace kiosk::test
