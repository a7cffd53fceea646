// The files of a chain: the lock, the salt, the segments, the head, and the repair of a torn end.

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>

#include "bridge/audit_chain.h"
#include "runtime/base/json.h"
#include "runtime/base/log.h"

namespace kiosk::bridge {
namespace {

constexpr std::size_t kSaltBytes = 32;
constexpr std::uint64_t kHeadSlots = 2;
constexpr std::string_view kSegmentSuffix = ".ndjson";

Error diskError(const std::string& what, const std::string& path) {
  return Error{ErrorCode::HostError,
               "audit: cannot " + what + " " + path + ": " + std::strerror(errno)};
}

Result<void> writeAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return diskError("write", "the log");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

/// A new name in a directory survives a power cut once the directory itself is synced.
Result<void> syncDirectory(const std::string& dir) {
  const Fd fd(::open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || ::fsync(fd.get()) != 0) return diskError("sync", dir);
  return {};
}

Result<std::string> readOrMakeSalt(const std::string& path, Random& random) {
  auto existing = readFile(path, kSaltBytes);
  if (existing && existing->size() == kSaltBytes) return existing;
  std::string salt(kSaltBytes, '\0');
  random.fill({reinterpret_cast<std::uint8_t*>(salt.data()), salt.size()});
  const Fd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!fd) return diskError("create", path);
  if (auto done = writeAll(fd.get(), salt); !done) return done.error();
  if (::fsync(fd.get()) != 0) return diskError("sync", path);
  return salt;
}

/// Where the last line of `text` says that the chain stands, unverified; none when it says nothing
/// sensible.
std::optional<ChainPoint> claimedPoint(std::string_view text) {
  while (!text.empty() && text.back() != '\n') text.remove_suffix(1);
  if (text.empty()) return std::nullopt;
  text.remove_suffix(1);
  const auto start = text.rfind('\n');
  if (start != std::string_view::npos) text.remove_prefix(start + 1);
  const auto record = parseJson(text, {.bytesMax = 64u << 10, .depthMax = 4, .valuesMax = 256});
  if (!record || !record->is_object()) return std::nullopt;
  const auto seq = record->find("seq"), hash = record->find("hash");
  if (seq == record->end() || !seq->is_number_unsigned() || hash == record->end() ||
      !hash->is_string()) {
    return std::nullopt;
  }
  const auto bytes = fromHex(hash->get_ref<const std::string&>());
  ChainPoint point{seq->get<std::uint64_t>(), {}};
  if (!bytes || bytes->size() != point.hash.size()) return std::nullopt;
  std::memcpy(point.hash.data(), bytes->data(), point.hash.size());
  return point;
}

}  // namespace

Result<std::string> readFile(const std::string& path, std::uint64_t bytesMax) {
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat info {};
  if (!fd || ::fstat(fd.get(), &info) != 0) return diskError("read", path);
  const auto size = static_cast<std::uint64_t>(info.st_size);
  if (size > bytesMax) return Error{ErrorCode::HostError, "audit: " + path + " is too large"};
  std::string text(size, '\0');
  std::size_t got = 0;
  while (got < text.size()) {
    const auto part = ::read(fd.get(), text.data() + got, text.size() - got);
    if (part < 0 && errno == EINTR) continue;
    if (part <= 0) return diskError("read", path);
    got += static_cast<std::size_t>(part);
  }
  return text;
}

