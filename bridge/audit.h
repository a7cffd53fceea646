#pragma once
// The audit log: what was asked of the bridge and how it was decided, as a hash chain on disk.
//
//   DIR/0/000001.ndjson   records, one canonical JSON object (RFC 8785) a line, then 000002…
//   DIR/0/head            number and hash of the last synced record, signed by the host, so that a
//                         cut-off end is seen (audit_head.h)
//   DIR/0/salt            32 random bytes under which users and parameters are hashed, mode 0600
//   DIR/1/…               another chain, of a process that ran at the same time
//
//   h(0) = 32 zero bytes     h(i) = SHA-256( h(i-1) || canonical(record i without "hash") )
//
// A record never holds data of a user or an app: parameters appear as their shape and a salted
// hash. The chain shows edits, deletions, insertions and reordering by whoever cannot rewrite all
// that follows; the signed heads show them to whoever has the host's public key, unless the host's
// key was stolen too. A whole folder put back as it was last week is shown by a newer head, which
// an operator keeps elsewhere.

#include <kiosk/clock.h>
#include <kiosk/executor.h>
#include <kiosk/result.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/audit_head.h"

namespace kiosk::bridge {

/// What happened. The name in the file is in `auditKindName`.
enum class AuditKind : std::uint8_t {
  Started,   ///< a chain begins
  Resumed,   ///< a chain goes on; says what the last end had lost
  Opened,    ///< a session
  Closed,    ///< a session; outcome is the reason
  Intent,    ///< a call is about to reach its handler; on disk before it does
  Call,      ///< a call was answered
  Late,      ///< a handler finished after its call was answered `timeout` or `cancelled`
  Refused,   ///< `count` calls were refused by rate or name since the last such record
  Dropped,   ///< `count` records found no room
  Granted,   ///< a consent is remembered from now on
  Revoked,   ///< a consent was taken back
  Head,      ///< the host's signature over the record before
  Exported,  ///< a user's data was handed out
  Erased,    ///< a user's data was removed; `outcome` says what of it
  Rotated,   ///< the host has another key from now on; `reason` says which
  Restored,  ///< the store was put back to a backup
};
std::string_view auditKindName(AuditKind kind);

/// Whose session a record speaks of; one per session, shared by its records.
struct AuditSubject {
  std::string app, payloadHash, session, version;
  std::string user;  ///< only its salted hash is written
};

struct AuditRecord {
  AuditKind kind = AuditKind::Call;
  std::int64_t timeMs = 0;  ///< wall clock
  /// Owners: the session's state and each of its records in the queue. Null for records of the log
  /// itself.
  std::shared_ptr<const AuditSubject> subject;
  std::string method;      ///< a name of the catalogue, or empty
  std::string params;      ///< JSON text; only its salted hash is written
  std::string shape;       ///< e.g. "orderToken:string"
  std::string decision;    ///< "allowed" or "refused"
  std::string reason;      ///< the gate's step, or what the consent rests on
  std::string outcome;     ///< "ok" or an error's name
  std::string receipt;     ///< id of the consent
  std::string consent;     ///< hash over what was shown and bound
  std::uint64_t call = 0;  ///< number of the call in its session: joins intent, outcome and late
  std::int64_t durationUs = -1;
  std::uint64_t count = 0;
};

struct AuditConfig {
  std::string dir;
  /// Records that may wait for the writer; more are refused (see `append`).
  std::size_t queueRecordsMax = 16'384;
  /// Signs the heads; without it they show only what a careless hand did.
  AuditSigner signer;
  /// A segment is closed when it has grown past this.
  std::uint64_t segmentBytesMax = std::uint64_t{16} << 20;
  /// Borrowed; must outlive the log.
  Clock* clock = nullptr;
  Random* random = nullptr;
};

/// Writes the chain on a thread of its own, in groups. Threads: the loop's own, unless said
/// otherwise.
class AuditLog {
 public:
  /// Takes the first chain below `config.dir` that no other process holds, repairs a torn end, and
  /// says in a `resumed` record what it found.
  /// Errors: HostError   the directory cannot be written, or sixteen processes hold a chain each.
  static Result<std::unique_ptr<AuditLog>> open(AuditConfig config);
  /// Writes and syncs what is queued.
  ~AuditLog();

  /// The loop on which `done` callbacks run; null: none of them runs any more. Borrowed.
  void setLoop(Executor* loop);

  /// Queues `record`. When there is no room it is counted, and a `dropped` record tells how many.
  void append(AuditRecord record);
  /// Queues `record` and calls `done` on the loop once it would survive a power cut.
  /// `done` gets: Busy        no room in the queue; at once, from within this call
  ///              HostError   the disk refused
  void appendDurable(AuditRecord record, std::function<void(Result<void>)> done);

  /// Blocks until everything queued so far is on disk. For tests and for shutting down.
  void flush();
  const std::string& chainDir() const;

 private:
  struct State;
  explicit AuditLog(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// What `kiosk audit verify` prints.
struct AuditReport {
  std::uint64_t records = 0;  ///< that hold, up to the first bad one of each chain
  std::uint32_t chains = 0;
  bool sound = true;
  /// Set when not sound: the file and the number of the first record that does not hold, and why.
  std::string file;
  std::uint64_t firstBad = 0;
  std::string why;
  /// Bytes of a last line that a crash cut off; the next start repairs that, so it is no damage.
  std::uint64_t tornBytes = 0;
  /// Heads whose signature was checked, and records after the last one of each chain.
  std::uint64_t signedHeads = 0, unsignedRecords = 0;
};

/// What a verification may rely on beside the files.
struct AuditTrust {
  /// Ids and public keys that heads may be signed with. Empty: signatures are not looked at, and
  /// only an edit that leaves the hashes alone is seen.
  AuditKeys keys = {};
  /// Heads that were kept elsewhere: some chain must hold exactly the record of each.
  std::vector<AuditHead> anchors = {};
};

/// Walks every chain below `dir`.
/// Errors: NotFound    there is no chain.
///         HostError   a file cannot be read.
Result<AuditReport> verifyAudit(const std::string& dir, const AuditTrust& trust = {});

/// What `kiosk audit show` and `export` choose by; empty fields choose everything.
struct AuditFilter {
  std::string app = {}, user = {}, session = {}, method = {}, kind = {};
  std::int64_t sinceMs = 0;
};

/// Hands the lines that `filter` chooses to `each`, chain by chain, in the order of the chain, and
/// stops in a chain at the first record that does not hold.
/// Errors: as verifyAudit.
Result<void> readAudit(const std::string& dir, const AuditFilter& filter,
                       const std::function<void(std::string_view line)>& each);

/// The newest heads of all chains below `dir`, to be kept elsewhere.
std::vector<AuditHead> auditHeads(const std::string& dir);

}  // namespace kiosk::bridge
