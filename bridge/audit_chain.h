#pragma once
// One chain as bytes: how a record becomes a line, how lines are read back and held against their
// hashes, and the files they stand in. Used by the writer's thread and by `verifyAudit`; no locking
// here.

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "bridge/audit.h"
#include "runtime/base/fd.h"

namespace kiosk::bridge {

/// A segment is read whole; a longer file is none of ours.
inline constexpr std::uint64_t kSegmentReadBytesMax = std::uint64_t{256} << 20;

/// Reasons of `resumed` records. The first two are no damage.
inline constexpr std::string_view kResumedClean = "clean";  ///< the last run closed its log
inline constexpr std::string_view kResumedTorn =
    "torn";  ///< `count` bytes of a torn line were set aside
inline constexpr std::string_view kResumedLost = "lost";      ///< `count` synced records are gone
inline constexpr std::string_view kResumedBroken = "broken";  ///< a record did not hold

/// The next line of the chain, with its line break; moves `point` on.
/// `salt` is the chain's own.
std::string auditLine(const AuditRecord& record, std::string_view salt, ChainPoint& point);

/// The record of kind `head` that signs `point`, with its line break; moves `point` on.
std::string headLine(const AuditSigner& signer, std::int64_t timeMs, ChainPoint& point);

/// The salted hash under which `text` appears in a chain with this salt; empty for an empty text.
std::string saltedHash(std::string_view salt, std::string_view text);

/// What reading a segment found.
struct SegmentScan {
  ChainPoint last;  ///< of the last record that holds
  std::uint64_t records = 0;
  std::uint64_t tornBytes = 0;  ///< after the last line break
  /// Number of the first record that does not hold, and why; none when all do.
  std::optional<std::uint64_t> bad;
  std::string why;
  /// Number of the first `resumed` record that admits losses before it; the chain itself goes on.
  std::optional<std::uint64_t> admitted;
  /// Whether a record with exactly `mark` was met.
  bool metMark = false;
  std::uint64_t signedHeads = 0;  ///< records of kind `head`
  std::uint64_t sinceHead = 0;    ///< records after the last of them
};

/// What a scan is told. Heads are checked when there are keys to check them with.
struct ScanRules {
  ChainPoint mark;
  const AuditKeys* keys = nullptr;  ///< borrowed for the scan
  std::uint64_t sinceHead = 0;      ///< records after the last head, before this segment
  /// Sees each record that holds: as it stands in the file, parsed but without its hash, and where
  /// the chain stands with it. May be empty.
  std::function<void(std::string_view line, const nlohmann::json& record, const ChainPoint& point)>
      each = {};
};

/// Reads the lines of `text`, which follow `from`.
SegmentScan scanSegment(std::string_view text, const ChainPoint& from, const ScanRules& rules);

/// Segment files of a chain, by number.
std::vector<std::uint32_t> listSegments(const std::string& chainDir);
std::string segmentPath(const std::string& chainDir, std::uint32_t number);

/// The newer of the two slots of the head file. None: there is none that can be understood.
std::optional<AuditHead> readHead(const std::string& chainDir);

/// Folders of chains below `dir`, in the order of their names.
std::vector<std::string> chainsBelow(const std::string& dir);

/// The whole file. Errors: HostError   it cannot be read, or is larger than `bytesMax`.
Result<std::string> readFile(const std::string& path, std::uint64_t bytesMax);

/// The writer's files: the open segment, the head and the lock.
class ChainFiles {
 public:
  /// What was wrong with the end of the last run.
  struct Damage {
    std::uint64_t tornBytes = 0;
    std::uint64_t lostRecords = 0;  ///< synced once and gone now
    bool broken = false;            ///< a record of the last segment does not hold
  };

  /// Locks the chain, repairs a torn end and stands behind its last record.
  /// Errors: Busy        another process holds it.
  ///         HostError   the disk refused.
  static Result<ChainFiles> open(const std::string& chainDir, std::uint64_t segmentBytesMax,
                                 Random& random, AuditSigner signer = {});

  /// Comes before lines are made for `append`: repairs what a failure left behind, and opens the
  /// next segment when this one is full. May move `point` back (see `sync`).
  /// Errors: HostError   the disk refused.
  Result<void> ready(std::int64_t timeMs);
  /// Appends `lines`, which follow `point()` and end at `point`; all of them or none.
  /// Errors: HostError   the disk refused.
  Result<void> append(std::string_view lines, const ChainPoint& point);
  /// Makes what was appended survive a power cut, then moves the head, which is of `timeMs`.
  ///
  /// A kernel that failed to write pages forgets that they were dirty, so a second try would
  /// promise what is not on the disk. After a failure everything since the last sync is taken back.
  /// Errors: HostError   the disk refused; `takeLost` says how many records went.
  Result<void> sync(std::int64_t timeMs);
  /// Records that failed syncs took back since the last call.
  std::uint64_t takeLost() { return std::exchange(lost_, 0); }

  const ChainPoint& point() const { return point_; }
  const std::string& salt() const { return salt_; }
  const Damage& damage() const { return damage_; }
  bool dirty() const { return dirty_; }

 private:
  Result<void> recover();
  Result<void> saveTorn(std::string_view part);
  Result<void> writeHead(std::int64_t timeMs);
  Result<void> openSegment(std::uint32_t number);
  Result<void> cutBack(std::uint64_t bytes);

  std::string dir_, salt_;
  AuditSigner signer_;
  Fd lock_, segment_, head_;
  std::uint32_t segmentNumber_ = 0;
  std::uint64_t segmentBytes_ = 0, segmentBytesMax_ = 0;
  std::uint64_t syncedBytes_ = 0;  ///< of the open segment
  ChainPoint point_, synced_;
  Damage damage_;
  std::uint64_t lost_ = 0;
  std::uint64_t headWrites_ = 0;  ///< the next head goes into slot `headWrites_ % 2`
  bool dirty_ = false;
  /// The file may be longer than `segmentBytes_`: a write or a sync failed, and so did cutting it.
  bool overlong_ = false;
};

}  // namespace kiosk::bridge
