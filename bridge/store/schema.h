#pragma once
// The tables, and how an older database becomes a newer one.

#include <kiosk/result.h>
#include <soci/soci.h>

#include <span>
#include <string>
#include <vector>

namespace kiosk::bridge {

/// One step. Steps are never edited once released: a change is a new step at the end.
struct Migration {
  const char* name;
  std::vector<std::string> statements;
};

/// All steps, in order; version N of the schema is the first N of them.
std::span<const Migration> migrations();

/// Brings the database to the newest version: all missing steps in one transaction, none when there
/// are none. Throws what SOCI throws. Errors: HostError   the database was written by a newer
/// program.
Result<void> migrate(soci::session& sql);

/// The version that the database is at; 0 when it is empty. Throws what SOCI throws.
int schemaVersion(soci::session& sql);

}  // namespace kiosk::bridge
