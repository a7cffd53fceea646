#include <fcntl.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include "bridge/store/dialect.h"
#include "bridge/store/statement_cache.h"

namespace kiosk::bridge::dialect {
namespace {

// Values of <sqlite3.h>, which SOCI includes inside a namespace of its own.
constexpr int kPrimaryCodeMask = 0xff;

void createPrivateFile(const std::string& path) {
  int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) throw soci::soci_error("cannot create the database file " + path);
  ::close(fd);
}

/// SOCI's connection string has quotes but no escapes.
std::string connectionValue(const std::string& path) {
  if (path.find('"') != std::string::npos) {
    throw soci::soci_error("a database path must not hold a quotation mark");
  }
  return '"' + path + '"';
}

}  // namespace

void open(soci::session& sql, const OpenOptions& options) {
  createPrivateFile(options.path);
  sql.open(keepingSqlite(), "dbname=" + connectionValue(options.path));
  sqlite_api::sqlite3_busy_timeout(connectionOf(sql),
                                   static_cast<int>(options.busyTimeoutMax.count()));
  std::string mode;
  sql << "PRAGMA journal_mode=WAL", soci::into(mode);
  if (mode != "wal") throw soci::soci_error("the database cannot use a write-ahead log: " + mode);
  sql << "PRAGMA synchronous=FULL";
  sql << "PRAGMA foreign_keys=ON";
  sql << "PRAGMA trusted_schema=OFF";
  // What is deleted is overwritten at once; temporary copies never reach the disk.
  sql << "PRAGMA secure_delete=ON";
  sql << "PRAGMA temp_store=MEMORY";
  if (options.pagesMax > 0) sql << "PRAGMA max_page_count=" + std::to_string(options.pagesMax);
}

void openReadOnly(soci::session& sql, const std::string& path) {
  sql.open(keepingSqlite(), "readonly=true dbname=" + connectionValue(path));
  sql << "PRAGMA trusted_schema=OFF";
  sql << "PRAGMA temp_store=MEMORY";
}

void scrub(soci::session& sql) {
  sql << "VACUUM";
  int busy = 0, frames = 0, moved = 0;
  sql << "PRAGMA wal_checkpoint(TRUNCATE)", soci::into(busy), soci::into(frames), soci::into(moved);
  if (busy != 0) throw soci::soci_error("another process reads the database; try again");
}

void copyTo(soci::session& sql, const std::string& path) {
  sql << "VACUUM INTO :path", soci::use(path, "path");
}

bool settle(soci::session& sql) {
  std::string mode;
  try {
    sql << "PRAGMA journal_mode=DELETE", soci::into(mode);
  } catch (const soci::sqlite3_soci_error& thrown) {
    if ((thrown.result() & kPrimaryCodeMask) == SQLITE_BUSY) return false;
    throw;
  }
  return mode == "delete";
}

std::string integrityProblem(soci::session& sql) {
  std::string first;
  sql << "PRAGMA integrity_check(1)", soci::into(first);
  return first == "ok" ? "" : first;
}

void beginWrite(soci::session& sql) { sql << "BEGIN IMMEDIATE"; }

bool inTransaction(soci::session& sql) {
  return sqlite_api::sqlite3_get_autocommit(connectionOf(sql)) == 0;
}

std::vector<std::string> appendOnly(const std::string& table) {
  std::vector<std::string> statements;
  for (const char* verb : {"UPDATE", "DELETE"}) {
    statements.push_back("CREATE TRIGGER " + table + "_no_" + verb + " BEFORE " + verb + " ON " +
                         table + " BEGIN SELECT RAISE(ABORT, 'append only'); END");
  }
  return statements;
}

std::vector<std::string> dropAppendOnly(const std::string& table) {
  return {"DROP TRIGGER " + table + "_no_UPDATE", "DROP TRIGGER " + table + "_no_DELETE"};
}

Error classify(const std::exception& thrown) {
  const auto* failure = dynamic_cast<const soci::sqlite3_soci_error*>(&thrown);
  if (failure == nullptr) return {ErrorCode::HostError, "the host's store could not do it"};
  switch (failure->result() & kPrimaryCodeMask) {
    case SQLITE_FULL:
      return {ErrorCode::StorageFull, "the host has no room left; free some and try again"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::HostError, "the host's store is busy; try again"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorCode::HostError, "the host's store is damaged; restore it from a backup"};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_IOERR:
      return {ErrorCode::HostError, "the host's store cannot be read or written"};
    default:
      return {ErrorCode::HostError, "the host's store refused the operation"};
  }
}

}  // namespace kiosk::bridge::dialect
