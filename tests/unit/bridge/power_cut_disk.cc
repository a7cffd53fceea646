#include "tests/unit/bridge/power_cut_disk.h"

#include <soci/sqlite3/soci-sqlite3.h>

#include <cstring>
#include <filesystem>
#include <new>

#include "tests/unit/support/vectors.h"

namespace kiosk::test {
namespace {

// SOCI includes <sqlite3.h> inside this namespace.
namespace api = sqlite_api;

/// SQLite opens a file with a name only; the disk that is in use is this one.
PowerCutDisk* disk = nullptr;
api::sqlite3_vfs* below = nullptr;

/// SQLite allocates szOsFile bytes for it; the file of the VFS below follows in them.
struct ShadowedFile {
  api::sqlite3_file base;
  std::string* path;  ///< owned; null: a temporary file that nobody keeps
};

ShadowedFile& shadowed(api::sqlite3_file* file) { return *reinterpret_cast<ShadowedFile*>(file); }
api::sqlite3_file* realOf(api::sqlite3_file* file) {
  return reinterpret_cast<api::sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(ShadowedFile));
}

int closeFile(api::sqlite3_file* file) {
  delete shadowed(file).path;
  api::sqlite3_file* const real = realOf(file);
  return real->pMethods == nullptr ? SQLITE_OK : real->pMethods->xClose(real);
}
int readFile(api::sqlite3_file* file, void* out, int size, api::sqlite3_int64 offset) {
  return realOf(file)->pMethods->xRead(realOf(file), out, size, offset);
}
int writeFile(api::sqlite3_file* file, const void* bytes, int size, api::sqlite3_int64 offset) {
  const std::string* const path = shadowed(file).path;
  if (path != nullptr &&
      !disk->wrote(*path, offset,
                   {static_cast<const char*>(bytes), static_cast<std::size_t>(size)})) {
    return SQLITE_IOERR_WRITE;
  }
  return realOf(file)->pMethods->xWrite(realOf(file), bytes, size, offset);
}
int truncateFile(api::sqlite3_file* file, api::sqlite3_int64 size) {
  const std::string* const path = shadowed(file).path;
  if (path != nullptr && !disk->truncated(*path, size)) return SQLITE_IOERR_TRUNCATE;
  return realOf(file)->pMethods->xTruncate(realOf(file), size);
}
int syncFile(api::sqlite3_file* file, int) {
  // The system's own sync is left out: what lies below is thrown away.
  const std::string* const path = shadowed(file).path;
  return path == nullptr || disk->synced(*path) ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}
int sizeOfFile(api::sqlite3_file* file, api::sqlite3_int64* size) {
  return realOf(file)->pMethods->xFileSize(realOf(file), size);
}
int lockFile(api::sqlite3_file* file, int level) {
  return realOf(file)->pMethods->xLock(realOf(file), level);
}
int unlockFile(api::sqlite3_file* file, int level) {
  return realOf(file)->pMethods->xUnlock(realOf(file), level);
}
int isFileReserved(api::sqlite3_file* file, int* is) {
  return realOf(file)->pMethods->xCheckReservedLock(realOf(file), is);
}
int controlFile(api::sqlite3_file* file, int what, void* argument) {
  return realOf(file)->pMethods->xFileControl(realOf(file), what, argument);
}
int sectorOfFile(api::sqlite3_file* file) {
  return realOf(file)->pMethods->xSectorSize(realOf(file));
}
int traitsOfFile(api::sqlite3_file* file) {
  return realOf(file)->pMethods->xDeviceCharacteristics(realOf(file));
}
// The index of the write-ahead log lies in shared memory and is built anew after a power cut.
int mapIndex(api::sqlite3_file* file, int region, int size, int extend, void volatile** out) {
  return realOf(file)->pMethods->xShmMap(realOf(file), region, size, extend, out);
}
int lockIndex(api::sqlite3_file* file, int offset, int count, int flags) {
  return realOf(file)->pMethods->xShmLock(realOf(file), offset, count, flags);
}
void fenceIndex(api::sqlite3_file* file) { realOf(file)->pMethods->xShmBarrier(realOf(file)); }
int unmapIndex(api::sqlite3_file* file, int remove) {
  return realOf(file)->pMethods->xShmUnmap(realOf(file), remove);
}

constexpr api::sqlite3_io_methods kShadowedMethods = {
    2,         closeFile,  readFile,       writeFile,   truncateFile, syncFile,     sizeOfFile,
    lockFile,  unlockFile, isFileReserved, controlFile, sectorOfFile, traitsOfFile, mapIndex,
    lockIndex, fenceIndex, unmapIndex,     nullptr,     nullptr};

int openFile(api::sqlite3_vfs*, const char* name, api::sqlite3_file* file, int flags,
             int* flagsOut) {
  ShadowedFile& shadow = *new (file) ShadowedFile{{nullptr}, nullptr};
  std::memset(realOf(file), 0, static_cast<std::size_t>(below->szOsFile));
  const int code = below->xOpen(below, name, realOf(file), flags, flagsOut);
  if (code != SQLITE_OK) return code;
  shadow.base.pMethods = &kShadowedMethods;
  if (name != nullptr) {
    shadow.path = new std::string(name);
    disk->opened(*shadow.path);
  }
  return SQLITE_OK;
}

/// A deletion is a truncation that may not have reached the disk.
int deleteFile(api::sqlite3_vfs*, const char* name, int syncFolder) {
  if (!disk->truncated(name, 0)) return SQLITE_IOERR_DELETE;
  if (syncFolder != 0 && !disk->synced(name)) return SQLITE_IOERR_DELETE;
  return below->xDelete(below, name, 0);
}

api::sqlite3_vfs& shadowedVfs() {
  static api::sqlite3_vfs vfs;
  return vfs;
}

}  // namespace

