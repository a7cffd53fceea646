#include "bridge/store/backup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "bridge/store/dialect.h"
#include "bridge/store/schema.h"
#include "runtime/base/crypto.h"
#include "runtime/base/fd.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDatabase = "/kiosk.db";
constexpr const char* kFacts = "/backup.json";
constexpr std::size_t kFactsBytesMax = 4096;
constexpr std::size_t kChunkBytes = std::size_t{1} << 20;

Error diskError(const std::string& what, const std::string& path) {
  return {ErrorCode::HostError, "cannot " + what + " " + path + ": " + std::strerror(errno)};
}

bool exists(const std::string& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0;
}

/// Runs `work` and turns what SOCI throws into an Error.
template <class Work>
Result<void> fencedSql(Work&& work) {
  try {
    return work();
  } catch (const std::exception& thrown) {
    return dialect::classify(thrown);
  }
}

Result<void> syncPath(const std::string& path) {
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd || ::fsync(fd.get()) != 0) return diskError("sync", path);
  return {};
}

std::string parentOf(const std::string& path) {
  auto parent = fs::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

Result<void> writeFile(const std::string& path, std::string_view text) {
  const Fd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!fd) return diskError("make", path);
  while (!text.empty()) {
    const auto written = ::write(fd.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return diskError("write", path);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(fd.get()) != 0) return diskError("sync", path);
  return {};
}

/// Reads `from` piece by piece; copies it to `to` unless that is empty. Facts: bytes and sha256.
Result<BackupFacts> digestFile(const std::string& from, const std::string& to) {
  const Fd in(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!in) return diskError("read", from);
  Fd out;
  if (!to.empty()) {
    out.reset(::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!out) return diskError("make", to);
  }
  Sha256 digest;
  BackupFacts facts;
  std::string chunk(kChunkBytes, '\0');
  for (;;) {
    const auto got = ::read(in.get(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return diskError("read", from);
    if (got == 0) break;
    const std::string_view part(chunk.data(), static_cast<std::size_t>(got));
    digest.update(part);
    facts.bytes += part.size();
    for (auto left = part; out && !left.empty();) {
      const auto written = ::write(out.get(), left.data(), left.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return diskError("write", to);
      left.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  if (out && ::fsync(out.get()) != 0) return diskError("sync", to);
  facts.sha256 = toHex(digest.finish());
  return facts;
}

/// Copies the key files of `from` that `to` lacks.
Result<void> copyKeys(const std::string& from, const std::string& to) {
  std::error_code problem;
  fs::create_directories(to, problem);
  if (::chmod(to.c_str(), 0700) != 0) return diskError("make", to);
  for (const auto& entry : fs::recursive_directory_iterator(from, problem)) {
    const auto target = to + "/" + fs::relative(entry.path(), from).string();
    if (entry.is_directory()) {
      if (::mkdir(target.c_str(), 0700) != 0 && errno != EEXIST) return diskError("make", target);
    } else if (entry.is_regular_file() && !exists(target)) {
      const auto part = target + ".part";
      auto copied = digestFile(entry.path().string(), part);
      if (!copied) return copied.error();
      if (::rename(part.c_str(), target.c_str()) != 0) return diskError("make", target);
    }
  }
  if (problem) return Error{ErrorCode::HostError, "cannot read " + from};
  return syncPath(to);
}

std::string factsText(const BackupFacts& facts) {
  return nlohmann::json{{"createdAt", facts.createdAtMs},
                        {"schema", facts.schema},
                        {"bytes", facts.bytes},
                        {"sha256", facts.sha256}}
             .dump() +
         "\n";
}

Result<BackupFacts> readFacts(const std::string& backupDir) {
  std::ifstream file(backupDir + kFacts, std::ios::binary);
  if (!file) return Error{ErrorCode::NotFound, "there is no backup in " + backupDir};
  std::string text(kFactsBytesMax, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  const auto json = parseJson(text);
  BackupFacts facts;
  const auto number = [&](const char* name) -> std::int64_t {
    const auto field = json->find(name);
    return field != json->end() && field->is_number_integer() ? field->get<std::int64_t>() : -1;
  };
  if (json && json->is_object() && json->contains("sha256") && (*json)["sha256"].is_string()) {
    facts.createdAtMs = number("createdAt");
    facts.schema = static_cast<int>(number("schema"));
    facts.bytes = static_cast<std::uint64_t>(number("bytes"));
    facts.sha256 = (*json)["sha256"].get<std::string>();
    if (facts.createdAtMs >= 0 && facts.schema >= 0) return facts;
  }
  return Error{ErrorCode::HostError, backupDir + kFacts + " is damaged"};
}

/// The copy in `path` as a database: sound, and of this program's time or before.
Result<int> examine(const std::string& path) {
  int schema = 0;
  auto sound = fencedSql([&]() -> Result<void> {
    soci::session sql;
    dialect::openReadOnly(sql, path);
    if (!dialect::integrityProblem(sql).empty()) {
      return Error{ErrorCode::HostError, path + " is damaged"};
    }
    long long version = 0;
    sql << "SELECT COALESCE(MAX(version), 0) FROM schema_version", soci::into(version);
    schema = static_cast<int>(version);
    return {};
  });
  if (!sound) return sound.error();
  if (schema > static_cast<int>(migrations().size())) {
    return Error{ErrorCode::HostError, "the store is at version " + std::to_string(schema) +
                                           ", this program knows up to " +
                                           std::to_string(migrations().size()) +
                                           ": use the newer program"};
  }
  return schema;
}

void removeDatabase(const std::string& path) {
  for (const char* part : {"", "-wal", "-shm", "-journal"}) ::unlink((path + part).c_str());
}

/// Copies `from` to `to` and examines what came.
Result<void> takeCopy(const std::string& from, const std::string& to, const BackupFacts& facts) {
  const auto copy = digestFile(from, to);
  if (!copy) return copy.error();
  if (copy->bytes != facts.bytes || copy->sha256 != facts.sha256) {
    return Error{ErrorCode::HostError, from + " is not what was backed up"};
  }
  const auto schema = examine(to);
  if (!schema) return schema.error();
  return {};
}

/// Keeps the store that is there under another name, complete in one file.
Result<void> setAside(const std::string& database) {
  auto settled = fencedSql([&]() -> Result<void> {
    soci::session sql;
    dialect::open(sql, {.path = database, .busyTimeoutMax = std::chrono::milliseconds(500)});
    if (dialect::settle(sql)) return {};
    return Error{ErrorCode::HostError, "a host runs on " + database + ": stop it first"};
  });
  if (!settled) return settled;
  // SQLite says "settled" also when its last write failed and waits in a journal to be undone.
  for (const char* left : {"-wal", "-journal"}) {
    if (exists(database + left)) {
      return Error{ErrorCode::HostError, "the store that is there could not be closed; try again"};
    }
  }
  const auto kept = database + ".before-restore";
  ::unlink(kept.c_str());
  if (::link(database.c_str(), kept.c_str()) != 0) return diskError("keep", kept);
  return syncPath(parentOf(database));
}

}  // namespace

Result<BackupFacts> backupStore(const std::string& dataDir, const std::string& outDir,
                                BackupKeys keys, std::int64_t nowMs) {
  const auto database = dataDir + kDatabase, part = outDir + ".part";
  if (!exists(database)) return Error{ErrorCode::NotFound, "there is no store in " + dataDir};
  if (exists(outDir)) {
    return Error{ErrorCode::HostError, outDir + " is there already: give another name"};
  }
  std::error_code problem;
  fs::remove_all(part, problem);
  if (::mkdir(part.c_str(), 0700) != 0) return diskError("make", part);
  auto copied = fencedSql([&]() -> Result<void> {
    soci::session sql;
    dialect::openReadOnly(sql, database);
    dialect::copyTo(sql, part + kDatabase);
    return {};
  });
  if (!copied) return copied.error();
  const auto schema = examine(part + kDatabase);
  if (!schema) return schema.error();
  auto facts = digestFile(part + kDatabase, "");
  if (!facts) return facts;
  facts->createdAtMs = nowMs;
  facts->schema = *schema;
  if (::chmod((part + kDatabase).c_str(), 0600) != 0) return diskError("guard", part + kDatabase);
  if (auto done = syncPath(part + kDatabase); !done) return done.error();
  if (keys == BackupKeys::Include) {
    if (auto done = copyKeys(dataDir + "/keys", part + "/keys"); !done) return done.error();
  }
  if (auto done = writeFile(part + kFacts, factsText(*facts)); !done) return done.error();
  if (auto done = syncPath(part); !done) return done.error();
  if (::rename(part.c_str(), outDir.c_str()) != 0) return diskError("make", outDir);
  if (auto done = syncPath(parentOf(outDir)); !done) return done.error();
  return facts;
}

Result<BackupFacts> restoreStore(const std::string& backupDir, const std::string& dataDir,
                                 RestoreOver over) {
  const auto facts = readFacts(backupDir);
  if (!facts) return facts;
  const auto database = dataDir + kDatabase, fresh = database + ".restoring";
  const bool present = exists(database);
  if (present && over == RestoreOver::Nothing) {
    return Error{ErrorCode::HostError, database + " is there: say that it is to be replaced"};
  }
  if (::mkdir(dataDir.c_str(), 0700) != 0 && errno != EEXIST) return diskError("make", dataDir);
  if (auto done = takeCopy(backupDir + kDatabase, fresh, *facts); !done) {
    removeDatabase(fresh);
    return done.error();
  }
  // Keys first: a store without its keys would not start, keys without a store do no harm.
  if (exists(backupDir + "/keys")) {
    if (auto done = copyKeys(backupDir + "/keys", dataDir + "/keys"); !done) return done.error();
  }
  if (present) {
    if (auto done = setAside(database); !done) return done.error();
  }
  // A log that is left over would be played into the store that comes.
  for (const char* left : {"-wal", "-shm", "-journal"}) {
    if (::unlink((database + left).c_str()) != 0 && errno != ENOENT) {
      return diskError("remove", database + left);
    }
  }
  if (::rename(fresh.c_str(), database.c_str()) != 0) return diskError("replace", database);
  if (auto done = syncPath(dataDir); !done) return done.error();
  return facts;
}

}  // namespace kiosk::bridge
