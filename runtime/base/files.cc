#include "runtime/base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "runtime/base/fd.h"

namespace kiosk {
namespace {

Error failed(const std::string& what, const std::string& path, int error) {
  const bool full = error == ENOSPC || error == EDQUOT;
  return Error{full ? ErrorCode::StorageFull : ErrorCode::HostError,
               "cannot " + what + " " + path + ": " + std::strerror(error)};
}

int writeAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return written == 0 ? EIO : errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// Brings the names in the folder of `path` to the disk.
Result<void> syncFolderOf(const std::string& path) {
  const auto slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash);
  const Fd opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened || ::fsync(opened.get()) != 0) return failed("sync", folder, errno);
  return {};
}

}  // namespace

Result<void> makeFolder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) == 0) return syncFolderOf(path);
  struct stat found {};
  const int error = errno;
  if (error == EEXIST && ::stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode)) return {};
  return failed("make the folder", path, error == EEXIST ? ENOTDIR : error);
}

Result<std::string> readFileWhole(const std::string& path, std::size_t bytesMax) {
  const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) {
    return Error{ErrorCode::NotFound, "cannot open " + path + ": " + std::strerror(errno)};
  }
  std::string bytes;
  char chunk[64 * 1024];
  for (;;) {
    const ssize_t got = ::read(file.get(), chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("read", path, errno);
    if (got == 0) return bytes;
    bytes.append(chunk, static_cast<std::size_t>(got));
    if (bytes.size() > bytesMax) {
      return Error{ErrorCode::PayloadTooLarge,
                   path + " holds more than " + std::to_string(bytesMax) + " bytes"};
    }
  }
}

Result<void> replaceFileDurably(const std::string& path, std::string_view bytes) {
  const std::string draft = path + ".part";
  int error = 0;
  {
    const Fd file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!file) return failed("write", path, errno);
    error = writeAll(file.get(), bytes);
    if (error == 0 && ::fsync(file.get()) != 0) error = errno;
  }
  if (error == 0 && std::rename(draft.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(draft.c_str());
    return failed("write", path, error);
  }
  return syncFolderOf(path);
}

Result<void> removeFileDurably(const std::string& path) {
  if (::unlink(path.c_str()) != 0) {
    if (errno == ENOENT) return {};
    return failed("remove", path, errno);
  }
  return syncFolderOf(path);
}

}  // namespace kiosk
