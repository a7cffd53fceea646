#pragma once
// SQLite through SOCI, with statements that are kept between uses.
//
// SOCI prepares a statement anew for each `sql << "…"`, and parsing it is most of what a short one
// costs. A session that is opened by this factory keeps up to kKeptStatementsMax of them, by their
// text; a kept one holds no lock and none of the values that were bound to it.

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <cstddef>

namespace kiosk::bridge::dialect {

/// Of one connection; the one that was used longest ago goes first. Each is some KiB.
inline constexpr std::size_t kKeptStatementsMax = 256;

/// Threads: any; a session is used by one thread at a time.
const soci::backend_factory& keepingSqlite();

/// The connection of a session that this factory opened.
sqlite_api::sqlite3* connectionOf(soci::session& sql);

}  // namespace kiosk::bridge::dialect
