#include "runtime/package/folder.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "runtime/base/encoding.h"
#include "runtime/package/names.h"

namespace kiosk {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrivateKeyTag = "KIOSK-ED25519-PRIVATE ";
/// A deeper folder has names that no package may have anyway.
constexpr int kFolderDepthMax = 128;

bool isSkipped(const std::string& fileName) {
  return fileName.starts_with('.') || fileName == "node_modules" || fileName.ends_with(".ma");
}

Error refusal(ErrorCode code, const std::string& name, const std::string& why) {
  return {code, "'" + printable(name, 120) + "' " + why};
}

/// The content of `path`, of which at most `bytesMax` bytes are read.
Result<std::string> readFile(const fs::path& path, const std::string& name,
                             std::uint64_t bytesMax) {
  std::error_code problem;
  const std::uintmax_t size = fs::file_size(path, problem);
  std::ifstream file(path, std::ios::binary);
  if (problem || !file) return refusal(ErrorCode::HostError, name, "cannot be read");
  if (size > bytesMax) {
    return refusal(ErrorCode::PackageTooLarge, name,
                   "brings the files of the package over 64 MiB together");
  }
  std::string content(static_cast<std::size_t>(size), '\0');
  file.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (static_cast<std::uintmax_t>(file.gcount()) != size || file.peek() != EOF) {
    return refusal(ErrorCode::HostError, name, "changed while it was read");
  }
  if (content.starts_with(kPrivateKeyTag)) {
    return refusal(ErrorCode::PolicyRefused, name,
                   "is a private key: keep it outside of the folder that is packed");
  }
  return content;
}

class FolderReader {
 public:
  explicit FolderReader(fs::path root) : root_(std::move(root)) {}

  Result<FileMap> read() {
    std::error_code problem;
    fs::recursive_directory_iterator at(root_, problem);
    for (; !problem && at != fs::recursive_directory_iterator(); at.increment(problem)) {
      if (isSkipped(at->path().filename().string())) {
        at.disable_recursion_pending();
        continue;
      }
      if (auto added = add(*at, at.depth()); !added) return added.error();
    }
    if (problem) {
      return Error{ErrorCode::HostError,
                   "cannot read the folder " + root_.string() + ": " + problem.message()};
    }
    if (auto checked = checkFiles(files_); !checked) return checked.error();
    return std::move(files_);
  }

 private:
  Result<void> add(const fs::directory_entry& entry, int depth) {
    const std::string name = entry.path().lexically_relative(root_).generic_string();
    std::error_code problem;
    const fs::file_type type = entry.symlink_status(problem).type();
    if (type == fs::file_type::symlink) {
      return refusal(ErrorCode::PackageBadZip, name,
                     "is a symbolic link: put the file itself into the folder");
    }
    if (type == fs::file_type::directory && depth < kFolderDepthMax) return {};
    if (type != fs::file_type::regular) {
      return refusal(ErrorCode::PackageBadZip, name, "is neither a file nor a folder");
    }
    if (auto checked = checkName(name); !checked) return checked;
    if (files_.size() == kFilesMax) {
      return refusal(ErrorCode::PackageTooLarge, name, "is one file too many: 4096 are allowed");
    }
    auto content = readFile(entry.path(), name, kContentBytesMax - bytes_);
    if (!content) return content.error();
    bytes_ += content->size();
    files_.emplace(name, std::move(*content));
    return {};
  }

  const fs::path root_;
  FileMap files_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

Result<FileMap> readFolder(const std::string& directory) {
  std::error_code problem;
  if (!fs::is_directory(directory, problem)) {
    return Error{ErrorCode::NotFound, "there is no folder " + directory};
  }
  return FolderReader(fs::path(directory) / "").read();
}

}  // namespace kiosk