std::vector<std::uint32_t> listSegments(const std::string& chainDir) {
  std::vector<std::uint32_t> numbers;
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator(chainDir, problem)) {
    const auto name = entry.path().filename().string();
    std::uint32_t number = 0;
    const auto [end, bad] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (bad == std::errc{} && std::string_view(end) == kSegmentSuffix) numbers.push_back(number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::string segmentPath(const std::string& chainDir, std::uint32_t number) {
  auto digits = std::to_string(number);
  digits.insert(0, digits.size() < 6 ? 6 - digits.size() : 0, '0');
  return chainDir + "/" + digits + std::string(kSegmentSuffix);
}

std::optional<AuditHead> readHead(const std::string& chainDir) {
  const auto text = readFile(chainDir + "/head", kHeadSlotBytes * kHeadSlots);
  std::optional<AuditHead> newest;
  if (!text) return newest;
  for (std::size_t slot = 0; slot < text->size(); slot += kHeadSlotBytes) {
    auto head = parseHeadSlot(std::string_view(*text).substr(slot, kHeadSlotBytes));
    if (head && (!newest || head->point.seq > newest->point.seq)) newest = std::move(head);
  }
  return newest;
}

Result<ChainFiles> ChainFiles::open(const std::string& chainDir, std::uint64_t segmentBytesMax,
                                    Random& random, AuditSigner signer) {
  std::error_code problem;
  std::filesystem::create_directories(chainDir, problem);
  if (!problem) {
    std::filesystem::permissions(chainDir, std::filesystem::perms::owner_all, problem);
  }
  if (problem) return Error{ErrorCode::HostError, "audit: cannot create " + chainDir};
  ChainFiles files;
  files.dir_ = chainDir;
  files.signer_ = std::move(signer);
  files.segmentBytesMax_ = segmentBytesMax;
  const auto lockPath = chainDir + "/lock";
  files.lock_.reset(::open(lockPath.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!files.lock_) return diskError("create", lockPath);
  if (::flock(files.lock_.get(), LOCK_EX | LOCK_NB) != 0) {
    return Error{ErrorCode::Busy, "audit: another process holds " + chainDir};
  }
  auto salt = readOrMakeSalt(chainDir + "/salt", random);
  if (!salt) return salt.error();
  files.salt_ = *std::move(salt);
  if (auto done = files.recover(); !done) return done.error();
  const auto headPath = chainDir + "/head";
  files.head_.reset(::open(headPath.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  if (!files.head_) return diskError("create", headPath);
  // A new chain has a head from the start: records without one were tampered with.
  if (files.point_.seq == 0) {
    if (auto done = files.writeHead(0); !done) return done.error();
  }
  if (auto done = syncDirectory(chainDir); !done) return done.error();
  return files;
}

Result<void> ChainFiles::recover() {
  const auto segments = listSegments(dir_);
  const auto head = readHead(dir_).value_or(AuditHead{}).point;
  if (segments.empty()) {
    point_ = synced_ = head;
    damage_.lostRecords = head.seq;
    return openSegment(1);
  }
  // A segment is closed when it has grown past its maximum by at most one group of lines.
  const std::uint64_t bytesMax = segmentBytesMax_ + (std::uint64_t{64} << 20);
  const auto last = segments.back();
  ChainPoint from;
  if (segments.size() > 1) {
    auto before = readFile(segmentPath(dir_, segments[segments.size() - 2]), bytesMax);
    if (!before) return before.error();
    from = claimedPoint(*before).value_or(ChainPoint{});
  }
  auto text = readFile(segmentPath(dir_, last), bytesMax);
  if (!text) return text.error();
  const auto scan = scanSegment(*text, from, {.mark = head});
  point_ = scan.last;
  damage_.tornBytes = scan.tornBytes;
  if (scan.bad) {
    damage_.broken = true;
    point_ = claimedPoint(*text).value_or(head);
  } else {
    if (head.seq > point_.seq) damage_.lostRecords = head.seq - point_.seq;
    // A head inside an older segment is met by `kiosk audit verify`, not here.
    damage_.broken = !scan.metMark && head.seq > from.seq && damage_.lostRecords == 0;
  }
  if (!scan.bad && scan.tornBytes > 0) {
    const auto whole = text->size() - scan.tornBytes;
    if (auto done = saveTorn(std::string_view(*text).substr(whole)); !done) return done;
    if (::truncate(segmentPath(dir_, last).c_str(), static_cast<off_t>(whole)) != 0) {
      return diskError("repair", segmentPath(dir_, last));
    }
  }
  if (auto done = openSegment(scan.bad ? last + 1 : last); !done) return done;
  // What a crash left unsynced is made to stay before anything is chained to it.
  if (::fdatasync(segment_.get()) != 0) return diskError("sync", segmentPath(dir_, last));
  synced_ = point_;
  return {};
}

/// Sets `part`, the line that a crash tore, aside.
Result<void> ChainFiles::saveTorn(std::string_view part) {
  const auto path = dir_ + "/torn-" + std::to_string(point_.seq + 1);
  const Fd saved(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!saved) return diskError("create", path);
  if (auto done = writeAll(saved.get(), part); !done) return done;
  if (::fsync(saved.get()) != 0) return diskError("sync", path);
  return {};
}

Result<void> ChainFiles::openSegment(std::uint32_t number) {
  const auto path = segmentPath(dir_, number);
  Fd next(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  struct stat info {};
  if (!next || ::fstat(next.get(), &info) != 0) return diskError("create", path);
  segment_ = std::move(next);
  segmentNumber_ = number;
  segmentBytes_ = syncedBytes_ = static_cast<std::uint64_t>(info.st_size);
  return syncDirectory(dir_);
}

/// Half a group must not stay: the next line would follow a torn one.
Result<void> ChainFiles::cutBack(std::uint64_t bytes) {
  overlong_ = ::ftruncate(segment_.get(), static_cast<off_t>(bytes)) != 0;
  if (overlong_) return diskError("repair", segmentPath(dir_, segmentNumber_));
  segmentBytes_ = bytes;
  return {};
}

Result<void> ChainFiles::ready(std::int64_t timeMs) {
  if (overlong_) {
    if (auto done = cutBack(segmentBytes_); !done) return done;
  }
  if (segmentBytes_ <= segmentBytesMax_) return {};
  if (auto done = sync(timeMs); !done) return done;
  return openSegment(segmentNumber_ + 1);
}

Result<void> ChainFiles::append(std::string_view lines, const ChainPoint& point) {
  if (auto done = writeAll(segment_.get(), lines); !done) {
    (void)cutBack(segmentBytes_);  // tried again before the next line, if it fails
    return done;
  }
  segmentBytes_ += lines.size();
  point_ = point;
  dirty_ = true;
  return {};
}

Result<void> ChainFiles::sync(std::int64_t timeMs) {
  if (!dirty_) return {};
  if (::fdatasync(segment_.get()) != 0) {
    const auto problem = diskError("sync", segmentPath(dir_, segmentNumber_));
    lost_ += point_.seq - synced_.seq;
    point_ = synced_;
    segmentBytes_ = syncedBytes_;
    dirty_ = false;
    (void)cutBack(syncedBytes_);
    return problem;
  }
  dirty_ = false;
  synced_ = point_;
  syncedBytes_ = segmentBytes_;
  return writeHead(timeMs);
}

Result<void> ChainFiles::writeHead(std::int64_t timeMs) {
  const auto text = headSlot(signHead(point_, timeMs, signer_, HeadPlace::File));
  const auto at = static_cast<off_t>(headWrites_++ % kHeadSlots * kHeadSlotBytes);
  if (::pwrite(head_.get(), text.data(), text.size(), at) != static_cast<ssize_t>(text.size())) {
    return diskError("write", dir_ + "/head");
  }
  return {};
}

}  // namespace kiosk::bridge