PowerCutDisk::PowerCutDisk(PowerLoss loss, std::uint64_t seed) : loss_(loss), random_(seed) {
  KIOSK_CHECK(disk == nullptr, "a process has one such disk at a time");
  disk = this;
  below = api::sqlite3_vfs_find(nullptr);
  api::sqlite3_vfs& vfs = shadowedVfs();
  vfs = *below;
  vfs.zName = "kiosk-power-cut";
  vfs.pNext = nullptr;
  vfs.szOsFile = static_cast<int>(sizeof(ShadowedFile)) + below->szOsFile;
  vfs.xOpen = openFile;
  vfs.xDelete = deleteFile;
  api::sqlite3_vfs_register(&vfs, 1);
}

PowerCutDisk::~PowerCutDisk() {
  api::sqlite3_vfs_unregister(&shadowedVfs());
  api::sqlite3_vfs_register(below, 1);
  disk = nullptr;
}

void PowerCutDisk::failAt(std::uint64_t calls) {
  std::lock_guard lock(mutex_);
  callsLeft_ = calls;
}

bool PowerCutDisk::isCut() const {
  std::lock_guard lock(mutex_);
  return isCut_;
}

void PowerCutDisk::writeImage(const std::string& folder) const {
  std::lock_guard lock(mutex_);
  KIOSK_CHECK(isCut_, "there is a picture once the power has failed");
  for (const auto& [path, content] : image_) {
    std::ofstream(folder / std::filesystem::path(path).filename(), std::ios::binary) << content;
  }
}

void PowerCutDisk::opened(const std::string& path) {
  std::lock_guard lock(mutex_);
  if (files_.count(path) == 0) files_[path].durable = readWhole(path);
}

bool PowerCutDisk::wrote(const std::string& path, std::int64_t offset, std::string_view bytes) {
  std::lock_guard lock(mutex_);
  if (!isCut_) files_[path].pending.push_back({offset, std::string(bytes), false});
  return !reached();
}

bool PowerCutDisk::truncated(const std::string& path, std::int64_t size) {
  std::lock_guard lock(mutex_);
  if (!isCut_) files_[path].pending.push_back({size, {}, true});
  return !reached();
}

bool PowerCutDisk::synced(const std::string& path) {
  std::lock_guard lock(mutex_);
  if (reached()) return false;
  File& file = files_[path];
  for (const Change& change : file.pending) apply(file.durable, change);
  file.pending.clear();
  return true;
}

bool PowerCutDisk::reached() {
  if (isCut_) return true;
  if (callsLeft_ == 0 || --callsLeft_ > 0) return false;
  isCut_ = true;
  for (const auto& [path, file] : files_) image_[path] = lose(file);
  return true;
}

void PowerCutDisk::apply(std::string& content, const Change& change) {
  const auto offset = static_cast<std::size_t>(change.offset);
  if (change.isTruncation) return content.resize(offset);
  if (content.size() < offset + change.bytes.size()) content.resize(offset + change.bytes.size());
  content.replace(offset, change.bytes.size(), change.bytes);
}

std::string PowerCutDisk::lose(const File& file) {
  std::string content = file.durable;
  for (std::size_t i = 0; i < file.pending.size(); ++i) {
    Change change = file.pending[i];
    const bool isLast = i + 1 == file.pending.size();
    if (loss_ == PowerLoss::All) break;
    if (loss_ == PowerLoss::Some && random_.below(2) == 0) continue;
    const bool isTorn = loss_ == PowerLoss::TearLast ? isLast : random_.below(4) == 0;
    if (isTorn) change.bytes.resize(random_.below(change.bytes.size() + 1));
    if (isTorn && change.isTruncation) continue;
    apply(content, change);
  }
  return content;
}

}  // namespace kiosk::test
