#pragma once
// What differs between databases, and nothing else: opening, pragmas, how a write transaction
// begins, what an error means. All other SQL of the bridge keeps to what SQLite and PostgreSQL
// share.

#include <kiosk/result.h>
#include <soci/soci.h>

#include <chrono>
#include <exception>
#include <string>
#include <vector>

namespace kiosk::bridge::dialect {

struct OpenOptions {
  std::string path;
  std::chrono::milliseconds busyTimeoutMax{5000};
  std::int64_t pagesMax = 0;
};

/// Opens the file (made with mode 0600 when absent), in WAL mode, with synchronous=FULL and foreign
/// keys. Throws what SOCI throws.
void open(soci::session& sql, const OpenOptions& options);

/// Opens an existing file to read it, while other processes may write it. Throws what SOCI throws.
void openReadOnly(soci::session& sql, const std::string& path);

/// Leaves nothing of deleted rows in the files: rewrites the database without its free pages and
/// empties the write-ahead log. Outside of a transaction. Throws what SOCI throws; also when
/// another process reads on and the log cannot be emptied.
void scrub(soci::session& sql);

/// Writes a copy of the database as it is now to `path`, which does not exist; writers are not held
/// up. Throws what SOCI throws.
void copyTo(soci::session& sql, const std::string& path);

/// Makes the file complete without a write-ahead log, for moving it. False when another process has
/// it open. Throws what SOCI throws.
bool settle(soci::session& sql);

/// What is wrong with the file's pages; empty when nothing is. Throws what SOCI throws.
std::string integrityProblem(soci::session& sql);

/// Begins a transaction that holds the right to write from the start, so that it never fails
/// half-way because another process wrote in between. Throws what SOCI throws.
void beginWrite(soci::session& sql);

/// Whether a transaction is open. The database may have rolled one back by itself (a full disk).
bool inTransaction(soci::session& sql);

/// Statements that make `table` refuse UPDATE and DELETE.
std::vector<std::string> appendOnly(const std::string& table);

/// Statements that take that back, until the table is made so again.
std::vector<std::string> dropAppendOnly(const std::string& table);

/// Why a statement failed, in words that may be shown.
/// Errors: StorageFull   no room is left.
///         HostError     the database is damaged, busy, unreadable, or refused the statement.
Error classify(const std::exception& thrown);

}  // namespace kiosk::bridge::dialect
